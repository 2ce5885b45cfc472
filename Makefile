# Short names for what one does often. `make` alone lists them.
# The development profile is used throughout: dependencies and the language engine are optimised in it (see Cargo.toml),
# so one build serves the checks, the tests and the demo.

.DEFAULT_GOAL := help
.PHONY: help setup demo test check fmt clippy tidy unit consumers api api-long python wheel spark test-scale web web-test browser slow kill docs bless release clean

RECORD ?= demo.sitrep
PORT   ?= 8731
TARGET := $(or $(CARGO_TARGET_DIR),target)
# Without Node the workbench is taken as it was built before; without that there are the plain pages.
NODE   := $(shell command -v npm 2>/dev/null)

help: ## list these names
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is missing: a C compiler (for SQLite), python3 and Rust's formatter and linter
	@scripts/setup.sh

demo: setup web ## build a record from the sample reports and open the workbench on this machine
	cargo run --locked --package sitrep-cli -- demo --port $(PORT)

test: setup fmt clippy tidy web consumers api python spark unit web-test browser ## everything CI runs; ends with cargo test's own closing lines

check: test ## the same as `make test`

fmt:
	cargo fmt --all --check

clippy:
	cargo clippy --workspace --all-targets --all-features --locked -- -D warnings

tidy:
	cargo xtask tidy

unit:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --quiet
	cargo test --workspace --all-features --locked --no-fail-fast

web: ## build the workbench into web/dist, which the program then holds
ifdef NODE
web: web/dist/index.html

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --silent
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json web/index.html web/vite.config.ts $(shell find web/src -type f)
	cd web && npm run --silent build -- --logLevel warn
else
web:
	@test -f web/dist/index.html || echo "no Node and no web/dist: the program will have its plain pages, but no workbench"
endif

web-test: web ## check and test the workbench's own code
	cd web && npm run --silent check && npm test --silent

browser: web ## use every screen in a real browser: Debian's Chromium, no network
	@scripts/setup.sh browser
	cargo build --locked --package sitrep-cli --all-features
	cd web && SITREP_BIN="$(abspath $(TARGET))/debug/sitrep" npm run --silent browser

consumers: ## open every export with pandas, geopandas, DuckDB, FollowTheMoney, … (installed once under target/)
	@scripts/consumers.sh

python: ## build the Python package (development profile) and test it with pandas, polars, DuckDB, geopandas
	@scripts/python.sh test

spark: ## what single reports say, on Apache Spark with two workers; says so and passes where Spark is not installed yet
	@scripts/spark.sh smoke

test-scale: ## the same with more pages and a worker that is killed in the middle; installs Spark under target/spark (needs Java 17)
	@scripts/spark.sh scale

wheel: ## build the Python package as it is handed out, into target/wheels, and test it
	@scripts/python.sh wheel

api: ## let schemathesis ask the HTTP API everything its description allows, and more (about a minute)
	@scripts/api.sh

api-long: ## the same, many times over (a quarter of an hour)
	@scripts/api.sh --long

slow: ## read very large pages in an optimised build: a million comments, 50 MB of anything
	cargo run --release --package sitrep-read --example large --locked

kill: ## end the program by force at 500 random moments and check what is left (many minutes)
	cargo xtask kill

docs: ## build the documentation of the library
	cargo doc --workspace --no-deps

bless: ## rewrite the expected claims of the cases under tests/cases; read the diff before committing
	SITREP_BLESS=1 cargo test --package sitrep-tests

release: ## build the program as it is handed out
	cargo build --release --locked --package sitrep-cli

clean: ## remove what was built
	cargo clean
