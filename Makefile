# make run: read the bundled examples.  make test: run every test.  make lint: linters and types.  make docs: manual and README.
# make bench: all that is measured, beside bounds, people and peers; more where ../shared is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint docs bench clean

run: $(VENV)/installed
	$(BIN)/waqai read examples/*.html
	@echo "Next: $(BIN)/waqai read YOUR_PAGE.html   or   $(BIN)/waqai read --explain examples/skhirat.txt   or   --json"

test: $(VENV)/tested
	$(BIN)/python -m pytest -n 2
	$(BIN)/lint-imports

lint: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/installed
	$(BIN)/python docs/cli.py > docs/cli.md.new && mv docs/cli.md.new docs/cli.md
	$(BIN)/python docs/readme.py

bench: $(VENV)/tested
	$(BIN)/python bench/run.py

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; run make PYTHON=python3.11") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
