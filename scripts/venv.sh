#!/bin/sh
# Installs what tests/consumers/requirements.txt pins into target/consumers/venv, once. Ends with 3 when it is not there and
# SITREP_OFFLINE=1 is set: the caller then skips, and says so.
set -eu
cd "$(dirname "$0")/.."

pins=tests/consumers/requirements.txt
home=target/consumers
stamp=$home/installed.txt

cmp -s "$pins" "$stamp" && exit 0
if [ "${SITREP_OFFLINE:-}" = 1 ]; then
    exit 3
fi
echo "installing what opens the exports and builds the Python package under $home (once)"
rm -rf "$home/venv" "$stamp"
mkdir -p "$home"
scripts/setup.sh consumers
python3 -m venv "$home/venv"
if ! "$home/venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$pins"; then
    echo "what $pins names cannot be installed (no network?); SITREP_OFFLINE=1 skips what needs it visibly" >&2
    exit 1
fi
cp "$pins" "$stamp"
