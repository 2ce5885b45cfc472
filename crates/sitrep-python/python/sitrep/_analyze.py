"""What single reports say: ``analyze`` and ``analyze_tables``.

In: pages. Out: dicts or tables, in the order of the pages. Knows nothing of other reports: the same page gives the same answer wherever it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Optional

from . import _native
from ._pages import PageLike, in_order
from ._table import Table
from .types import Report

LAYERS: tuple[str, ...] = tuple(_native.LAYERS)
TABLES: tuple[str, ...] = tuple(_native.TABLES)


def analyze(
    pages: Iterable[PageLike],
    *,
    layers: Sequence[str] = ("claims",),
    jobs: Optional[int] = None,
    keep_names: bool = False,
    kit: Optional[_native.Kit] = None,
) -> list[Report]:
    """Tell what each page says, in the order of the pages.

    A page is a text, a ``Page`` or a dict of its fields. ``layers`` are some of ``sitrep.LAYERS``; notes always come too. ``jobs`` pages are read
    at the same time, as many as the machine has cores if not said; other Python threads run meanwhile. Readers' names become pseudonyms unless
    ``keep_names``. Offsets count code points of the page's text (the text given, or the layer ``text``).

    A page that cannot be read has an ``error`` and empty layers; nothing else is lost by it.
    """
    given, ids = in_order(pages)
    asked = [*layers, *(() if "notes" in layers else ("notes",))]
    found = _native.analyze(given, asked, jobs, keep_names, kit)
    return [{"id": page_id, **report} for page_id, report in zip(ids, found)]


def analyze_tables(
    pages: Iterable[PageLike],
    *,
    tables: Sequence[str] = ("claims",),
    jobs: Optional[int] = None,
    keep_names: bool = False,
    kit: Optional[_native.Kit] = None,
) -> dict[str, Table]:
    """The same as Arrow tables with the columns of the Parquet export, keyed by the names in ``tables`` (some of ``sitrep.TABLES``).

    Tables of what many reports make together (``events``, ``disputes``, ...) are empty here: build a ``Record`` for those. A table's ``failed``
    tells which pages could not be read: id and why.
    """
    given, ids = in_order(pages)
    made, counts, failed = _native.analyze_tables(given, list(tables), jobs, keep_names, kit)
    told = [(ids[number], why) for number, why in failed]
    return {table.name: Table(table, told, of_page) for table, of_page in zip(made, counts)}


def pack(
    pages: Iterable[PageLike], *, jobs: Optional[int] = None, kit: Optional[_native.Kit] = None
) -> list[tuple[Optional[bytes], Optional[str]]]:
    """Understand each page and pack it, page and all, for ``Record.gather`` on another machine; or why it could not be read.

    The bytes hold the page and readers' names as they stand on it: they are half a record, not a view.
    """
    given, _ = in_order(pages)
    return _native.pack(given, jobs, kit)
