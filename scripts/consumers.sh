#!/bin/sh
# Opens every export with the programs it is meant for: pandas, polars, geopandas, DuckDB, SQLite, Datasette, FollowTheMoney, a KML reader, JSON-LD and
# RDF processors. Their versions are pinned in tests/consumers/requirements.txt; they are installed once, under target/consumers.
#
# Without a network and without that cache this fails. SITREP_OFFLINE=1 skips it, and says so.
set -eu
cd "$(dirname "$0")/.."

scripts/venv.sh || {
    [ $? = 3 ] || exit 1
    echo "SKIPPED: the programs that open the exports are not installed, and SITREP_OFFLINE=1 is set"
    exit 0
}
# The same build as scripts/python.sh makes, so that both share it.
cargo build --locked --quiet --package sitrep-cli --package sitrep-python
SITREP_PROGRAM="$(realpath "${CARGO_TARGET_DIR:-target}")/debug/sitrep" exec target/consumers/venv/bin/python -W error::ResourceWarning -m unittest discover \
    --start-directory tests/consumers --top-level-directory tests/consumers --pattern 'test_*.py'
