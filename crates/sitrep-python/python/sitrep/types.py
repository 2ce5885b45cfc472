"""The shapes of what `sitrep.analyze` gives, for editors and type checkers.

In: nothing. Out: `TypedDict` classes, made from the program's JSON Schemas by `tests/python/make_types.py`; do not edit. Fields of a base class whose
name starts with `_` are always there; the others may be left out.
"""

from __future__ import annotations

from typing import Any, Optional, TypedDict, Union


class _ActorRef(TypedDict):
    """The fields of `ActorRef` that are always there."""

    #: As said.
    text: str
    #: Neutral display name, or the name as said.
    name: str


class ActorRef(_ActorRef, total=False):
    """An actor as mentioned and as known."""

    #: Id in the actor list, when it is there.
    actor_id: Optional[str]
    #: `state forces`, `rebels`, `militia`, `civilians`, `international`, …
    kind: Optional[str]
    #: Names of the bodies it is part of, by the text or by the list.
    member_of: list[str]
    #: The words a pronoun or description stands for.
    refers_to: Optional[str]


class _AttributionLink(TypedDict):
    """The fields of `AttributionLink` that are always there."""

    #: What sort of source.
    type: str
    #: What the source commits to.
    stance: str
    #: The writer's choice of word.
    author_stance: str
    #: How the text signals it.
    form: str
    #: What it rests on.
    basis: str


class AttributionLink(_AttributionLink, total=False):
    """One link of the chain of those who say it; the outermost speaker first."""

    #: Who, as said; absent when nobody is named.
    holder: Optional[str]
    #: The words that attribute.
    cue: Optional[str]
    #: The actor the holder is or speaks for, when known.
    actor_id: Optional[str]
    #: Where the holder stands, in code points of the document's text.
    holder_span: Optional[Span]
    #: Where the cue stands, in code points of the document's text.
    cue_span: Optional[Span]


class Certainty(TypedDict, total=False):
    """Certainty on −3 (surely not) to +3 (surely), 0 uncommitted; absent when the words leave it unknown."""

    #: How far the author commits.
    author: Optional[int]
    #: How far the innermost source commits.
    source: Optional[int]
    #: The words that carry it.
    word: Optional[str]


class Codes(TypedDict, total=False):
    """Codes of other schemes; a look-up in the event type table."""

    #: ACLED sub-event type.
    acled: Optional[str]
    #: PLOVER event and mode.
    plover: Optional[str]
    #: CAMEO code.
    cameo: Optional[str]


class _ForecastView(TypedDict):
    """The fields of `ForecastView` that are always there."""

    #: How the window was made, in words: `P1M from published`.
    rule: str
    #: What would make it true, in words.
    criteria: str


class ForecastView(_ForecastView, total=False):
    """The forecast inside one claim."""

    #: First and last day; absent when no window is said or no date is known.
    window: Optional[list[str]]
    #: How likely.
    likelihood: Optional[Likelihood]


class _Instrument(TypedDict):
    """The fields of `Instrument` that are always there."""

    #: As said.
    text: str


class Instrument(_Instrument, total=False):
    """A weapon or means."""

    #: `aircraft`, `artillery`, `mine`, …, when known.
    kind: Optional[str]


class _Likelihood(TypedDict):
    """The fields of `Likelihood` that are always there."""

    #: Lowest probability, 0 to 1.
    low: float
    #: Highest probability, 0 to 1.
    high: float
    #: Whose numbers: `ICD 203`, …
    yardstick: str


class Likelihood(_Likelihood, total=False):
    """A word of likelihood and the numbers a named yardstick gives it."""

    #: The word as said.
    word: Optional[str]


class _Place(TypedDict):
    """The fields of `Place` that are always there."""

    #: As said.
    text: str
    #: How far it is understood.
    status: str


class Place(_Place, total=False):
    """A place in a claim."""

    #: The gazetteer's name, or the name as said.
    name: Optional[str]
    #: Degrees north, of the centre.
    lat: Optional[float]
    #: Degrees east, of the centre.
    lon: Optional[float]
    #: Kilometres from the centre within which the place lies.
    radius_km: Optional[float]
    #: GeoNames id.
    geonames_id: Optional[int]
    #: ISO 3166-1 alpha-2 code of the country.
    country: Optional[str]
    #: `city`, `village`, `facility`, `region`, `river`, `border`, `country`, …
    kind: Optional[str]
    #: How it is told by another place.
    relation: Optional[Relation]
    #: Precision codes; absent when nothing is located.
    precision: Optional[PlacePrecision]
    #: The shape, when it is more than a disc.
    area: Optional[dict[str, Any]]


class PlacePrecision(TypedDict):
    """Precision codes of the two big event sets."""

    #: UCDP GED `where_prec`, 1 (exact) to 7.
    ucdp: int
    #: ACLED `geo_precision`, 1 to 3.
    acled: int


class _Quantity(TypedDict):
    """The fields of `Quantity` that are always there."""

    #: As said.
    text: str
    #: What is counted: `distance_km`, `killed`, `wounded`, `tank`, `fighters`, …
    kind: str


class Quantity(_Quantity, total=False):
    """A number with what it counts."""

    #: Lowest; absent when that end is open.
    low: Optional[float]
    #: Best; absent when only words are given.
    best: Optional[float]
    #: Highest; absent when that end is open.
    high: Optional[float]
    #: Of which group.
    of: Optional[str]
    #: A running total, not this event's own.
    cumulative: bool


class Relation(TypedDict, total=False):
    """How a place is told by another one."""

    #: The other place, by its name.
    anchor: Optional[str]
    #: How far from it, in kilometres.
    distance_km: Optional[float]
    #: In which direction from it.
    bearing: Optional[str]
    #: "between A and B".
    between: Optional[list[str]]
    #: `near`, `outskirts`, `countryside`, `front`, `bank`, `border`, `towards`, …
    kind: Optional[str]


class Span(TypedDict):
    """A half-open range of bytes in one document's text, on character boundaries."""

    #: First character.
    start: int
    #: One past the last character.
    end: int


class _Thing(TypedDict):
    """The fields of `Thing` that are always there."""

    #: As said.
    text: str


class Thing(_Thing, total=False):
    """A thing a deed is done to: a bridge, a bus, a house. Who is hit stands among the targets."""

    #: `infrastructure`, `vehicle`, `aircraft`, …, when known.
    kind: Optional[str]


#: A time in a claim.
Time = TypedDict(
    "Time",
    {
        # TIMEX3 type.
        "type": "str",
        # TIMEX3 value.
        "value": "str",
        # What it was worked out from.
        "anchor": "str",
        # As said; absent when the time follows from the report's own date.
        "text": "Optional[str]",
        # TIMEX3 modifier: `START`, `MID`, `END`, `BEFORE`, `AFTER`, `APPROX`, …
        "mod": "Optional[str]",
        # First possible day; absent when that end is open.
        "from": "Optional[str]",
        # Last possible day; absent when that end is open.
        "to": "Optional[str]",
        # Precision codes; absent when no days are known.
        "precision": "Optional[TimePrecision]",
    },
    total=False,
)


class TimePrecision(TypedDict):
    """Precision codes of the two big event sets."""

    #: UCDP GED `date_prec`, 1 (exact) to 5.
    ucdp: int
    #: ACLED `time_precision`, 1 to 3.
    acled: int


class _Translated(TypedDict):
    """The fields of `Translated` that are always there."""

    #: The original, by path or address as the user named it.
    of: str


class Translated(_Translated, total=False):
    """What a page translates."""

    #: Who translated it.
    by: Optional[str]
    #: The day of the translation.
    on: Optional[str]
    #: The original's page, when it is in the record.
    page: Optional[str]


class _Claim(TypedDict):
    """The fields of `Claim` that are always there."""

    #: Content hash of document, span and proposition.
    claim_id: str
    #: The document it stands in.
    document: str
    #: The input's name, for people.
    document_path: str
    #: Which voice speaks.
    voice: str
    #: First character of the passage in the document's text.
    start: int
    #: One past its last character.
    end: int
    #: The passage itself.
    quote: str
    #: The whole sentence the passage stands in: first byte.
    sentence_start: int
    #: One past the sentence's last character.
    sentence_end: int
    #: What happened.
    event: str
    #: The same in other schemes.
    codes: Codes
    #: Who did it.
    actors: list[ActorRef]
    #: To whom or what.
    targets: list[ActorRef]
    #: With what.
    instruments: list[Instrument]
    #: Numbers.
    quantities: list[Quantity]
    #: How real.
    status: str
    #: So, or not so.
    polarity: str
    #: Not for the first time.
    again: bool
    #: Who says so, outermost first; one link of type AUTHOR when nobody else.
    attribution: list[AttributionLink]
    #: How sure they are.
    certainty: Certainty
    #: 0 to 1: how sure the reading is; never what the source claims.
    extraction: float
    #: The rules that made it.
    rule: str
    #: What was noticed.
    notes: list[str]


class Claim(_Claim, total=False):
    """One line of `sitrep claims`: a claim, and of a translated page what it translates."""

    #: The comment, when a reader speaks.
    comment_id: Optional[str]
    #: What was hit, taken or destroyed.
    things: list[Thing]
    #: The operation's own name, as in “Operation Northern Star”.
    operation: Optional[str]
    #: Where it happened.
    place: Optional[Place]
    #: When it happened.
    time: Optional[Time]
    #: Where it came from.
    origin: Optional[Place]
    #: Where it was heading.
    destination: Optional[Place]
    #: The claim it depends on.
    condition: Optional[str]
    #: The condition in words, when no claim stands for it.
    condition_text: Optional[str]
    #: The earlier claim this one confirms, denies or is silent on.
    about: Optional[str]
    #: What is foreseen, when the status is `forecast`.
    forecast: Optional[ForecastView]
    #: The original that the claim's page translates.
    translation: Optional[Translated]


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
