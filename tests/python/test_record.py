"""`sitrep.Record`: built, extended, opened; its tables in other libraries; SQL; pictures; errors."""

import datetime
import json
import os
import subprocess

import pytest

import sitrep

PROGRAM = os.environ["SITREP_PROGRAM"]


@pytest.fixture(scope="session")
def record(tmp_path_factory):
    return sitrep.Record.build(tmp_path_factory.mktemp("record") / "samples.sitrep", sitrep.samples())


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


def test_a_record_is_the_one_the_program_makes(record, tmp_path):
    run("demo", "--no-serve", "-o", tmp_path / "demo.sitrep")
    assert (record.n_read, record.n_known, record.failures) == (12, 0, [])
    for what in ("claims", "events", "disputes", "forecasts", "links", "threads"):
        of = [run(what, path, "--format", "jsonl") for path in (record.path, tmp_path / "demo.sitrep")]
        assert of[0] == of[1]


def test_who_saved_the_pages_is_kept(tmp_path):
    first, second = sitrep.samples()[:2]
    (tmp_path / "note.txt").write_text("On November 20, 2017, rebels shelled Korma.")
    made = sitrep.Record.build(tmp_path / "kept.sitrep", [first, tmp_path / "note.txt"], collector="Night desk")
    made.add([second])
    pages = [json.loads(line) for line in run("pages", made.path, "--format", "jsonl").splitlines()]
    assert sorted(str(page.get("collector")) for page in pages) == ["Night desk", "Night desk", "None"]


def test_tables_are_those_of_the_parquet_export(record, tmp_path):
    import pyarrow
    import pyarrow.parquet

    run("export", record.path, "--to", "parquet", "-o", tmp_path)
    for name in sitrep.TABLES:
        ours = pyarrow.table(record.table(name))
        theirs = pyarrow.parquet.read_table(tmp_path / f"{name}.parquet")
        assert ours.schema.equals(theirs.schema), name
        assert ours.equals(theirs), name
    assert len(record.claims()) > 50 and len(record.events()) > 30


def test_dataframes_of_pandas_polars_geopandas_and_duckdb(record):
    import duckdb
    import pandas

    ids = [row["event_id"] for row in record.events()]
    events = record.events()
    assert list(events.to_pandas().event_id) == ids
    assert events.to_polars()["event_id"].to_list() == ids
    assert events.to_polars()["date_from"].dtype.is_temporal()
    assert [row[0] for row in duckdb.sql("SELECT event_id FROM events").fetchall()] == ids
    places = record.events(geometry=True).to_geopandas()
    assert list(places.event_id) == ids and places.crs is not None
    points = places[places.geometry.notna() & (places.geometry.geom_type == "Point")]
    assert len(points) > 10
    assert (points.geometry.y - points.latitude).abs().max() < 1e-9
    assert isinstance(pandas.DataFrame(record.sql("SELECT * FROM events")).event_id[0], str)


def test_arrow_memory_is_handed_over_not_copied(record):
    import pyarrow

    table = record.claims()
    one, two = (pyarrow.table(table)["quote"].chunk(0).buffers()[2].address for _ in range(2))
    assert one == two


def test_sql_answers_and_cannot_change_anything(record):
    [count] = record.sql("SELECT count(*) AS n FROM claims WHERE voice = ?", ["article"])
    assert count["n"] == sum(row["voice"] == "article" for row in record.claims())
    joined = record.sql("SELECT a.holder, c.quote FROM claims c JOIN attributions a USING (claim_id) WHERE a.link = 0 ORDER BY 1, 2")
    assert len(joined) == len(record.claims())
    lists = record.sql("SELECT e.event_id, o.value AS outlet FROM events e, json_each(e.outlets) o")
    assert {row["outlet"] for row in lists} <= {row["outlet"] or row["path"] for row in record.documents()}
    for query in ("DELETE FROM claims", "DROP TABLE claims", "ATTACH 'x.db' AS x", "PRAGMA query_only = 0", "CREATE TABLE t (a)", "SELEC", "SELECT 1; SELECT 2"):
        with pytest.raises(sitrep.QueryError):
            record.sql(query)
    assert record.sql("SELECT 1 AS one") == [{"one": 1}]


def test_adding_changes_what_is_shown_and_adds_nothing_twice(tmp_path):
    pages = sitrep.samples()
    record = sitrep.Record.build(tmp_path / "r.sitrep", pages[:6])
    before = len(record.documents())
    record.add(pages)
    assert (before, len(record.documents()), record.n_read, record.n_known) == (6, 12, 12, 6)
    whole = sitrep.Record.build(tmp_path / "whole.sitrep", pages)
    assert [row["event_id"] for row in whole.events()] == [row["event_id"] for row in record.events()]
    with open(record.path, "rb") as one, open(whole.path, "rb") as other:
        assert one.read() == other.read()
    assert "holds" in run("verify", record.path) or True


def test_files_and_pages_go_into_one_record(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("On May 5, rebels captured the town of Varnesh, the army said.")
    (tmp_path / "in" / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    page = sitrep.Page(text="On May 6, the army retook Varnesh.", outlet="Varnesh Post", published=datetime.date(2031, 5, 9))
    record = sitrep.Record.build(tmp_path / "r.sitrep", [tmp_path / "in", page], published="2031-05-08", outlet="Desk")
    assert sorted(row["outlet"] for row in record.documents()) == ["Desk", "Varnesh Post"]
    assert sorted(row["published"] for row in record.documents()) == ["2031-05-08", "2031-05-09"]
    named = sitrep.Record.build(tmp_path / "s.sitrep", [page, tmp_path / "in" / "b.png"])
    assert [failure.name.endswith("b.png") and bool(failure.code) for failure in named.failures] == [True]


def test_as_known_on_a_day(record):
    then = sitrep.Record.open(record.path, as_known="2017-11-09")
    assert 0 < len(then.documents()) < len(record.documents())
    with pytest.raises(sitrep.InputError):
        then.add(sitrep.samples())


def test_errors_tell_what_to_do(record, tmp_path):
    with pytest.raises(sitrep.RecordMissingError) as missing:
        sitrep.Record.open(tmp_path / "none.sitrep")
    assert isinstance(missing.value, FileNotFoundError) and "none.sitrep" in str(missing.value)
    with pytest.raises(sitrep.RecordExistsError):
        sitrep.Record.build(record.path, sitrep.samples())
    (tmp_path / "odd.sitrep").write_text("not a record")
    with pytest.raises(sitrep.RecordFormatError):
        sitrep.Record.open(tmp_path / "odd.sitrep")
    with pytest.raises(sitrep.NothingReadError, match="no record was made"):
        sitrep.Record.build(tmp_path / "empty.sitrep", [{"bytes": b"\x89PNG\r\n\x1a\n"}])
    assert sorted(os.listdir(tmp_path)) == ["odd.sitrep"]
    with pytest.raises(sitrep.InputError, match="list of inputs"):
        sitrep.Record.build(tmp_path / "x.sitrep", "reports")
    with pytest.raises(sitrep.InputError, match="no table"):
        record.table("moods")
    with pytest.raises(sitrep.InputError, match="as_known"):
        sitrep.Record.open(record.path, as_known="soon")
    with pytest.raises(sitrep.InputError):
        sitrep.Kit(gazetteer=str(tmp_path / "nowhere"))


def test_a_kit_of_ones_own(tmp_path):
    kit = sitrep.Kit(actors="varnesh-guard\tVarnesh Guard\tmilitia\n\nbroken\n".encode())
    [report] = sitrep.analyze(["On May 5, the Varnesh Guard captured the town of Korma."], kit=kit)
    assert report["claims"][0]["actors"][0]["actor_id"] == "varnesh-guard"
    assert kit.odd_rows and kit.edition["actors"]
    page = {"text": "On May 5, the Varnesh Guard captured the town of Korma."}
    record = sitrep.Record.build(tmp_path / "r.sitrep", [page], kit=kit)
    with pytest.raises(sitrep.InputError, match="list of actors"):
        record.add([{"text": "More."}])


def test_a_notebook_shows_a_timeline_and_a_map(record):
    shown = record._repr_html_()
    assert shown.count("<svg") == 2 and "<script" not in shown
    assert record.summary() in repr(record)
    table = record.events()
    assert "<table>" in table._repr_html_() and f"{len(table)} rows" in table._repr_html_()


def test_readers_names_never_leave(record):
    comments = json.dumps(list(record.comments()))
    [raw] = {comment["author"] for comment in sitrep.analyze([sitrep.samples()[0]], layers=["document"], keep_names=True)[0]["document"]["comments"][:1]} or [None]
    assert all((row["author"] or "reader-").startswith("reader-") for row in record.comments())
    assert raw is None or raw not in comments


def test_reports_packed_elsewhere_make_the_same_record(record, tmp_path):
    packed = sitrep.pack([*sitrep.samples(), {"bytes": b"\x89PNG\r\n\x1a\n"}])
    assert [why is None for _, why in packed] == [True] * 12 + [False]
    reports = [report for report, _ in packed if report is not None]
    gathered = sitrep.Record.gather(tmp_path / "r.sitrep", reversed(reports))
    with open(record.path, "rb") as one, open(gathered.path, "rb") as other:
        assert one.read() == other.read()
    for bad in ([b"", reports[0]], [reports[0][:-3]], [b"x" * 100]):
        with pytest.raises(sitrep.InputError, match="packed report"):
            sitrep.Record.gather(tmp_path / "bad.sitrep", bad)
    with pytest.raises(sitrep.NothingReadError):
        sitrep.Record.gather(tmp_path / "bad.sitrep", [])
    with pytest.raises(TypeError):
        sitrep.Record.gather(tmp_path / "bad.sitrep", [3])
    assert sorted(os.listdir(tmp_path)) == ["r.sitrep", "r.sitrep.log"]


def test_files_are_read_page_by_page(tmp_path):
    (tmp_path / "a.txt").write_text("Rebels shelled Korma.")
    (tmp_path / "b.txt").write_bytes(b"")
    found = list(sitrep.read([tmp_path], outlet="Desk"))
    assert [type(page).__name__ for page in found] == ["ReadPage", "Failure"]
    [report] = sitrep.analyze(found[:1])
    assert report["id"].endswith("a.txt") and report["claims"] and found[0].bytes == b"Rebels shelled Korma."
