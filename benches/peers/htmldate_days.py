"""The other side of the dates in `cargo xtask score web`: htmldate on the same pages.

In: a folder of NAME.html.gz files. Out: its version; then a line a page with the day its fast search finds and the day its
extensive search finds, tabs between, nothing where it finds none; last the pages a CPU second of each. Asked for the day of
first publication, without the page's address, as we are. Needs `pip install htmldate`.
"""
import gzip
import logging
import pathlib
import sys
import time

import htmldate

logging.disable(logging.CRITICAL)
print("htmldate", htmldate.__version__)
seconds = [0.0, 0.0]
n_pages = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.html.gz")):
    html = gzip.decompress(path.read_bytes())
    days = []
    for n, extensive in enumerate((False, True)):
        begun = time.process_time()
        try:
            day = htmldate.find_date(html, original_date=True, extensive_search=extensive)
        except Exception:  # whatever it stumbles over is a page it has no day for
            day = None
        seconds[n] += time.process_time() - begun
        days.append(day or "")
    n_pages += 1
    print(path.name.removesuffix(".html.gz"), *days, sep="\t")
print("speed", *(f"{n_pages / max(s, 1e-9):.1f}" for s in seconds), sep="\t")
