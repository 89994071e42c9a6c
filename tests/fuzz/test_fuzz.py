"""The fuzzer's corpus, replayed whole; and a short run of the fuzzer itself. `make fuzz` runs it for long."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
SECONDS = 4
HAS_ATHERIS = sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 14)


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_passes(name: str) -> None:
    seeds = sorted((CORPUS / name).iterdir())
    assert seeds
    for seed in seeds:
        TARGETS[name](seed.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_cut_and_spliced(name: str) -> None:
    seeds = [seed.read_bytes() for seed in sorted((CORPUS / name).iterdir())]

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.sampled_from(seeds), st.sampled_from(seeds), st.integers(0, 2**16), st.binary(max_size=40))
    def any_mixture(left: bytes, right: bytes, place: int, between: bytes) -> None:
        at = place % (len(left) + 1)
        TARGETS[name](left[:at] + between + right[at:])

    any_mixture()


@pytest.mark.skipif(
    not HAS_ATHERIS, reason="atheris has wheels for Linux on x86-64 alone; the mixtures above run anywhere"
)
@pytest.mark.parametrize("name", TARGETS)
def test_a_short_run_of_the_fuzzer(name: str, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.fuzz",
        name,
        f"-max_total_time={SECONDS}",
        "-timeout=20",
        "-rss_limit_mb=1500",
    ]
    command += [f"-artifact_prefix={tmp_path}/", str(tmp_path), str(CORPUS / name)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, errors="replace")
    assert run.returncode == 0, (run.stdout + run.stderr)[-6000:]
    assert "Done" in run.stderr
