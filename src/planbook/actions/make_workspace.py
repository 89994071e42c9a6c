"""init: a workspace folder with its ledger, and a form layout and document templates to edit."""

from pathlib import Path

from planbook.actions.document_templates import put_standard_templates
from planbook.actions.form_layout import put_standard_layout
from planbook.actions.mail_access import put_standard_letters
from planbook.workspace.folder import SETTINGS_NAME, Workspace, create_workspace
from planbook.workspace.network_share import refuse_network_share


def make_workspace(root: Path, *, office: str, contact: str) -> Workspace:
    """Make `root` a workspace and return it; what is there already is completed, never overwritten.

    Raises:
        PlanbookError: The folder or its database cannot be made, or lies on a network share.
    """
    from planbook.ledger.store import open_ledger

    if not (root / SETTINGS_NAME).exists():
        refuse_network_share(root)
    workspace = create_workspace(root, office, contact)
    with workspace.locked("建立工作区"):
        open_ledger(workspace.database_url, create=True).close()
        put_standard_layout(workspace)
        put_standard_templates(workspace)
        put_standard_letters(workspace)
    return workspace
