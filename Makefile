# Everything happens in .venv; `make site` and `make test` are each complete on a fresh machine.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site test test-cluster check bench bench-safety lock clean
.DELETE_ON_ERROR:

site: .venv/run
	$(BIN)/twicetold build content --out site

test: check
	$(BIN)/python -m pytest

# A Spark master and two workers on this machine, which lose files and are killed; three minutes or so.
test-cluster: .venv/dev
	$(BIN)/python -m tests.cluster

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# make bench CORPORA=folder: a folder with rewrites-en/content and newswire in it; without it only the sample is measured.
bench: .venv/bench
	$(BIN)/python -m benchmarks $(CORPORA)

# All hostile articles, 200 killed builds and longer fuzzing, which atheris does on Linux: about twenty minutes.
bench-safety: .venv/bench
	SAFETY=all $(BIN)/python -m pytest tests/test_hostile.py
	$(BIN)/python -m benchmarks.safety 200
	FUZZ_RUNS=8000 $(BIN)/python -m pytest tests/test_read_fuzz.py
	$(BIN)/python -m benchmarks.fuzz

# Exact versions with their digests, for every Python and system that the package supports.
lock: .venv/dev
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --group build --no-header pyproject.toml -o locks/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --group build --group dev --extra parquet --extra search --extra spark --no-header pyproject.toml -o locks/dev.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --group bench --no-header -c locks/dev.txt pyproject.toml -o locks/bench.txt

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed; name one: make PYTHON=python3.12' >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/run: .venv/python locks/run.txt pyproject.toml
	$(PIP) install --require-hashes -r locks/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/run locks/dev.txt tests/find-chromium.sh tests/find-java.sh
	$(PIP) install --require-hashes -r locks/dev.txt
	sh tests/find-chromium.sh
	sh tests/find-java.sh
	@touch $@

.venv/bench: .venv/dev locks/bench.txt
	$(PIP) install --require-hashes -r locks/bench.txt
	@touch $@

clean:
	rm -rf .venv site dist .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
