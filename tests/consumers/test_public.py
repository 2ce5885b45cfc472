"""The public profile: in every format, packed ones too, nothing leaves that no reviewer accepted."""

import pathlib
import unittest

import pandas

from exports import HOME, exports, lines, run

SETTINGS = pathlib.Path(__file__).resolve().parents[2] / "crates" / "sitrep-show" / "data" / "public.toml"


class Public(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        it = exports()
        run("demo", "--no-serve", "-o", "public.sitrep")
        single = [event for event in it.events if len(event["accounts"]) == 1 and (event.get("place") or {}).get("lat") is not None]
        cls.accepted = {event["accounts"][0]["claim_id"] for event in single[:8]}
        for claim_id in sorted(cls.accepted):
            run("review", "public.sitrep", "accept", claim_id, "--reviewer", "desk three")
        # The samples span a few weeks: no claim of theirs is thirty days old.
        (HOME / "settings.toml").write_text(SETTINGS.read_text("utf-8").replace("min_age_days = 30", "min_age_days = 0"), "utf-8")
        cls.losses = {}
        for name in it.formats:
            cls.losses[name] = run(
                "export", "public.sitrep", "--to", name, "--profile", "public", "--public-settings", "settings.toml", "-o", f"public/{name}"
            )[1]

    def test_only_accepted_claims_leave(self):
        left = {claim["claim_id"] for claim in lines(HOME / "public" / "jsonl" / "claims.jsonl")}
        self.assertTrue(left and left <= self.accepted)
        table = pandas.read_parquet(HOME / "public" / "parquet" / "claims.parquet")
        self.assertEqual(set(table.claim_id), left)
        kept = [claim for claim in exports().claims if claim["claim_id"] not in left]
        for path in (HOME / "public").rglob("*"):
            text = path.read_bytes() if path.is_file() else b""
            for claim in kept:
                self.assertFalse(claim["claim_id"].encode() in text, f"{path}: {claim['claim_id']}")
            self.assertFalse(b"desk three" in text or b"reader-" in text, path)

    def test_places_are_coarse_and_the_notice_goes_along(self):
        events = pandas.read_csv(HOME / "public" / "csv" / "events.csv")
        self.assertTrue((events.radius_km.dropna() >= 4).all())
        for degrees in pandas.concat([events.latitude, events.longitude]).dropna():
            self.assertAlmostEqual((degrees / 0.05) % 1, 0.5, places=3)
        for name in exports().formats:
            self.assertIn("not verified", (HOME / "public" / name / "notice.txt").read_text("utf-8"))
            self.assertIn("claims nobody accepted (kept in)", self.losses[name])

    def test_nothing_of_the_demo_is_old_enough_by_default(self):
        run("export", "public.sitrep", "--to", "jsonl", "--profile", "public", "-o", "public-default")
        self.assertEqual(lines(HOME / "public-default" / "claims.jsonl"), [])


if __name__ == "__main__":
    unittest.main()
