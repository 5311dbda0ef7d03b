# Everything starts here: `make run` and `make test` need only Python 3.11 or newer and make.
# They install the rest below this folder: .venv, node_modules and instance. `make clean` takes it away.

PYTHON ?= python3
BIN := .venv/bin
DONE := .venv/done
MESSAGES := $(wildcard vitaal/translations/*/LC_MESSAGES/*.po)
ASSETS := $(shell find vitaal/pages -path vitaal/pages/static -prune -o -type f ! -name '*.py' ! -name '*.pyc' -print)

.PHONY: run test setup assets lint lint-style lint-types lint-imports lint-templates format bench \
	messages lock browser clean

run: setup  ## Start Vitaal with demo data; VITAAL_PORT and VITAAL_INSTANCE choose where
	@exec $(BIN)/vitaal run

test: setup browser  ## Linters and all tests
	@$(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync=target lint
	@$(BIN)/pytest --numprocesses=3

setup: $(DONE)/packages assets $(MESSAGES:.po=.mo)  ## Install what Vitaal needs
	@:

$(DONE)/packages: requirements.lock pyproject.toml infra/setup/packages.py
	@$(PYTHON) infra/setup/packages.py
	@mkdir -p $(DONE) && touch $@

assets: $(DONE)/assets vitaal/pages/static

$(DONE)/node: $(DONE)/packages package.json package-lock.json .npmrc
	@$(BIN)/python infra/setup/node.py ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DONE)/assets: $(DONE)/node $(ASSETS)
	@$(BIN)/python infra/setup/node.py run --silent build
	@touch $@

vitaal/pages/static: $(DONE)/node
	@test -d $@ || $(BIN)/python infra/setup/node.py run --silent build

%.mo: %.po $(DONE)/packages
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@

browser: $(DONE)/packages
	@$(BIN)/python infra/setup/browser.py

lint: lint-style lint-types lint-imports lint-templates  ## All linters

lint-style: $(DONE)/packages
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

lint-types: $(DONE)/packages
	@$(BIN)/mypy

lint-imports: $(DONE)/packages
	@$(BIN)/lint-imports --no-logo

lint-templates: $(DONE)/packages
	@$(BIN)/djlint --lint --quiet vitaal

format: $(DONE)/packages  ## Lay out the code
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

bench: setup  ## Measure: see infra/bench
	@$(BIN)/python -m infra.bench

messages: $(DONE)/packages  ## Gather the Dutch texts and bring the English ones up to date
	@$(BIN)/pybabel --quiet extract --mapping=pyproject.toml --project=Vitaal --no-location --sort-output \
		--output-file=vitaal/translations/messages.pot vitaal worker
	@$(BIN)/pybabel --quiet update --input-file=vitaal/translations/messages.pot --output-dir=vitaal/translations \
		--locale=en --init-missing --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(MAKE) --no-print-directory setup

lock: $(DONE)/packages  ## Choose the newest versions anew, with their hashes and without addresses
	@$(BIN)/python infra/setup/lock.py

clean:  ## Remove what was installed and built; instance stays
	@rm -rf .venv node_modules vitaal/pages/static
	@find vitaal -name '*.mo' -delete
