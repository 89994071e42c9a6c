"""What is kept only to be quick: layouts known by their bytes, forms laid down in a file, returns archived at once."""

import os
from pathlib import Path
from unittest.mock import patch

import pytest

from planbook.actions import form_layout
from planbook.actions.archiving import Archiving
from planbook.actions.form_layout import layouts_for_reading
from planbook.actions.make_workspace import make_workspace
from planbook.actions.spooled_forms import spool_forms
from planbook.forms.default_layout import DEFAULT_LAYOUT
from planbook.ledger.form_codec import encode_form
from planbook.ledger.kept_forms import KeptForm
from planbook.model.errors import PlanbookError
from planbook.sheets.found import Candidate
from tests.unit.forms.return_samples import return_form


def test_a_layout_that_nobody_edited_is_opened_once(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, office="省政府督查室", contact="")
    with patch.object(form_layout, "_read_content", side_effect=form_layout._read_content) as opened:
        assert [layouts_for_reading(workspace) for _ in range(3)] == [(DEFAULT_LAYOUT,)] * 3
        assert opened.call_count == 1
        workspace.form_layout.write_bytes(workspace.form_layout.read_bytes() + b"\0")
        layouts_for_reading(workspace)
        assert opened.call_count == 2


def test_what_is_remembered_of_layouts_may_be_lost_or_damaged(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, office="省政府督查室", contact="")
    for damage in (b"", b"{}", b"[1]", b'{"reader": "0.0.1", "sha256s": []}'):
        workspace.standard_layouts.parent.mkdir(exist_ok=True)
        workspace.standard_layouts.write_bytes(damage)
        assert layouts_for_reading(workspace) == (DEFAULT_LAYOUT,)


def test_forms_come_back_from_the_file_as_they_were(tmp_path: Path) -> None:
    forms = [return_form(form_id=f"{number:032x}", agency=f"省第{number}厅") for number in range(5)]
    kept = [KeptForm(form.form_id, form.agency, encode_form(form)) for form in forms]
    spooled = spool_forms(kept, tmp_path / "cache" / "forms")
    assert [one.opened() for one in reversed(spooled)] == forms[::-1]
    spool_forms(kept[1:], tmp_path / "cache" / "forms")
    with pytest.raises(PlanbookError):
        spooled[0].opened()
    (tmp_path / "cache" / "forms").unlink()
    with pytest.raises(PlanbookError):
        spooled[1].opened()


def test_what_another_process_reads_is_left_alone_until_it_is_long_gone(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, office="省政府督查室", contact="")
    own = workspace.forms_being_read
    assert own.name.endswith(f"_{os.getpid()}")
    form = return_form()
    kept = [KeptForm(form.form_id, form.agency, encode_form(form))]
    other, abandoned = (spool_forms(kept, own.with_name(f"forms_being_read_{name}"))[0] for name in ("a", "b"))
    os.utime(abandoned.file, (0, 0))
    spool_forms(kept, own)
    assert other.opened() == form
    assert not abandoned.file.exists()


def test_every_file_is_archived_or_says_why_not(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace", office="省政府督查室", contact="")
    contents = [f"回表{number}".encode() * 100 for number in range(40)]
    inside = [Candidate.inside(f"甲.zip/{number}", content, None) for number, content in enumerate(contents)]
    changed = tmp_path / "changed"
    changed.write_bytes(b"now")
    other = Candidate("changed", inside[0].sha256[::-1], 3, None, file=changed)
    with Archiving(workspace) as archiving:
        kept = [archiving.keep(one) for one in (*inside, *inside, other)]
        problems = [one.result() for one in kept]
    assert problems[:-1] == [""] * 80
    assert problems[-1]
    assert [workspace.archived(one.sha256).read_bytes() for one in inside] == contents
    assert not workspace.archived(other.sha256).exists()
