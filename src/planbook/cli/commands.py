"""All commands: importing their modules hangs them on `planbook`."""

from planbook.cli import (
    addin_commands,
    bundle_commands,
    cluster_commands,
    decision_commands,
    ledger_commands,
    mail_commands,
    plan_commands,
    reporting_commands,
    return_commands,
    serve_commands,
    upkeep_commands,
)
from planbook.cli.root import planbook

__all__ = [
    "addin_commands",
    "bundle_commands",
    "cluster_commands",
    "decision_commands",
    "ledger_commands",
    "mail_commands",
    "plan_commands",
    "planbook",
    "reporting_commands",
    "return_commands",
    "serve_commands",
    "upkeep_commands",
]
