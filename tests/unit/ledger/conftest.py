import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from planbook.ledger.store import Ledger, open_ledger


@pytest.fixture(scope="session")
def new_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger file as it is right after its creation, to be copied: creating one takes most of a test's time."""
    path = tmp_path_factory.mktemp("ledger") / "new.db"
    open_ledger(path, create=True).close()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "planbook.db"


@pytest.fixture
def ledger(path: Path, new_ledger: Path) -> Iterator[Ledger]:
    shutil.copy(new_ledger, path)
    with open_ledger(path) as opened:
        yield opened
