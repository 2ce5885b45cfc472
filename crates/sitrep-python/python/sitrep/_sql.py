"""Questions in SQL to the tables of a record.

In: a record's tables and a query. Out: rows as dicts. The query meets a copy in memory, made on first use with the SQLite that comes with Python: it
cannot change the record, and it sees what every other view shows (the file itself holds readers' names). Lists are JSON texts (``json_each``), days
are texts (``2017-11-09``).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Union

from ._table import Table
from .errors import QueryError

_TYPES = {"Utf8": "TEXT", "Int64": "INTEGER", "Float64": "REAL", "Date32": "TEXT", "Boolean": "INTEGER"}
Parameters = Union[Sequence[Any], Mapping[str, Any]]


def database(names: Iterable[str], table: Callable[[str], Table]) -> sqlite3.Connection:
    """All tables in one database in memory, closed to changes."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    for name in names:
        it = table(name)
        columns = ", ".join(f'"{column}" {_TYPES.get(kind, "TEXT")}' for column, kind in it.columns.items())
        connection.execute(f'CREATE TABLE "{name}" ({columns})')
        marks = ", ".join("?" * len(it.columns))
        rows = (tuple(json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell for cell in row) for row in it.rows())
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
    connection.commit()
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(_only_looking)
    return connection


def answer(connection: sqlite3.Connection, query: str, parameters: Parameters) -> list[dict[str, Any]]:
    """The rows of one query."""
    try:
        cursor = connection.execute(query, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row)) for row in cursor]
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise QueryError(str(error)) from error


# Changes are refused by `query_only`; these could reach beyond the copy, or lift that.
_REFUSED = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_PRAGMA}


def _only_looking(action: int, *_: object) -> int:
    return sqlite3.SQLITE_DENY if action in _REFUSED else sqlite3.SQLITE_OK
