"""Intentions that send out, fetch, and chase."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.model.dispatch import Channel
from planbook.model.errors import PlanbookError
from planbook.model.period import Period

if TYPE_CHECKING:
    from planbook.actions.dispatching import Manner
    from planbook.actions.send_forms import SendResult


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Period of the forms; `channel` smtp, eml or folder (empty: as the settings say); `test_to` a trial address."""

    period: str
    agencies: tuple[str, ...] = ()
    channel: str = ""
    dry_run: bool = False
    test_to: str = ""
    resend_unknown: bool = False


def manner_of(at: Circumstances, request: SendRequest) -> "Manner":
    """Return how things are to be sent."""
    from planbook.actions.dispatching import Manner

    name = request.channel or at.workspace.settings.mail.channel.value
    if name not in tuple(Channel):
        raise PlanbookError(f"分发方式“{name}”不认得，请写 smtp（邮件）、eml（邮件草稿）或 folder（文件夹）。")
    return Manner(Channel(name), request.test_to, request.resend_unknown, request.dry_run)


def _send(at: Circumstances, request: SendRequest) -> Ending:
    from planbook.actions.send_forms import send_forms

    result = send_forms(
        at.workspace,
        Period.parse(request.period),
        request.agencies,
        manner=manner_of(at, request),
        now=at.now,
        today=at.today,
        progress=at.progress,
    )
    return sending_ended(result)


def sending_ended(result: "SendResult") -> Ending:
    """Return the ending of anything that was sent."""
    from planbook.actions.dispatching import count_status
    from planbook.actions.mail_json import send_json

    counts = count_status(result.lines)
    told = "，".join(f"{status.label} {count}" for status, count in counts.items()) or "没有要发的"
    first = f"{result.period.label}{result.channel.label}：{told}。"
    worst = result.findings[0].message if result.findings else ""
    lines = (("（只列出，没有发送）" if result.is_dry_run else "") + first, worst)
    return Ending(send_json(result), tuple(line for line in lines if line), result.needs_person, result.opens)


def _send_corrections(at: Circumstances, request: SendRequest) -> Ending:
    from planbook.actions.send_corrections import send_corrections

    result = send_corrections(
        at.workspace,
        Period.parse(request.period),
        request.agencies,
        manner=manner_of(at, request),
        now=at.now,
        today=at.today,
        progress=at.progress,
    )
    return sending_ended(result)


def _remind(at: Circumstances, request: SendRequest) -> Ending:
    from planbook.actions.mail_json import remind_json
    from planbook.actions.remind import remind

    result = remind(
        at.workspace,
        Period.parse(request.period),
        request.agencies,
        manner=manner_of(at, request),
        now=at.now,
        today=at.today,
        progress=at.progress,
    )
    ending = sending_ended(result.sending)
    first = f"未报送或需改正的 {len(result.list.lines)} 家，名单：{result.path}"
    return replace(ending, json=remind_json(result), lines=(first, *ending.lines)[:3])


@dataclass(frozen=True, slots=True)
class CollectRequest:
    """Period that returns are collected for."""

    period: str


def _collect(at: Circumstances, request: CollectRequest) -> Ending:
    from planbook.actions.collect_returns import collect_returns
    from planbook.actions.mail_json import collect_json

    result = collect_returns(at.workspace, Period.parse(request.period), now=at.now, progress=at.progress)
    lines = (
        f"新收到 {len(result.messages)} 封邮件或文件，其中表格 {len(result.workbooks)} 份，放在 {result.inbox}。",
        f"需要看一看的 {len(result.findings)} 条。",
        "接下来请一键汇总。",
    )
    return Ending(collect_json(result), lines, result.needs_person, (result.inbox,))


INTENTIONS: Final[tuple[Intention[Any], ...]] = (
    Intention("send", "分发", SendRequest, _send),
    Intention("collect", "收取回表", CollectRequest, _collect),
    Intention("remind", "催报", SendRequest, _remind),
    Intention("send_corrections", "退改", SendRequest, _send_corrections),
)
