"""What can go wrong, as exceptions.

In: nothing. Out: classes; each also is the built-in exception a program would look for. Odd text is never one of these: it gives a smaller
answer and notes.
"""


class SitrepError(Exception):
    """Anything this package could not do."""


class InputError(SitrepError, ValueError):
    """What was given makes no sense: a day that is none, an unknown layer or table, a page without words."""


class RecordError(SitrepError):
    """A record could not be made, read or changed."""


class RecordMissingError(RecordError, FileNotFoundError):
    """There is no file of that name."""


class RecordExistsError(RecordError, FileExistsError):
    """There is a file of that name already."""


class RecordFormatError(RecordError, ValueError):
    """The file is no record, is damaged, or was written by another version of the program."""


class RecordBusyError(RecordError):
    """Another program is changing the record."""


class NothingReadError(RecordError):
    """None of the inputs could be read, so no record was made."""


class QueryError(SitrepError, ValueError):
    """A query in SQL that cannot be answered."""


class MissingLibraryError(SitrepError, ImportError):
    """Another library is needed for what was asked; the message names it."""
