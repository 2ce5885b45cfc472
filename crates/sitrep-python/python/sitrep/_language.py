"""English, any English: sentences, tokens, trees and named entities.

In: texts. Out: ``Analysis`` objects, offsets in code points. Knows nothing of conflict.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Optional

from . import _native
from ._pages import utf8
from .errors import InputError


class Token(NamedTuple):
    """One token; ``text[start:end]`` are its characters."""

    start: int
    end: int
    #: Dictionary form.
    lemma: str
    #: Penn Treebank tag.
    tag: str
    #: Universal part of speech.
    pos: str
    #: Features in the notation of Universal Dependencies; empty when there are none.
    morph: str
    #: Index of its head among the tokens; a root is its own head.
    head: int
    #: ClearNLP label of the arc to its head.
    dep: str
    #: Whether it is nothing but whitespace.
    is_space: bool


class Span(NamedTuple):
    """A run of tokens: a sentence, or an entity with its OntoNotes label."""

    #: First token.
    first: int
    #: One past its last token.
    last: int
    #: First character.
    start: int
    #: One past its last character.
    end: int
    #: ``GPE``, ``ORG``, ``DATE``, ...; empty for a sentence.
    label: str


class Analysis:
    """A text with its tokens, sentences and entities."""

    def __init__(self, text: str, told: tuple) -> None:
        #: The text as it was given.
        self.text = text
        tokens, sentences, entities = told
        #: Tokens in text order.
        self.tokens: list[Token] = [Token._make(token) for token in tokens]
        #: Sentences in order, covering all tokens.
        self.sentences: list[Span] = [self._span(first, last, "") for first, last in sentences]
        #: Named entities in order, never overlapping.
        self.entities: list[Span] = [self._span(first, last, label) for first, last, label in entities]

    def _span(self, first: int, last: int, label: str) -> Span:
        return Span(first, last, self.tokens[first].start, self.tokens[last - 1].end, label)

    def children(self, index: int) -> list[int]:
        """Indices of the tokens whose head is token ``index``."""
        return [at for at, token in enumerate(self.tokens) if token.head == index and at != index]

    def of(self, part: Token | Span) -> str:
        """The characters of a token, sentence or entity."""
        return self.text[part.start : part.end]

    def __repr__(self) -> str:
        return f"<sitrep.Analysis: {len(self.tokens)} tokens, {len(self.sentences)} sentences, {len(self.entities)} entities>"


class Language:
    """spaCy's small English pipeline in Rust: the same weights, the same answers. Loaded once a process."""

    def __init__(self) -> None:
        self._native = _native.Language()

    def __call__(self, text: str) -> Analysis:
        """Analyse one text."""
        return self.pipe([text])[0]

    def pipe(self, texts: Iterable[str], *, jobs: Optional[int] = None) -> list[Analysis]:
        """Analyse many texts, ``jobs`` at the same time; the answers are in order."""
        if isinstance(texts, str):
            raise InputError("give a list of texts, even of one: [text]")
        texts = list(texts)
        for number, text in enumerate(texts):
            if not isinstance(text, str):
                raise InputError(f"text {number} is a {type(text).__name__}, not a str")
        told = self._native.analyze([utf8(text) for text in texts], jobs)
        return [Analysis(text, answer) for text, answer in zip(texts, told)]
