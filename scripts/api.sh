#!/bin/sh
# Lets schemathesis ask the HTTP API of the sample record: whatever it asks, answers must be as described and wrong questions refused.
# Its versions are pinned in tests/api/requirements.txt and installed once, under target/api.
#
# Without a network and without that cache this fails. SITREP_OFFLINE=1 skips it, and says so.
set -eu
cd "$(dirname "$0")/.."

pins=tests/api/requirements.txt
home=target/api
if ! cmp -s "$pins" "$home/installed.txt"; then
    if [ "${SITREP_OFFLINE:-}" = 1 ]; then
        echo "SKIPPED: schemathesis is not installed, and SITREP_OFFLINE=1 is set"
        exit 0
    fi
    echo "installing schemathesis under $home (once)"
    rm -rf "$home"
    mkdir -p "$home"
    scripts/setup.sh consumers
    python3 -m venv "$home/venv"
    if ! "$home/venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$pins"; then
        echo "what $pins names cannot be installed (no network?); SITREP_OFFLINE=1 skips this visibly" >&2
        exit 1
    fi
    cp "$pins" "$home/installed.txt"
fi
cargo build --locked --quiet --package sitrep-cli
SITREP_PROGRAM="$(realpath "${CARGO_TARGET_DIR:-target}")/debug/sitrep" exec "$home/venv/bin/python" tests/api/ask.py "$@"
