"""Fuzzes one target with atheris, guided by coverage: python -m tests.fuzz TARGET [libFuzzer options] [CORPUS…]."""

import sys

import atheris

with atheris.instrument_imports(include=["planbook"]):
    from tests.fuzz.targets import TARGETS

name = sys.argv.pop(1)
atheris.Setup(sys.argv, TARGETS[name])
atheris.Fuzz()
