"""Datasette opens a record and the exported lines; values come back through its JSON API."""

import asyncio
import unittest

import sqlite_utils
from datasette.app import Datasette

from exports import HOME, exports
from test_docs import queries


def asked(files, *questions):
    """The JSON answers of a Datasette of these files: no port is opened, the requests are handed to it as a server would."""

    async def ask():
        datasette = Datasette(immutables=[str(file) for file in files])
        await datasette.invoke_startup()
        answers = [await datasette.client.get(path, params={"_shape": "array", **more}) for path, more in questions]
        for name in datasette.databases:
            datasette.get_database(name).close()
        return answers

    return asyncio.run(ask())


class InDatasette(unittest.TestCase):
    def test_a_record_answers_the_queries_of_the_page(self):
        it = exports()
        before = (HOME / "demo.sitrep").read_bytes()
        by_event = {"sql": "SELECT id, event FROM event WHERE id = :id", "id": it.events[0]["event_id"]}
        told = asked([HOME / "demo.sitrep"], ("/demo.json", by_event), *(("/demo.json", {"sql": sql}) for sql in queries("sqlite")))
        self.assertEqual([answer.status_code for answer in told], [200] * 4)
        self.assertEqual(told[0].json(), [{"id": it.events[0]["event_id"], "event": it.events[0]["event"]}])
        claims = sum(row["claims"] for row in told[1].json())
        self.assertEqual(claims, len(it.claims))
        self.assertTrue(all(row["accounts"] > 1 for row in told[2].json()) and told[2].json())
        self.assertEqual((HOME / "demo.sitrep").read_bytes(), before)

    def test_the_lines_become_tables_that_filters_narrow_down(self):
        it = exports()
        path = HOME / "lines.db"
        path.unlink(missing_ok=True)
        db = sqlite_utils.Database(path)
        db["claims"].insert_all(it.claims, pk="claim_id", alter=True)
        db["events"].insert_all(it.events, pk="event_id", alter=True)
        db.close()
        kind = it.events[0]["event"]
        [one, of_kind, count] = asked(
            [path],
            (f"/lines/claims/{it.claims[0]['claim_id']}.json", {}),
            ("/lines/events.json", {"event": kind, "_size": "max"}),
            ("/lines.json", {"sql": "SELECT count(*) AS n FROM claims"}),
        )
        self.assertEqual(one.json()[0]["quote"], it.claims[0]["quote"])
        self.assertEqual({row["event_id"] for row in of_kind.json()}, {event["event_id"] for event in it.events if event["event"] == kind})
        self.assertEqual(count.json(), [{"n": len(it.claims)}])


if __name__ == "__main__":
    unittest.main()
