# One verb a task; each sets up what it needs.
SHELL := /bin/sh
BIN := .venv/bin

.PHONY: help install setup-tests demo test check bench fuzz crash lock clean

help:
	@echo "make demo     示例：方案 → 责任清单 → 回表 → 总台账"
	@echo "make test     all tests, system packages included"
	@echo "make check    ruff, mypy --strict, import-linter"
	@echo "make bench    benchmarks"
	@echo "make fuzz     fuzzes every target for SECONDS (600 each), kept in .fuzz/"
	@echo "make crash    kill -9 at 50 random moments of each of eleven acts"
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

FUZZED := workbook container values manifest plan
SECONDS := 600

fuzz: install
	for target in $(FUZZED); do \
	  mkdir -p .fuzz/$$target && \
	  $(BIN)/python -m tests.fuzz $$target -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=1500 \
	    -artifact_prefix=.fuzz/$$target- .fuzz/$$target tests/fuzz/corpus/$$target || exit 1; \
	done

crash: install
	PLANBOOK_CRASHES=50 $(BIN)/pytest -n 2 tests/integration/test_crashes.py --timeout=3000

lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --all-extras \
	  --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv demo tests/node_modules
