"""Intentions that send out, fetch, and chase."""

from dataclasses import dataclass
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


INTENTIONS: Final[tuple[Intention[Any], ...]] = (Intention("send", "分发", SendRequest, _send),)
