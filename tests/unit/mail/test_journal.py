from pathlib import Path

import pytest

from planbook.mail.faults import delay_in_chinese, is_mailbox_full, refusal_in_chinese, shown_reply
from planbook.mail.journal import Journal, Step, read_journal
from planbook.mail.transmission import Fate, Receipt


def test_how_far_each_attempt_got(tmp_path: Path) -> None:
    path = tmp_path / "dispatch.journal"
    assert read_journal(path) is None
    with Journal(path) as journal:
        for attempt in ("begun", "handed", "accepted", "refused", "retried"):
            journal.note(attempt, Step.BEGUN)
        for attempt in ("handed", "accepted"):
            journal.note(attempt, Step.HANDING_OVER)
        journal.note("accepted", Step.ENDED, Receipt(Fate.ACCEPTED))
        journal.note("refused", Step.ENDED, Receipt(Fate.REFUSED, "不存在"))
        journal.note("retried", Step.ENDED, Receipt(Fate.LATER, "稍后"))
        journal.note("retried", Step.BEGUN)
    path.write_bytes(path.read_bytes() + b'\n{"attempt": "torn", "st')
    with Journal(path) as journal:
        journal.note("after", Step.BEGUN)
    found = read_journal(path)
    assert found is not None
    assert {attempt: receipt.fate for attempt, receipt in found.items()} == {
        "begun": Fate.LOST,
        "handed": Fate.UNANSWERED,
        "accepted": Fate.ACCEPTED,
        "refused": Fate.REFUSED,
        "retried": Fate.LOST,
        "after": Fate.LOST,
    }


@pytest.mark.parametrize(
    ("reply", "is_full"),
    [
        ("552 5.2.2 Mailbox full", True),
        ("452 4.2.2 Over quota", True),
        ("552 Requested mail action aborted: exceeded storage allocation", True),
        ("552 5.3.4 Message size exceeds fixed limit", False),
        ("550 5.1.1 User unknown", False),
        ("451 4.7.1 Greylisted", False),
    ],
)
def test_full_mailbox(reply: str, *, is_full: bool) -> None:
    assert is_mailbox_full(reply) is is_full


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        ("550 5.1.1 User unknown", "不存在"),
        ("550 Mailbox not found. http://service.mail.qq.com", "不存在"),
        ("552 5.2.2 Mailbox full", "已满"),
        ("552 5.3.4 Message size exceeds fixed limit", "大小"),
        ("554 DT:SPM 163 smtp9", "垃圾邮件"),
        ("550 Mail content denied", "拒收"),
    ],
)
def test_refusals_in_chinese(reply: str, word: str) -> None:
    assert word in refusal_in_chinese(reply)
    assert reply in refusal_in_chinese(reply)


def test_reply_as_shown() -> None:
    assert shown_reply(550, "邮箱\r\n不存在\x1b[31m".encode("gbk")) == "550 邮箱 不存在 [31m"
    assert len(shown_reply(550, b"x" * 5000)) <= 160
    assert "稍后" in delay_in_chinese("451 4.7.1 Greylisted, try again later")
