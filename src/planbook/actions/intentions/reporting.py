"""Intentions that report on a period: the board, the bulletin, the letters."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from planbook.actions.intentions.base import Circumstances, Ending, Intention
from planbook.model.period import Period

if TYPE_CHECKING:
    from planbook.actions.reported_period import View


@dataclass(frozen=True, slots=True)
class DashboardRequest:
    """Period of the board (none: the last that was issued), as of which day (none: now), which part, for the public."""

    period: str | None = None
    as_of: date | None = None
    leader: str = ""
    section: str = ""
    plan: str = ""
    agency: str = ""
    category: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class BulletinRequest:
    """Period of the bulletin, as of which day (none: now), which part of it, for the public."""

    period: str
    as_of: date | None = None
    leader: str = ""
    section: str = ""
    plan: str = ""
    agency: str = ""
    category: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class LettersRequest:
    """Period of the letters; `agencies` narrows them to these, the other fields to a part of the tasks."""

    period: str
    agencies: tuple[str, ...] = ()
    leader: str = ""
    section: str = ""
    plan: str = ""
    category: str = ""
    dry_run: bool = False


def _view(request: BulletinRequest | DashboardRequest) -> "View":
    from planbook.actions.reported_period import View
    from planbook.model.slices import Scope

    scope = Scope(request.leader, request.section, request.plan, request.agency, request.category)
    return View(request.as_of, scope, request.public)


def _dashboard(at: Circumstances, request: DashboardRequest) -> Ending:
    from planbook.actions.reporting_json import dashboard_json
    from planbook.actions.write_dashboard import write_dashboard_file

    period = Period.parse(request.period) if request.period else None
    result = write_dashboard_file(at.workspace, period, now=at.now, today=at.today, view=_view(request))
    lines = (f"{result.period.label}看板：任务 {result.tasks} 项。", f"看板：{result.path}")
    return Ending(dashboard_json(result), lines, opens=(result.path,))


def _bulletin(at: Circumstances, request: BulletinRequest) -> Ending:
    from planbook.actions.reporting_json import bulletin_json
    from planbook.actions.write_bulletin import write_bulletin

    result = write_bulletin(
        at.workspace,
        Period.parse(request.period),
        now=at.now,
        today=at.today,
        view=_view(request),
    )
    lines = (*(finding.message for finding in result.findings), f"通报：{result.path}")
    return Ending(bulletin_json(result), lines, opens=(result.path,))


def _letters(at: Circumstances, request: LettersRequest) -> Ending:
    from planbook.actions.reporting_json import letters_json
    from planbook.actions.write_letters import write_letters
    from planbook.model.slices import Scope

    period = Period.parse(request.period)
    result = write_letters(
        at.workspace,
        period,
        request.agencies,
        now=at.now,
        today=at.today,
        is_dry_run=request.dry_run,
        progress=at.progress,
        scope=Scope(request.leader, request.section, request.plan, "", request.category),
    )
    notices = sum(one.kind == "督办单" for one in result.letters)
    verb = "已写好" if result.is_written else "将写"
    lines = [f"{verb}督办单 {notices} 份，催办函 {len(result.letters) - notices} 份。"]
    if result.laid_aside:
        lines.append(f"已不需要的 {len(result.laid_aside)} 份移到“已不需要”文件夹。")
    folders = tuple(dict.fromkeys(one.path.parent for one in result.letters))
    lines += [f"位置：{'、'.join(map(str, folders))}"] if folders else []
    return Ending(letters_json(result), tuple(lines), opens=folders if result.is_written else ())


INTENTIONS: Final[tuple[Intention[Any], ...]] = (
    Intention("bulletin", "通报", BulletinRequest, _bulletin),
    Intention("letters", "督办单和催办函", LettersRequest, _letters),
    Intention("dashboard", "看板", DashboardRequest, _dashboard),
)
