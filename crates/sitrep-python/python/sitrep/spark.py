"""The same on Apache Spark: what single reports say, on as many machines as there are; the record that they make together, on one.

In: a DataFrame of pages, or of paths of web archives. Out: a DataFrame with a row a page, written as Parquet or gathered into a record. Each page is
understood by itself, so the rows are those of one machine, in whatever order. A page that cannot be read is a row with an ``error``; it never
ends a job. ``docs/scale.md`` has the design and what it costs.

    reports = sitrep.spark.analyze(spark.read.parquet("pages/"), tables=["claims", "documents"])
    sitrep.spark.table(reports, "claims").write.parquet("claims/")

Needs pyspark 4 and pyarrow, and this package on every worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Optional

import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import BinaryType, StringType, StructField, StructType

from . import _native
from ._analyze import TABLES
from ._pages import as_page, as_tuple
from ._record import Failure, Path, Record, read
from .errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: Pages that a worker holds at once.
PAGES_AT_ONCE = 32
_WORDS = ("text", "html", "bytes")
_FIELDS = (*_WORDS, "media_type", "name", "url", "outlet", "published", "retrieved")
_kits: dict[tuple[Optional[str], Optional[bytes]], _native.Kit] = {}


def analyze(
    df: DataFrame,
    tables: Sequence[str] = ("claims",),
    *,
    gazetteer: Optional[str] = None,
    actors: Optional[bytes] = None,
) -> DataFrame:
    """Tell what each page says: columns ``id``, ``error``, and for each table an array of its rows (``table`` unfolds one).

    ``df`` has the columns of ``sitrep.Page`` that are known: one or more of ``text``, ``html``, ``bytes``, and ``id``, ``url``, ``outlet``,
    ``published``, ... Or it has a column ``path`` of files that every worker can read (web archives, feeds): then there is a row for each page in
    them, and ``id`` is its name. ``gazetteer`` is a folder on every worker.
    """
    names = [_known(name) for name in tables]
    shapes = {name: _shape(name) for name in names}
    fields = [StructField(name, from_arrow_schema(pa.schema([("it", pa.list_(shape))]))["it"].dataType) for name, shape in shapes.items()]

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        kit = _kit(gazetteer, actors)
        for ids, given, errors in _pages(batches):
            made, counts, failed = _native.analyze_tables([page for page in given if page is not None], names, 1, False, kit)
            at = [number for number, page in enumerate(given) if page is not None]
            for number, why in failed:
                errors[at[number]] = why
            columns = [pa.array(ids, pa.string()), pa.array(errors, pa.string())]
            for native, of_page in zip(made, counts):
                rows = [0] * len(given)
                for number, count in zip(at, of_page):
                    rows[number] = count
                columns.append(_folded(pa.table(native), rows))
            yield pa.RecordBatch.from_arrays(columns, ["id", "error", *names])

    return df.mapInArrow(work, StructType([StructField("id", StringType()), StructField("error", StringType()), *fields]))


def pack(df: DataFrame, *, gazetteer: Optional[str] = None, actors: Optional[bytes] = None) -> DataFrame:
    """Understand each page and pack it for ``gather``: columns ``id``, ``error``, ``packed``. ``df`` is as for ``analyze``."""
    shape = StructType([StructField("id", StringType()), StructField("error", StringType()), StructField("packed", BinaryType())])

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        kit = _kit(gazetteer, actors)
        for ids, given, errors in _pages(batches):
            packed: list[Optional[bytes]] = [None] * len(given)
            at = [number for number, page in enumerate(given) if page is not None]
            for number, (report, why) in zip(at, _native.pack([given[number] for number in at], 1, kit)):
                packed[number], errors[number] = report, why
            columns = [pa.array(ids, pa.string()), pa.array(errors, pa.string()), pa.array(packed, pa.binary())]
            yield pa.RecordBatch.from_arrays(columns, ["id", "error", "packed"])

    return df.mapInArrow(work, shape)


def table(reports: DataFrame, name: str) -> DataFrame:
    """One of the tables that ``analyze`` gave, a row a row."""
    return reports.selectExpr(f"inline({_known(name)})")


def gather(packed: DataFrame, path: Path, *, kit: Optional[_native.Kit] = None) -> Record:
    """Make the record ``path``, on this machine, of what ``pack`` packed: the same bytes as ``Record.build`` makes of the same pages.

    Pages come one partition at a time; events are made on this machine, whose memory sets the limit (``docs/scale.md``).
    """
    rows = packed.where("packed IS NOT NULL").select("packed").toLocalIterator(prefetchPartitions=True)
    return Record.gather(path, (bytes(row.packed) for row in rows), kit=kit)


def _known(name: str) -> str:
    if name not in TABLES:
        raise InputError(f"no table {name}; sitrep.TABLES names them")
    return name


def _shape(name: str) -> pa.StructType:
    (empty,), _, _ = _native.analyze_tables([], [name])
    return pa.struct(list(pa.table(empty).schema))


def _kit(gazetteer: Optional[str], actors: Optional[bytes]) -> Optional[_native.Kit]:
    """A user's own kit, loaded once a worker."""
    if gazetteer is None and actors is None:
        return None
    if (gazetteer, actors) not in _kits:
        _kits[gazetteer, actors] = _native.Kit(gazetteer, actors)
    return _kits[gazetteer, actors]


def _folded(rows: pa.Table, counts: list[int]) -> pa.Array:
    """The rows as one list a page."""
    whole = rows.combine_chunks()
    columns = [column.chunk(0) if column.num_chunks else pa.array([], column.type) for column in whole.columns]
    values = pa.StructArray.from_arrays(columns, fields=list(whole.schema))
    offsets = [0]
    for count in counts:
        offsets.append(offsets[-1] + count)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)


def _pages(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[list[Any], list[Any], list[Optional[str]]]]:
    """Some pages at a time: ids, pages (``None`` where there is none), errors."""
    some: list[tuple[Any, Any, Optional[str]]] = []
    for one in (page for batch in batches for page in _of_batch(batch)):
        some.append(one)
        if len(some) == PAGES_AT_ONCE:
            yield tuple(map(list, zip(*some)))
            some = []
    if some:
        yield tuple(map(list, zip(*some)))


def _of_batch(batch: pa.RecordBatch) -> Iterator[tuple[Any, Any, Optional[str]]]:
    names = set(batch.schema.names)
    if "path" in names and not names & set(_WORDS):
        for path in batch.column("path").to_pylist():
            for page in read([path]):
                yield (page.name, None, page.why) if isinstance(page, Failure) else (page.name, page, None)
        return
    if not names & set(_WORDS):
        raise InputError("a DataFrame of pages has a column text, html or bytes, or a column path")
    for row in batch.select([name for name in batch.schema.names if name in (*_FIELDS, "id")]).to_pylist():
        page_id = row.pop("id", None)
        told = None if page_id is None else str(page_id)
        try:
            page = as_page({key: value for key, value in row.items() if value is not None} | {"id": told}, "the page")
            yield told, as_tuple(page, "the page"), None
        except InputError as error:
            yield told, None, str(error)
