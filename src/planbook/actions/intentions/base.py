"""What a button means, whichever front it stands in: an intention, its request, and how it ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Generic, TypeVar

from planbook.actions.json_results import Json
from planbook.actions.progress import Progress
from planbook.workspace.folder import Workspace

RequestT = TypeVar("RequestT")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and when an intention is carried out, and who is told how far it is.

    `progress` may raise `Stopped`: the work ends there, and what was done until then stays done.
    """

    workspace: Workspace
    now: datetime
    today: date
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How an intention ended.

    Attributes:
        json: The same object that the command of that name prints with `--json`.
        lines: The result in at most three Chinese lines.
        needs_person: Done, but findings need a person.
        opens: Files to look at, the most wanted first.
    """

    json: Json
    lines: tuple[str, ...]
    needs_person: bool = False
    opens: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Intention(Generic[RequestT]):
    """One thing that a clerk may want: a command, a button, an endpoint.

    Attributes:
        name: The command's verb.
        title: What stands on the button.
        request: Frozen dataclass with what is asked beside the workspace, of plain types (str, bool, date, Path,
            tuples of them), each with a default unless nothing could be done without it.
        run: Carries it out; raises `PlanbookError` where it could not be done, `Stopped` where the person stopped it.
    """

    name: str
    title: str
    request: type[RequestT]
    run: Callable[[Circumstances, RequestT], Ending]
