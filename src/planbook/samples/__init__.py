"""The bundled sample: a fictional plan for the demonstration."""

from importlib.resources import files
from pathlib import Path


def sample_plan(folder: Path) -> Path:
    """Copy the sample plan into `folder`, if it is not there yet, and return where it stands."""
    path = folder / "澄江省数字乡村建设三年行动计划.docx"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files(__name__).joinpath("sample_plan.docx").read_bytes())
    return path
