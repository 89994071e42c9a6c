"""Commands that send out, fetch and chase, and the one that stores a mailbox's password."""

from typing import TYPE_CHECKING

import click

from planbook.cli.endings import DONE, FAILED, NEEDS_PERSON
from planbook.cli.options import Shared, shared_options
from planbook.cli.root import now, period_option, planbook, today
from planbook.model.period import Period

if TYPE_CHECKING:
    from planbook.actions.collect_returns import CollectResult
    from planbook.actions.dispatching import Listed, Manner
    from planbook.actions.intentions.mailing import SendRequest
    from planbook.actions.json_results import Json
    from planbook.actions.send_forms import SendResult

_CHANNELS = click.Choice(["smtp", "eml", "folder"])
channel_option = click.option("--channel", type=_CHANNELS, default=None, help="邮件、邮件草稿或文件夹；默认按设置。")
dry_run_option = click.option("--dry-run", is_flag=True, help="只列出发给谁、发什么、多大，不发送。")
test_to_option = click.option("--test-to", default="", metavar="邮箱", help="全部发给这个邮箱试看，标明“测试”。")
resend_option = click.option("--resend-unknown", is_flag=True, help="重发上次被中断、可能已经发出的。")
agency_option = click.option("--agency", "agencies", multiple=True, metavar="单位", help="只发这些单位，可写多次。")


@planbook.command()
@period_option
@channel_option
@agency_option
@dry_run_option
@test_to_option
@resend_option
@click.option("--corrections", is_flag=True, help="发退改单，而不是责任清单。")
@click.option("--preview", default="", metavar="单位", help="只看发给这个单位的邮件是什么样子。")
@shared_options
def send(
    shared: Shared,
    period_text: str,
    *,
    channel: str | None,
    agencies: tuple[str, ...],
    dry_run: bool,
    test_to: str,
    resend_unknown: bool,
    corrections: bool,
    preview: str,
) -> int:
    """把责任清单（或退改单）分发给各单位：邮件、邮件草稿或文件夹。"""
    from planbook.actions.intentions.mailing import SendRequest
    from planbook.actions.send_corrections import send_corrections
    from planbook.actions.send_forms import send_forms

    if preview:
        return _preview(shared, period_text, preview)
    request = SendRequest(period_text, agencies, channel or "", dry_run, test_to, resend_unknown)
    with shared.console.progress("分发责任清单") as progress:
        act = send_corrections if corrections else send_forms
        result = act(
            shared.workspace(),
            Period.parse(period_text),
            agencies,
            manner=_manner(shared, request),
            now=now(),
            today=today(),
            progress=progress,
        )
    return show_sending(shared, result)


def _preview(shared: Shared, period_text: str, agency: str) -> int:
    from planbook.actions.send_forms import preview_letter

    text, path = preview_letter(shared.workspace(), Period.parse(period_text), agency, today=today())
    shared.console.say(f"主题：{text.subject}\n\n{text.text}\n网页样式：{path}")
    shared.console.show_json({"subject": text.subject, "text": text.text, "html": text.html, "path": str(path)})
    return DONE


def _manner(shared: Shared, request: "SendRequest") -> "Manner":
    from planbook.actions.intentions.base import Circumstances
    from planbook.actions.intentions.mailing import manner_of

    return manner_of(Circumstances(shared.workspace(), now(), today()), request)


def show_sending(shared: Shared, result: "SendResult", json: "Json | None" = None) -> int:
    """Print each line of a list and what became of it; return the exit code."""
    from planbook.actions.dispatching import Status, count_status
    from planbook.actions.mail_json import send_json

    console = shared.console
    for line in result.lines:
        if console.is_verbose or line.status is not Status.ALREADY:
            console.say(f"  {line.status.label}  {_described(line)}")
    console.show_findings(result.findings)
    counts = "，".join(f"{status.label} {count}" for status, count in count_status(result.lines).items())
    console.say(f"{result.period.label}{result.channel.label}：{counts or '没有要发的'}")
    if result.is_dry_run:
        console.say("（只列出，没有发送；去掉 --dry-run 即发送）")
    for path in result.opens[:1]:
        console.say(f"请看：{path}")
    console.show_json(send_json(result) if json is None else json)
    if result.is_failed:
        return FAILED
    return NEEDS_PERSON if result.needs_person else DONE


def _described(line: "Listed") -> str:
    dispatch = line.dispatch
    size = f"{dispatch.size / 1024:.0f} KB" if dispatch.size else ""
    what = dispatch.escalation.label or dispatch.errand.label
    return "  ".join(part for part in (dispatch.agency, dispatch.recipient, what, dispatch.file_name, size) if part)


@planbook.command()
@period_option
@channel_option
@agency_option
@dry_run_option
@test_to_option
@resend_option
@shared_options
def remind(
    shared: Shared,
    period_text: str,
    *,
    channel: str | None,
    agencies: tuple[str, ...],
    dry_run: bool,
    test_to: str,
    resend_unknown: bool,
) -> int:
    """催报：没有报送的、需要改正的，按截止日和催报级别提醒，每级一次。"""
    from planbook.actions.intentions.mailing import SendRequest
    from planbook.actions.mail_json import remind_json
    from planbook.actions.remind import remind as chase

    request = SendRequest(period_text, agencies, channel or "", dry_run, test_to, resend_unknown)
    with shared.console.progress("催报") as progress:
        result = chase(
            shared.workspace(),
            Period.parse(period_text),
            agencies,
            manner=_manner(shared, request),
            now=now(),
            today=today(),
            progress=progress,
        )
    for line in result.list.lines:
        late = f"，逾期 {line.days_late} 天" if line.days_late else ""
        shared.console.say(f"  {line.owes}  {line.agency}{late}  {line.step.label}")
    return show_sending(shared, result.sending, json=remind_json(result))


@planbook.command()
@period_option
@click.option("--watch", is_flag=True, help="一直守着：共享文件夹一有新文件、邮箱每 5 分钟收一次，Ctrl-C 结束。")
@shared_options
def collect(shared: Shared, period_text: str, *, watch: bool) -> int:
    """从邮箱和共享文件夹收取各单位发回的表格，放进收件夹。"""
    from planbook.actions.collect_returns import collect_returns
    from planbook.actions.watch_returns import watch_returns

    period, workspace = Period.parse(period_text), shared.workspace()
    if watch:
        for result in watch_returns(workspace, period, clock=now):
            _show_collected(shared, result)
        return DONE
    with shared.console.progress("收取回表") as progress:
        result = collect_returns(workspace, period, now=now(), progress=progress)
    return _show_collected(shared, result)


def _show_collected(shared: Shared, result: "CollectResult") -> int:
    from planbook.actions.mail_json import collect_json

    console = shared.console
    for message in result.messages:
        for file in message.files:
            if file.is_workbook:
                console.say(f"  收到  {file.path}  （{message.sender or message.source}：{file.name}）")
    console.show_findings(result.findings)
    console.say(f"新收到表格 {len(result.workbooks)} 份，在 {result.inbox}")
    if result.workbooks:
        console.say(f"下一步：planbook consolidate --period {result.period}")
    console.show_json(collect_json(result))
    return NEEDS_PERSON if result.needs_person else DONE


@planbook.group()
@shared_options
def mail(_shared: Shared) -> None:
    """邮箱账号。"""


@mail.command()
@click.option("--imap", "is_imap", is_flag=True, help="存收信服务器的密码；默认是发信的，两个相同时只存一次即可。")
@shared_options
def login(shared: Shared, *, is_imap: bool) -> int:
    """把邮箱的密码（授权码）存入系统钥匙串。"""
    from planbook.actions.mail_access import Purpose, keep_password

    workspace = shared.workspace()
    password = click.prompt("密码（QQ、163、126 等请输入授权码）", hide_input=True, err=True)
    account = keep_password(workspace, Purpose.IMAP if is_imap else Purpose.SMTP, password.strip())
    shared.console.say(f"已存入系统钥匙串：{account}")
    shared.console.show_json({"account": account})
    return DONE
