from planbook.ledger.store import Ledger
from planbook.model.findings import Finding, Location
from planbook.model.submission import FileOutcome, Verdict
from tests.unit.ledger import builders
from tests.unit.ledger.builders import Q1, SCIENCE, at, digest

NOTE = Finding.of("ledger_damaged", Location(sheet="责任清单", cell="M5"), detail="读不出")
PHOTO = FileOutcome("inbox/照片.jpg", digest("照片"), Verdict.REJECTED, None, "这是一张图片，不是工作簿", (NOTE,))


def test_file_taken_in_is_known_by_its_bytes(ledger: Ledger) -> None:
    form = builders.form(ledger, tasks=builders.add_plan(ledger))
    for name, saved_at in (("新.xlsx", at(7)), ("旧.xlsx", at(5))):
        answer = builders.submission(form, file=name, saved_at=saved_at, findings=[NOTE])
        ledger.submissions.take_in(builders.run(), [answer])
    known = ledger.files.known([digest("新.xlsx"), digest("旧.xlsx"), digest("没见过")])
    assert {sha256: one.verdict for sha256, one in known.items()} == {
        digest("新.xlsx"): Verdict.ACCEPTED,
        digest("旧.xlsx"): Verdict.SUPERSEDED,
    }
    old = known[digest("旧.xlsx")]
    assert (old.file_name, old.agency, old.period, old.form_id, old.version) == (
        "旧.xlsx",
        SCIENCE,
        Q1,
        form.form_id,
        2,
    )
    assert old.findings == (NOTE,)


def test_refused_file_is_known_with_its_reason(ledger: Ledger) -> None:
    assert ledger.files.record_outcomes(builders.run(), [PHOTO]) == 1
    known = ledger.files.known([PHOTO.sha256])[PHOTO.sha256]
    assert (known.verdict, known.file_name, known.reason) == (Verdict.REJECTED, "照片.jpg", PHOTO.reason)
    assert known.findings == (NOTE,)
    assert known.period is None


def test_outcome_is_noted_once_until_it_changes(ledger: Ledger) -> None:
    claimed = FileOutcome(PHOTO.path, PHOTO.sha256, Verdict.UNCLAIMED, SCIENCE, "是哪一期的不确定")
    moved = FileOutcome("inbox/再来.jpg", PHOTO.sha256, PHOTO.verdict, None, PHOTO.reason, PHOTO.findings)
    noted = [
        ledger.files.record_outcomes(builders.run(), outcomes)
        for outcomes in ([PHOTO], [PHOTO], [moved, PHOTO], [claimed], [PHOTO], [])
    ]
    assert noted == [1, 0, 1, 1, 1, 0]


def test_odd_names_and_texts_are_noted_once_too(ledger: Ledger) -> None:
    odd = FileOutcome("inbox/\udcff.xlsx", digest("怪"), Verdict.REJECTED, "单\0位", "读\ud800不出")
    assert [ledger.files.record_outcomes(builders.run(), [odd]) for _ in range(2)] == [1, 0]


def test_file_taken_in_after_all_is_no_longer_refused(ledger: Ledger) -> None:
    form = builders.form(ledger, tasks=builders.add_plan(ledger))
    answer = builders.submission(form, file="先拒后收")
    refused = FileOutcome("先拒后收", answer.file_sha256, Verdict.UNCLAIMED, None, "不确定是谁的")
    ledger.files.record_outcomes(builders.run(), [refused])
    ledger.submissions.take_in(builders.run(), [answer])
    assert ledger.files.known([answer.file_sha256])[answer.file_sha256].verdict is Verdict.ACCEPTED


def test_thousands_of_files_at_once(ledger: Ledger) -> None:
    ledger.files.record_outcomes(builders.run(), [PHOTO])
    many = [digest(str(number)) for number in range(1200)]
    assert list(ledger.files.known([*many, PHOTO.sha256])) == [PHOTO.sha256]
