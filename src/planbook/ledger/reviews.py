"""Taking over a reviewed 任务分解表: new versions of what changed, codes for what is new, whole or not at all."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from planbook.ledger.agencies import replace_directory
from planbook.ledger.coded import INDICATORS, TASKS, Coded, Item
from planbook.ledger.connection import Database
from planbook.ledger.records import AppliedReview, Run
from planbook.model.errors import PlanbookError
from planbook.model.ledger import LedgerIndicator
from planbook.model.review import ReviewChange


class Reviews:
    """The clerk's reviews of tasks, indicators and agencies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def apply(self, run: Run, change: ReviewChange) -> AppliedReview:
        """Take over `change`; the same change again writes nothing but what it adds.

        Raises:
            PlanbookError: The change has an error among its findings, names a code that the ledger does not know,
                or the ledger cannot be written.
        """
        if change.is_refused:
            raise PlanbookError("任务分解表中还有错误，没有写入台账，请按提示改正后重新确认。")
        with self._database.writing() as connection:
            return _apply(connection, run, change)


def _apply(connection: Connection, run: Run, change: ReviewChange) -> AppliedReview:
    new_tasks, revised_tasks = _take_over(
        TASKS,
        connection,
        run,
        added=change.added_tasks,
        updated=change.updated_tasks,
        retired=change.retired_codes,
    )
    codes = {given.code: stored.code for given, stored in zip(change.added_tasks, new_tasks, strict=True)}
    new_indicators, revised_indicators = _take_over(
        INDICATORS,
        connection,
        run,
        added=_under_real_codes(change.added_indicators, codes),
        updated=_under_real_codes(change.updated_indicators, codes),
        retired=change.retired_indicator_codes,
    )
    return AppliedReview(
        added_tasks=new_tasks,
        added_indicators=new_indicators,
        revised_codes=revised_tasks + revised_indicators,
        is_directory_changed=replace_directory(connection, run, change.directory.agencies),
    )


def _take_over(
    coded: Coded[Item],
    connection: Connection,
    run: Run,
    *,
    added: Sequence[Item],
    updated: Sequence[Item],
    retired: Sequence[str],
) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Write one kind of item; return what was added under its codes, and the codes of what was revised."""
    before = coded.standings(connection)
    unknown = [code for code in (*(item.code for item in updated), *retired) if code not in before]
    if unknown:
        raise PlanbookError(f"任务分解表中的编号 {'、'.join(unknown)} 不在台账中，请重新生成任务分解表后再填。")
    revised = coded.revise(connection, run, before, updated) + coded.retire(connection, run, before, retired)
    return coded.add(connection, run, added), revised


def _under_real_codes(indicators: Sequence[LedgerIndicator], codes: dict[str, str]) -> list[LedgerIndicator]:
    return [
        replace(one, task_code=codes.get(one.task_code, one.task_code)) if one.task_code else one for one in indicators
    ]
