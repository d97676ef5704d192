# `make demo` and `make test` set everything up by themselves from a machine with Python ≥ 3.11 and make.
PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.synced
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

.PHONY: demo test browser campaign floors check locales env clean

demo: env
	@$(VENV)/bin/tolmach article samples/*.md -o out/demo.html -o -

test: env
	@$(VENV)/bin/pytest -q -n auto --dist worksteal

# The page in a real browser: needs Chromium (apt-get install chromium); brings Playwright, 45 MB.
browser: env
	@$(UV) sync --frozen --quiet --group browser
	@$(VENV)/bin/pytest -q tests/test_browser.py

# Damaged files, kills, writers at once: minutes at SCALE=1, hours at SCALE=100. docs/safety.md says what it tests.
SCALE ?= 1
SEED ?= 0
campaign: env
	@$(VENV)/bin/python -m benchmarks.campaign --scale $(SCALE) --seed $(SEED)

# Floors of quality (benchmarks/floors.json): half an hour, and the data that `python -m benchmarks.data` lists.
floors: env
	@$(UV) sync --frozen --quiet --group bench
	@$(VENV)/bin/python -m benchmarks.floors

check: env
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy

# The tool's own messages: gathered from the sources, merged into each language, compiled. Run it after changing a text.
RUSSIAN := locales/ru/LC_MESSAGES/tolmach.po
locales: env
	@$(VENV)/bin/tolmach catalog extract translate -o locales/tolmach.pot --project tolmach --no-lines
	@$(VENV)/bin/tolmach catalog update $(RUSSIAN) locales/tolmach.pot
	@$(VENV)/bin/tolmach catalog compile $(RUSSIAN)
	@$(VENV)/bin/tolmach catalog check $(RUSSIAN)

env: $(STAMP)

$(STAMP): pyproject.toml uv.lock models/en_ru_draft/pyproject.toml | $(UV)
	@$(UV) sync --frozen --quiet
	@touch $@
	@du -sm $(VENV) | awk '{print "environment: " $$1 " MB in $(VENV)"}'

.uv/bin/uv:
	@$(PYTHON) -m venv .uv && .uv/bin/pip install --quiet uv

clean:
	@rm -rf $(VENV) .uv out .pytest_cache .mypy_cache .ruff_cache
