# Two commands do all the set-up: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

LISTEN ?= 127.0.0.1:8080
DEMO_DIR ?= target/demo
NORTHWIND_DATA ?= ../shared/data/northwind
DACHENG := target/quick/dacheng

.PHONY: help run test check assets northwind clean-demo

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(DACHENG) ## build and serve the demo company; prints the address and who can sign in
	$(DACHENG) demo --listen $(LISTEN) --dir $(DEMO_DIR)

test: ## install what the tests need, then run every test
	scripts/test

check: assets/dist/.stamp ## fmt, clippy, licences and sources of every dependency
	scripts/check

assets: assets/dist/.stamp ## the browser's files and the fonts of paper

northwind: $(DACHENG) ## load the Northwind company, set its 1997 target, serve it
	DACHENG=$(DACHENG) examples/northwind/serve $(NORTHWIND_DATA)

clean-demo: ## forget the demo company
	rm -rf $(DEMO_DIR)

node_modules/.stamp: package-lock.json package.json
	npm ci --no-fund --no-audit
	touch $@

assets/dist/.stamp: node_modules/.stamp $(shell find assets -type f -not -path 'assets/dist/*' -not -path 'assets/fonts/*')
	node assets/build.mjs
	touch $@

.PHONY: $(DACHENG)
$(DACHENG): assets/dist/.stamp
	cargo build --profile quick --locked -p dacheng
