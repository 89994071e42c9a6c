"""Settings for what the office writes: how many working days an agency has to answer a bulletin or a letter."""

from dataclasses import dataclass
from typing import Final

from planbook.workspace.settings_reader import SettingsReader

WRITING_TEMPLATE: Final = """\
[writing]
# 通报、督办单、催办函要求几个工作日内回复（节假日和调休按国务院办公厅的安排）。
reply_working_days = 5
"""


@dataclass(frozen=True, slots=True)
class WritingSettings:
    """Working days until an answer is due, counted from the day after the letter's."""

    reply_working_days: int = 5


def read_writing_settings(reader: SettingsReader) -> WritingSettings:
    """Return the section `[writing]`.

    Raises:
        PlanbookError: A value is of the wrong kind.
    """
    return WritingSettings(reader.number("writing", "reply_working_days", 5, 1, 60))
