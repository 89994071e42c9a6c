"""The exception that ends the reading of one file, with the finding that says why in plain Chinese."""

from planbook.model.errors import PlanbookError
from planbook.model.findings import Finding


class UnreadableFile(PlanbookError):  # noqa: N818 - it says what the file is, not that planbook erred
    """One file cannot be read; `finding` says why and what to ask of its sender.

    Readers of files in bulk catch it and go on with the next file; where nobody does, its message is still one
    Chinese sentence for the clerk.
    """

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding

    def __reduce__(self) -> tuple[type["UnreadableFile"], tuple[Finding]]:
        """Travel from a worker process by the finding, not by the sentence."""
        return type(self), (self.finding,)


def unreadable(code: str, **values: object) -> UnreadableFile:
    """Return the exception for finding `code`; `values` are what its sentence names."""
    return UnreadableFile(Finding.of(code, **values))
