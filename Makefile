# Run 'make' for the list of commands.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
PEERS := .venv-peers/installed
EVAL_INDEX := .assistant/evaluation/index
EVAL_RUNS := .assistant/evaluation/runs
LETTERS := ../shared/letters
# A browser's tests leave a running event loop in their process: they have processes of their own.
PYTEST := $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal --durations 20

.DEFAULT_GOAL := help
.PHONY: help install chat test e2e lint floor check format reader bench eval readme

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED) ## Make .venv with everything in it; quick when nothing has changed.

$(INSTALLED): pyproject.toml constraints.txt
	@echo 'Installing into .venv: minutes the first time, seconds after.'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check --quiet \
		--constraint constraints.txt --editable '.[dev,mcp,langchain,llamaindex,milvus]'
	touch $@

chat: install ## Serve the web chat; the first time, build the index first.
	$(BIN)/assistant chat

test: install ## Run the tests that take seconds each.
	$(PYTEST) -m 'not slow' --ignore tests/e2e
	$(PYTEST) -m 'not slow' tests/e2e

e2e: install ## Run the tests that drive a browser (Debian: apt install chromium).
	$(PYTEST) tests/e2e

lint: install ## Check format, style and types.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

floor: install ## Ask a suite; fail when retrieval or statuses are below the floor.
	rm -rf $(EVAL_RUNS)/floor
	$(BIN)/assistant index build --index $(EVAL_INDEX)
	$(BIN)/assistant eval run evals/suites/seeds-dev.jsonl --index $(EVAL_INDEX) \
		--out $(EVAL_RUNS)/floor --floor hit@5=0.7 --floor status=0.8 --floor quote_exact=0.99

check: lint floor ## Everything that must pass: format, style, types, the floor and all tests.
	$(PYTEST) --ignore tests/e2e
	$(PYTEST) tests/e2e

format: install ## Put the files into their agreed format.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

reader: install ## Train the reader again from evals/reading/data: hours on two cores; resumable.
	$(BIN)/python -m evals.reading.train .assistant/reader/trained --epochs 4
	$(BIN)/python -m evals.reading.export .assistant/reader/trained .assistant/reader/exported

bench: install ## Print speed ratios, each measured in one run.
	$(BIN)/python -m evals.bench $(if $(wildcard $(LETTERS)),--letters $(LETTERS))

.PHONY: bench-peers
bench-peers: install $(PEERS) ## Print retrieval beside Haystack's and txtai's; ARGS="SUITE --corpus DIR...".
	$(BIN)/python -m evals.peers $(ARGS)

$(PEERS): evals/peers/constraints.txt
	@echo 'Installing Haystack and txtai into .venv-peers: minutes, once.'
	test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --disable-pip-version-check --quiet \
		--constraint evals/peers/constraints.txt \
		haystack-ai sentence-transformers-haystack sentence-transformers txtai torch
	touch $@

eval: install ## Run the shipped suites beside the plain baseline; write README's table.
	rm -rf $(EVAL_RUNS)
	$(BIN)/assistant index build --index $(EVAL_INDEX)
	$(BIN)/assistant eval run evals/suites/seeds-test.jsonl --beside-baseline \
		--index $(EVAL_INDEX) --out $(EVAL_RUNS)/seeds-test
	$(BIN)/assistant eval run evals/suites/blind-seeds-test.jsonl \
		--index $(EVAL_INDEX) --out $(EVAL_RUNS)/blind-seeds-test
	$(BIN)/assistant eval run evals/suites/conversations-test.jsonl \
		--index $(EVAL_INDEX) --out $(EVAL_RUNS)/conversations-test
	$(BIN)/assistant eval run evals/suites/hostile.jsonl \
		--index $(EVAL_INDEX) --out $(EVAL_RUNS)/hostile
	$(BIN)/python -m evals.replies evals/suites/seeds-dev.jsonl \
		evals/suites/blind-seeds-dev.jsonl --index $(EVAL_INDEX)
	$(BIN)/python -m evals.published $(EVAL_RUNS)/seeds-test README.md

readme: install ## Run README's examples again, write what they print, take its picture.
	$(BIN)/python -m tests.readme
	$(BIN)/python -m tests.screenshot docs/images

.PHONY: audit sbom
audit: install ## List known vulnerabilities of what is installed; never blocks.
	$(BIN)/python -m tests.audit .assistant/audit.json

sbom: install ## Write what is installed as a CycloneDX bill of materials.
	mkdir -p .assistant
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
		--output-file .assistant/sbom.cdx.json $(BIN)/python
