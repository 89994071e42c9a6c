"""The office's settings, kept in `planbook.toml` with a Chinese comment beside each."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from planbook.model.errors import PlanbookError
from planbook.model.light_rules import STANDARD, LightRules
from planbook.model.period import Period
from planbook.model.scores import STANDARD_SCORES, ScoreRules
from planbook.workspace.light_settings import LIGHTS_TEMPLATE, read_light_rules
from planbook.workspace.mail_settings import MAIL_TEMPLATE, MailSettings, read_mail_settings
from planbook.workspace.reading_settings import READING_TEMPLATE, ReadingSettings, read_reading_settings
from planbook.workspace.score_settings import SCORES_TEMPLATE, read_score_rules
from planbook.workspace.settings_reader import SettingsReader
from planbook.workspace.writing_settings import WRITING_TEMPLATE, WritingSettings, read_writing_settings

_HEAD: Final = """\
# planbook 工作区设置。以 # 开头的是说明；改完保存即可，下次运行生效。

# 数据库：留空表示本文件夹内的 planbook.db；几个人共用一本台账时写 PostgreSQL 地址，
# 例如 "postgresql://用户@服务器/库名"。
database = ""

[office]
# 印在责任清单和台账上的发文单位。
name = "{office}"
# 填报单位遇到问题时联系谁（姓名、电话）。
contact = "{contact}"

[forms]
# 报送截止日：填报期结束后第几天。
due_days = 10
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the office may set.

    Attributes:
        database: SQLAlchemy URL; empty for the workspace's own SQLite file.
        office: Issuing office as printed on forms and ledger.
        contact: Whom agencies ask.
        due_days: Days after a period's end on which forms are due.
        lights: The light rules.
        scores: What agencies are scored by.
        reading: Processes that read returns, and the limits of one file.
        mail: Mailbox, servers, channels, and when agencies are chased.
        writing: For bulletins and letters.
    """

    database: str = ""
    office: str = ""
    contact: str = ""
    due_days: int = 10
    lights: LightRules = STANDARD
    scores: ScoreRules = STANDARD_SCORES
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    writing: WritingSettings = field(default_factory=WritingSettings)

    def due_on(self, period: Period) -> date:
        """Return the day on which forms of `period` should be back."""
        return period.end + timedelta(days=self.due_days)


def render_settings(office: str, contact: str) -> str:
    """Return the text of a new `planbook.toml`."""
    main = _HEAD.format(office=_quotable(office), contact=_quotable(contact))
    return "\n".join((main, READING_TEMPLATE, LIGHTS_TEMPLATE, SCORES_TEMPLATE, WRITING_TEMPLATE, MAIL_TEMPLATE))


def read_settings(path: Path) -> Settings:
    """Return the settings in `path`.

    Raises:
        PlanbookError: The file is missing, is not TOML, or a value is of the wrong kind.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PlanbookError(f"读不了设置文件 {path}：请检查文件是否存在、是否有权限读取。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlanbookError(
            f"设置文件 {path} 的格式有误（{error}），请按文件里的说明改正，文字要放在英文双引号内。"
        ) from error
    reader = SettingsReader(path, values)
    return Settings(
        database=reader.text("", "database", ""),
        office=reader.text("office", "name", ""),
        contact=reader.text("office", "contact", ""),
        due_days=reader.number("forms", "due_days", 10, 0, 366),
        lights=read_light_rules(reader),
        scores=read_score_rules(reader),
        reading=read_reading_settings(reader),
        mail=read_mail_settings(reader),
        writing=read_writing_settings(reader),
    )


def _quotable(text: str) -> str:
    return "".join(character for character in text if character.isprintable() and character not in '"\\')
