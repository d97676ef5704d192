# `make demo` and `make test` set everything up by themselves from a machine with Python ≥ 3.11 and make.
PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.synced
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

.PHONY: demo test check env clean

demo: env
	@$(VENV)/bin/tolmach article samples/*.md -o out/demo.html -o -

test: env
	@$(VENV)/bin/pytest -q

check: env
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy

env: $(STAMP)

$(STAMP): pyproject.toml uv.lock models/en_ru_draft/pyproject.toml | $(UV)
	@$(UV) sync --frozen --quiet
	@touch $@
	@du -sm $(VENV) | awk '{print "environment: " $$1 " MB in $(VENV)"}'

.uv/bin/uv:
	@$(PYTHON) -m venv .uv && .uv/bin/pip install --quiet uv

clean:
	@rm -rf $(VENV) .uv out .pytest_cache .mypy_cache .ruff_cache
