SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3.13
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export SAM_CLI_TELEMETRY = 0
# Every start of SAM, mypy and pytest would compile its imports again.
unexport PYTHONDONTWRITEBYTECODE

# An environment is as good as the lock files it was made from: their hash names its stamp.
stamp = $(shell cat $(1) .python-version | sha256sum | cut -c1-16)
TOOLS := .venv/.installed-$(call stamp,requirements/install.txt requirements/dev.txt)
LOCAL := .venv-ministack/.installed-$(call stamp,requirements/local.txt)
DOCS := .venv-docs/.installed-$(call stamp,requirements/docs.txt)
GENERATORS := .venv-clients/.installed-$(call stamp,requirements/clients.txt)
CONTRACT := .venv-contract/.installed-$(call stamp,requirements/contract.txt)

.PHONY: help
help: ## List the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

.PHONY: install
install: $(TOOLS) $(LOCAL) ## Install everything into .venv and .venv-ministack

$(TOOLS): 
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null \
	  || { echo "error: Python 3.13 is needed: install it, or name it with PYTHON=/path/to/python3.13"; exit 1; }
	@echo "Installing the development tools …"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv > /dev/null || { echo "error: $(PYTHON) -m venv failed (Debian: apt install python3.13-venv)"; exit 1; }
	@pip install --quiet --disable-pip-version-check --require-hashes -r requirements/install.txt
	@uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/dev.txt
	@touch $@

$(LOCAL): $(TOOLS)
	@echo "Installing MiniStack …"
	@uv venv --quiet --clear --python .venv/bin/python .venv-ministack
	@uv pip install --quiet --compile-bytecode --python .venv-ministack/bin/python --require-hashes -r requirements/local.txt
	@touch $@

$(DOCS) $(GENERATORS) $(CONTRACT): $(TOOLS)
	@uv venv --quiet --clear --python .venv/bin/python $(@D)
	@uv pip install --quiet --python $(@D)/bin/python --require-hashes -r requirements/$(@D:.venv-%=%).txt
	@touch $@

.PHONY: docs
docs: $(DOCS) ## Build the site of docs/ into .cache/site, and check its links
	@python -m tools.docs_site
	@# With --quiet it would count no warnings, and so fail for none.
	@NO_MKDOCS_2_WARNING=1 .venv-docs/bin/mkdocs build --clean 2> .cache/docs.log \
	  || { grep -E "WARNING|ERROR|Aborted" .cache/docs.log; exit 1; }

.PHONY: clients
clients: $(TOOLS) ## Build the packages of clients/ into .cache/clients, ready to publish; takes npm
	@mkdir -p .cache/clients
	@uv build --quiet --out-dir .cache/clients clients/python
	@cd clients/typescript && npm install --silent --no-package-lock && npm pack --silent --pack-destination ../../.cache/clients > /dev/null

.PHONY: contract
contract: $(CONTRACT) ## Ask every operation all that docs/openapi.json allows and what it does not; `make test` asks less
	pytest -m "" tests/functions/test_contract.py

.PHONY: run
run: install ## Run everything on this machine, on its own data in .local (PORT=4566)
	@exec python -m tools.run $(if $(PORT),--port "$$PORT")

.PHONY: demo
demo: install ## Fill the stack that `make run` runs with a year of a business, and say what to look at
	@python -m tools.demo

.PHONY: account
account: install ## Open an account: NAME="Acme Ltd" [EMAIL=…] [MODE=live] [PLAN=…] [RATE_LIMIT=n]; or add a key: ACCOUNT=acc_…; on AWS: STACK=invoicing
	@python -m tools.account --name "$$NAME" --email "$$EMAIL" --mode "$${MODE:-test}" --stack "$$STACK" \
	  --currency "$$CURRENCY" --time_zone "$$TIME_ZONE" --country "$$COUNTRY" \
	  --account "$$ACCOUNT" --plan "$$PLAN" --rate_limit "$$RATE_LIMIT"

.PHONY: tick
tick: install ## Do now what the next tick would do: what is due; on AWS: STACK=invoicing
	@python -m tools.tick --stack "$$STACK"

.PHONY: rebuild-totals
rebuild-totals: install ## Prove the reports' running totals of an account: ACCOUNT=acc_… [MODE=live] [REPAIR=yes]; on AWS: STACK=invoicing
	@python -m tools.rebuild_totals --account "$$ACCOUNT" --mode "$${MODE:-test}" --repair "$$REPAIR" --stack "$$STACK"

.PHONY: build
build: $(TOOLS) ## Build the functions and layers into .aws-sam
	@sam build

.PHONY: deploy
deploy: build ## Deploy to the AWS account of your credentials, as samconfig.toml says
	@sam deploy $(ARGS)

.PHONY: destroy
destroy: $(TOOLS) ## Remove a stack from AWS: STACK=invoicing; its data stays unless DATA=delete
	@python -m tools.destroy --stack "$$STACK" --data "$$DATA"

.PHONY: check
check: $(TOOLS) ## Lint, types, import contracts, template
	ruff check .
	ruff format --check .
	python -m tools.check_types
	PYTHONPATH=layers/core:layers/documents lint-imports --no-cache
	cfn-lint template.yaml analytics.yaml

.PHONY: fonts
fonts: $(TOOLS) ## Make the fonts of all scripts, which takes npm; `make build` and `make test` do it, too
	@python -m tools.fonts

.PHONY: unit
unit: $(TOOLS) ## The quick tests of all but storage and stories; one test: pytest tests/…/test_x.py -k word
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target unit-of-requests unit-of-rules

# Two jobs that take equally long, on two cores.
REQUESTS := tests/functions tests/structure
UNIT := pytest --quiet -m "not slow and not nightly"
.PHONY: unit-of-requests unit-of-rules
unit-of-requests: $(TOOLS)
	$(UNIT) $(REQUESTS)
unit-of-rules: $(TOOLS)
	$(UNIT) $(addprefix --ignore ,$(REQUESTS) tests/stories tests/storage)

.PHONY: test
test: install ## Everything that must pass
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target check fonts docs
	@$(MAKE) --no-print-directory --jobs 3 --output-sync=target stories guarantees suites

.PHONY: stories
stories: install ## Stories over HTTP, against a stack built and deployed for them
	pytest tests/stories

# The stories wait much; with them the other two jobs take equally long.
GUARANTEES := tests/storage tests/simulation tests/documents

.PHONY: guarantees
guarantees: $(TOOLS) ## What the database holds, under threads too, the simulation, and documents
	pytest $(GUARANTEES)

.PHONY: suites
suites: $(TOOLS) $(CONTRACT) ## Every other suite
	pytest $(addprefix --ignore ,$(GUARANTEES) tests/stories)

.PHONY: simulate
simulate: $(TOOLS) ## Run the simulation: SEEDS=1000 FIRST=1; or one seed again, with all that happens: SEED=4711
	@PYTHONPATH=layers/core:layers/documents python -m tests.simulation.run $(if $(SEED),--seed $(SEED),--seeds $(or $(SEEDS),200) --first $(or $(FIRST),1))

.PHONY: coverage
coverage: $(TOOLS) ## How much of layers/ and functions/ the suites run, branches included; then: coverage html
	@mkdir -p .cache
	@coverage run -m pytest --quiet --ignore tests/stories
	@echo "Coverage: $$(coverage report --precision=1 --format=total) % of lines and branches"

.PHONY: nightly
nightly: install build docs $(GENERATORS) $(CONTRACT) ## What takes longer: 20 times the examples of property tests, 5,000 seeds, then the benchmarks
	TIMES_EXAMPLES=20 pytest -m '' --ignore tests/stories
	pytest -m nightly tests/stories
	@$(MAKE) --no-print-directory simulate SEEDS=5000 FIRST=41
	python -m benchmarks.cost
	python -m benchmarks.cold_start --rounds 7
	python -m benchmarks.warm_create
	python -m benchmarks.wall_time
	python -m benchmarks.lists
	python -m benchmarks.due_work
	python -m benchmarks.recurring
	python -m benchmarks.pdf

.PHONY: format
format: $(TOOLS) ## Put the code in its usual form
	ruff check --fix .
	ruff format .

.PHONY: lock
lock: $(TOOLS) ## Resolve the dependencies of pyproject.toml anew (UPGRADE=1: to the newest versions)
	@for group in install dev local docs clients contract; do \
	  uv pip compile --quiet --universal --python-version 3.13 --generate-hashes --no-annotate $(if $(UPGRADE),--upgrade) \
	    --custom-compile-command "make lock" --group pyproject.toml:$$group -o requirements/$$group.txt || exit 1; \
	done
	@uv pip compile --quiet --python-platform x86_64-manylinux_2_28 --only-binary :all: --python-version 3.13 \
	  --generate-hashes --no-annotate --constraints requirements/dev.txt --upgrade \
	  --custom-compile-command "make lock" --group pyproject.toml:usual -o requirements/usual.txt
	@for layer in core documents typesetting; do \
	  uv pip compile --quiet --python-platform x86_64-manylinux_2_28 --only-binary :all: --python-version 3.13 \
	    --generate-hashes --no-annotate --constraints requirements/dev.txt --upgrade \
	    --custom-compile-command "make lock" --group pyproject.toml:$$layer -o layers/$$layer/requirements.txt || exit 1; \
	done

.PHONY: clean
clean: ## Remove what was installed and built; the data in .local stays
	rm -rf .venv .venv-ministack .venv-docs .venv-clients .venv-contract .aws-sam .cache clients/typescript/dist clients/typescript/node_modules
