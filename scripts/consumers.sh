#!/bin/sh
# Opens every export with the programs it is meant for: pandas, polars, geopandas, DuckDB, SQLite, FollowTheMoney, a KML reader, JSON-LD and
# RDF processors. Their versions are pinned in tests/consumers/requirements.txt; they are installed once, under target/consumers.
#
# Without a network and without that cache this fails. SITREP_OFFLINE=1 skips it, and says so.
set -eu
cd "$(dirname "$0")/.."

pins=tests/consumers/requirements.txt
home=target/consumers
stamp=$home/installed.txt

if ! cmp -s "$pins" "$stamp"; then
    if [ "${SITREP_OFFLINE:-}" = 1 ]; then
        echo "SKIPPED: the programs that open the exports are not installed, and SITREP_OFFLINE=1 is set"
        exit 0
    fi
    echo "installing the programs that open the exports under $home (once)"
    rm -rf "$home/venv" "$stamp"
    mkdir -p "$home"
    scripts/setup.sh consumers
    python3 -m venv "$home/venv"
    if ! "$home/venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$pins"; then
        echo "consumers: the programs in $pins cannot be installed (no network?); SITREP_OFFLINE=1 skips this test visibly" >&2
        exit 1
    fi
    cp "$pins" "$stamp"
fi

cargo build --locked --quiet --package sitrep-cli
SITREP_PROGRAM="$(realpath "${CARGO_TARGET_DIR:-target}")/debug/sitrep" exec "$home/venv/bin/python" -W error::ResourceWarning -m unittest discover \
    --start-directory tests/consumers --top-level-directory tests/consumers --pattern 'test_*.py'
