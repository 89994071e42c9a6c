import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_list_of_findings_is_up_to_date() -> None:
    run = subprocess.run([sys.executable, str(ROOT / "scripts" / "build_checks_doc.py"), "--check"], check=False)
    assert run.returncode == 0, "run scripts/build_checks_doc.py"


def test_document_templates_and_their_fields_are_up_to_date() -> None:
    script = ROOT / "scripts" / "build_document_templates.py"
    run = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert run.returncode == 0, "run scripts/build_document_templates.py"


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name
)
def test_links_of_the_docs_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), f"{page.name}: {target}"
