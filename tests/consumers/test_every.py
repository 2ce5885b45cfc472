"""What holds for every format: the same bytes twice, a loss report, no reader's name."""

import unittest

from exports import HOME, digests, exports


class Every(unittest.TestCase):
    def test_same_bytes_twice(self):
        it = exports()
        for name in it.formats:
            one, two = digests(HOME / "one" / name), digests(HOME / "two" / name)
            self.assertTrue(one, name)
            self.assertEqual(one, two, name)

    def test_the_published_names_are_all_there(self):
        published = (
            "csv jsonl geojson geojsonseq kml parquet geoparquet acled ged plover polecat timelinejs timemap ftm annotations claimreview prov nanopub html markdown"
        )
        self.assertEqual(set(published.split()), set(exports().formats))

    def test_every_format_tells_its_losses(self):
        it = exports()
        for name in it.formats:
            self.assertIn(f"not in {name}: ", it.losses[name])

    def test_no_reader_is_named(self):
        for path in (HOME / "one").rglob("*"):
            if path.is_file():
                found = path.read_bytes()
                for name in (b"dusty_lens", b"old cartographer"):
                    self.assertNotIn(name, found, path)


if __name__ == "__main__":
    unittest.main()
