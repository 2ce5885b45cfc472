"""`sitrep.analyze`: order, offsets, odd input, other threads, and the same answers as the program."""

import datetime
import json
import os
import subprocess
import threading

import pytest

import sitrep

TEXT = "On May 5, government forces captured the town of Varnesh, the army said. Rebels denied it."


def texts_of_samples():
    return [page for page in sitrep.samples() if page.media_type == "text"]


def test_a_claim_says_what_where_and_when_and_points_at_its_words():
    [report] = sitrep.analyze([{"text": TEXT, "published": "2031-05-09", "id": "x"}])
    assert (report["id"], report["error"]) == ("x", None)
    claim = report["claims"][0]
    assert (claim["event"], claim["place"]["name"], claim["time"]["from"]) == ("territory.captured", "Varnesh", "2031-05-05")
    assert TEXT[claim["start"] : claim["end"]] == claim["quote"]


def test_offsets_are_code_points_whatever_stands_before():
    before = "🛰🛰 Ḥalab – “ünïcode” 👩‍👩‍👧 \n\n"
    [report] = sitrep.analyze([before + TEXT], layers=["claims", "text"])
    assert report["text"] == before + TEXT
    assert report["claims"]
    for claim in report["claims"]:
        assert report["text"][claim["start"] : claim["end"]] == claim["quote"]


def test_answers_are_those_of_the_program_in_order_however_many_work():
    pages = sitrep.samples()
    lines = []
    for number, page in enumerate(pages):
        kind = page.media_type
        line = {"id": number, kind: page.bytes.decode("utf-8"), "published": page.published, "url": page.url, "outlet": page.outlet}
        lines.append(json.dumps(line))
    told = subprocess.run(
        [os.environ["SITREP_PROGRAM"], "analyze", "--layers", "claims,document,times,notes"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    program = [json.loads(line) for line in told.splitlines()]
    given = [{page.media_type: page.bytes.decode("utf-8"), "published": page.published, "url": page.url, "outlet": page.outlet, "name": str(number)} for number, page in enumerate(pages)]
    for jobs in (1, 3):
        ours = sitrep.analyze(given, layers=["claims", "document", "times"], jobs=jobs)
        assert [report.pop("error") for report in ours] == [None] * len(pages)
        assert ours == program


def test_tables_hold_the_same_claims_as_dicts_do():
    pages = sitrep.samples()
    claims = [claim for report in sitrep.analyze(pages) for claim in report["claims"]]
    rows = list(sitrep.analyze_tables(pages)["claims"])
    assert len(claims) > 50
    shared = ("claim_id", "document", "start", "end", "quote", "event", "voice", "status", "polarity", "rule")
    assert [[row[name] for name in shared] for row in rows] == [[claim[name] for name in shared] for claim in claims]


def test_a_page_is_given_in_many_ways():
    day = datetime.date(2031, 5, 9)
    ways = [
        {"text": TEXT, "published": day},
        {"text": TEXT, "published": datetime.datetime(2031, 5, 9, 23, 59)},
        {"text": TEXT, "published": "2031-05-09T12:00:00Z"},
        sitrep.Page(text=TEXT, published="2031-05-09"),
        sitrep.Page(bytes=TEXT.encode(), published=day),
        sitrep.Page(html=f"<html><body><p>{TEXT}</p></body></html>", published=day),
    ]
    reports = sitrep.analyze(iter(ways))
    assert [report["id"] for report in reports] == list(range(len(ways)))
    told = [[(claim["event"], claim["time"] and claim["time"]["from"]) for claim in report["claims"]] for report in reports]
    assert told[0] and told == [told[0]] * len(ways)


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        (TEXT, "list of pages"),
        ([3], "page 0"),
        ([{}], "exactly one of text, html and bytes"),
        ([{"text": "a", "html": "b"}], "text and html"),
        ([{"text": b"a"}], "bytes go under bytes="),
        ([{"txt": "a"}], "'txt'"),
        ([{"text": "a", "published": "yesterday"}], "page 0: published"),
        ([{"bytes": "a"}], "bytes are bytes"),
        ([{"bytes": b"a", "media_type": "gif"}], "media_type"),
        ([{"text": "a", "url": 3}], "url"),
    ],
)
def test_input_that_makes_no_sense_is_refused_with_its_place(pages, words):
    with pytest.raises(sitrep.InputError, match=words) as raised:
        sitrep.analyze(pages)
    assert isinstance(raised.value, (sitrep.SitrepError, ValueError))


def test_an_unknown_layer_or_table_is_refused():
    with pytest.raises(sitrep.InputError, match="no layer moods"):
        sitrep.analyze([TEXT], layers=["moods"])
    with pytest.raises(sitrep.InputError, match="no table moods"):
        sitrep.analyze_tables([TEXT], tables=["moods"])


def test_odd_text_costs_only_itself():
    odd = ["", " ", "\0", "\ud800" + TEXT, "🛰" * 1000, "(" * 5000, "a" * 200_000, "\r\n\u2028" * 500]
    reports = sitrep.analyze([*odd, TEXT])
    assert [report["error"] for report in reports] == [None] * len(reports)
    replaced = odd[3].replace("\ud800", "\ufffd")
    assert [replaced[claim["start"] : claim["end"]] for claim in reports[3]["claims"]] == [claim["quote"] for claim in reports[3]["claims"]] != []
    assert reports[-1]["claims"]


def test_bytes_that_are_no_page_are_an_error_of_their_own():
    bad = [b"\x89PNG\r\n\x1a\n" + bytes(100), b"%PDF-1.7 broken", b"", bytes(range(256)) * 10]
    reports = sitrep.analyze([*({"bytes": raw} for raw in bad), TEXT], layers=["claims", "text"])
    assert all(report["error"] and report["claims"] == [] and report["text"] is None for report in reports[:-1])
    assert reports[-1]["claims"]
    tables = sitrep.analyze_tables([{"bytes": bad[0], "id": "picture"}, TEXT])
    assert [name for name, why in tables["claims"].failed] == ["picture"] and len(tables["claims"]) > 0


def test_other_threads_run_meanwhile():
    counted, done = 0, threading.Event()

    def count():
        nonlocal counted
        while not done.is_set():
            counted += 1
            done.wait(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    sitrep.analyze([TEXT] * 60, jobs=1)
    done.set()
    thread.join()
    assert counted > 3


def test_an_interrupt_ends_the_work():
    import signal

    # Started in the background of a script, Python ignores the signal unless told.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.2, signal.raise_signal, [signal.SIGINT])
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            sitrep.analyze([TEXT] * 100_000)
    finally:
        signal.signal(signal.SIGINT, before)


def test_readers_names_are_covered_unless_asked_for():
    page = next(page for page in sitrep.samples() if b"comment" in page.bytes)
    [covered] = sitrep.analyze([page], layers=["document"])
    [kept] = sitrep.analyze([page], layers=["document"], keep_names=True)
    names = {comment["author"] for comment in kept["document"]["comments"]} - {None}
    assert names and not names & {comment["author"] for comment in covered["document"]["comments"]}


def test_types_are_those_of_the_program():
    import make_types

    assert make_types.module(os.environ["SITREP_PROGRAM"]) == make_types.PLACE.read_text(encoding="utf-8")
    [report] = sitrep.analyze([sitrep.samples()[0]])
    known = set(sitrep.types.Claim.__annotations__) | set(sitrep.types._Claim.__annotations__)
    assert all(set(claim) <= known for claim in report["claims"])
