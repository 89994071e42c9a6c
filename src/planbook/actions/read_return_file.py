"""Reads one returned file: the pure step of consolidation, run in a worker process on bytes of unknown origin."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from planbook.actions.forms_on_record import FormsOnRecord
from planbook.actions.spooled_forms import SpooledForm
from planbook.forms.checks.context import CheckContext
from planbook.forms.checks.run import run_checks
from planbook.forms.claiming import claimed_by_person
from planbook.forms.correction_faults import Fault, find_faults
from planbook.forms.identify import Claim, Identification, identify
from planbook.forms.layout import FormLayout
from planbook.forms.layout_choice import survey_return
from planbook.forms.manifest import open_seal
from planbook.forms.reader import read_return
from planbook.ledger.kept_forms import KeptForm
from planbook.model.findings import Finding, Severity
from planbook.model.form import Form
from planbook.model.period import Period
from planbook.model.submission import IndicatorReport, TaskReport
from planbook.sheets.limits import DEFAULT_LIMITS, Limits
from planbook.sheets.reading import read_workbook


@dataclass(frozen=True)
class ReadingContext:
    """What a worker has to know to read returns.

    Attributes:
        workspace_id: The workspace's.
        keys: Keys that seal forms.
        period: Period that returns are taken in for.
        today: Day of reading.
        forms: Every form issued for the period and the nearest others, older versions included.
        layouts: Layouts that forms were issued in, the one in use first.
        claims: Forms that a clerk says files answer, by the file's digest.
        limits: What reading one file may cost.
        previous: Each agency's last report on each task before the period, by agency and task code.
        previous_indicators: Likewise on each indicator.
    """

    workspace_id: str
    keys: tuple[bytes, ...]
    period: Period
    today: date
    forms: tuple[KeptForm | SpooledForm | Form, ...]
    layouts: tuple[FormLayout, ...]
    claims: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = DEFAULT_LIMITS
    previous: Mapping[str, Mapping[str, TaskReport]] = field(default_factory=dict)
    previous_indicators: Mapping[str, Mapping[str, IndicatorReport]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """What one file turned out to be, and what it reports if it is certain whose it is.

    `layout` and `faults` are there where an error among the findings asks for a correction.
    """

    identification: Identification
    saved_at: datetime | None = None
    task_reports: tuple[TaskReport, ...] = ()
    indicator_reports: tuple[IndicatorReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    layout: FormLayout | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether it is ours and nothing is filled in."""
        return not self.task_reports and not self.indicator_reports


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A received file as the archive holds it: its digest, and where its bytes stand or the bytes themselves."""

    sha256: str
    source: Path | bytes


class ReturnReader:
    """Reads returns one after another; what depends on the context alone is made once."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context
        self._forms = FormsOnRecord(context.forms)

    def read(self, file: ArchivedFile) -> ReturnFile:
        """Return what `file` turned out to be.

        Raises:
            UnreadableFile: It is no workbook, or cannot be read.
        """
        workbook = read_workbook(file.source, self._context.limits)
        seal = open_seal(workbook, self._context.keys, self._context.workspace_id)
        survey = survey_return(workbook, seal.manifest, self._context.layouts)
        found = identify(survey, seal, self._forms, asked=self._context.period)
        chosen = self._forms.get(self._context.claims.get(file.sha256, ""))
        if chosen:
            found = claimed_by_person(found, seal, chosen, self._forms)
        if found.claim is not Claim.CLAIMED or found.form_id is None or found.form_id not in self._forms:
            return ReturnFile(found, workbook.saved_at)
        form = self._forms.form(found.form_id)
        reading = read_return(survey, form, today=self._context.today, other_agencies=self._forms.agencies)
        checked = run_checks(
            CheckContext(
                reading,
                self._context.today,
                self._context.previous.get(form.agency, {}),
                self._context.previous_indicators.get(form.agency, {}),
            )
        )
        findings = (*found.findings, *reading.findings, *checked)
        is_faulty = any(finding.severity is Severity.ERROR for finding in findings)
        return ReturnFile(
            found,
            workbook.saved_at,
            reading.task_reports,
            reading.indicator_reports,
            findings,
            survey.layout if is_faulty else None,
            find_faults(reading, findings) if is_faulty else (),
        )


def read_return_file(file: ArchivedFile, reader: ReturnReader) -> ReturnFile:
    """Return what `file` turned out to be; see `ReturnReader.read`."""
    return reader.read(file)
