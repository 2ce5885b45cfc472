"""`sitrep.Language`: tokens, trees, sentences and entities, offsets in code points."""

import pytest

import sitrep

TEXT = "“The convoy didn't reach France on Monday” 🛰. Nobody knows why."


def test_tokens_trees_and_entities():
    analysis = sitrep.Language()(TEXT)
    words = [analysis.of(token) for token in analysis.tokens]
    verb = words.index("reach")
    assert (analysis.tokens[verb].pos, analysis.tokens[verb].tag, analysis.tokens[verb].morph) == ("VERB", "VB", "VerbForm=Inf")
    convoy = words.index("convoy")
    assert (analysis.tokens[convoy].head, analysis.tokens[convoy].dep, analysis.tokens[convoy].lemma) == (verb, "nsubj", "convoy")
    assert convoy in analysis.children(verb)
    assert [(analysis.of(entity), entity.label) for entity in analysis.entities] == [("France", "GPE"), ("Monday", "DATE")]
    assert analysis.of(analysis.sentences[-1]) == "Nobody knows why."


def test_every_character_but_single_spaces_is_in_a_token():
    for text in (TEXT, "", " ", "\n\n", "🛰", "a  b\tc", "éé éé"):
        tokens = sitrep.Language()(text).tokens
        covered = "".join(text[token.start : token.end] for token in tokens)
        assert covered.replace(" ", "") == text.replace(" ", "")
        assert [token.start for token in tokens] == sorted(token.start for token in tokens)


def test_many_texts_in_order_and_bad_ones_refused():
    texts = [f"Unit {number} left town {number}." for number in range(40)]
    answers = sitrep.Language().pipe(texts, jobs=3)
    assert [answer.text for answer in answers] == texts
    assert all(answer.tokens[1].start == 5 for answer in answers)
    with pytest.raises(sitrep.InputError):
        sitrep.Language().pipe("one text")
    with pytest.raises(sitrep.InputError, match="text 1"):
        sitrep.Language().pipe(["a", 3])
    assert sitrep.Language()("\ud800 a").text == "\ud800 a"


def test_a_long_text_takes_time_in_proportion():
    import time

    def seconds(n):
        text = "Ḥalab fell on Monday, they said. " * n
        begun = time.process_time()
        sitrep.Language().pipe([text], jobs=1)
        return time.process_time() - begun

    seconds(50)
    short, long = seconds(400), seconds(3200)
    assert long < short * 8 * 3
