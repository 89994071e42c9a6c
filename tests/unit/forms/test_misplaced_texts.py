"""Progress that speaks of another task: named, and where most rows do so nothing is taken."""

from tests.support.tables import EditableBook
from tests.unit.forms.return_samples import ONE, THREE, TWO, filled_book, found, read


def _told(text: str) -> EditableBook:
    book = filled_book()
    book.tasks.set(TWO, "本期进展情况", text)
    return book


def test_progress_that_speaks_of_another_task_is_named() -> None:
    book = _told("岳麓山实验室一期工程主体封顶，设备进场。")
    assert found(read(book)) == [("progress_of_other_task", book.tasks.address(TWO, "本期进展情况"))]
    assert len(read(book).task_reports) == 4
    # It may speak of both, or of nothing that any task is about.
    assert found(read(_told("关键技术攻关与岳麓山实验室一期工程同步推进。"))) == []
    assert found(read(_told("召开协调会三次，印发方案。"))) == []


def test_tasks_sorted_without_their_answers_are_not_taken() -> None:
    book = filled_book()
    for code, other in (
        (ONE, "新增高新技术企业410家。"),
        (TWO, "岳麓山实验室主体封顶。"),
        (THREE, "奖补资金全部兑现。"),
    ):
        book.tasks.set(code, "本期进展情况", other)
    reading = read(book)
    codes = found(reading)
    assert codes.count(("progress_of_other_task", book.tasks.address(TWO, "本期进展情况"))) == 1
    assert ("answers_of_other_tasks", book.tasks.address(ONE, "本期进展情况")) in codes
    assert reading.task_reports == ()
    assert len(reading.indicator_reports) == 2
