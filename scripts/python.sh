#!/bin/sh
# The Python package. `python.sh test` builds it in the development profile and runs its tests; `python.sh wheel` builds the wheel that is handed out
# (optimised, target/wheels), installs it into a fresh environment of its own and runs the same tests against it. `python.sh place` only builds, into target/python.
#
# Without a network and without target/consumers this fails. SITREP_OFFLINE=1 skips it, and says so.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
package=crates/sitrep-python

scripts/venv.sh || {
    [ $? = 3 ] || exit 1
    echo "SKIPPED: what the Python package is tested with is not installed, and SITREP_OFFLINE=1 is set"
    exit 0
}
python=$root/target/consumers/venv/bin/python
cargo build --locked --quiet --package sitrep-cli --package sitrep-python

case ${1:-test} in
test | place)
    home=$target/python
    rm -rf "$home/sitrep"
    mkdir -p "$home"
    cp -r "$package/python/sitrep" "$home/sitrep"
    library=$target/debug/libsitrep_python.so
    [ -e "$library" ] || library=$target/debug/libsitrep_python.dylib
    # A link, not a copy: an unoptimised module is large.
    ln -sf "$library" "$home/sitrep/_native.abi3.so"
    ;;
wheel)
    rm -f target/wheels/sitrep-*.whl
    "$python" -m maturin build --quiet --release --locked --manifest-path "$package/Cargo.toml" --out target/wheels
    home=$root/target/wheels/installed
    rm -rf "$home"
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --no-index --target "$home" target/wheels/sitrep-*.whl
    ls -l target/wheels/sitrep-*.whl
    ;;
*)
    echo "usage: $0 [test|place|wheel]" >&2
    exit 2
    ;;
esac

[ "${1:-test}" != place ] || exit 0
cd tests/python
PYTHONPATH="$home" SITREP_PROGRAM="$target/debug/sitrep" exec "$python" -m pytest --quiet -p no:cacheprovider
