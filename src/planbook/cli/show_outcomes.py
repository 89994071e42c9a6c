"""How the result of a consolidation is told on the command line."""

from typing import TYPE_CHECKING, Final

from planbook.cli.console import Console
from planbook.model.submission import FileOutcome, Verdict

if TYPE_CHECKING:
    from planbook.actions.consolidate import ConsolidateResult

_LABELS: Final = {
    Verdict.ACCEPTED: "已入账",
    Verdict.SUPERSEDED: "已有更新版",
    Verdict.DUPLICATE: "重复",
    Verdict.REJECTED: "未收",
    Verdict.UNCLAIMED: "待认领",
    Verdict.SKIPPED: "跳过",
}
_QUIET: Final = (Verdict.DUPLICATE, Verdict.SKIPPED)


def show_outcomes(console: Console, result: "ConsolidateResult") -> None:
    """Print each file's verdict, its findings, who is missing, and where the ledger stands."""
    for outcome in result.files:
        if console.is_verbose or outcome.verdict not in _QUIET:
            _show(console, outcome)
    counts = [f"{_LABELS[verdict]} {count}" for verdict, count in result.summary if count]
    console.say(f"文件 {len(result.files)} 个：{'，'.join(counts) or '没有要读的文件'}")
    if result.missing_agencies:
        console.say(f"未报单位 {len(result.missing_agencies)} 个：{'、'.join(result.missing_agencies)}")
    console.show_findings(result.findings)
    if result.corrections:
        agencies = "、".join(one.agency for one in result.corrections)
        console.say(f"待退改 {len(result.corrections)} 家（{agencies}），退改单在 {result.corrections[0].path.parent}")
    console.say(f"总台账：{result.ledger}")


def _show(console: Console, outcome: FileOutcome) -> None:
    agency = f"（{outcome.agency}）" if outcome.agency else ""
    reason = f"：{outcome.reason}" if outcome.reason else ""
    console.say(f"{_LABELS[outcome.verdict]} {outcome.path}{agency}{reason}")
    if outcome.origin:
        console.say(f"  来自 {outcome.origin}")
    console.show_findings(outcome.findings)
