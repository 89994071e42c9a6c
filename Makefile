# One verb a task; each sets up what it needs.
SHELL := /bin/sh
BIN := .venv/bin

.PHONY: help install setup-tests demo test check bench lock clean

help:
	@echo "make demo     示例：方案 → 责任清单 → 回表 → 总台账"
	@echo "make test     all tests, system packages included"
	@echo "make check    ruff, mypy --strict, import-linter"
	@echo "make bench    benchmarks"
	@echo "make install  .venv with the planbook command and all extras"

install: .venv/.installed

.venv/.installed: pyproject.toml requirements.lock scripts/setup_python.sh
	sh scripts/setup_python.sh
	@touch $@

setup-tests: install
	sh scripts/setup_tests.sh

demo: install
	$(BIN)/planbook demo demo

test: setup-tests
	$(BIN)/pytest -n 2 --dist loadgroup

check: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install
	$(BIN)/python -m benchmarks

lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --all-extras \
	  --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv demo tests/node_modules
