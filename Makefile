# SPDX-License-Identifier: Apache-2.0
# `make` or `make help` tells what there is. Settings: docs/settings.md.

PYTHON ?= python3
BIN := .venv/bin
# Browser tests share the machine with the servers they test: more processes than two only wait.
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup demo develop test check format messages locks bench screenshots

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18
	@echo
	@echo "  make demo PORT=9000              on another port"
	@echo "  make demo DATABASE_URL=…         on a PostgreSQL of yours"
	@echo "  make test ARGS='-k deadline'     some of the tests"

setup: ## Make the environment in .venv
	@$(PYTHON) tools/environment.py runtime

demo: setup ## Try everything on this machine; Ctrl-C stops it
	@$(BIN)/firstflight demo

develop:
	@$(PYTHON) tools/environment.py develop

test: develop ## Run the tests, after installing what they need
	@$(BIN)/python tools/browser.py
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup tests $(ARGS)
	@# A process of its own: the browser of the tests above keeps an event loop running in theirs.
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup band/tests $(ARGS)

check: develop ## Lint, types, layers, migrations, locks, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_locks.py
	$(BIN)/firstflight migrate --missing
	$(BIN)/firstflight messages check

format: develop ## Bring the code into shape
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

messages: develop ## Collect the texts that need translation
	$(BIN)/firstflight messages extract

locks: develop ## Compile requirements/*.txt anew (ARGS=--upgrade)
	$(BIN)/python tools/locks.py $(ARGS)

bench: develop ## Measure pledges and pages
	$(BIN)/python -m bench $(ARGS)

screenshots: develop ## Take the pictures of the README anew
	@$(BIN)/python tools/browser.py
	@$(BIN)/python tools/screenshots.py
