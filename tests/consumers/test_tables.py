"""Tables: pandas, polars, DuckDB and SQLite read the CSV, TSV and JSONL exports; the columns of ACLED, GED and POLECAT are exact."""

import csv
import json
import sqlite3
import unittest

import duckdb
import pandas
import polars
import sqlite_utils
from pyarrow import parquet

from exports import HOME, days, exports, lines

ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 "
    "inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude geo_precision source "
    "source_scale notes fatalities tags timestamp"
).split()
GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name "
    "side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date "
    "source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country "
    "country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
).split()
SUB_EVENT_TYPES = {
    "Armed clash": "Battles",
    "Government regains territory": "Battles",
    "Non-state actor overtakes territory": "Battles",
    "Air/drone strike": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence",
    "Remote explosive/landmine/IED": "Explosions/Remote violence",
    "Attack": "Violence against civilians",
    "Abduction/forced disappearance": "Violence against civilians",
}
POLECAT = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,Primary Actor Sector,Actor Sectors,"
    "Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,"
    "Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,"
    "Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version"
).split(",")


class Own(unittest.TestCase):
    """`csv` and `jsonl`."""

    def test_pandas_reads_events_with_days_and_degrees(self):
        it = exports()
        table = pandas.read_csv(it.path("csv", "events.csv"), parse_dates=["date_from", "date_to"])
        self.assertEqual(list(table.event_id), [event["event_id"] for event in it.events])
        for row, event in zip(table.itertuples(), it.events, strict=True):
            time, place = event.get("time") or {}, event.get("place") or {}
            self.assertEqual(None if pandas.isna(row.date_from) else row.date_from.date().isoformat(), time.get("from"))
            if place.get("lat") is not None:
                self.assertAlmostEqual(row.latitude, place["lat"], delta=1e-4)
            self.assertEqual(row.accounts, len(event["accounts"]))

    def test_polars_reads_claims_and_their_quotes(self):
        it = exports()
        table = polars.read_csv(it.path("csv", "claims.csv"), infer_schema_length=None)
        self.assertEqual(table["claim_id"].to_list(), [claim["claim_id"] for claim in it.claims])
        self.assertEqual(table["quote"].to_list(), [claim["quote"] for claim in it.claims])
        self.assertEqual(table["start"].to_list(), [claim["start"] for claim in it.claims])
        self.assertEqual(table.filter(polars.col("extraction") > 1).height, 0)

    def test_duckdb_joins_claims_and_events(self):
        it = exports()
        with duckdb.connect() as db:
            claims, events = it.path("csv", "claims.csv"), it.path("csv", "events.csv")
            sql = f"SELECT e.event_id, count(*) FROM read_csv('{events}') e JOIN read_csv('{claims}') c USING (event_id) GROUP BY 1"
            found = dict(db.execute(sql).fetchall())
            said = f"SELECT count(*) FROM read_json('{it.path('jsonl', 'claims.jsonl')}') WHERE status = 'occurred'"
            occurred = db.execute(said).fetchone()[0]
        self.assertEqual(found, {event["event_id"]: len(event["accounts"]) for event in it.events})
        self.assertEqual(occurred, sum(claim["status"] == "occurred" for claim in it.claims))

    def test_sqlite_takes_the_lines_and_finds_a_quote(self):
        it = exports()
        db = sqlite_utils.Database(memory=True)
        flat = [{key: json.dumps(value) if isinstance(value, (dict, list)) else value for key, value in claim.items()} for claim in it.claims]
        db["claims"].insert_all(flat, pk="claim_id", alter=True)
        db["claims"].enable_fts(["quote"])
        self.assertEqual(db["claims"].count, len(it.claims))
        words = it.claims[0]["quote"].split()[:3]
        hits = [row["claim_id"] for row in db["claims"].search('"' + " ".join(words).replace('"', "") + '"')]
        self.assertIn(it.claims[0]["claim_id"], hits)
        db.close()

    def test_the_record_itself_opens_in_sqlite(self):
        exports()
        with sqlite3.connect(f"file:{HOME / 'demo.sitrep'}?mode=ro", uri=True) as db:
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchone(), ("ok",))
        db.close()


class Parquet(unittest.TestCase):
    """Types are Parquet's own, so any reader, R's arrow among them, sees the same columns."""

    def test_types(self):
        for file, types in {
            "claims.parquet": {"claim_id": "string", "published": "date32[day]", "start": "int64", "latitude": "double", "again": "bool", "actors": "list<element: string not null>"},
            "events.parquet": {"date_from": "date32[day]", "radius_km": "double", "geonames_id": "int64", "grade": "int64", "claim_ids": "list<element: string not null>"},
            "quantities.parquet": {"best": "double", "cumulative": "bool"},
            "forecasts.parquet": {"window_from": "date32[day]", "likelihood_low": "double"},
        }.items():
            schema = parquet.read_schema(exports().path("parquet", file))
            for name, kind in types.items():
                self.assertEqual(str(schema.field(name).type), kind, f"{file} {name}")

    def test_claims_round_trip(self):
        it = exports()
        rows = parquet.read_table(it.path("parquet", "claims.parquet")).to_pylist()
        self.assertEqual(len(rows), len(it.claims))
        for row, claim in zip(rows, it.claims, strict=True):
            time, place = claim.get("time") or {}, claim.get("place") or {}
            self.assertEqual((row["claim_id"], row["quote"], row["start"], row["end"]), (claim["claim_id"], claim["quote"], claim["start"], claim["end"]))
            self.assertEqual(row["date_from"].isoformat() if row["date_from"] else None, time.get("from"))
            self.assertEqual((row["latitude"], row["longitude"], row["radius_km"]), (place.get("lat"), place.get("lon"), place.get("radius_km")))
            self.assertEqual(row["actors"], [actor["name"] for actor in claim["actors"]])
            self.assertEqual(row["actor_ids"], [actor["actor_id"] or "" for actor in claim["actors"]])
            self.assertEqual((row["status"], row["polarity"], row["again"]), (claim["status"], claim["polarity"], claim["again"]))
            self.assertEqual(row["extraction"], claim["extraction"])

    def test_accounts_links_and_chains_are_tables_of_their_own(self):
        it = exports()
        read = lambda file: pandas.read_parquet(it.path("parquet", file))
        accounts, chains, links = read("accounts.parquet"), read("attributions.parquet"), read("links.parquet")
        self.assertEqual(len(accounts), sum(len(event["accounts"]) for event in it.events))
        self.assertEqual(len(chains), sum(len(claim["attribution"]) for claim in it.claims))
        self.assertEqual(len(links), len(lines(it.path("jsonl", "links.jsonl"))))
        self.assertEqual(len(read("comments.parquet")), len(lines(it.path("jsonl", "threads.jsonl"))))

    def test_polars_and_duckdb_agree(self):
        it = exports()
        path = it.path("parquet", "events.parquet")
        table = polars.read_parquet(path)
        self.assertEqual(table.schema["date_from"], polars.Date)
        self.assertEqual(table.schema["actors"], polars.List(polars.String))
        with_actor = table.filter(polars.col("actors").list.len() > 0).height
        with duckdb.connect() as db:
            self.assertEqual(db.execute(f"SELECT count(*) FROM '{path}' WHERE len(actors) > 0").fetchone()[0], with_actor)
            unnested = db.execute(f"SELECT count(*) FROM (SELECT unnest(claim_ids) FROM '{path}')").fetchone()[0]
        self.assertEqual(unnested, sum(len(event["accounts"]) for event in it.events))


class Acled(unittest.TestCase):
    def test_columns_and_codes(self):
        it = exports()
        table = pandas.read_csv(it.path("acled", "acled.csv"), parse_dates=["event_date"])
        self.assertEqual(list(table.columns), ACLED)
        self.assertGreater(len(table), 20)
        for row in table.itertuples():
            event = it.event[row.event_id_cnty]
            self.assertEqual(row.event_date.date().isoformat(), days(event)[0])
            self.assertEqual(row.year, row.event_date.year)
            if row.sub_event_type in SUB_EVENT_TYPES:
                self.assertEqual(row.event_type, SUB_EVENT_TYPES[row.sub_event_type])
            for code in (row.time_precision, row.geo_precision):
                self.assertTrue(pandas.isna(code) or code in (1, 2, 3))
            if row.country == "Syria":
                self.assertEqual((row.iso, row.region), (760, "Middle East"))
        self.assertTrue(table.admin1.isna().all() and table.timestamp.isna().all(), "nothing is filled in")
        self.assertEqual(table.fatalities.dtype.kind, "i")

    def test_aggregated_rows_are_fewer_and_lose_no_event(self):
        it = exports()
        single, joined = it.rows("acled", "acled.csv"), it.rows("acled-aggregated", "acled.csv")
        behind = [event for row in joined for event in row["tags"].split("events=")[1].split(";")[0].split()]
        self.assertEqual(len(behind), len(set(behind)))
        self.assertLessEqual({row["event_id_cnty"] for row in single}, set(behind))
        self.assertLessEqual(len(joined), len(single))


class Ged(unittest.TestCase):
    def test_columns_and_sums(self):
        it = exports()
        table = pandas.read_csv(it.path("ged", "ged.csv"), parse_dates=["date_start", "date_end"])
        self.assertEqual(list(table.columns), GED)
        self.assertEqual(len(table.columns), 49)
        self.assertGreater(len(table), 2)
        for row in table.itertuples():
            self.assertEqual(row.best, row.deaths_a + row.deaths_b + row.deaths_civilians + row.deaths_unknown)
            self.assertTrue(row.low <= row.best <= row.high and row.high > 0)
            event = it.event[row.relid]
            killed = [quantity for quantity in event["quantities"] if quantity["kind"] == "killed"]
            self.assertTrue(killed, row.relid)
            if not pandas.isna(row.latitude):
                self.assertEqual(row.geom_wkt, f"POINT ({row.longitude:.6f} {row.latitude:.6f})")
                cell = int((row.latitude + 90) * 2) * 720 + int((row.longitude + 180) * 2) + 1
                self.assertEqual(row.priogrid_gid, cell)
            if row.country == "Syria":
                self.assertEqual((row.country_id, row.region), (652, "Middle East"))
        self.assertTrue(table.conflict_name.isna().all() and table.gwnoa.isna().all(), "nothing is filled in")
        self.assertIn("GED holds no others", it.losses["ged"])

    def test_the_codebook_names_every_column(self):
        for name, columns in (("ged", GED), ("acled", ACLED)):
            book = exports().path(name, "codebook.md").read_text("utf-8")
            for at, column in enumerate(columns, 1):
                self.assertIn(f"| {at} | {column} |", book)

    def test_aggregated_dead_are_never_more(self):
        it = exports()
        total = lambda rows: sum(int(row["best"]) for row in rows)
        self.assertLessEqual(total(it.rows("ged-aggregated", "ged.csv")), total(it.rows("ged", "ged.csv")))


class Coders(unittest.TestCase):
    def test_polecat_has_forty_cells_in_every_row(self):
        it = exports()
        table = pandas.read_csv(it.path("polecat", "polecat.tsv"), sep="\t", quoting=3)
        self.assertEqual(list(table.columns), POLECAT)
        for line in it.path("polecat", "polecat.tsv").read_text("utf-8").rstrip("\n").split("\n"):
            self.assertEqual(line.count("\t"), 39)
        by_id = table.set_index("Event ID")
        self.assertTrue(by_id.index.is_unique)
        for event_id, row in by_id.iterrows():
            self.assertEqual(row["Event Date"], days(it.event[event_id])[0])

    def test_plover_rows_have_what_the_manual_asks_for(self):
        it = exports()
        quads = dict.fromkeys("AGREE CONSULT SUPPORT CONCEDE".split(), 1) | dict.fromkeys("COOPERATE AID RETREAT".split(), 2)
        quads |= dict.fromkeys("REQUEST ACCUSE REJECT THREATEN".split(), 3)
        quads |= dict.fromkeys("PROTEST SANCTION MOBILIZE COERCE ASSAULT".split(), 4)
        rows = lines(it.path("plover", "plover.jsonl"))
        self.assertGreater(len(rows), 20)
        for row in rows:
            self.assertLessEqual({"id", "date", "actor", "event"}, set(row))
            self.assertEqual(quads[row["event"]], row["quad_code"])
            self.assertEqual(row["date"], days(it.event[row["id"]])[0])
            start, end = row["text_info"]["start"], row["text_info"]["end"]
            self.assertTrue(any((claim["start"], claim["end"]) == (start, end) for claim in it.claims))
        self.assertEqual(len(rows), len(it.rows("polecat", "polecat.tsv", delimiter="\t", quoting=csv.QUOTE_NONE)))


if __name__ == "__main__":
    unittest.main()
