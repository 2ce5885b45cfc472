"""The guide and the notebook do what they say."""

import doctest
import json
import pathlib
import re

import notebook
import sitrep

ROOT = pathlib.Path(__file__).resolve().parents[2]
OPTIONS = doctest.ELLIPSIS


def test_the_guide(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    blocks = re.findall(r"^```pycon\n(.*?)^```", page, re.M | re.S)
    assert len(blocks) >= 6
    names, runner = {}, doctest.DocTestRunner(optionflags=OPTIONS)
    for number, block in enumerate(blocks):
        test = doctest.DocTestParser().get_doctest(block, names, f"block {number}", "docs/python.md", 0)
        runner.run(test, clear_globs=False)
        names.update(test.globs)
    assert runner.tries > 20 and runner.failures == 0


def test_the_words_of_the_package():
    assert doctest.testmod(sitrep).failed == 0


def test_the_guide_names_every_exception_table_and_layer():
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    classes = [name for name in dir(sitrep.errors) if name.endswith("Error")]
    assert len(classes) > 8
    for name in [*classes, *sitrep.TABLES, *sitrep.LAYERS]:
        assert re.search(rf"\b{name}\b", page), name


def test_the_notebook_runs_and_shows_what_it_showed():
    kept = json.loads(notebook.PLACE.read_text("utf-8"))
    told = notebook.in_a_folder(kept)
    cells = [cell for cell in kept["cells"] if cell["cell_type"] == "code"]
    assert len(told) == len(cells) >= 6
    for cell, (printed, _) in zip(cells, told):
        shown = "".join("".join(output["text"]) for output in cell["outputs"] if output["output_type"] == "stream")
        assert printed == shown
