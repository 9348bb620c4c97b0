# Loggia's commands. `make` alone lists them; continuous integration calls the same ones.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

LOGGIA := target/release/loggia
LISTEN ?= 127.0.0.1:8080

# Everything the web bundle is made of; a change in any of it makes a new bundle. The folders stand in the
# list too: they change when a file is removed.
WEB_SOURCES = schema.graphql $(wildcard web/*.ts web/*.json web/*.html) \
	$(shell find web/src web/locales web/public)

.PHONY: help
help: ## List these commands
	@awk -F ':.*## ' '/^##@/ { print substr($$0, 4) ":" } \
		/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ Run

.PHONY: setup
setup: ## Install what building and testing need (Debian, as root), or say what is missing
	scripts/setup

.PHONY: build
build: ## Build the web client and the release binary: target/release/loggia
	scripts/setup build
	$(MAKE) --no-print-directory web-dist
	cargo build --release --locked -p loggia

.PHONY: run
run: build ## Build, then serve http://localhost:8080 with its data in ./data
	$(LOGGIA) serve --listen $(LISTEN) --data-dir data

.PHONY: demo
demo: build ## The same with an invented company; prints four logins
	$(LOGGIA) demo --listen $(LISTEN) --data-dir data/demo

.PHONY: dev
dev: web-dist ## Server and web client with live reload: http://localhost:5173
	scripts/dev

##@ Change

.PHONY: gen
gen: web-deps ## Write schema.graphql from the code and the typed queries from it
	mkdir -p web/dist
	cargo run --quiet --locked -p loggia -- schema > target/schema.graphql
	cmp -s target/schema.graphql schema.graphql || cp target/schema.graphql schema.graphql
	npm --prefix web run gen

.PHONY: fmt
fmt: web-deps ## Format everything
	cargo fmt --all
	npm --prefix web run format

.PHONY: lint
lint: ## All checks that run nothing: format, clippy, types, web lint, tidy, licences
	scripts/test 'rust format' 'rust clippy' 'web types' 'web lint' 'web queries' tidy licences

##@ Test

.PHONY: test
test: ## Everything, with one summary; FRESH=1 repeats what is unchanged since it passed
	scripts/test

.PHONY: test-rust
test-rust: ## Rust only, on SQLite and PostgreSQL
	scripts/test tools rust schema

.PHONY: bench
bench: ## What costs most, beside a hand-written floor, on both databases; a quiet machine, please
	scripts/with-postgres cargo bench --locked -p dispatches --bench send
	scripts/with-postgres cargo bench --locked -p audiences --bench evaluate

.PHONY: test-web
test-web: ## Web client only
	scripts/test web

.PHONY: test-e2e
test-e2e: ## End-to-end tests in headless Chromium, and the audits of the protocols
	scripts/test tools e2e audits

.PHONY: screenshots
screenshots: build e2e-deps ## Take the pictures of the README and of every page
	LOGGIA_BIN=$(abspath $(LOGGIA)) npm --prefix tests/e2e run screenshots

.PHONY: licences
licences: web-deps e2e-deps audits-deps peers-deps ## Check the licences of all dependencies and write docs/licences.md
	scripts/licences --list

.PHONY: clean
clean: ## Remove what was built; data stays
	rm -rf target web/dist web/node_modules tests/e2e/node_modules tests/audits/node_modules tests/peers/node_modules

# Parts that the commands above and scripts/test share. npm writes the hidden lock file last, so that it
# stands for a complete installation.

.PHONY: web-deps web-dist e2e-deps audits-deps peers-deps
web-deps: web/node_modules/.package-lock.json
web-dist: web/dist/index.html
e2e-deps: tests/e2e/node_modules/.package-lock.json
audits-deps: tests/audits/node_modules/.package-lock.json
peers-deps: tests/peers/node_modules/.package-lock.json

%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	npm --prefix $* ci --no-audit --no-fund
	touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	npm --prefix web run build
