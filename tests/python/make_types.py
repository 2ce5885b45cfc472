"""Writes `crates/sitrep-python/python/sitrep/types.py` from the program's own JSON Schemas.

In: the program (SITREP_PROGRAM). Out: the module on standard output, or with `--write` in its place. Never kept by hand, so it cannot lag behind
the code; a test compares.
"""

import json
import keyword
import os
import pathlib
import subprocess
import sys

PLACE = pathlib.Path(__file__).resolve().parents[2] / "crates" / "sitrep-python" / "python" / "sitrep" / "types.py"
HEAD = '''"""The shapes of what `sitrep.analyze` gives, for editors and type checkers.

In: nothing. Out: `TypedDict` classes, made from the program's JSON Schemas by `tests/python/make_types.py`; do not edit. Fields of a base class whose
name starts with `_` are always there; the others may be left out.
"""

from __future__ import annotations

from typing import Any, Optional, TypedDict, Union
'''
TAIL = '''

class Note(TypedDict, total=False):
    """Something noticed while reading. `code` is stable; `start` and `end` are there when it has a place in the text."""

    code: str
    message: str
    start: int
    end: int


class Report(TypedDict, total=False):
    """What one page says: `id` and `error` always, and the layers asked for (`notes` always)."""

    #: The page's own, or its number.
    id: Any
    #: Why it could not be read; `None` when it was.
    error: Optional[str]
    #: The text that offsets count in.
    text: Optional[str]
    document: Optional[dict[str, Any]]
    tokens: list[dict[str, Any]]
    sentences: list[dict[str, Any]]
    entities: list[dict[str, Any]]
    times: list[dict[str, Any]]
    places: list[dict[str, Any]]
    attributions: list[dict[str, Any]]
    claims: list[Claim]
    notes: list[Note]
'''
SIMPLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None", "object": "dict[str, Any]"}


def kind(schema, defs):
    """The annotation of a value."""
    if not isinstance(schema, dict):
        return "Any"
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return name if "properties" in defs[name] else kind(defs[name], defs)
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return union([kind(one, defs) for one in schema[several]])
    found = schema.get("type")
    if isinstance(found, list):
        return union([kind({**schema, "type": one}, defs) for one in found])
    if found == "array":
        return f"list[{kind(schema.get('items'), defs)}]"
    return SIMPLE.get(found, "Any")


def union(kinds):
    kinds = list(dict.fromkeys(kinds))
    some = [one for one in kinds if one != "None"]
    inner = some[0] if len(some) == 1 else f"Union[{', '.join(some)}]"
    return f"Optional[{inner}]" if "None" in kinds else inner


def about(shape):
    """The first line of a description; JSON counts characters where the types of the program count bytes."""
    said = ((shape.get("description") or "") if isinstance(shape, dict) else "").split("\n")[0]
    return said.replace("First byte", "First character").replace("last byte", "last character").replace("in bytes", "in code points")


def one_class(name, base, total, words, shapes, defs):
    """A class; a call where a field's name is a word of Python's own."""
    of = f"({base}{'' if total else ', total=False'})"
    if any(keyword.iskeyword(field) for field in shapes):
        assert base == "TypedDict", name
        lines = [f'    # {about(shape)}\n    "{field}": "{kind(shape, defs)}",' for field, shape in shapes.items()]
        return f"#: {words}\n{name} = TypedDict(\n    \"{name}\",\n    {{\n" + "\n".join(lines).replace("\n", "\n    ").join(["    ", "\n"]) + f"    }},\n{'' if total else '    total=False,' + chr(10)})\n"
    lines = [(f"    #: {about(shape)}\n" if about(shape) else "") + f"    {field}: {kind(shape, defs)}" for field, shape in shapes.items()]
    return f'class {name}{of}:\n    """{words}"""\n\n' + "\n".join(lines) + "\n"


def typed_dict(name, schema, defs):
    """One class, or two when some fields may be left out."""
    required = set(schema.get("required", []))
    always = {field: shape for field, shape in schema["properties"].items() if field in required}
    others = {field: shape for field, shape in schema["properties"].items() if field not in required}
    words = about(schema) or name
    if not others or not always:
        return one_class(name, "TypedDict", bool(always), words, always or others, defs)
    if any(keyword.iskeyword(field) for field in others):
        return one_class(name, "TypedDict", False, words, {**always, **others}, defs)
    first = one_class(f"_{name}", "TypedDict", True, f"The fields of `{name}` that are always there.", always, defs)
    return first + "\n\n" + one_class(name, f"_{name}", False, words, others, defs)


def module(program):
    told = subprocess.run([program, "schema", "claim"], capture_output=True, text=True, check=True).stdout
    schema = json.loads(told)
    defs = schema.get("$defs", {})
    classes = [typed_dict(name, shape, defs) for name, shape in sorted(defs.items()) if "properties" in shape]
    classes.append(typed_dict("Claim", schema, defs))
    return HEAD + "".join("\n\n" + one for one in classes) + TAIL


if __name__ == "__main__":
    made = module(os.environ["SITREP_PROGRAM"])
    if sys.argv[1:] == ["--write"]:
        PLACE.write_text(made, encoding="utf-8")
    else:
        sys.stdout.write(made)
