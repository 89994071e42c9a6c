"""Issued forms as the ledger keeps them, taken apart only when somebody asks for one of thousands."""

from dataclasses import dataclass

from planbook.ledger.form_codec import decode_form
from planbook.model.errors import PlanbookError
from planbook.model.form import Form


@dataclass(frozen=True, slots=True)
class KeptForm:
    """An issued form as text, and what tells whose it is.

    Attributes:
        form_id: The form's.
        agency: The form's.
        content: The form as `encode_form` wrote it.
    """

    form_id: str
    agency: str
    content: str

    def opened(self) -> Form:
        """Return the form.

        Raises:
            PlanbookError: What is kept of it is damaged.
        """
        return open_form(self.content)


def open_form(content: str) -> Form:
    """Return the form that was kept as `content`.

    Raises:
        PlanbookError: It is damaged.
    """
    try:
        return decode_form(content)
    except ValueError as error:
        raise PlanbookError("台账中一份责任清单的记录已损坏，请用 planbook doctor 检查并用备份恢复。") from error
