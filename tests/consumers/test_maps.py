"""Maps and timelines: geopandas, a KML reader, and the rules TimelineJS and TimeMap state for their files."""

import json
import re
import unittest

import geopandas
from fastkml import KML, Placemark
from fastkml.utils import find_all
from lxml import etree, html
from pyarrow import parquet

from exports import days, exports

KML_NAME = "{http://www.opengis.net/kml/2.2}"


def located(event):
    place = event.get("place") or {}
    return place.get("lat") is not None or place.get("area") is not None


class Maps(unittest.TestCase):
    def test_geopandas_reads_both_forms_of_geojson(self):
        it = exports()
        for name, file in (("geojson", "events.geojson"), ("geojsonseq", "events.geojsons")):
            table = geopandas.read_file(it.path(name, file))
            self.assertEqual(len(table), len(it.events), name)
            self.assertEqual(table.crs.to_epsg(), 4326)
            by_id = table.set_index("id")
            for event in it.events:
                shape = by_id.geometry[event["event_id"]]
                self.assertEqual(shape is not None, located(event), event["event_id"])
                if shape is not None:
                    self.assertTrue(shape.is_valid)
                    area = event["place"].get("area")
                    if area is None:
                        self.assertAlmostEqual(shape.y, event["place"]["lat"], places=6)
                        self.assertAlmostEqual(shape.x, event["place"]["lon"], places=6)

    def test_geoparquet_is_the_same_map(self):
        it = exports()
        table = geopandas.read_parquet(it.path("geoparquet", "events.parquet")).set_index("event_id")
        drawn = geopandas.read_file(it.path("geojson", "events.geojson")).set_index("id")
        self.assertEqual(table.crs.to_epsg() or table.crs.to_string(), 4326 if table.crs.to_epsg() else "OGC:CRS84")
        self.assertEqual(set(table.index), set(it.event))
        for event_id, shape in table.geometry.items():
            other = drawn.geometry[event_id]
            self.assertEqual(shape is None, other is None, event_id)
            if shape is not None:
                self.assertTrue(shape.equals_exact(other, 1e-6), event_id)
        said = json.loads(parquet.read_metadata(it.path("geoparquet", "events.parquet")).metadata[b"geo"])
        self.assertEqual((said["version"], said["primary_column"]), ("1.1.0", "geometry"))
        column = said["columns"]["geometry"]
        self.assertEqual(column["encoding"], "WKB")
        self.assertEqual(set(column["geometry_types"]), set(table.geometry.dropna().geom_type))
        for found, told in zip(table.total_bounds, column["bbox"], strict=True):
            self.assertAlmostEqual(found, told, places=6)

    def test_every_feature_of_a_sequence_follows_a_record_separator(self):
        it = exports()
        text = it.path("geojsonseq", "events.geojsons").read_text("utf-8")
        features = [json.loads(part) for part in text.split("\x1e")[1:]]
        whole = json.loads(it.path("geojson", "events.geojson").read_text("utf-8"))
        self.assertEqual(features, whole["features"])

    def test_a_kml_reader_finds_every_event_with_its_time(self):
        it = exports()
        path = it.path("kml", "events.kml")
        tree = etree.parse(path)
        marks = {mark.get("id"): mark for mark in tree.iter(f"{KML_NAME}Placemark")}
        self.assertEqual(set(marks), set(it.event))
        for event_id, mark in marks.items():
            event = it.event[event_id]
            order = [child.tag.removeprefix(KML_NAME) for child in mark]
            allowed = ["name", "description", "TimeStamp", "TimeSpan", "styleUrl", "ExtendedData", "Polygon", "MultiGeometry", "Point"]
            self.assertEqual(order, sorted(order, key=allowed.index), "the order of the schema")
            stamp = mark.findtext(f"{KML_NAME}TimeStamp/{KML_NAME}when")
            span = mark.find(f"{KML_NAME}TimeSpan")
            time = event.get("time") or {}
            if stamp is not None:
                self.assertEqual((time["from"], time["to"]), (stamp, stamp))
            elif span is not None:
                self.assertEqual(span.findtext(f"{KML_NAME}begin"), time.get("from"))
                self.assertEqual(span.findtext(f"{KML_NAME}end"), time.get("to"))
            else:
                self.assertIsNone(days(event))
        read = list(find_all(KML.parse(path, validate=False, strict=False), of_type=Placemark))
        self.assertEqual(len(read), len(it.events))
        shapes = {mark.id: mark.geometry for mark in read}
        for event in it.events:
            self.assertEqual(shapes[event["event_id"]] is not None, located(event))


class Timelines(unittest.TestCase):
    def test_timelinejs_rules(self):
        """As documented: a start date with a numeric year, unique ids, no media without an address, markup that survives cleaning."""
        it = exports()
        timeline = json.loads(it.path("timelinejs", "timeline.json").read_text("utf-8"))
        self.assertLessEqual(set(timeline), {"title", "events", "eras", "scale"})
        self.assertIn(timeline["scale"], ("human", "cosmological"))
        self.assertNotIn("start_date", timeline["title"])
        ids = [slide["unique_id"] for slide in timeline["events"]]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(ids, [event["event_id"] for event in it.events if days(event)])
        known = {"start_date", "end_date", "text", "media", "group", "display_date", "background", "autolink", "unique_id"}
        for slide in timeline["events"]:
            self.assertLessEqual(set(slide), known)
            start, end = days(it.event[slide["unique_id"]])
            self.assertEqual(iso(slide["start_date"]), start)
            self.assertEqual(iso(slide.get("end_date", slide["start_date"])), end)
            for text in (slide["text"]["headline"], slide["text"]["text"], slide["display_date"]):
                tags = {element.tag for element in html.fragment_fromstring(text, create_parent="div").iter()}
                self.assertLessEqual(tags, {"div", "p"}, "only our own paragraphs")

    def test_timemap_rules(self):
        """As its validators have it: texts for coordinates, both or none, MM/DD/YYYY, a day or coordinates, known sources and filters."""
        it = exports()
        read = lambda file: json.loads(it.path("timemap", file).read_text("utf-8"))
        events, sources, associations = read("events.json"), read("sources.json"), read("associations.json")
        filters = {association["id"] for association in associations}
        for association in associations:
            self.assertIn(association["mode"], ("FILTER", "NARRATIVE", "CATEGORY"))
        for key, source in sources.items():
            self.assertEqual(key, source["id"])
            self.assertTrue(source["title"] and isinstance(source["paths"], list))
        for row in events:
            event = it.event[row["id"]]
            self.assertTrue(row["description"] and (row["date"] or row["latitude"]))
            self.assertIsInstance(row["latitude"], str)
            self.assertEqual(bool(row["latitude"]), bool(row["longitude"]))
            if row["date"]:
                month, day, year = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", row["date"]).groups()
                self.assertEqual(f"{year}-{month}-{day}", days(event)[0])
            self.assertLessEqual(set(row["sources"]), set(sources))
            self.assertLessEqual(set(row["associations"]), filters)


def iso(date):
    return f"{date['year']:04}-{date['month']:02}-{date['day']:02}"


class Pages(unittest.TestCase):
    def test_the_site_works_from_a_disk(self):
        it = exports()
        root = it.path("html", "index.html").parent
        pages = sorted(root.rglob("*.html"))
        self.assertGreater(len(pages), len(it.events))
        parsed = {page: html.parse(page) for page in pages}
        ids = {page: set(tree.xpath("//@id")) for page, tree in parsed.items()}
        for page, tree in parsed.items():
            self.assertFalse(tree.xpath("//script | //form | //@onclick | //@style"), page)
            for address in tree.xpath("//@href | //@src"):
                self.assertFalse(address.startswith(("/", "http:", "https:", "file:")), f"{page}: {address}")
                path, _, fragment = address.partition("#")
                target = (page.parent / path).resolve() if path else page
                self.assertTrue(target.is_file(), f"{page}: {address}")
                if fragment and not fragment.startswith("passage-"):
                    self.assertIn(fragment, ids[target], f"{page}: {address}")
        for event in it.events:
            self.assertIn(event["summary"].rstrip("."), parsed[root / "events" / f"{event['event_id']}.html"].getroot().text_content())
        self.assertTrue(etree.parse(root / "map.svg").getroot().tag.endswith("svg"))

    def test_the_report_cites(self):
        text = exports().path("markdown", "report.md").read_text("utf-8")
        self.assertTrue(text.startswith("# Situation report"))
        cited, notes = set(re.findall(r"\[\^(\d+)\](?!:)", text)), set(re.findall(r"^\[\^(\d+)\]:", text, re.M))
        self.assertTrue(cited)
        self.assertEqual(cited, notes)


if __name__ == "__main__":
    unittest.main()
