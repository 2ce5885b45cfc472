"""The demo record, exported once in every format; what it holds is read from the JSON lines, with nothing but the standard library."""

import csv
import hashlib
import json
import os
import pathlib
import shutil
import subprocess

PROGRAM = os.environ["SITREP_PROGRAM"]
HOME = pathlib.Path(__file__).resolve().parents[2] / "target" / "consumers" / "exports"
HERE = pathlib.Path(__file__).resolve().parent


def run(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=HOME, check=False)
    if done.returncode != 0:
        raise AssertionError(f"sitrep {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout, done.stderr


def lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text("utf-8").split("\n") if line]


def digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Exports:
    """Every format in a folder of its own, and twice: `one/csv/events.csv`, `two/csv/events.csv`."""

    def __init__(self):
        shutil.rmtree(HOME, ignore_errors=True)
        HOME.mkdir(parents=True)
        run("demo", "--no-serve", "-o", "demo.sitrep")
        claims = [json.loads(line) for line in run("claims", "demo.sitrep", "--format", "jsonl")[0].splitlines()]
        self.accepted = next(claim["claim_id"] for claim in claims if claim["voice"] == "article")
        self.rejected = next(claim["claim_id"] for claim in claims if claim["voice"] == "article" and claim["claim_id"] != self.accepted)
        run("review", "demo.sitrep", "accept", self.accepted, "--reviewer", "desk one", "--why", "read again")
        run("review", "demo.sitrep", "reject", self.rejected, "--reviewer", "desk two", "--why", "misread")
        listed = run("export", "--list")[0].splitlines()
        self.formats = [line.split()[0] for line in listed]
        self.losses = {}
        for name in self.formats:
            for turn in ("one", "two"):
                self.losses[name] = run("export", "demo.sitrep", "--to", name, "-o", f"{turn}/{name}")[1]
        run("export", "demo.sitrep", "--to", "ged", "--aggregate", "-o", "one/ged-aggregated")
        run("export", "demo.sitrep", "--to", "acled", "--aggregate", "-o", "one/acled-aggregated")
        self.claims = lines(self.path("jsonl", "claims.jsonl"))
        self.events = lines(self.path("jsonl", "events.jsonl"))
        self.event = {event["event_id"]: event for event in self.events}
        self.claim = {claim["claim_id"]: claim for claim in self.claims}

    def path(self, name, file):
        return HOME / "one" / name / file

    def rows(self, name, file, **options):
        with open(self.path(name, file), encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream, **options))


_EXPORTS = None


def exports():
    """The exports, made on first use by whichever test comes first."""
    global _EXPORTS
    if _EXPORTS is None:
        _EXPORTS = Exports()
    return _EXPORTS


def days(event):
    """First and last day of an event; one of them where only one is known."""
    time = event.get("time") or {}
    start = time.get("from") or time.get("to")
    return (start, time.get("to") or start) if start else None
