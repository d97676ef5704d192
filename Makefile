# `make demo` and `make test` set everything up by themselves from a machine with Python ≥ 3.11 and make.
PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.synced
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

.PHONY: demo test spec browser campaign floors check locales env clean

demo: env
	@$(VENV)/bin/tolmach article samples/*.md -o out/demo.html -o -

test: env
	@$(VENV)/bin/pytest -q -n auto --dist worksteal

# The examples of CommonMark (CC BY-SA 4.0, no part of the project), out of the parser's own source distribution.
spec: env
	@mkdir -p $(VENV)/spec
	@$(VENV)/bin/python -c "import markdown_it; print('markdown-it-py==' + markdown_it.__version__)" > $(VENV)/spec/from
	@$(PYTHON) -m pip download --quiet --no-deps --no-binary :all: -r $(VENV)/spec/from -d $(VENV)/spec
	@tar xzf $(VENV)/spec/markdown_it_py-*.tar.gz -C $(VENV)/spec --strip-components=3 --wildcards \
		'*/tests/test_cmark_spec/spec.md' && tar xzf $(VENV)/spec/markdown_it_py-*.tar.gz -C $(VENV)/spec \
		--strip-components=4 --wildcards '*/fixtures/tables.md' '*/fixtures/strikethrough.md' '*/fixtures/tasklists.md'
	@$(VENV)/bin/pytest -q tests/test_spec.py

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
