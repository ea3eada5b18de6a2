"""The nouns of the house: frozen values that the stages hand to each other.

    Report -> Toponym -> Resolution (a Toponym with its Place) -> Claim -> Footprint -> layers
                                                                  Claim -> Event

Offsets are code points into ``Report.text`` (NFC), half-open.  Latitudes and longitudes are
degrees, WGS 84; geometry is EPSG:4326 with longitude first.  Every number has its unit in its name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from geo.kinds import PlaceKind, RelationKind

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from shapely.geometry.base import BaseGeometry

__all__ = [
    "Candidate",
    "Claim",
    "ControlStatus",
    "Course",
    "Event",
    "Footprint",
    "Kind",
    "Place",
    "PlaceKind",
    "Quantity",
    "Rejection",
    "Relation",
    "RelationKind",
    "Report",
    "Resolution",
    "Result",
    "Span",
    "Stage",
    "Status",
    "TimeInterval",
    "Toponym",
]


class Kind(StrEnum):
    """What a claim states (``gold/README.md`` defines them)."""

    CONCENTRATION = "concentration"
    STRIKE = "strike"
    CONTROL = "control"
    ADVANCE = "advance"
    WITHDRAWAL = "withdrawal"
    CLASH = "clash"


class Status(StrEnum):
    """Whether the report states it as so, as coming, or as not so."""

    REPORTED = "reported"
    EXPECTED = "expected"
    DENIED = "denied"


class ControlStatus(StrEnum):
    """How sure control is; ``ASSESSED`` comes only from data that the user brings."""

    STATED = "stated"
    CLAIMED = "claimed"
    CONTESTED = "contested"
    ASSESSED = "assessed"


class Stage(StrEnum):
    """Where on the way something was left out."""

    REPORT = "report"
    CLAIM = "claim"
    PLACE = "place"
    SHAPE = "shape"


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A report as read [Dublin Core].

    Attributes
    ----------
    id
        The identifier given with the input, else the sha256 of url and text.
    text
        The words, normalised to NFC.
    language
        BCP 47 tag; ``und`` where it could not be told.
    publisher, url
        Who published it and where; empty where unknown.
    issued
        When it was published, with its time zone; None where unknown.
    extra
        Other fields of the input, kept apart and never read as claims.
    """

    id: str
    text: str
    language: str = "und"
    publisher: str = ""
    url: str = ""
    issued: datetime | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Words of a report [W3C TextPositionSelector and TextQuoteSelector]."""

    report_id: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A stated number as a range, its words kept.

    ``dimension`` is ``count``, ``area`` (unit ``km2``), ``distance`` (unit ``km``) or ``duration``
    (unit ``days``).  ``unit`` of a count is an English plural: soldiers, drones, missiles, bombs, shells,
    vehicles, clashes, strikes, settlements ...; empty where not told.  "more than N" has no high.
    """

    span: Span
    dimension: str
    low: float | None
    high: float | None
    unit: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeInterval:
    """When, as inclusive dates; ``time_precision`` after ACLED: 1 day, 2 week, 3 month."""

    start: date | None
    end: date | None
    time_precision: int = 1
    span: Span | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """How the words place a thing against the named place.

    Attributes
    ----------
    kind
        The rule to draw by.
    direction
        N, NE, E, SE, S, SW, W, NW, or C for the centre; None where not told.  For ``BANK`` it is L or R.
    distance_km_low, distance_km_high
        Stated distance, kilometres.
    span
        The words that say so.
    """

    kind: RelationKind = RelationKind.AT
    direction: str | None = None
    distance_km_low: float | None = None
    distance_km_high: float | None = None
    span: Span | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An entry of a gazetteer [GeoNames columns, Darwin Core].

    Attributes
    ----------
    gazetteer, id
        Which gazetteer and its identifier there (``geonames`` and the geonameid, ``katottg`` and code ...).
    name
        The common English name.
    latitude, longitude
        Degrees, WGS 84.
    kind
        What sort of place it is.
    feature_class, feature_code
        GeoNames classes and codes (``P``/``PPL``, ``A``/``ADM1`` ...).
    country_code, admin1_code, admin2_code
        ISO 3166-1 alpha-2 and GeoNames unit codes; empty where none.
    coordinate_uncertainty_m
        Radius in metres of the circle that surely holds the place [Darwin Core].
    boundary
        Key of its polygon in the boundaries file, or empty.
    population
        People; 0 where unknown.
    names
        The place's display name by BCP 47 tag, for popups in the reader's language.
    """

    gazetteer: str
    id: str
    name: str
    latitude: float
    longitude: float
    kind: PlaceKind
    feature_class: str = ""
    feature_code: str = ""
    country_code: str = ""
    admin1_code: str = ""
    admin2_code: str = ""
    coordinate_uncertainty_m: float = 0.0
    boundary: str = ""
    population: int = 0
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Toponym:
    """A name as a report writes it, with its relation; not yet a place.

    Attributes
    ----------
    span
        The words that name the place, with kind words and relation ("the eastern part of the Kursk region").
    name
        The bare name to look up ("Kursk region").
    name_span
        Where the bare name stands.
    relation
        How the words place a thing against it.
    kind_hint
        What the words around say it is ("the city of", "область"); None where they do not.
    others
        Further names of the relation ("between A and B": B).
    within
        Names of larger units written beside it ("Pokrovsk, Donetsk oblast": Donetsk oblast).
    role
        ``place``; ``government`` for capitals and countries that act as governments; ``unit_only`` for a
        larger unit that only locates a smaller one; ``origin`` for launch places and origins of troops.
    """

    span: Span
    name: str
    name_span: Span
    relation: Relation = Relation()
    kind_hint: PlaceKind | None = None
    others: tuple[Toponym, ...] = ()
    within: tuple[Toponym, ...] = ()
    role: str = "place"


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """One possible place of a name, its score (0 to 1) and each piece of evidence for it."""

    place: Place
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """A toponym with the place chosen for it, or None where the evidence does not suffice."""

    toponym: Toponym
    place: Place | None
    score: float = 0.0
    why: tuple[str, ...] = ()
    alternatives: tuple[Candidate, ...] = ()
    others: tuple[Resolution, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """From where to where a movement goes, as far as its words tell.

    Attributes
    ----------
    start
        Where it sets out ("from Selydove"); None where the words do not say.
    way
        Places that it goes through, in order.
    aim
        Where it leads ("towards Pokrovsk"); None where only its start or its direction is told.
    direction
        N, NE, E, SE, S, SW, W or NW ("pushed westwards"); None where not told.
    span
        The words that say so.
    """

    start: Resolution | None = None
    way: tuple[Resolution, ...] = ()
    aim: Resolution | None = None
    direction: str | None = None
    span: Span | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What a report says; what is drawn for it is a `Footprint`.

    Attributes
    ----------
    id
        Stable: sha256 (first 16 hex digits) of report id, kind, status, actors, quote start and place words.
    report_id, kind, status
        See `Kind` and `Status`.
    actors
        ISO 3166 alpha-3 codes, sorted, of those who mass, strike, hold, advance or withdraw.
    place
        The toponym with its chosen place.
    count, area
        Stated number and area, or None.
    time
        When it happened, by the rulings on dates.
    attribution
        Who says so, as written, or None for the report's own voice.
    asserted_by
        ISO 3166 alpha-3 code of the side that asserts it; empty where neither or unknown.
    control_status
        Only for control; None otherwise.
    quote
        The sentence it rests on.
    rule
        Name of the rule that found it.
    course
        From where to where an advance or a withdrawal goes, where its words tell; None otherwise.
    party, asserted_party
        Which group acts, and which says so, where both sides of a war bear their country's code: RSF, HTS,
        M23 ..., the country's own code for its government; empty where the words do not tell.
    """

    id: str
    report_id: str
    kind: Kind
    status: Status
    place: Resolution
    quote: Span
    actors: tuple[str, ...] = ()
    count: Quantity | None = None
    area: Quantity | None = None
    time: TimeInterval
    attribution: str | None = None
    asserted_by: str = ""
    control_status: ControlStatus | None = None
    rule: str = ""
    course: Course | None = None
    party: str = ""
    asserted_party: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Footprint:
    """What is drawn for a claim.

    Attributes
    ----------
    geometry
        EPSG:4326, longitude first; the outer (high) outline where there are two.
    inner
        The low outline of a zone of stated size, or None.
    latitude, longitude
        Representative point, degrees.
    coordinate_uncertainty_m
        Metres [Darwin Core].
    geo_precision
        ACLED: 1 exact place, 2 near it or part of a region, 3 region.
    where_prec
        UCDP: 1 exact ... 6 country.
    georeference_protocol
        Name of the rule that drew it [Darwin Core].
    schematic
        True where a shape was drawn by rule and not after a known outline.
    course
        Line along which the claim's side moves, EPSG:4326, from its start to its aim; None where unknown.
    bearing_deg
        Where it heads at the end of its course, degrees clockwise from north; None where unknown.
    course_protocol
        Name of the rule that found the course; empty where there is none.
    """

    geometry: BaseGeometry
    latitude: float
    longitude: float
    coordinate_uncertainty_m: float
    geo_precision: int
    where_prec: int
    georeference_protocol: str
    inner: BaseGeometry | None = None
    schematic: bool = False
    course: BaseGeometry | None = None
    bearing_deg: float | None = None
    course_protocol: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Claims of one or more reports that tell the same thing."""

    id: str
    claims: tuple[Claim, ...]
    sources: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejection:
    """What did not become a shape, and why."""

    report_id: str
    stage: Stage
    reason: str
    span: Span | None = None
    claim_id: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What came of the reports; every claim has a footprint or a rejection."""

    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]
    footprints: Mapping[str, Footprint] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    rejections: tuple[Rejection, ...] = ()
