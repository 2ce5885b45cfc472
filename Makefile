# Short names for what one does often. `make` alone lists them.
# The development profile is used throughout: dependencies and the language engine are optimised in it (see Cargo.toml),
# so one build serves the checks, the tests and the demo.

.DEFAULT_GOAL := help
.PHONY: help setup demo test check fmt clippy tidy unit slow kill docs bless release clean

RECORD ?= demo.sitrep
PORT   ?= 8731

help: ## list these names
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is missing: a C compiler (for SQLite), python3 and Rust's formatter and linter
	@scripts/setup.sh

demo: setup ## build a record from the sample reports and open the workbench on this machine
	cargo run --locked --package sitrep-cli -- demo --port $(PORT)

test: setup fmt clippy tidy unit ## everything CI runs; ends with cargo test's own closing lines

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
