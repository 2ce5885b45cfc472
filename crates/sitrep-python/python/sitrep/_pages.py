"""Pages and texts put in order for the native half.

In: texts, dicts, ``Page`` objects. Out: tuples. Never guesses a day and never drops a page: what cannot be a page raises ``InputError`` before
anything is read.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Optional, Union

from ._native import ReadPage
from .errors import InputError

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
KINDS = ("text", "html", "pdf", "docx")


@dataclass(frozen=True)
class Page:
    """One report with what is known about it; exactly one of ``text``, ``html`` and ``bytes`` holds its words.

    ``bytes`` may be a saved page, plain text, PDF or Word file; what it is shows by its bytes unless ``media_type`` (``text``, ``html``,
    ``pdf``, ``docx``) says so. ``published`` and ``retrieved`` are days (``datetime.date`` or ``"YYYY-MM-DD"``); without a day of publication,
    days without a year stay open. ``id`` comes back with the answer; ``name`` is what a record calls the page.
    """

    text: Optional[str] = None
    html: Optional[str] = None
    bytes: Optional[bytes] = None
    id: Any = None
    name: Optional[str] = None
    url: Optional[str] = None
    outlet: Optional[str] = None
    published: Union[str, datetime.date, None] = None
    retrieved: Union[str, datetime.date, None] = None
    media_type: Optional[str] = None


PageLike = Union[str, Page, ReadPage, Mapping[str, Any]]
_FIELDS = tuple(field.name for field in fields(Page))


def as_page(given: PageLike, place: str) -> Page:
    """``given`` as a ``Page``; ``place`` is where it stands, for the error."""
    if isinstance(given, Page):
        return given
    if isinstance(given, str):
        return Page(text=given)
    if isinstance(given, Mapping):
        unknown = [key for key in given if key not in _FIELDS]
        if unknown:
            raise InputError(f"{place}: a page has no {unknown[0]!r}; it may have {', '.join(_FIELDS)}")
        return Page(**given)
    raise InputError(f"{place}: a page is a text, a dict or a sitrep.Page, not {type(given).__name__}")


def in_order(pages: Iterable[PageLike]) -> tuple[list[Any], list[Any]]:
    """Tuples for the native half, and the ids of the pages: their own, or their numbers."""
    if isinstance(pages, (str, bytes, Mapping, Page)):
        raise InputError("give a list of pages, even of one: [page]")
    given, ids = [], []
    for number, item in enumerate(pages):
        place = f"page {number}"
        if isinstance(item, ReadPage):
            given.append(item)
            ids.append(item.name)
            continue
        page = as_page(item, place)
        given.append(as_tuple(page, place))
        ids.append(number if page.id is None else page.id)
    return given, ids


def as_tuple(page: Page, place: str) -> tuple:
    """Name, kind, bytes, url, outlet, published, retrieved."""
    kind, raw = _words(page, place)
    name = page.name or (page.id if isinstance(page.id, str) and page.id else None)
    name = name or f"{kind or 'page'}-{hashlib.sha256(raw).hexdigest()[:12]}"
    texts = [_text(value, what, place) for what, value in (("name", name), ("url", page.url), ("outlet", page.outlet))]
    days = [_day(value, what, place) for what, value in (("published", page.published), ("retrieved", page.retrieved))]
    return (texts[0], kind, raw, *texts[1:], *days)


def _words(page: Page, place: str) -> tuple[Optional[str], bytes]:
    said = [kind for kind in ("text", "html", "bytes") if getattr(page, kind) is not None]
    if len(said) != 1:
        found = "none of them" if not said else " and ".join(said)
        raise InputError(f"{place}: a page has exactly one of text, html and bytes; this one has {found}")
    (kind,) = said
    value = getattr(page, kind)
    if kind == "bytes":
        if not isinstance(value, (bytes, bytearray, memoryview)):
            raise InputError(f"{place}: bytes are bytes, not {type(value).__name__}")
        if page.media_type is not None and page.media_type not in KINDS:
            raise InputError(f"{place}: media_type is one of {', '.join(KINDS)}, not {page.media_type!r}")
        return page.media_type, bytes(value)
    if not isinstance(value, str):
        raise InputError(f"{place}: {kind} is a str, not {type(value).__name__}; bytes go under bytes=")
    return kind, utf8(value)


def utf8(text: str) -> bytes:
    """``text`` in UTF-8. A lone surrogate, which has no UTF-8, becomes U+FFFD: one code point as before, so offsets hold."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return _LONE_SURROGATES.sub("\ufffd", text).encode("utf-8")


def _text(value: Any, what: str, place: str) -> Optional[str]:
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{place}: {what} is a str, not {type(value).__name__}")
    return utf8(value).decode("utf-8")


def day(value: Any, what: str) -> Optional[str]:
    """A day as ``YYYY-MM-DD``; of a moment only the day counts."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value[:10]).isoformat()
        except ValueError:
            pass
    raise InputError(f"{what} is {value!r}, not a day: datetime.date or YYYY-MM-DD")


def _day(value: Any, what: str, place: str) -> Optional[str]:
    return day(value, f"{place}: {what}")
