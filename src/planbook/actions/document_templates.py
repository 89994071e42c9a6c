"""The office's Word templates: put into new workspaces, and read when a document is made of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.model.errors import PlanbookError
from planbook.workspace.folder import Workspace
from planbook.workspace.replacing import replace_file

if TYPE_CHECKING:
    from planbook.outputs.documents.standard_templates import Template


@dataclass(frozen=True, slots=True)
class ReadTemplate:
    """A template as it is to be used, by the name that the clerk knows it by."""

    name: str
    content: bytes


def put_standard_templates(workspace: Workspace) -> None:
    """Put the standard templates into the workspace, to be edited there; those that are there already stay."""
    from planbook.outputs.documents.standard_templates import Template, write_standard_template

    for template in Template:
        path = workspace.document_template(template)
        if not path.exists():
            replace_file(path, write_standard_template(template))


def read_template(workspace: Workspace, template: "Template") -> ReadTemplate:
    """Return the office's own template where it has edited one, else the standard one of this planbook.

    Raises:
        PlanbookError: The office's template cannot be read, or has faults, each named with its place.
    """
    from planbook.outputs.documents.rendering import check_template, refuse_faulty
    from planbook.outputs.documents.standard_templates import STANDARD, is_unedited, write_standard_template

    path = workspace.document_template(template)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ReadTemplate(template, write_standard_template(template))
    except OSError as error:
        raise PlanbookError(f"读不了模板 {path}，请检查是否有权限，或是否正被打开。") from error
    if is_unedited(content):
        return ReadTemplate(template, write_standard_template(template))
    refuse_faulty(check_template(content, STANDARD[template].fields, template), str(path))
    return ReadTemplate(template, content)
