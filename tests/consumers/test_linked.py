"""Linked data: FollowTheMoney's model, a JSON-LD processor, an RDF store. Nothing is fetched: the contexts stand beside this file."""

import base64
import json
import unittest

from followthemoney import model
from pyld import jsonld
from rdflib import Dataset, Graph, Namespace
from rdflib.namespace import PROV, RDF, RDFS

from exports import HERE, exports, lines, run

SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
NP = Namespace("http://www.nanopub.org/nschema#")
OA = "http://www.w3.org/ns/oa#"
CONTEXTS = {"http://www.w3.org/ns/anno.jsonld": "anno.json", "https://schema.org": "schema.json"}


def local(address, _options):
    """Serves the parts of the published contexts that the exports use; any other address is an error."""
    context = json.loads((HERE / "contexts" / CONTEXTS[address.rstrip("/")]).read_text("utf-8"))
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": context}


def expanded(name, file):
    document = json.loads(exports().path(name, file).read_text("utf-8"))
    return document, jsonld.expand(document, {"documentLoader": local})


def nodes(tree):
    """Every node object anywhere in an expanded document."""
    if isinstance(tree, list):
        for part in tree:
            yield from nodes(part)
    elif isinstance(tree, dict):
        if "@value" not in tree:
            yield tree
        for part in tree.values():
            yield from nodes(part)


def own(entity_id):
    """The record's id of an entity; the model allows no low line."""
    return entity_id.replace("-", "_", 1)


class FollowTheMoney(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.entities = {}
        for line in lines(exports().path("ftm", "entities.ftm.jsonl")):
            proxy = model.get_proxy(line)
            assert proxy.id not in cls.entities, proxy.id
            proxy.schema.validate(line)
            kept = proxy.to_dict()["properties"]
            given = {name: sorted(values) for name, values in line["properties"].items()}
            assert {name: sorted(values) for name, values in kept.items()} == given, (line, kept)
            cls.entities[proxy.id] = proxy

    def of(self, schema):
        return [entity for entity in self.entities.values() if entity.schema.name == schema]

    def test_every_reference_leads_to_an_entity_of_the_right_kind(self):
        for entity in self.entities.values():
            for prop in entity.iterprops():
                if prop.type.name == "entity":
                    for value in entity.get(prop):
                        self.assertTrue(value in self.entities, f"{entity.id} {prop} {value}")
                        self.assertTrue(self.entities[value].schema.is_a(prop.range), f"{entity.id} {prop}")

    def test_events_articles_and_claims_are_all_there(self):
        it = exports()
        self.assertEqual({own(entity.id) for entity in self.of("Event")}, set(it.event))
        self.assertEqual({own(entity.id) for entity in self.of("Note")}, set(it.claim))
        for entity in self.of("Event"):
            time = it.event[own(entity.id)].get("time") or {}
            if time.get("from") and time.get("to"):
                self.assertEqual((entity.get("startDate"), entity.get("endDate")), ([time["from"]], [time["to"]]))

    def test_threads_are_trees_of_messages(self):
        threads = lines(exports().path("jsonl", "threads.jsonl"))
        messages = {own(entity.id): entity for entity in self.of("Message")}
        self.assertEqual(set(messages), {comment["id"] for comment in threads})
        for comment in threads:
            self.assertEqual([own(value) for value in messages[comment["id"]].get("inReplyToMessage")], [comment["parent"]] if comment["parent"] else [])

    def test_near_misses_are_similar(self):
        pairs = {tuple(sorted((event["event_id"], other))) for event in exports().events for other in event["near_misses"]}
        told = {tuple(sorted((own(entity.first("candidate")), own(entity.first("match"))))) for entity in self.of("Similar")}
        self.assertEqual(told, pairs)


class Annotations(unittest.TestCase):
    def test_selectors_find_the_passage_in_the_stored_text(self):
        it = exports()
        document, tree = expanded("annotations", "annotations.jsonld")
        self.assertEqual(len(document["items"]), len(it.claims))
        told = [node for node in nodes(tree) if OA + "Annotation" in node.get("@type", [])]
        self.assertEqual({node["@id"] for node in told}, {f"urn:sitrep:{claim}" for claim in it.claim})
        pages = json.loads("[" + ",".join(run("pages", "demo.sitrep", "--format", "jsonl")[0].splitlines()) + "]")
        hashes = {name_of(page["sha256"]) for page in pages}
        for item in document["items"]:
            claim = it.claim[item["id"].removeprefix("urn:sitrep:")]
            quote, position = item["target"]["selector"]
            self.assertEqual((quote["exact"], position["start"], position["end"]), (claim["quote"], claim["start"], claim["end"]))
            self.assertEqual(position["end"] - position["start"], len(quote["exact"]), "code points")
            self.assertIn(item["target"]["source"], hashes, "the stored copy, by its hash")


def name_of(sha256):
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


class Claims(unittest.TestCase):
    def test_only_what_a_human_ruled_on_is_reviewed(self):
        it = exports()
        _, tree = expanded("claimreview", "claims.jsonld")
        kind = lambda name: [node for node in nodes(tree) if f"https://schema.org/{name}" in node.get("@type", [])]
        reports = [claim for claim in it.claims if claim["voice"] != "comment"]
        self.assertEqual({node["@id"] for node in kind("Claim")}, {f"urn:sitrep:{claim['claim_id']}" for claim in reports})
        verdicts = {
            node["https://schema.org/itemReviewed"][0]["@id"]: node["https://schema.org/reviewRating"][0]["https://schema.org/alternateName"][0]["@value"]
            for node in kind("ClaimReview")
        }
        expected = {f"urn:sitrep:{it.accepted}": "accepted by a reviewer", f"urn:sitrep:{it.rejected}": "rejected by a reviewer"}
        self.assertEqual(verdicts, expected)


class Provenance(unittest.TestCase):
    def test_every_event_leads_back_to_a_page(self):
        it = exports()
        graph = Graph().parse(it.path("prov", "provenance.jsonld"), format="json-ld")
        sparql = """
            SELECT ?event (COUNT(DISTINCT ?page) AS ?pages) WHERE {
                ?event prov:wasGeneratedBy <urn:sitrep:fusing> ; prov:wasDerivedFrom ?claim .
                ?claim prov:wasQuotedFrom ?document . ?document prov:wasDerivedFrom ?page . ?page dcterms:identifier ?hash .
            } GROUP BY ?event"""
        found = {str(row.event).removeprefix("urn:sitrep:"): int(row.pages) for row in graph.query(sparql)}
        for event in it.events:
            self.assertEqual(found[event["event_id"]], len({account["document"] for account in event["accounts"]}))
        reviewers = {str(label) for agent in graph.subjects(RDF.type, PROV.Person) for label in graph.objects(agent, RDFS.label)}
        self.assertEqual(reviewers, {"desk one", "desk two"})


class Nanopublications(unittest.TestCase):
    def test_each_has_four_graphs_and_asserts_only_what_was_done(self):
        it = exports()
        data = Dataset().parse(it.path("nanopub", "nanopubs.trig"), format="trig")
        done = {
            claim["claim_id"]
            for claim in it.claims
            if claim["voice"] != "comment" and claim["polarity"] == "affirmed" and claim["status"] in ("occurred", "ongoing")
        }
        heads = {str(subject).rsplit(":", 1)[1]: subject for subject, _, _, _ in data.quads((None, RDF.type, NP.Nanopublication, None))}
        self.assertEqual(set(heads), done)
        for claim_id, subject in heads.items():
            for part in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo):
                (name,) = [quad[2] for quad in data.quads((subject, part, None, None))]
                self.assertGreater(len(data.graph(name)), 0)
            assertion = data.graph(subject + "#assertion")
            (event,) = assertion.subjects(RDF.type, SEM.Event)
            (kind,) = assertion.objects(event, SEM.eventType)
            self.assertEqual(str(kind), f"urn:sitrep:event-type:{it.claim[claim_id]['event']}")
            (quote,) = data.graph(subject + "#provenance").objects(subject + "#assertion", PROV.value)
            self.assertEqual(str(quote), it.claim[claim_id]["quote"])


if __name__ == "__main__":
    unittest.main()
