from dataclasses import replace

from planbook.ledger.records import Origin
from planbook.ledger.store import Ledger
from planbook.model.collection import CollectedFile, CollectedMessage, MessageKind
from tests.unit.ledger.builders import Q1, at, digest, run

BOX = "dc@example.gov.cn/INBOX"
FILE = CollectedFile("回复.zip/责任清单.xlsx", "inbox/2024Q1/责任清单.xlsx", digest("甲"), is_workbook=True)
MESSAGE = CollectedMessage(
    BOX, 17, 4_000_000_000, "<a@b>", MessageKind.WITH_FILES, "李某 <li@example.com>", "回复", at(8), Q1, (FILE,)
)


def test_high_water_mark_belongs_to_mailbox_and_validity(ledger: Ledger) -> None:
    ledger.collected.record(run("collect"), MESSAGE)
    ledger.collected.record(run("collect"), replace(MESSAGE, uid=3, message_key="<c@d>", files=()))
    assert ledger.collected.last_uid(BOX, 17) == 4_000_000_000
    assert ledger.collected.last_uid(BOX, 18) is None
    assert ledger.collected.last_uid("other", 17) is None


def test_message_is_known_wherever_it_lay(ledger: Ledger) -> None:
    ledger.collected.record(run("collect"), MESSAGE)
    assert ledger.collected.knows_message("<a@b>")
    assert not ledger.collected.knows_message("<x@y>")


def test_origin_of_a_file(ledger: Ledger) -> None:
    ledger.collected.record(run("collect"), MESSAGE)
    origin = Origin(FILE.path, FILE.name, BOX, MESSAGE.sender, "回复", at(8))
    assert ledger.collected.origins([digest("甲"), digest("乙")]) == {digest("甲"): (origin,)}
