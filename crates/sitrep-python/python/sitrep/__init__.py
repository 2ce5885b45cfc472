"""Sitrep: reads war reporting and tells who did what to whom, where and when, according to whom, and how sure they are.

In: texts, saved pages, folders. Out: claims as plain dicts, records as files, tables as Arrow. Works offline; no network, no downloads.

>>> import sitrep
>>> text = "On May 5, government forces captured the town of Varnesh, the army said."
>>> [report] = sitrep.analyze([{"text": text, "published": "2031-05-09"}])
>>> claim = report["claims"][0]
>>> claim["event"], claim["time"]["from"], text[claim["start"]:claim["end"]] == claim["quote"]
('territory.captured', '2031-05-05', True)
"""

from . import errors, types
from ._analyze import LAYERS, TABLES, analyze, analyze_tables, pack
from ._language import Analysis, Language, Span, Token
from ._native import MODEL_LICENSE, NOTICE
from ._native import VERSION as __version__
from ._native import Kit, ReadPage
from ._pages import Page
from ._record import Failure, Record, read, samples
from ._table import Table
from .errors import (
    InputError,
    MissingLibraryError,
    NothingReadError,
    QueryError,
    RecordBusyError,
    RecordError,
    RecordExistsError,
    RecordFormatError,
    RecordMissingError,
    SitrepError,
)

__all__ = [
    "LAYERS",
    "MODEL_LICENSE",
    "NOTICE",
    "TABLES",
    "Analysis",
    "Failure",
    "InputError",
    "Kit",
    "Language",
    "MissingLibraryError",
    "NothingReadError",
    "Page",
    "QueryError",
    "ReadPage",
    "Record",
    "RecordBusyError",
    "RecordError",
    "RecordExistsError",
    "RecordFormatError",
    "RecordMissingError",
    "SitrepError",
    "Span",
    "Table",
    "Token",
    "__version__",
    "analyze",
    "analyze_tables",
    "errors",
    "pack",
    "read",
    "samples",
    "types",
]
