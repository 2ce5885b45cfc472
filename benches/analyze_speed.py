"""`sitrep.analyze` beside the program's `sitrep analyze`, on the same made-up texts.

In: the program, how many texts, how many workers. Out: CPU seconds, wall seconds and texts a second of both, taking turns, and Python's speed in per
cent of the program's. The texts are paragraphs of the sample reports in other places, numbers and orders, so that hardly any two are equal.

    python benches/analyze_speed.py target/release/sitrep 10000 1
"""

import json
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile
import time

import sitrep

TOWNS = ["Varnesh", "Korma", "Tel Awza", "Marrowgate", "Aleppo", "Mayadin", "Hama", "Raqqa", "Mosul", "Idlib", "Homs", "Palmyra"]


def texts(n, seed=7):
    """`n` texts of some 120 words."""
    chance = random.Random(seed)
    reports = sitrep.analyze(sitrep.samples(), layers=["document"])
    paragraphs = [part for report in reports for part in report["document"]["article_text"].split("\n\n") if len(part.split()) > 15]
    made = []
    for _ in range(n):
        parts = chance.sample(paragraphs, 3)
        text = "\n\n".join(re.sub(r"\b\d{2}\b", lambda _: str(chance.randint(10, 29)), part) for part in parts)
        made.append(re.sub(r"\b(?:al-Bukamal|Mayadin|Deir ez-Zor|Abu Kamal)\b", lambda _: chance.choice(TOWNS), text))
    return made


def seconds(who, work):
    before, begun = resource.getrusage(who), time.perf_counter()
    work()
    after, ended = resource.getrusage(who), time.perf_counter()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ended - begun


def main(program, n_texts, jobs):
    made = texts(n_texts)
    words = sum(len(text.split()) for text in made)
    pages = [{"text": text, "published": "2017-11-20"} for text in made]
    sitrep.analyze(pages[:200], jobs=1)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file, open(os.devnull, "wb") as nowhere:
        file.writelines(json.dumps(page) + "\n" for page in pages)
        file.flush()

        def by_program():
            with open(file.name, "rb") as lines:
                subprocess.run([program, "analyze", "--jobs", str(jobs)], stdin=lines, stdout=nowhere, check=True)

        def in_python():
            sitrep.analyze(pages, jobs=jobs)

        print(f"{n_texts} texts, {words} words, {jobs} workers")
        rounds = []
        for turn in range(3):
            ours = seconds(resource.RUSAGE_SELF, in_python)
            theirs = seconds(resource.RUSAGE_CHILDREN, by_program)
            rounds.append((theirs[0] / ours[0], theirs[1] / ours[1]))
            for name, (cpu, wall) in (("python", ours), ("program", theirs)):
                print(f"  {turn + 1} {name}: {cpu:.2f} CPU s, {wall:.2f} s, {n_texts / cpu:.0f} texts a CPU second", flush=True)
    cpu, wall = (sorted(values)[1] for values in zip(*rounds))
    largest_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"python's speed, median: {cpu:.1%} of the program's by CPU seconds, {wall:.1%} by the clock; {largest_mb} MB at most with all answers held")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]), int(sys.argv[3]))
