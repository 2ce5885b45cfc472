#!/usr/bin/env python3
"""Writes a made-up crawl of any size to standard output, as a web archive, to see how much memory reading it takes.

    python3 benches/crawl.py --gib 10 | command time -v sitrep build - -o crawl.sitrep
    python3 benches/crawl.py --gib 1 --gzip > crawl.warc.gz

By bytes it is what crawls are: pictures and scripts first, pages of about 100 KiB between them. Of the pages, one in `--english-every` is an
English report and is analysed, the others are Russian or Arabic and are kept; all are different. Numbers decide everything: the
same arguments give the same bytes.
"""
import argparse
import random
import sys
import zlib

PLACES = "Varnesh Ostrel Oland Tarnow Ridgeway Millford Harrow Kestrel Dunmore Aldbury Norwick Selby".split()
FORCES = ["the army", "the rebels", "the 4th Brigade", "a militia", "the border guard", "government troops", "the coalition"]
VERBS = ["shelled", "captured", "left", "entered", "attacked", "took control of", "withdrew from", "bombed"]
WHEN = ["on Friday", "at dawn", "on 8 May", "late on Thursday", "on Wednesday night", "two days ago"]
RUSSIAN = "колонна мост город утром сообщил мэр района войска вошли село обстрел дорога север ночью жители бригада".split()
ARABIC = "قافلة الجسر المدينة صباح الجمعة رئيس البلدية القوات دخلت القرية قصف الطريق الشمال ليلا السكان اللواء".split()


def english(rng):
    lines = []
    for _ in range(25):
        lines.append(f"{rng.choice(FORCES).capitalize()} {rng.choice(VERBS)} {rng.choice(PLACES)} {rng.choice(WHEN)}, "
                     f"{rng.choice(['officials', 'residents', 'two drivers', 'a spokesman'])} said. "
                     f"At least {rng.randint(2, 90)} people were {rng.choice(['killed', 'wounded', 'displaced'])} near {rng.choice(PLACES)}.")
    return lines


def other(rng, words):
    return [" ".join(rng.choice(words) for _ in range(30)) + "." for _ in range(40)]


def page(n, is_english, furniture):
    rng = random.Random(n)
    lines = english(rng) if is_english else other(rng, RUSSIAN if n % 2 else ARABIC)
    words = "".join(f"<p>{line}</p>\n" for line in lines)
    title = f"Report {n}: {rng.choice(PLACES)} and {rng.choice(PLACES)}"
    return (f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="article:published_time" content="2031-05-{n % 28 + 1:02}T10:00:00Z"></head><body>{furniture}'
            f'<article><h1>{title}</h1>{words}<img src="/img/{n}-0.jpg"></article>{furniture}</body></html>').encode()


def record(url, kind, body):
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode()
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-06-01T10:00:00Z\r\n"
            f"Content-Length: {len(answer) + len(body)}\r\n\r\n").encode()
    return head + answer + body + b"\r\n\r\n"


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--gib", type=float, default=1.0)
    args.add_argument("--page-every-kib", type=int, default=500, help="bytes of crawl for each page")
    args.add_argument("--english-every", type=int, default=10)
    args.add_argument("--gzip", action="store_true", help="one gzip member a record")
    args = args.parse_args()
    out = sys.stdout.buffer
    menu = "".join(f'<li class="menu"><a href="/section/{i}">Section {i}</a></li>' for i in range(200))
    script = "<script>" + "var settings={" + ",".join(f'"key{i}":{i * 7}' for i in range(2200)) + "};</script>"
    furniture = f"<nav><ul>{menu}</ul></nav>{script}"
    noise = random.Random(1).randbytes(8 << 20)
    left, n, n_english = int(args.gib * (1 << 30)), 0, 0
    while left > 0:
        host = f"https://outlet{n % 500}.example"
        is_english = n % args.english_every == 0
        n_english += is_english
        parts = [record(f"{host}/report/{n}", "text/html; charset=utf-8", page(n, is_english, furniture))]
        fill = max(0, args.page_every_kib * 1024 - len(parts[0]))
        for i in range(max(1, fill >> 20)):
            at = (n * 7919 + i * 104729) % (7 << 20)
            share = min(fill, 1 << 20)
            picture = b"\xff\xd8\xff\xe0" + noise[at:at + share * 2 // 3]
            parts.append(record(f"{host}/img/{n}-{i}.jpg", "image/jpeg", picture))
            parts.append(record(f"{host}/app/{n}-{i}.js", "text/javascript", noise[at:at + share // 3]))
        if n % 100 == 99:
            parts.append(record(f"{host}/video/{n}.mp4", "video/mp4", noise * 10))
        for part in parts:
            if args.gzip:
                packer = zlib.compressobj(1, zlib.DEFLATED, 31)
                part = packer.compress(part) + packer.flush()
            out.write(part)
            left -= len(part)
        n += 1
    sys.stderr.write(f"{n} pages, {n_english} of them English\n")


if __name__ == "__main__":
    main()
