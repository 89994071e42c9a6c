"""What an agency's form asks differently than the one before, in sentences for its mail."""

from collections.abc import Sequence
from typing import Final

from planbook.model.form import Form, FormTask

_MOST_NAMED: Final = 3


def describe_changes(form: Form, before: Form | None) -> tuple[str, ...]:
    """Return what is new, gone or different in `form` against the agency's form `before` it; nothing for a first."""
    if before is None:
        return ()
    known = {task.code: task for task in before.tasks}
    current = {task.code: task for task in form.tasks}
    both = [(task, known[task.code]) for task in form.tasks if task.code in known]
    told = (
        _named("新增任务", [task for task in form.tasks if task.code not in known]),
        _named("不再列入", [task for task in before.tasks if task.code not in current]),
        _named("完成时限有调整", [task for task, old in both if task.deadline != old.deadline]),
        _named("承担角色有调整", [task for task, old in both if task.role is not old.role]),
        _named("任务内容有修改", [task for task, old in both if (task.title, task.body) != (old.title, old.body)]),
        _counted(form, before),
    )
    return tuple(sentence for sentence in told if sentence)


def _named(what: str, tasks: Sequence[FormTask]) -> str:
    if not tasks:
        return ""
    names = "、".join(task.title for task in tasks[:_MOST_NAMED])
    return f"{what} {len(tasks)} 项：{names}{'等' if len(tasks) > _MOST_NAMED else ''}"


def _counted(form: Form, before: Form) -> str:
    known = {indicator.code: indicator.target for indicator in before.indicators}
    current = {indicator.code: indicator.target for indicator in form.indicators}
    if known == current:
        return ""
    new, gone = len(current.keys() - known.keys()), len(known.keys() - current.keys())
    other = sum(known[code] != target for code, target in current.items() if code in known)
    parts = ((new, "新增 {} 个"), (gone, "减少 {} 个"), (other, "目标值调整 {} 个"))
    return "指标" + "、".join(text.format(count) for count, text in parts if count)
