"""Runs the code cells of a notebook, as Jupyter would, with nothing but the standard library.

In: a notebook. Out: what each code cell printed or showed as text. With `--write`, puts that into the notebook. Knows no magic commands.
"""

import ast
import contextlib
import io
import json
import os
import pathlib
import sys
import tempfile

PLACE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "python.ipynb"


def run(notebook):
    """Texts and what was shown last, a pair a code cell; `_repr_html_` is called where there is one."""
    names, told = {"__name__": "__main__"}, []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(tree, "cell", "exec"), names)
            value = eval(compile(last, "cell", "eval"), names) if last else None
        if hasattr(value, "_repr_html_"):
            assert value._repr_html_().lstrip().startswith("<")
        told.append((printed.getvalue(), value))
    return told


def in_a_folder(notebook):
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            return run(notebook)
        finally:
            os.chdir(here)


def main():
    notebook = json.loads(PLACE.read_text("utf-8"))
    told = iter(in_a_folder(notebook))
    for number, cell in enumerate((cell for cell in notebook["cells"] if cell["cell_type"] == "code"), 1):
        printed, value = next(told)
        cell["execution_count"], cell["outputs"] = number, []
        if printed:
            cell["outputs"].append({"output_type": "stream", "name": "stdout", "text": printed.splitlines(keepends=True)})
        if value is not None:
            data = {"text/plain": repr(value).splitlines(keepends=True)}
            cell["outputs"].append({"output_type": "execute_result", "execution_count": number, "data": data, "metadata": {}})
    PLACE.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        main()
    else:
        print(in_a_folder(json.loads(PLACE.read_text("utf-8"))))
