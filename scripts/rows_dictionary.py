"""Makes crates/sitrep-record/data/rows.dictionary: what rows usually hold, chosen row by row by how many bytes each saves.

In: two records, one to take rows from, one to judge them by (`sitrep build -o …` of examples/reports and of tests/corpus/reports).
Out: the dictionary. The same records give the same bytes. Needs nothing but Python. A new dictionary is a new format of rows: give it another
first byte in store/body.rs and keep the old one for reading.

    python3 scripts/rows_dictionary.py TAKE.sitrep JUDGE.sitrep OUT
"""

import random
import sqlite3
import sys
import zlib
from pathlib import Path

DATA = Path(__file__).parent.parent / "crates" / "sitrep-record" / "data"
DICTIONARIES = {1: "rows_1.dictionary", 2: "rows.dictionary"}
# Rows for every claim in a large record.
WEIGHTS = {"claim": 1, "event": 0.5, "link": 2, "document": 0.12, "dispute": 0.05, "forecast": 0.02}
LARGEST_BYTES, LONGEST_ROW_BYTES, TRIED, JUDGED = 16_000, 1_800, 60, 80


def unpacked(row):
    dictionary = (DATA / DICTIONARIES[row[0]]).read_bytes()
    return zlib.decompressobj(-15, zdict=dictionary).decompress(row[1:])


def rows(path, table):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    return sorted(unpacked(row) for (row,) in connection.execute(f"SELECT body FROM {table}"))


def packed_bytes(text, dictionary):
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 9, 0, dictionary)
    return len(packer.compress(text) + packer.flush())


def main(take, judge, out):
    random.seed(3)
    judged = {table: rows(judge, table) for table in WEIGHTS}
    judged = {table: random.sample(of, min(JUDGED, len(of))) for table, of in judged.items()}
    left = [row[:LONGEST_ROW_BYTES] for table in WEIGHTS for row in rows(take, table)]

    def cost(dictionary):
        return sum(WEIGHTS[table] * sum(packed_bytes(row, dictionary) for row in of) / len(of) for table, of in judged.items() if of)

    found, now = b"", cost(b" ")
    while True:
        tried = [row for row in random.sample(left, min(TRIED, len(left))) if len(found) + len(row) <= LARGEST_BYTES]
        gains = [((now - cost(row + found)) / len(row), row) for row in tried]
        gain, row = max(gains, default=(0, b""))
        if gain <= 0:
            break
        # What saves most stands last, nearest to the row.
        found, left = row + found, [other for other in left if other != row]
        now = cost(found)
    Path(out).write_bytes(found)
    means = {table: round(sum(packed_bytes(row, found) for row in of) / len(of)) for table, of in judged.items() if of}
    print(f"{len(found)} bytes; bytes a row of the record judged by:", means)


if __name__ == "__main__":
    main(*sys.argv[1:])
