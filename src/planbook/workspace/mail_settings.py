"""The settings for mail in `planbook.toml`: mailbox, servers, channel, watched folders, steps of chasing."""

from dataclasses import dataclass, field
from typing import Final

from planbook.model.chasing import ChasingRules
from planbook.model.dispatch import Channel
from planbook.workspace.settings_reader import SettingsReader

MAIL_TEMPLATE: Final = """\
[mail]
# 分发方式："smtp" 直接发邮件；"eml" 生成邮件草稿，用 Outlook、Foxmail、Thunderbird 打开后人工发送；
# "folder" 一个单位一个文件夹，用于没有邮件、拷贝交换的办公室，也是涉密和内部材料唯一可走的方式。
channel = "smtp"
# 发信邮箱和落款。密码（QQ、163、126 等为“授权码”）绝不写在这里，请运行 planbook mail login 存入系统钥匙串，
# 或放在环境变量 PLANBOOK_SMTP_PASSWORD、PLANBOOK_IMAP_PASSWORD 中。
address = ""
name = ""
# 登录名，留空表示与发信邮箱相同。
user = ""

# 发信服务器。常用：smtp.qq.com 465；smtp.163.com 465；smtp.126.com 465；smtp.office365.com 587（写 starttls）。
# security 写 "ssl"（端口一般 465）、"starttls"（端口一般 587）；只有写明 "plain" 才不加密，仅限内网。
smtp_host = ""
smtp_port = 465
smtp_security = "ssl"

# 收信服务器（收取回表用）。常用：imap.qq.com 993；imap.163.com 993；outlook.office365.com 993。
imap_host = ""
imap_port = 993
imap_security = "ssl"
imap_folder = "INBOX"
# 收取后是否把邮件标为已读。false 时只读打开邮箱，什么也不改；任何时候都不会删除邮件。
imap_mark_read = false

# 内网服务器用自建证书的，写证书文件（PEM）的位置。
ca_file = ""
# 每分钟最多发几封（0 不限）；一封邮件最大多少 MB。
per_minute = 100
max_mb = 20
# 对方服务器要求稍后再投（灰名单）时，隔多少秒各重试一次。
retry_seconds = [3, 15, 45]
# 合署办公、确实共用一个邮箱的，把这个邮箱写进来；没有写的，两个单位同一邮箱会停下来问。
shared_addresses = []

# 放单位文件夹的位置（channel 为 folder 时），留空为 outputs/分发。
folder = ""
# 收取回表时一并查看的文件夹，例如 ["D:/共享/报送"]。
watched_folders = []

[remind]
# 催报：截止日前几天提醒；逾期几天催报、再次催报、抄送领导。
days_before_due = 3
days_overdue = 1
days_long_overdue = 5
days_to_leader = 10
# 抄送给哪位领导的邮箱，可写多个；留空则不抄送，只列出名单。
leaders = []
"""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A mail server; `security` is `ssl`, `starttls` or `plain`."""

    host: str = ""
    port: int = 0
    security: str = "ssl"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """What the office sets for mail.

    Attributes:
        channel: How forms go out where nothing else is said.
        address: The office's mailbox.
        name: Its name as agencies see it; empty for the office's.
        user: Name to log in by; empty for the address.
        smtp: Server for what goes out.
        imap: Server for what comes in.
        imap_folder: Folder there.
        marks_read: Messages that were collected are marked as read.
        ca_file: Certificates to trust beside the system's, PEM.
        per_minute: Messages a minute at most; 0 for no limit.
        max_mb: Largest message.
        retry_seconds: Pauses before each new try where a server asks to try later.
        shared_addresses: Addresses that several agencies really share.
        folder: Where the agencies' folders are; empty for the workspace's own.
        watched_folders: Folders that returns are put into.
        chasing: When agencies that have not answered are chased.
    """

    channel: Channel = Channel.SMTP
    address: str = ""
    name: str = ""
    user: str = ""
    smtp: ServerSettings = field(default_factory=lambda: ServerSettings("", 465, "ssl"))
    imap: ServerSettings = field(default_factory=lambda: ServerSettings("", 993, "ssl"))
    imap_folder: str = "INBOX"
    marks_read: bool = False
    ca_file: str = ""
    per_minute: int = 100
    max_mb: int = 20
    retry_seconds: tuple[int, ...] = (3, 15, 45)
    shared_addresses: tuple[str, ...] = ()
    folder: str = ""
    watched_folders: tuple[str, ...] = ()
    chasing: ChasingRules = field(default_factory=ChasingRules)


def read_mail_settings(reader: SettingsReader) -> MailSettings:
    """Return the settings of the sections `mail` and `remind`."""
    return MailSettings(
        channel=Channel(reader.choice("mail", "channel", "smtp", tuple(Channel))),
        address=reader.text("mail", "address", ""),
        name=reader.text("mail", "name", ""),
        user=reader.text("mail", "user", ""),
        smtp=_server(reader, "smtp", 465),
        imap=_server(reader, "imap", 993),
        imap_folder=reader.text("mail", "imap_folder", "INBOX"),
        marks_read=reader.yes_no("mail", "imap_mark_read", default=False),
        ca_file=reader.text("mail", "ca_file", ""),
        per_minute=reader.number("mail", "per_minute", 100, 0, 100_000),
        max_mb=reader.number("mail", "max_mb", 20, 1, 200),
        retry_seconds=reader.numbers("mail", "retry_seconds", (3, 15, 45), 0, 3600),
        shared_addresses=reader.texts("mail", "shared_addresses"),
        folder=reader.text("mail", "folder", ""),
        watched_folders=reader.texts("mail", "watched_folders"),
        chasing=ChasingRules(
            days_before_due=reader.number("remind", "days_before_due", 3, 0, 60),
            days_overdue=reader.number("remind", "days_overdue", 1, 1, 366),
            days_long_overdue=reader.number("remind", "days_long_overdue", 5, 1, 366),
            days_to_leader=reader.number("remind", "days_to_leader", 10, 1, 366),
            leaders=reader.texts("remind", "leaders"),
        ),
    )


def _server(reader: SettingsReader, kind: str, port: int) -> ServerSettings:
    return ServerSettings(
        reader.text("mail", f"{kind}_host", ""),
        reader.number("mail", f"{kind}_port", port, 1, 65535),
        reader.choice("mail", f"{kind}_security", "ssl", ("ssl", "starttls", "plain")),
    )
