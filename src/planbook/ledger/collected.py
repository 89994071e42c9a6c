"""What was fetched from mailboxes and watched folders: each message once, and where its files were put."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, insert, select

from planbook.ledger.connection import Database
from planbook.ledger.mail_schema import collected_file, collected_message
from planbook.ledger.records import Origin, Run
from planbook.ledger.rows import batches, insert_all, next_number, row_for
from planbook.ledger.runs import note_run
from planbook.model.collection import CollectedMessage


class Collected:
    """Messages and files from outside that were looked at."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, run: Run, message: CollectedMessage) -> None:
        """Note a message with its files; they must be on disk by now."""
        with self._database.writing() as connection:
            number = next_number(connection, collected_message.c.number)
            row = row_for(message, collected_message, number=number, run_number=note_run(connection, run))
            connection.execute(insert(collected_message), row)
            files = [
                row_for(one, collected_file, message_number=number, position=position)
                for position, one in enumerate(message.files, start=1)
            ]
            insert_all(connection, collected_file, files)

    def last_uid(self, source: str, uid_validity: int) -> int | None:
        """Return the highest UID of a mailbox that was looked at, None where none was under this UIDVALIDITY."""
        query = select(func.max(collected_message.c.uid)).where(
            collected_message.c.source == source, collected_message.c.uid_validity == uid_validity
        )
        with self._database.reading() as connection:
            found: int | None = connection.execute(query).scalar()
            return found

    def knows_message(self, message_key: str) -> bool:
        """Return whether a message was looked at before, wherever it lay then."""
        query = select(collected_message.c.number).where(collected_message.c.message_key == message_key).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    def origins(self, sha256s: Sequence[str]) -> Mapping[str, tuple[Origin, ...]]:
        """Return, by digest, where the files of that content came from, in the order of their coming."""
        found: dict[str, tuple[Origin, ...]] = {}
        message = collected_message.c
        columns = (message.source, message.sender, message.subject, message.sent_at)
        with self._database.reading() as connection:
            for part in batches(sorted(set(sha256s))):
                query = (
                    select(collected_file.c.sha256, collected_file.c.path, collected_file.c.name, *columns)
                    .join(collected_message, message.number == collected_file.c.message_number)
                    .where(collected_file.c.sha256.in_(part))
                    .order_by(message.number, collected_file.c.position)
                )
                for sha256, *origin in connection.execute(query):
                    found[sha256] = (*found.get(sha256, ()), Origin(*origin))
        return found
