"""The page on exports: its queries run, and its table names every format."""

import os
import pathlib
import re
import sqlite3
import unittest

import duckdb

from exports import HOME, exports

PAGE = (pathlib.Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text("utf-8")


def queries(kind):
    return re.findall(rf"^```sql {kind}\n(.*?)^```", PAGE, re.M | re.S)


class Docs(unittest.TestCase):
    def test_duckdb_queries_find_something(self):
        here = os.getcwd()
        os.chdir(exports().path("parquet", "claims.parquet").parent)
        try:
            found = {}
            with duckdb.connect() as db:
                for query in queries("duckdb"):
                    found[query] = db.execute(query).fetchall()
        finally:
            os.chdir(here)
        self.assertEqual(len(found), 4)
        for query, rows in found.items():
            self.assertTrue(rows, query)

    def test_sqlite_queries_find_something(self):
        exports()
        asked = queries("sqlite")
        self.assertEqual(len(asked), 3)
        db = sqlite3.connect(f"file:{HOME / 'demo.sitrep'}?mode=ro", uri=True)
        for query in asked:
            self.assertTrue(db.execute(query).fetchall(), query)
        db.close()

    def test_every_format_stands_in_the_table(self):
        rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
        named = {name for row in rows for name in re.findall(r"`([a-z]+)`", row.split("|")[1])}
        self.assertEqual(named, set(exports().formats))


if __name__ == "__main__":
    unittest.main()
