"""consolidate: returned files into the ledger, each with its verdict, and the master workbook made anew."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from planbook.actions.file_origins import with_origins
from planbook.actions.master_file import MasterOnDisk, read_master
from planbook.actions.opening import new_run, opened_ledger
from planbook.actions.progress import Progress, report
from planbook.actions.publish_ledger import take_over_decisions, write_master_ledger
from planbook.actions.write_corrections import CorrectionOnDisk, Faulty, write_corrections
from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding, needs_person
from planbook.model.period import Period
from planbook.model.submission import FileOutcome, Submission, Verdict
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import refuse_unwritable
from planbook.workspace.unchanged_files import UnchangedFiles

if TYPE_CHECKING:
    from concurrent.futures import Future

    from planbook.actions.read_return_file import ArchivedFile, ReturnFile
    from planbook.ledger.records import FileClaim, Run, TakenIn
    from planbook.ledger.store import Ledger
    from planbook.sheets.found import Candidate
    from planbook.sheets.isolation import Outcome

_NEARBY_PERIODS: Final = 4
_CLOCKS_DIFFER: Final = timedelta(minutes=10)  # two clerks' machines are never to the second alike
_EMPTY: Final = "责任清单是空的，没有填写任何内容，不算报送。"
_NOTHING_CERTAIN: Final = "填写的内容都不能确定属于哪项任务，一项也没有采用，请按所列问题退回改正。"
_TAKEN_IN: Final = (Verdict.ACCEPTED, Verdict.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class ConsolidateResult:
    """What became of every file, who has not answered, where the master workbook stands, and findings on that.

    `corrections` are the correction workbooks that wait to be sent or answered.
    """

    files: tuple[FileOutcome, ...]
    missing_agencies: tuple[str, ...]
    ledger: Path
    findings: tuple[Finding, ...] = ()
    corrections: tuple[CorrectionOnDisk, ...] = ()

    @property
    def summary(self) -> tuple[tuple[Verdict, int], ...]:
        """How many files got each verdict."""
        counts = Counter(outcome.verdict for outcome in self.files)
        return tuple((verdict, counts[verdict]) for verdict in Verdict)

    @property
    def needs_person(self) -> bool:
        """Whether any file or finding of this run wants a look."""
        return needs_person(self.findings) or any(
            outcome.verdict in (Verdict.REJECTED, Verdict.UNCLAIMED) or needs_person(outcome.findings)
            for outcome in self.files
        )


def consolidate_returns(
    workspace: Workspace,
    period: Period,
    paths: Sequence[Path] = (),
    *,
    now: datetime,
    today: date,
    progress: Progress | None = None,
    cluster: str = "",
) -> ConsolidateResult:
    """Take the returned files at `paths` (default: the period's inbox) into the ledger and write 总台账.xlsx.

    Every file is archived before anything is made of it, and read in a worker process. All submissions go in by
    one transaction; a run that was cut short is made good by the next. `cluster` is the address of a cluster that
    reads the files, to the same result; empty for worker processes on this machine.

    Raises:
        PlanbookError: No form was issued for the period, a path does not exist, or the master workbook cannot be
            read or replaced, or the cluster fails; then nothing was taken in.
    """
    with workspace.locked("一键汇总"), opened_ledger(workspace) as ledger:
        refuse_unwritable(workspace.master(period))
        if not ledger.forms.issued(period):
            raise PlanbookError(f"{period.label}还没有下发责任清单，请先运行 planbook issue --period {period}。")
        given = _given_paths(workspace, period, paths)
        # Before anything is taken in: what cannot be read stops the run, and decisions hold for what comes with it.
        read, decided = take_over_decisions(ledger, read_master(workspace, period), period, now=now, today=today)
        intake = Intake(workspace, ledger, period, now=now, today=today, progress=progress, cluster=cluster)
        outcomes = intake.take(given)
        return intake.publish(outcomes, read, decided)


def _given_paths(workspace: Workspace, period: Period, paths: Sequence[Path]) -> Sequence[Path]:
    if not paths:
        inbox = workspace.inbox(period)
        inbox.mkdir(parents=True, exist_ok=True)
        return [inbox]
    absent = [str(path) for path in paths if not path.exists() and not path.is_symlink()]
    if absent:
        raise PlanbookError(f"找不到 {'、'.join(absent)}，请检查路径。")
    return paths


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that may be a return, its bytes safe in the archive; `place` is its place among all files found.

    `candidate` is where its bytes can be had, None where they lie in the archive already. One that is remembered from
    an earlier run and was taken in then need not be looked for there: that is for doctor.
    """

    place: int
    path: str
    sha256: str
    modified_at: datetime
    candidate: "Candidate | None" = None


class Intake:
    """One run's way from paths to verdicts; outcomes stand in the order in which the files were found."""

    def __init__(
        self,
        workspace: Workspace,
        ledger: "Ledger",
        period: Period,
        *,
        now: datetime,
        today: date,
        progress: Progress | None,
        cluster: str = "",
    ) -> None:
        self._workspace = workspace
        self._ledger = ledger
        self._period = period
        self._now = now
        self._today = today
        self._progress = progress
        self._cluster = cluster
        newest = ledger.submissions.newest_received_at()
        # What comes later is never received earlier, or a clock set back would put an old version in force.
        self._received_at = max(now, newest + timedelta(microseconds=1)) if newest else now
        self._outcomes: dict[int, FileOutcome] = {}
        self._claims = dict(ledger.claims.of_period(period))
        self._copies: list[tuple[_Found, _Found]] = []
        self.faulty: dict[str, ReturnFile] = {}
        self.blank: list[Faulty] = []

    @property
    def clock_findings(self) -> tuple[Finding, ...]:
        """A warning where this machine's clock is behind what the ledger has seen."""
        if self._received_at - self._now <= _CLOCKS_DIFFER:
            return ()
        moments = {"now": self._now, "newest": self._received_at}
        return (
            Finding.of("clock_set_back", **{name: f"{at.astimezone():%Y-%m-%d %H:%M}" for name, at in moments.items()}),
        )

    def take(self, paths: Sequence[Path]) -> tuple[FileOutcome, ...]:
        """Take in whatever `paths` lead to and return each file's outcome."""
        new = self._without_known(self._find(paths))
        run = new_run("consolidate", self._now, period=self._period)
        self._take_in(run, self._read(new))
        self._judge_copies()
        outcomes = with_origins(self._ledger, tuple(outcome for _, outcome in sorted(self._outcomes.items())))
        others = [one for one in outcomes if one.verdict not in (*_TAKEN_IN, Verdict.DUPLICATE)]
        self._ledger.files.record_outcomes(run, others)
        return outcomes

    def take_claimed(self, claim: "FileClaim", path: str) -> FileOutcome:
        """Take in the archived file that a clerk says answers a form; the decision stays on record if it holds."""
        self._claims[claim.file_sha256] = claim
        submissions = self._read([_Found(0, path, claim.file_sha256, self._now)])
        if submissions:
            run = new_run("claim", self._now, period=self._period)
            self._ledger.claims.record(run, claim)  # first: cut short here, the next run takes the file in by it
            self._take_in(run, submissions)
        return self._outcomes[0]

    def _take_in(self, run: "Run", submissions: Sequence[tuple[_Found, Submission]]) -> None:
        taken = self._ledger.submissions.take_in(run, [submission for _, submission in submissions])
        for (found, _), result in zip(submissions, taken, strict=True):
            self._outcomes[found.place] = _placed(self._outcomes[found.place], result)

    def publish(
        self, outcomes: tuple[FileOutcome, ...], read: MasterOnDisk, decided: tuple[Finding, ...] = ()
    ) -> ConsolidateResult:
        """Write the master workbook and the corrections as the ledger now stands, and return the whole result.

        Args:
            outcomes: What became of the files.
            read: The master workbook as it was before.
            decided: What there is to say of the decisions in it.
        """
        workspace, ledger, period, now = self._workspace, self._ledger, self._period, self._now
        try:
            corrections = write_corrections(
                workspace, ledger, period, read=self.faulty, blank=self.blank, reread=self.read_again, now=now
            )
        finally:
            # Last, for what it was written from is remembered; and even if a correction workbook lies open somewhere.
            master = write_master_ledger(workspace, ledger, period, now=now, today=self._today, read=read)
        missing = tuple(one.agency for one in ledger.reports.missing(period))
        findings = (*self.clock_findings, *decided, *master.findings, *corrections.findings)
        return ConsolidateResult(outcomes, missing, master.path, findings, corrections.open)

    def _find(self, paths: Sequence[Path]) -> list[_Found]:
        """Archive every file that may be a return; give the others their outcome."""
        from planbook.actions.archiving import Archiving
        from planbook.sheets.containers import expand
        from planbook.sheets.found import Candidate, RefusedFile, SkippedFile

        found: list[tuple[_Found, Future[str] | None]] = []
        unchanged = UnchangedFiles(self._workspace.unchanged_files)
        with Archiving(self._workspace) as archiving:
            for place, one in enumerate(expand(paths, self._workspace.settings.reading.limits, unchanged)):
                report(self._progress, place, 0, f"查找 {one.path}")
                match one:
                    case SkippedFile():
                        self._outcomes[place] = FileOutcome(one.path, "", Verdict.SKIPPED, None, one.finding.message)
                    case RefusedFile():
                        reason = one.finding.message
                        self._outcomes[place] = FileOutcome(one.path, one.sha256, Verdict.REJECTED, None, reason)
                    case Candidate():
                        # What came out of a container is held in memory; in the archive it is not.
                        kept_back = one if one.is_remembered else None
                        file = _Found(place, one.path, one.sha256, one.modified_at or self._now, kept_back)
                        is_safe = one.is_remembered and self._workspace.archived_size(one.sha256) == one.size
                        found.append((file, None if is_safe else archiving.keep(one)))
            kept = [file for file, archived in found if archived is None or self._is_kept(file, archived.result())]
        unchanged.save()
        return kept

    def _is_kept(self, file: _Found, problem: str) -> bool:
        """Return whether a file is in the archive; one that could not be read gets its outcome."""
        if problem:
            self._outcomes[file.place] = _outcome(file, Verdict.REJECTED, None, problem)
        return not problem

    def _without_known(self, found: Sequence[_Found]) -> list[_Found]:
        """Give files whose bytes are in already, or twice in this run, their outcome; return the others."""
        from planbook.actions.archiving import archive_file

        taken_in = self._ledger.files.taken_in([one.sha256 for one in found])
        first: dict[str, _Found] = {}
        for one in found:
            before = taken_in.get(one.sha256)
            if before:
                self._outcomes[one.place] = _outcome(
                    one, Verdict.DUPLICATE, before.agency, f"与已入账的“{before.file_name}”内容完全相同，没有重复入账。"
                )
            elif (
                one.candidate
                and one.candidate.is_remembered
                and not self._is_kept(one, archive_file(self._workspace, one.candidate))
            ):
                continue
            elif one.sha256 in first:
                self._copies.append((one, first[one.sha256]))
            else:
                first[one.sha256] = one
        return list(first.values())

    def _judge_copies(self) -> None:
        """Give files with the same bytes as another of this run their outcome: no better than the other's."""
        for one, first in self._copies:
            outcome = self._outcomes[first.place]
            if outcome.verdict in _TAKEN_IN:
                reason = f"与“{first.path}”内容完全相同，没有重复入账。"
                self._outcomes[one.place] = _outcome(one, Verdict.DUPLICATE, outcome.agency, reason)
            else:
                self._outcomes[one.place] = replace(outcome, path=one.path)

    def _read(self, new: Sequence[_Found]) -> list[tuple[_Found, Submission]]:
        """Read the files in worker processes; return the submissions among them, the oldest file first."""
        if not new:
            return []
        results = self._run([one.sha256 for one in new])
        submissions: list[tuple[_Found, Submission]] = []
        for done, (found, result) in enumerate(zip(new, results, strict=True), start=1):
            report(self._progress, done, len(new), found.path)
            self._outcomes[found.place], submission = self._judge(found, result)
            if submission:
                submissions.append((found, submission))
        return sorted(submissions, key=lambda one: (one[0].modified_at, one[0].place))

    def read_again(self, sha256s: Sequence[str]) -> Mapping[str, "ReturnFile"]:
        """Read archived returns once more; return what could be read, by digest."""
        if not sha256s:
            return {}
        results = zip(sha256s, self._run(sha256s), strict=True)
        return {sha256: one.result for sha256, one in results if one.result}

    def _run(self, sha256s: Sequence[str]) -> Iterable["Outcome[ArchivedFile, ReturnFile]"]:
        from planbook.actions.read_returns import read_archived

        claims = {sha256: one.form_id for sha256, one in self._claims.items()}
        return read_archived(
            self._workspace,
            self._ledger,
            self._period,
            sha256s,
            claims=claims,
            today=self._today,
            cluster=self._cluster,
        )

    def _judge(
        self, file: _Found, result: "Outcome[ArchivedFile, ReturnFile]"
    ) -> tuple[FileOutcome, Submission | None]:
        """Return the outcome of a file that was read, and its submission where it is certain whose it is."""
        from planbook.forms.identify import Claim

        read = result.result
        if read is None:
            reason = _reason(result.finding) if result.finding else "读取时出错。"
            return _outcome(file, Verdict.REJECTED, None, reason), None
        found = read.identification
        if found.claim is Claim.NOT_OURS:
            return _outcome(file, Verdict.REJECTED, None, _reason(found.reason)), None
        if found.claim is Claim.UNCLAIMED or found.form_id is None or found.anchor is None:
            return _outcome(file, Verdict.UNCLAIMED, found.agency, _reason(found.reason)), None
        if read.faults:
            self.faulty[file.sha256] = read
        if read.is_blank:
            self.blank.append(Faulty(found.agency or "", file.sha256, PurePath(file.path).name))
            # A form that comes back empty answers nothing, and must not push aside an earlier one that was filled in.
            is_empty = any(finding.code == "form_not_filled" for finding in read.findings)
            blank = _outcome(file, Verdict.REJECTED, found.agency, _EMPTY if is_empty else _NOTHING_CERTAIN)
            return replace(blank, findings=read.findings), None
        submission = Submission(
            form_id=found.form_id,
            file_sha256=file.sha256,
            file_name=self._name(file.path),
            anchor=found.anchor,
            saved_at=read.saved_at,
            received_at=self._received_at,
            task_reports=read.task_reports,
            indicator_reports=read.indicator_reports,
            findings=read.findings,
        )
        accepted = _outcome(file, Verdict.ACCEPTED, found.agency, "")
        return replace(accepted, findings=read.findings), submission

    def _name(self, path: str) -> str:
        """Return a file's path as the ledger keeps it: below the workspace without what stands above it."""
        absolute = Path(path).absolute()
        root = self._workspace.root
        return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else path


def _outcome(file: _Found, verdict: Verdict, agency: str | None, reason: str) -> FileOutcome:
    return FileOutcome(file.path, file.sha256, verdict, agency, reason)


def _placed(outcome: FileOutcome, taken: "TakenIn") -> FileOutcome:
    """Return a submission's outcome after the ledger took it in."""
    if taken.verdict is Verdict.SUPERSEDED:
        return replace(
            outcome, verdict=taken.verdict, reason="已收到该单位更新的一版，这一版存档备查，不作为现行数据。"
        )
    return replace(outcome, verdict=taken.verdict, agency=taken.agency or None, reason=taken.reason)


def _reason(finding: Finding | None) -> str:
    return finding.message if finding else ""
