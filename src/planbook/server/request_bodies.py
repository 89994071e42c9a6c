"""Bodies of requests: the intentions' request dataclasses as JSON, checked strictly, refused in Chinese."""

import functools
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path, PureWindowsPath
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, create_model

from planbook.model.errors import PlanbookError

RequestT = TypeVar("RequestT")


def _whole_path(path: Path) -> Path:
    """Let whole paths through: a relative one would be read from wherever the service happens to stand."""
    text = str(path)
    if "\0" in text or ".." in path.parts or ".." in PureWindowsPath(text).parts or not path.is_absolute():
        message = "必须是完整路径，不能含 .."
        raise ValueError(message)
    return path


WholePath = Annotated[Path, AfterValidator(_whole_path)]


def body_model(request: type[Any]) -> type[BaseModel]:
    """Return the model of the JSON body that a request dataclass is filled from; unknown fields are refused."""
    hints = typing.get_type_hints(request)
    content: dict[str, Any] = {}
    for field in fields(request):
        default: Any = ... if field.default is MISSING else field.default
        if field.default_factory is not MISSING:
            default = field.default_factory()
        content[field.name] = (_with_whole_paths(hints[field.name]), default)
    documentation = (request.__doc__ or "").split("\n\n", maxsplit=1)[0]
    configuration = ConfigDict(extra="forbid", str_max_length=20_000)
    return create_model(request.__name__, __config__=configuration, __doc__=documentation, **content)


def request_from_json(request: type[RequestT], body: Mapping[str, object]) -> RequestT:
    """Return the request that `body` describes.

    Raises:
        PlanbookError: A field is missing, unknown or of the wrong kind.
    """
    try:
        checked = body_model(request).model_validate(body)
    except ValidationError as error:
        raise PlanbookError(in_chinese(error.errors())) from error
    return request(**{name: getattr(checked, name) for name in type(checked).model_fields})


def in_chinese(errors: Sequence[Mapping[str, Any]]) -> str:
    """Return what is wrong with a request as one Chinese sentence that names the first field."""
    first = errors[0]
    name = ".".join(str(part) for part in first["loc"] if part != "body") or "内容"
    match first["type"]:
        case "missing":
            return f"请求缺少 {name}，请补上再试。"
        case "extra_forbidden":
            return f"请求里的 {name} 不认得，请去掉或改正名称。"
        case "value_error":
            return f"请求里的 {name} {first['ctx']['error']}，请改正。"
        case "json_invalid":
            return "请求的内容不是 JSON，请改正。"
        case kind:
            return f"请求里的 {name} 取值不对（{kind}），请改正。"


def _with_whole_paths(hint: Any) -> Any:
    """Return a type with every `Path` in it checked."""
    if hint is Path:
        return WholePath
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return tuple[tuple(_with_whole_paths(each) if each is not ... else each for each in arguments)]  # type: ignore[misc]  # built at run time
    if origin in (typing.Union, types.UnionType):
        return functools.reduce(lambda one, other: one | other, (_with_whole_paths(each) for each in arguments))
    return hint
