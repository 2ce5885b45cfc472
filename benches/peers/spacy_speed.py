"""The other side of `cargo xtask bench language`: spaCy on the same documents, one thread.

In: a file of documents separated by form feeds; then a line on standard input per run. Out: a line per run: tokens and
CPU seconds; at the end the load time and the largest resident size. Needs spaCy 3.8 and its small English model.
"""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import resource
import sys
import time

import spacy
from spacy.util import get_installed_models

started = time.perf_counter()
names = sys.argv[2:] or [name for name in get_installed_models() if name.startswith("en_core_web_sm")] or ["en_core_web_sm"]
nlp = spacy.load(names[0])
load_ms = (time.perf_counter() - started) * 1e3
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    documents = file.read().split("\f")
print("ready spaCy", spacy.__version__, flush=True)
for line in sys.stdin:
    if line.strip() == "end":
        break
    begun = time.process_time()
    n_tokens = sum(len(document) for document in nlp.pipe(documents, batch_size=64))
    print(n_tokens, time.process_time() - begun, flush=True)
print(f"{load_ms:.1f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}", flush=True)
