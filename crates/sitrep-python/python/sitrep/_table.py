"""A table in Arrow's memory layout.

In: the native table. Out: dataframes of other libraries without copies (the Arrow PyCapsule interface), or plain rows. Imports no other library
until asked for its dataframe.
"""

from __future__ import annotations

import html
import importlib
from collections.abc import Iterator
from typing import Any, Optional

from . import _native
from .errors import MissingLibraryError

_SHOWN_ROWS = 10
_SHOWN_CHARS = 80


class Table:
    """Columns and rows. ``pyarrow.table(t)``, ``polars.DataFrame(t)``, ``duckdb.sql("FROM t")`` and whatever else knows Arrow read it as it is."""

    def __init__(
        self, native: _native.Table, failed: Optional[list[tuple[Any, str]]] = None, rows_of_page: Optional[list[int]] = None
    ) -> None:
        self._native = native
        #: How many rows come from each page, when the table comes from ``analyze_tables``.
        self.rows_of_page: list[int] = rows_of_page or []
        #: Pages that could not be read, when the table comes from ``analyze_tables``: id and why.
        self.failed: list[tuple[Any, str]] = failed or []

    @property
    def name(self) -> str:
        """What the table is called: one of ``sitrep.TABLES``."""
        return self._native.name

    @property
    def columns(self) -> dict[str, str]:
        """The Arrow type of each column, by name."""
        return dict(self._native.columns)

    def __len__(self) -> int:
        return len(self._native)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = list(self.columns)
        return (dict(zip(names, row)) for row in self._native.rows())

    def rows(self, most: Optional[int] = None) -> list[tuple[Any, ...]]:
        """Rows of plain values: days as texts, lists as lists, ``None`` where nothing is known."""
        return self._native.rows(most)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> Any:
        """As ``pyarrow.Table``."""
        return _library("pyarrow").table(self)

    def to_pandas(self) -> Any:
        """As ``pandas.DataFrame``; needs pandas and pyarrow."""
        _library("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """As ``polars.DataFrame``."""
        return _library("polars").DataFrame(self)

    def to_geopandas(self) -> Any:
        """As ``geopandas.GeoDataFrame``: for ``record.events(geometry=True)``."""
        return _library("geopandas").GeoDataFrame.from_arrow(self.to_arrow())

    def __repr__(self) -> str:
        return f"<sitrep.Table {self.name}: {len(self)} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{_shown(cell)}</td>" for cell in row) + "</tr>" for row in self.rows(_SHOWN_ROWS))
        more = f"<p>{len(self)} rows, the first {_SHOWN_ROWS} shown</p>" if len(self) > _SHOWN_ROWS else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _shown(cell: Any) -> str:
    text = "" if cell is None else "; ".join(cell) if isinstance(cell, list) else str(cell)
    return html.escape(text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…")


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingLibraryError(f"{name} is needed for this: pip install {name}") from error
