#!/bin/sh
# `sitrep.spark` on Apache Spark with two worker processes. `spark.sh smoke` runs when Spark is there (target/spark, made by the other) and Java too, and says
# so when not; `spark.sh scale` installs Spark, runs with more pages and kills a worker in the middle.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
pins=tests/spark/pins.txt
home=target/spark
python=$root/target/consumers/venv/bin/python

if ! command -v java >/dev/null; then
    echo "SKIPPED: Spark needs Java 17 or newer, and there is none"
    exit 0
fi
if ! cmp -s "$pins" "$home/installed.txt"; then
    if [ "${1:-smoke}" = smoke ] || [ "${SITREP_OFFLINE:-}" = 1 ]; then
        echo "SKIPPED: Spark is not installed under $home; \`make test-scale\` installs it"
        exit 0
    fi
    echo "installing Spark under $home (once, half a gigabyte)"
    rm -rf "$home"
    mkdir -p "$home"
    "$python" -m pip install --quiet --disable-pip-version-check --target "$home/packages" --requirement "$pins"
    cp "$pins" "$home/installed.txt"
fi

scripts/python.sh place
[ "${1:-smoke}" = smoke ] || export SITREP_KILL=1
cd tests/spark
export PYTHONPATH="$target/python:$root/$home/packages" SPARK_HOME="$root/$home/packages/pyspark"
exec "$python" -m pytest --quiet -p no:cacheprovider
