"""`sitrep.spark` on two worker processes: the same rows, and the same record, as on one machine.

With SITREP_KILL=1 a worker is killed in the middle. Needs Java 17 and pyspark; the driver listens on the loopback address only.
"""

import datetime
import os
import signal
import sys
import tempfile

import pyspark
import pytest
from pyspark.sql import SparkSession

import sitrep
import sitrep.spark

KILL = os.environ.get("SITREP_KILL") == "1"
N_COPIES = 15 if KILL else 2


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ.setdefault("SPARK_HOME", os.path.dirname(pyspark.__file__))
    home = tmp_path_factory.mktemp("spark")
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "512m")
        .config("spark.local.dir", str(home / "local"))
        .config("spark.worker.dir", str(home / "work"))
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.executorEnv.PYTHONPATH", os.environ["PYTHONPATH"])
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def pages():
    """The samples, and variants of them; one that is no page."""
    made = []
    for copy in range(N_COPIES):
        for page in sitrep.samples():
            # No two alike: of pages given twice the first to come gives the name.
            raw = page.bytes.replace(b"2017", str(2017 - copy % 5).encode()) + b"\n" * copy
            made.append({"id": f"{copy}-{page.name}", "bytes": raw, "outlet": page.outlet, "url": page.url and f"{page.url}?{copy}", "published": page.published, "media_type": page.media_type})
    made.append({"id": "picture", "bytes": b"\x89PNG\r\n\x1a\n", "outlet": None, "url": None, "published": None, "media_type": None})
    return made


@pytest.fixture
def frame(spark, pages, tmp_path):
    """As Parquet in several files, as a crawl lies on disk."""
    import pyarrow
    import pyarrow.parquet

    for part in range(4):
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(pages[part::4], pyarrow.Table.from_pylist(pages).schema), tmp_path / f"{part}.parquet")
    df = spark.read.parquet(str(tmp_path)).repartition(6)
    if KILL:
        df = df.mapInArrow(kill_once(tmp_path / "killed"), df.schema)
    return df


def kill_once(mark):
    """The first worker that gets here ends the executor it belongs to, once some pages have gone through."""
    mark = str(mark)

    def work(batches):
        for batch in batches:
            yield batch
            try:
                os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue
            with open(f"/proc/{os.getppid()}/stat", encoding="utf-8") as stat:
                executor = int(stat.read().rsplit(")", 1)[1].split()[1])
            os.kill(executor, signal.SIGKILL)

    return work


def plain(rows):
    """Rows as sorted texts, days as days."""
    def value(cell):
        return cell.isoformat() if isinstance(cell, datetime.date) else cell

    return sorted(repr([(name, value(cell)) for name, cell in row.items()]) for row in rows)


def test_rows_are_those_of_one_machine(frame, pages, tmp_path):
    tables = ["claims", "documents", "attributions", "quantities", "comments"]
    reports = sitrep.spark.analyze(frame, tables)
    reports.write.parquet(str(tmp_path / "reports"))
    kept = frame.sparkSession.read.parquet(str(tmp_path / "reports"))
    alone = sitrep.analyze_tables(pages, tables=tables)
    for name in tables:
        theirs = plain(row.asDict() for row in sitrep.spark.table(kept, name).collect())
        assert theirs == plain(alone[name]), name
        assert len(theirs) > len(alone["documents"]) or name in ("documents", "quantities", "comments")
    assert kept.count() == len(pages)
    errors = kept.where("error IS NOT NULL").collect()
    assert [(row.id, row.error) for row in errors] == alone["claims"].failed
    assert os.path.exists(tmp_path / "killed") == KILL


def test_the_record_is_that_of_one_machine_byte_for_byte(frame, pages, tmp_path):
    packed = sitrep.spark.pack(frame)
    gathered = sitrep.spark.gather(packed, tmp_path / "gathered.sitrep")
    built = sitrep.Record.build(tmp_path / "built.sitrep", pages)
    assert len(gathered.events()) == len(built.events()) > 30
    with open(gathered.path, "rb") as one, open(built.path, "rb") as other:
        assert one.read() == other.read()
    assert os.path.exists(tmp_path / "killed") == KILL


def test_web_archives_are_read_where_they_lie(spark, tmp_path):
    paths = []
    for number, page in enumerate(sitrep.samples()[:4]):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/{'html' if page.media_type == 'html' else 'plain'}; charset=utf-8\r\n\r\n".encode()
        body = head + page.bytes
        record = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://outlet{number}.example/report\r\nWARC-Date: 2017-11-20T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{number}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode()
        path = tmp_path / f"{number}.warc"
        path.write_bytes(record + body + b"\r\n\r\n")
        paths.append(str(path))
    df = spark.createDataFrame([(path,) for path in [*paths, str(tmp_path / "none.warc")]], "path string").repartition(3)
    reports = sitrep.spark.analyze(df, ["claims", "documents"])
    found = [page for page in sitrep.read(paths)]
    assert len(found) == 4 and found[0].url == "https://outlet0.example/report"
    alone = sitrep.analyze_tables(found, tables=["claims", "documents"])
    for name in ("claims", "documents"):
        assert plain(row.asDict() for row in sitrep.spark.table(reports, name).collect()) == plain(alone[name])
    assert reports.where("error IS NOT NULL").count() == 1


def test_rows_that_are_no_page_cost_only_themselves(spark):
    df = spark.createDataFrame([("a", "Rebels shelled Korma.", "2031-05-09"), ("b", None, None), ("c", "Rebels shelled Korma.", "soon")], "id string, text string, published string")
    rows = {row.id: row for row in sitrep.spark.analyze(df).collect()}
    assert rows["a"].error is None and len(rows["a"].claims) >= 1
    assert "exactly one of" in rows["b"].error and "published" in rows["c"].error and not rows["b"].claims
    with pytest.raises(sitrep.InputError):
        sitrep.spark.analyze(df, ["moods"])
