"""The ledger's tables of what went out to agencies and what was collected from them."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table

from planbook.ledger.columns import EnumText, PeriodText, PlainText, Texts, UtcMoment
from planbook.ledger.schema_columns import METADATA, key_column, number_column, run_column, text_column
from planbook.model.collection import MessageKind
from planbook.model.dispatch import Channel, Errand, Escalation, Outcome

dispatch = Table(
    "dispatch",
    METADATA,
    key_column("number"),
    Column("attempt", PlainText, nullable=False, unique=True),
    Column("errand", EnumText(Errand), nullable=False),
    Column("period", PeriodText, nullable=False),
    text_column("agency"),
    Column("escalation", EnumText(Escalation), nullable=False),
    text_column("form_id"),
    text_column("file_name"),
    text_column("file_sha256"),
    number_column("size"),
    Column("channel", EnumText(Channel), nullable=False),
    text_column("recipient"),
    Column("copies", Texts, nullable=False),
    text_column("message_id"),
    Column("is_trial", Boolean, nullable=False),
    Column("begun_at", UtcMoment, nullable=False),
    run_column(),
    Index(None, "period"),
)

dispatch_outcome = Table(
    "dispatch_outcome",
    METADATA,
    key_column("dispatch_number", ForeignKey("dispatch.number")),
    key_column("position"),
    Column("outcome", EnumText(Outcome), nullable=False),
    text_column("reason"),
    Column("settled_at", UtcMoment, nullable=False),
    run_column(),
)

correction_file = Table(
    "correction_file",
    METADATA,
    key_column("number"),
    text_column("agency"),
    Column("period", PeriodText, nullable=False),
    text_column("form_id"),
    text_column("return_sha256"),
    text_column("file_sha256"),
    Column("written_at", UtcMoment, nullable=False),
    run_column(),
)

collected_message = Table(
    "collected_message",
    METADATA,
    key_column("number"),
    text_column("source"),
    Column("uid_validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    text_column("message_key"),
    Column("kind", EnumText(MessageKind), nullable=False),
    text_column("sender"),
    text_column("subject"),
    Column("sent_at", UtcMoment),
    Column("period", PeriodText, nullable=False),
    run_column(),
    Index(None, "message_key"),
)

collected_file = Table(
    "collected_file",
    METADATA,
    key_column("message_number", ForeignKey("collected_message.number")),
    key_column("position"),
    text_column("name"),
    text_column("path"),
    text_column("sha256"),
    Column("is_workbook", Boolean, nullable=False),
    text_column("remark"),
    Index(None, "sha256"),
)
