"""Records: many reports in one file, with the events, disputes and forecasts they make together.

In: paths, pages. Out: ``Record``, its tables, answers in SQL, pictures. What is shown is the record as it was when it was opened or last added to.
"""

from __future__ import annotations

import datetime
import html
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Optional, Union

from . import _native, _sql
from ._pages import Page, as_page, as_tuple, day
from ._table import Table
from .errors import InputError

Path = Union[str, "os.PathLike[str]"]
Source = Union[Path, Page, Mapping[str, Any]]


class Failure(NamedTuple):
    """An input that could not be read."""

    name: str
    why: str
    #: Stable and meant for programs, as in ``sitrep build --failures``.
    code: str


class Record:
    """A record file. Make one with ``Record.build``, look at one with ``Record.open``."""

    def __init__(self, path: Path, *, as_known: Union[str, datetime.date, None] = None) -> None:
        self.path = os.fspath(path)
        self._as_known = day(as_known, "as_known")
        self._snapshot = _native.Snapshot(self.path, self._as_known)
        self._database: Optional[sqlite3.Connection] = None
        #: How many inputs the last ``build`` or ``add`` of this object read, those the record had already included.
        self.n_read = 0
        #: How many of them the record had already.
        self.n_known = 0
        #: What could not be read.
        self.failures: list[Failure] = []

    @classmethod
    def open(cls, path: Path, *, as_known: Union[str, datetime.date, None] = None) -> Record:
        """Open a record for looking; with ``as_known``, as it was known on that day."""
        return cls(path, as_known=as_known)

    @classmethod
    def build(
        cls,
        path: Path,
        inputs: Iterable[Source],
        *,
        meta: Optional[Path] = None,
        published: Union[str, datetime.date, None] = None,
        outlet: Optional[str] = None,
        url: Optional[str] = None,
        collector: Optional[str] = None,
        jobs: Optional[int] = None,
        kit: Optional[_native.Kit] = None,
    ) -> Record:
        """Make the record ``path``, which must not exist yet.

        ``inputs`` are paths of files and folders (everything ``sitrep build`` reads) and pages in hand (``Page`` or dict). ``meta`` is a table of
        path, url, outlet, published, retrieved; ``published``, ``outlet`` and ``url`` are said of every file, ``collector`` (who saved them) of every
        page. What could not be read is in ``failures`` of the record; when that is everything, ``NothingReadError`` is raised.
        """
        given = _inputs(inputs, meta, published, outlet, url, collector)
        return cls._made(path, _native.build(os.fspath(path), given, _now(), jobs, kit))

    @classmethod
    def _made(cls, path: Path, told: tuple) -> Record:
        return cls(path)._after(told)

    @classmethod
    def gather(cls, path: Path, packed: Iterable[bytes], *, kit: Optional[_native.Kit] = None) -> Record:
        """Make the record ``path`` of reports that ``sitrep.pack`` packed, perhaps on other machines: the same bytes as ``build`` makes of the pages."""
        if isinstance(packed, (str, bytes)):
            raise InputError("give a list of packed reports, even of one: [packed]")
        return cls._made(path, _native.gather(os.fspath(path), iter(packed), _now(), kit))

    def add(
        self,
        inputs: Iterable[Source],
        *,
        meta: Optional[Path] = None,
        published: Union[str, datetime.date, None] = None,
        outlet: Optional[str] = None,
        url: Optional[str] = None,
        collector: Optional[str] = None,
        jobs: Optional[int] = None,
        kit: Optional[_native.Kit] = None,
    ) -> Record:
        """Add to the record, as ``build`` reads. Pages it has already change nothing."""
        if self._as_known is not None:
            raise InputError("this is the record as it was known on a day; open it without as_known to add to it")
        given = _inputs(inputs, meta, published, outlet, url, collector)
        told = _native.add(self.path, given, _now(), jobs, kit)
        self.refresh()
        return self._after(told)

    def refresh(self) -> Record:
        """Look at the file again, which another program may have changed."""
        self._snapshot, self._database = _native.Snapshot(self.path, self._as_known), None
        return self

    def _after(self, told: tuple) -> Record:
        self.n_read, self.n_known, failures = told
        self.failures = [Failure._make(failure) for failure in failures]
        return self

    def table(self, name: str, *, geometry: bool = False) -> Table:
        """The table called ``name``, one of ``sitrep.TABLES``, with the columns of the Parquet export."""
        return Table(self._snapshot.table(name, geometry))

    def claims(self) -> Table:
        """One row a claim: one deed or state, in one passage, according to one chain of speakers."""
        return self.table("claims")

    def events(self, *, geometry: bool = False) -> Table:
        """One row an event; ``geometry`` adds points and areas as well-known binary, as geopandas and DuckDB read them."""
        return self.table("events", geometry=geometry)

    def accounts(self) -> Table:
        """One row a claim that speaks of an event."""
        return self.table("accounts")

    def attributions(self) -> Table:
        """One row a link of a chain of speakers; link 0 is the outermost."""
        return self.table("attributions")

    def quantities(self) -> Table:
        """One row a number in a claim."""
        return self.table("quantities")

    def disputes(self) -> Table:
        """One row a side of a dispute."""
        return self.table("disputes")

    def links(self) -> Table:
        """One row a pair of claims that stand in a relation."""
        return self.table("links")

    def forecasts(self) -> Table:
        """One row a forecast."""
        return self.table("forecasts")

    def documents(self) -> Table:
        """One row a document, without its text."""
        return self.table("documents")

    def comments(self) -> Table:
        """One row a reader's comment."""
        return self.table("comments")

    def sql(self, query: str, parameters: _sql.Parameters = ()) -> list[dict[str, Any]]:
        """Ask the tables in SQLite's SQL; rows as dicts. See ``sitrep._sql`` for what it meets: a copy in memory that nobody can change."""
        if self._database is None:
            self._database = _sql.database(_native.TABLES, self.table)
        return _sql.answer(self._database, query, parameters)

    def summary(self) -> str:
        """How much is in it, in a sentence."""
        return self._snapshot.summary()

    def map_svg(self, width_px: int = 1000) -> str:
        """Events and asserted control on a map."""
        return self._snapshot.map(width_px)

    def timeline_svg(self, width_px: int = 1000) -> str:
        """How many events lie on each day."""
        return self._snapshot.timeline(width_px)

    def __repr__(self) -> str:
        return f"<sitrep.Record {self.path}: {self.summary()}>"

    def _repr_html_(self) -> str:
        return f"<div><p>{html.escape(self.summary())}</p>{self.timeline_svg()}{self.map_svg()}</div>"


def _inputs(
    inputs: Iterable[Source],
    meta: Optional[Path],
    published: Union[str, datetime.date, None],
    outlet: Optional[str],
    url: Optional[str],
    collector: Optional[str] = None,
) -> tuple:
    if isinstance(inputs, (str, bytes, os.PathLike, Mapping, Page)):
        raise InputError("give a list of inputs, even of one: [input]")
    paths, pages = [], []
    for number, item in enumerate(inputs):
        place = f"input {number}"
        if isinstance(item, (str, os.PathLike)):
            paths.append(os.fspath(item))
        else:
            pages.append(as_tuple(as_page(item, place), place))
    said = (url, outlet, day(published, "published"), collector)
    return (paths, None if meta is None else os.fspath(meta), said, pages)


def _now() -> str:
    """For the log of the record, which tells when it was changed; nothing that is read depends on it."""
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(
    paths: Iterable[Path],
    *,
    meta: Optional[Path] = None,
    published: Union[str, datetime.date, None] = None,
    outlet: Optional[str] = None,
    url: Optional[str] = None,
) -> Iterator[Union[_native.ReadPage, Failure]]:
    """The pages of files and folders (everything ``sitrep build`` reads: web archives, feeds, PDF), one at a time, for ``analyze``; a ``Failure`` in
    the place of each that could not be read. Pages keep what their archive or feed says about them."""
    reading, odd = _native.read(_inputs(paths, meta, published, outlet, url))
    yield from (Failure._make(failure) for failure in odd)
    for item in reading:
        yield Failure._make(item) if isinstance(item, tuple) else item


def samples() -> list[Page]:
    """The sample reports that come with the program: made-up outlets, no source for anything."""
    return [
        Page(bytes=raw, media_type=kind, name=name, url=url, outlet=outlet, published=published, retrieved=retrieved)
        for name, kind, raw, url, outlet, published, retrieved in _native.samples()
    ]
