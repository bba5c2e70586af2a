# make run: read the bundled examples.  make test: run every test.  make lint: linters and types.  make docs: manual, README and site.
# make bench: all that is measured, beside bounds, people and peers; more where ../shared is. make fuzz: five minutes of
# strange inputs.  make release-check: the wheel in an empty environment, licences, cards.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE := NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

.PHONY: run test lint docs bench fuzz release-check clean

run: $(VENV)/installed
	$(BIN)/waqai read examples/*.html
	@echo "Next: $(BIN)/waqai read YOUR_PAGE.html   or   $(BIN)/waqai read --explain examples/skhirat.txt   or   --json"

test: $(VENV)/tested
	$(BIN)/python -m pytest -n 2 --dist worksteal
	$(BIN)/lint-imports

lint: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(SITE)

docs: $(VENV)/tested
	$(BIN)/python docs/cli.py > docs/cli.md.new && mv docs/cli.md.new docs/cli.md
	$(BIN)/python docs/readme.py
	$(SITE)
	@echo "The pages are in out/site: open out/site/index.html"

bench: $(VENV)/tested
	$(BIN)/python bench/run.py

fuzz: $(VENV)/tested
	for target in reader dates words coder query; do $(BIN)/python bench/fuzz/fuzz.py $$target --seconds 60 || exit 1; done

release-check: $(VENV)/tested
	$(BIN)/python release/check.py

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
