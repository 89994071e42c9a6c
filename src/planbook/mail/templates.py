"""Mail templates that an office edits: rendered in a sandbox that can name what a letter says, and nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from planbook.mail.active_content import find_active_content
from planbook.mail.letter_fields import FIELD_MEANINGS, LetterFields, LetterKind
from planbook.model.errors import PlanbookError

if TYPE_CHECKING:
    from jinja2 import Environment

_SUBJECT: Final = re.compile(r"\s*主题[:：](?P<subject>[^\n]*)\n+(?P<body>.*)", re.S)
_LARGEST: Final = 256 * 1024
_FILTERS: Final = frozenset(
    ("abs", "capitalize", "count", "default", "e", "escape", "first", "float", "int", "join", "last", "length",
     "lower", "replace", "round", "sort", "string", "sum", "trim", "truncate", "upper", "wordcount")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LetterText:
    """What a letter says: one line of subject, plain text, and HTML (empty where the office has no such template)."""

    subject: str
    text: str
    html: str


def standard_templates() -> Mapping[str, str]:
    """Return the built-in templates by file name."""
    folder = files("planbook.mail") / "letters"
    return {entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir() if _is_template(entry.name)}


def _is_template(name: str) -> bool:
    return name.endswith((".txt", ".html"))


class Letters:
    """The letters that an office's templates make.

    Args:
        templates: Text by file name; `分发.txt` and its kind are needed, the `.html` beside each is not.
    """

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates

    def write(self, kind: LetterKind, fields: LetterFields) -> LetterText:
        """Return what a letter says.

        Raises:
            PlanbookError: A template is missing, names what there is not, or wants more than a letter needs.
        """
        values: dict[str, Any] = dict(fields.values())
        match = _SUBJECT.fullmatch(self._render(f"{kind}.txt", values))
        if not match or not match["subject"].strip():
            raise PlanbookError(f"邮件模板 {kind}.txt 的第一行应为“主题：…”，后面空一行写正文，请改正。")
        subject = " ".join(match["subject"].split())
        name = f"{kind}.html"
        html = self._render(name, {**values, "主题": subject}) if name in self._templates else ""
        if found := find_active_content(html):
            raise PlanbookError(f"邮件模板 {name} 里有不允许的内容“{found}”（脚本、表单、外部引用），请删去。")
        return LetterText(subject, re.sub(r"\n{3,}", "\n\n", match["body"]).strip() + "\n", html)

    def _render(self, name: str, values: Mapping[str, Any]) -> str:
        from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
        from jinja2.exceptions import SecurityError

        try:
            rendered = self._environment.get_template(name).render(values)
        except TemplateNotFound as error:
            raise PlanbookError(f"找不到邮件模板 {error.name}，请从 templates/mail 恢复，或删去对它的引用。") from error
        except TemplateSyntaxError as error:
            place = f"{error.name or name} 第 {error.lineno} 行"
            raise PlanbookError(f"邮件模板 {place}写法有误（{error.message}），请改正。") from error
        except UndefinedError as error:
            known = "、".join(FIELD_MEANINGS)
            raise PlanbookError(f"邮件模板 {name} 用了没有的内容（{error.message}），可用的有：{known}。") from error
        except SecurityError as error:
            raise PlanbookError(f"邮件模板 {name} 里有不允许的操作（{error.message}），请删去。") from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError, MemoryError) as error:
            raise PlanbookError(f"邮件模板 {name} 无法生成（{error}），请改正。") from error
        if len(rendered) > _LARGEST:
            raise PlanbookError(f"邮件模板 {name} 生成的内容太长，请删减。")
        return rendered

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import DictLoader, StrictUndefined
        from jinja2.exceptions import SecurityError
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        class Sandbox(ImmutableSandboxedEnvironment):
            """Neither attributes nor calls but those of templates themselves; no numbers or texts without bound."""

            intercepted_binops = frozenset(("*", "**", "%"))

            def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - the interface
                return attr in ("index", "index0", "first", "last", "length") and type(obj).__name__ == "LoopContext"

            def is_safe_callable(self, obj: Any) -> bool:
                return type(obj).__name__ in ("BlockReference", "Macro")

            def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
                is_number = isinstance(left, int | float) and isinstance(right, int | float)
                if not is_number or operator == "**":
                    raise SecurityError(f"不能用 {operator}")
                return super().call_binop(context, operator, left, right)

        environment = Sandbox(
            loader=DictLoader(dict(self._templates)),
            autoescape=_escapes,
            undefined=StrictUndefined,
            trim_blocks=False,
            keep_trailing_newline=True,
        )
        environment.globals.clear()
        environment.filters = {name: one for name, one in environment.filters.items() if name in _FILTERS}
        return environment


def _escapes(name: str | None) -> bool:
    return not (name or "").endswith(".txt")
