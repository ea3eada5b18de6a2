"""Times in each language's own script, by the rulings on dates."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language.dates import find_times
from geo.language.lexicon import list_languages, load_lexicon

FRIDAY = datetime(2024, 9, 20, 12, tzinfo=UTC)  # what "published" is where a row does not say


def read(tag, text, published=FRIDAY):
    return [
        (
            str(m.interval.start) if m.interval.start else None,
            str(m.interval.end) if m.interval.end else None,
            m.kind,
        )
        for m in find_times(text, load_lexicon(tag), published)
    ]


DAY = "2024-09-20"
ROWS = {
    "en": [
        ("in February last year", "2023-02-01", "2023-02-28", "month"),
        ("on 14 September", "2024-09-14", "2024-09-14", "date"),
        ("on September 14, 2023", "2023-09-14", "2023-09-14", "date"),
        ("on Sept. 14", "2024-09-14", "2024-09-14", "date"),
        ("on the 14th of September", "2024-09-14", "2024-09-14", "date"),
        ("on the 14th, troops", "2024-09-14", "2024-09-14", "date"),
        ("on 24 December", "2023-12-24", "2023-12-24", "date"),
        ("KYIV, Sept 18 - Drones", "2024-09-18", "2024-09-18", "dateline"),
        ("as of 18 September", "2024-09-18", "2024-09-18", "as_of"),
        ("on October 29 and 30", "2023-10-29", "2023-10-30", "range"),
        ("between 9 and 11 September", "2024-09-09", "2024-09-11", "range"),
        ("from 28 August to 3 September", "2024-08-28", "2024-09-03", "range"),
        ("overnight on 13–14 September", "2024-09-13", "2024-09-14", "range"),
        ("on the night of July 9", "2024-07-09", "2024-07-09", "date"),
        ("on Friday", DAY, DAY, "weekday"),
        ("on Wednesday", "2024-09-18", "2024-09-18", "weekday"),
        ("last Friday", "2024-09-13", "2024-09-13", "weekday"),
        ("on Monday last week", "2024-09-09", "2024-09-09", "weekday"),
        ("next Tuesday", "2024-09-24", "2024-09-24", "weekday"),
        ("today", DAY, DAY, "relative"),
        ("yesterday", "2024-09-19", "2024-09-19", "relative"),
        ("the day before yesterday", "2024-09-18", "2024-09-18", "relative"),
        ("tomorrow", "2024-09-21", "2024-09-21", "relative"),
        ("overnight", DAY, DAY, "overnight"),
        ("over the past day", "2024-09-19", DAY, "past"),
        ("last night", DAY, DAY, "overnight"),
        ("over the previous 24 hours", "2024-09-19", DAY, "past"),
        ("in the past 24 hours", "2024-09-19", DAY, "past"),
        ("over the past 48 hours", "2024-09-18", DAY, "past"),
        ("in the last seventy-two hours", "2024-09-17", DAY, "past"),
        ("over the past week", "2024-09-13", DAY, "past"),
        ("over the past three days", "2024-09-17", DAY, "past"),
        ("over the past month", "2024-08-20", DAY, "past"),
        ("this week", "2024-09-16", DAY, "period"),
        ("this month", "2024-09-01", DAY, "period"),
        ("last week", "2024-09-09", "2024-09-15", "period"),
        ("last month", "2024-08-01", "2024-08-31", "period"),
        ("next week", "2024-09-23", "2024-09-29", "period"),
        ("since 6 August", "2024-08-06", DAY, "since"),
        ("since mid-August", "2024-08-15", DAY, "since"),
        ("since March", "2024-03-01", DAY, "since"),
        ("since 2014", "2014-01-01", DAY, "since"),
        ("by the end of the month", DAY, "2024-09-30", "until"),
        ("by the end of the year", DAY, "2024-12-31", "until"),
        ("until the end of September", DAY, "2024-09-30", "until"),
        ("by Sunday", DAY, "2024-09-22", "until"),
        ("by 1 October", DAY, "2024-10-01", "until"),
        ("in May", "2024-05-01", "2024-05-31", "month"),
        ("in February 2022", "2022-02-01", "2022-02-28", "month"),
        ("mid-August", "2024-08-15", "2024-08-15", "month"),
        ("in early August", "2024-08-01", "2024-08-10", "month"),
        ("in late August", "2024-08-21", "2024-08-31", "month"),
        ("in summer 2023", "2023-06-01", "2023-08-31", "season"),
        ("in 2014", "2014-01-01", "2014-12-31", "year"),
        ("three days ago", "2024-09-17", "2024-09-17", "relative"),
        ("a month ago", "2024-08-20", "2024-08-20", "relative"),
        ("for months", None, DAY, "vague_past"),
        ("recently", None, DAY, "vague_past"),
        ("over the weekend", "2024-09-14", "2024-09-15", "period"),
        ("before winter", DAY, "2025-02-28", "until"),
        ("by the end of 2025", DAY, "2025-12-31", "until"),
        ("overnight on Sunday", "2024-09-15", "2024-09-15", "weekday"),
        ("in the coming days", DAY, None, "vague_future"),
        ("within days", DAY, None, "vague_future"),
        ("06/09/2024", "2024-09-06", "2024-09-06", "date"),
        ("2024-09-06", "2024-09-06", "2024-09-06", "date"),
    ],
    "fr": [
        ("en février de l'année dernière", "2023-02-01", "2023-02-28", "month"),
        ("ces dernières 48 heures", "2024-09-18", DAY, "past"),
        ("les bombes larguées le 12 sur la ville", "2024-09-12", "2024-09-12", "date"),
        ("Le 30, rien", "2024-08-30", "2024-08-30", "date"),
        ("le 14 septembre", "2024-09-14", "2024-09-14", "date"),
        ("mercredi 18 septembre 2024", "2024-09-18", "2024-09-18", "date"),
        ("Kiev, 18 sept. - Des drones", "2024-09-18", "2024-09-18", "dateline"),
        ("le 1er août", "2024-08-01", "2024-08-01", "date"),
        ("dans la nuit du 13 au 14 septembre", "2024-09-13", "2024-09-14", "range"),
        ("du 9 au 11 septembre", "2024-09-09", "2024-09-11", "range"),
        ("ce dimanche", "2024-09-15", "2024-09-15", "weekday"),
        ("vendredi", DAY, DAY, "weekday"),
        ("vendredi dernier", "2024-09-13", "2024-09-13", "weekday"),
        ("dans la nuit de mercredi à jeudi", "2024-09-18", "2024-09-19", "range"),
        ("hier", "2024-09-19", "2024-09-19", "relative"),
        ("avant-hier", "2024-09-18", "2024-09-18", "relative"),
        ("aujourd’hui", DAY, DAY, "relative"),
        ("la veille", "2024-09-19", "2024-09-19", "relative"),
        ("dans la nuit", DAY, DAY, "overnight"),
        ("au cours des cinq derniers jours", "2024-09-15", DAY, "past"),
        ("au cours des dernières 24 heures", "2024-09-19", DAY, "past"),
        ("cette semaine", "2024-09-16", DAY, "period"),
        ("la semaine dernière", "2024-09-09", "2024-09-15", "period"),
        ("le mois dernier", "2024-08-01", "2024-08-31", "period"),
        ("depuis le 6 août", "2024-08-06", DAY, "since"),
        ("depuis jeudi", "2024-09-19", DAY, "since"),
        ("depuis la mi-août", "2024-08-15", DAY, "since"),
        ("depuis le début de l’année", "2024-01-01", DAY, "since"),
        ("d’ici la fin de l’année", DAY, "2024-12-31", "until"),
        ("d’ici à la fin du mois", DAY, "2024-09-30", "until"),
        ("jusqu’à dimanche", DAY, "2024-09-22", "until"),
        ("en mai", "2024-05-01", "2024-05-31", "month"),
        ("en février 2022", "2022-02-01", "2022-02-28", "month"),
        ("à la mi-août", "2024-08-15", "2024-08-15", "month"),
        ("début août", "2024-08-01", "2024-08-10", "month"),
        ("en été", "2024-06-01", "2024-08-31", "season"),
        ("en 2014", "2014-01-01", "2014-12-31", "year"),
        ("il y a trois jours", "2024-09-17", "2024-09-17", "relative"),
        ("il y a un mois", "2024-08-20", "2024-08-20", "relative"),
        ("depuis des mois", None, DAY, "vague_past"),
        ("récemment", None, DAY, "vague_past"),
        ("dans les prochains jours", DAY, None, "vague_future"),
        ("18 h 10", DAY, DAY, "clock"),
    ],
    "uk": [
        ("у лютому минулого року", "2023-02-01", "2023-02-28", "month"),
        ("за останні 48 годин", "2024-09-18", DAY, "past"),
        ("14 вересня", "2024-09-14", "2024-09-14", "date"),
        ("вночі 14 вересня", "2024-09-14", "2024-09-14", "date"),
        ("у ніч проти 14 вересня", "2024-09-14", "2024-09-14", "date"),
        ("14 вересня 2023 року", "2023-09-14", "2023-09-14", "date"),
        ("06.09.2024", "2024-09-06", "2024-09-06", "date"),
        ("станом на 18 вересня", "2024-09-18", "2024-09-18", "as_of"),
        ("26–27 серпня", "2024-08-26", "2024-08-27", "range"),
        ("з 18 до 24 липня", "2024-07-18", "2024-07-24", "range"),
        ("у ніч на 14 вересня", "2024-09-14", "2024-09-14", "date"),
        ("у ніч із 13 на 14 вересня", "2024-09-13", "2024-09-14", "range"),
        ("у п’ятницю", DAY, DAY, "weekday"),
        ("у середу", "2024-09-18", "2024-09-18", "weekday"),
        ("минулої п’ятниці", "2024-09-13", "2024-09-13", "weekday"),
        ("сьогодні", DAY, DAY, "relative"),
        ("учора", "2024-09-19", "2024-09-19", "relative"),
        ("позавчора", "2024-09-18", "2024-09-18", "relative"),
        ("завтра", "2024-09-21", "2024-09-21", "relative"),
        ("напередодні", "2024-09-19", "2024-09-19", "relative"),
        ("вночі", DAY, DAY, "overnight"),
        ("минулої доби", "2024-09-19", DAY, "past"),
        ("за добу", "2024-09-19", DAY, "past"),
        ("за минулий тиждень", "2024-09-13", DAY, "past"),
        ("за п’ять днів", "2024-09-15", DAY, "past"),
        ("цього тижня", "2024-09-16", DAY, "period"),
        ("минулого місяця", "2024-08-01", "2024-08-31", "period"),
        ("з 6 серпня", "2024-08-06", DAY, "since"),
        ("від початку вересня", "2024-09-01", DAY, "since"),
        ("з середини серпня", "2024-08-15", DAY, "since"),
        ("з початку року", "2024-01-01", DAY, "since"),
        ("до кінця вересня", DAY, "2024-09-30", "until"),
        ("до кінця року", DAY, "2024-12-31", "until"),
        ("до 1 жовтня", DAY, "2024-10-01", "until"),
        ("у травні", "2024-05-01", "2024-05-31", "month"),
        ("у лютому 2022 року", "2022-02-01", "2022-02-28", "month"),
        ("у 2014 році", "2014-01-01", "2014-12-31", "year"),
        ("влітку 2023 року", "2023-06-01", "2023-08-31", "season"),
        ("три дні тому", "2024-09-17", "2024-09-17", "relative"),
        ("місяць тому", "2024-08-20", "2024-08-20", "relative"),
        ("нещодавно", None, DAY, "vague_past"),
        ("уже кілька тижнів", None, DAY, "vague_past"),
        ("найближчими днями", DAY, None, "vague_future"),
        ("о 05:20", DAY, DAY, "clock"),
    ],
    "ru": [
        ("3 марта прошлого года", "2023-03-03", "2023-03-03", "date"),
        ("за последние 72 часа", "2024-09-17", DAY, "past"),
        ("7 сентября", "2024-09-07", "2024-09-07", "date"),
        ("7 сентября 2023 года", "2023-09-07", "2023-09-07", "date"),
        ("в ночь на 14 сентября", "2024-09-14", "2024-09-14", "date"),
        ("в ночь с 13 на 14 сентября", "2024-09-13", "2024-09-14", "range"),
        ("с 18 по 24 июля", "2024-07-18", "2024-07-24", "range"),
        ("в пятницу", DAY, DAY, "weekday"),
        ("во вторник", "2024-09-17", "2024-09-17", "weekday"),
        ("в прошлую пятницу", "2024-09-13", "2024-09-13", "weekday"),
        ("в среду и четверг", "2024-09-18", "2024-09-19", "range"),
        ("сегодня", DAY, DAY, "relative"),
        ("вчера", "2024-09-19", "2024-09-19", "relative"),
        ("позавчера", "2024-09-18", "2024-09-18", "relative"),
        ("накануне", "2024-09-19", "2024-09-19", "relative"),
        ("в течение прошедшей ночи", DAY, DAY, "overnight"),
        ("за сутки", "2024-09-19", DAY, "past"),
        ("за неделю", "2024-09-13", DAY, "past"),
        ("за последние три дня", "2024-09-17", DAY, "past"),
        ("на этой неделе", "2024-09-16", DAY, "period"),
        ("на прошлой неделе", "2024-09-09", "2024-09-15", "period"),
        ("в прошлом месяце", "2024-08-01", "2024-08-31", "period"),
        ("с 6 августа", "2024-08-06", DAY, "since"),
        ("с весны", "2024-03-01", DAY, "since"),
        ("с начала сентября", "2024-09-01", DAY, "since"),
        ("до конца сентября", DAY, "2024-09-30", "until"),
        ("до конца года", DAY, "2024-12-31", "until"),
        ("к 1 октября", DAY, "2024-10-01", "until"),
        ("в мае", "2024-05-01", "2024-05-31", "month"),
        ("в феврале 2022 года", "2022-02-01", "2022-02-28", "month"),
        ("летом", "2024-06-01", "2024-08-31", "season"),
        ("в 2014 году", "2014-01-01", "2014-12-31", "year"),
        ("три дня назад", "2024-09-17", "2024-09-17", "relative"),
        ("недавно", None, DAY, "vague_past"),
        ("в ближайшие дни", DAY, None, "vague_future"),
    ],
    "de": [
        ("im Februar vergangenen Jahres", "2023-02-01", "2023-02-28", "month"),
        ("in den vergangenen 48 Stunden", "2024-09-18", DAY, "past"),
        ("am 14. September", "2024-09-14", "2024-09-14", "date"),
        ("am Mittwoch", "2024-09-18", "2024-09-18", "weekday"),
        ("gestern", "2024-09-19", "2024-09-19", "relative"),
        ("in der Nacht zum 14. September", "2024-09-14", "2024-09-14", "date"),
        ("seit dem 6. August", "2024-08-06", DAY, "since"),
        ("in den vergangenen drei Tagen", "2024-09-17", DAY, "past"),
        ("diese Woche", "2024-09-16", DAY, "period"),
        ("bis Ende des Jahres", DAY, "2024-12-31", "until"),
        ("in den kommenden Tagen", DAY, None, "vague_future"),
        ("seit Monaten", None, DAY, "vague_past"),
    ],
}


@pytest.mark.parametrize(
    ("tag", "text", "start", "end", "kind"), [(tag, *row) for tag, rows in ROWS.items() for row in rows]
)
def test_times(tag, text, start, end, kind):
    assert read(tag, text) == [(start, end, kind)]


NONE = [
    ("en", "The may march on; he may say so, and 25 drones in the mar"),
    ("fr", "Vingt-Sept pays, sept blessés et sept morts"),
    ("fr", "le 8 brigades, deux ans plus tard"),
    ("en", "on the 3rd brigade, two days later"),
    ("uk", "лист від 12 осіб, сім’я та сир"),
    ("ru", "сто дел за год боя нет"),
]


@pytest.mark.parametrize(("tag", "text"), NONE[:3])
def test_words_that_are_no_dates(tag, text):
    assert read(tag, text) == []


def test_the_day_before_is_counted_from_the_day_last_named():
    assert read("en", "On 10 September the town fell; the day before, a bridge was hit.") == [
        ("2024-09-10", "2024-09-10", "date"),
        ("2024-09-09", "2024-09-09", "relative"),
    ]
    assert read("fr", "mercredi, il pleuvait ; le même jour et la veille")[1:] == [
        ("2024-09-18", "2024-09-18", "relative"),
        ("2024-09-17", "2024-09-17", "relative"),
    ]


def test_a_time_of_day_is_of_the_day_named_in_its_sentence():
    assert read("en", "On 10 September at 09:25 a bomb fell. At 10:30 another fell.") == [
        ("2024-09-10", "2024-09-10", "date"),
        ("2024-09-10", "2024-09-10", "clock"),
        (DAY, DAY, "clock"),
    ]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "since the offensive launched on 6 August"),
        ("fr", "depuis son opération lancée le 6 août"),
        ("uk", "від початку операції 6 серпня"),
        ("ru", "с начала вторжения 6 августа"),
    ],
)
def test_since_an_event_has_the_day_of_the_event_and_what_came_after(tag, text):
    (mention,) = find_times(text, load_lexicon(tag), FRIDAY)
    assert (mention.interval.start, mention.interval.end) == (date(2024, 8, 6), date(2024, 8, 6))
    assert (mention.since.start, mention.since.end) == (date(2024, 8, 6), FRIDAY.date())
    assert mention.since.span.exact == text


def test_a_date_beside_yesterday_says_the_same():
    assert read("en", "Yesterday, September 19, 144 clashes took place") == [
        ("2024-09-19", "2024-09-19", "date")
    ]
    assert read("uk", "Минулої доби, 19 вересня, зафіксовано бої") == [("2024-09-19", "2024-09-19", "date")]


def test_what_is_to_come_lies_ahead():
    published = datetime(2024, 12, 26, tzinfo=UTC)
    assert read("fr", "Nous nous attendons à un assaut en janvier", published) == [
        ("2025-01-01", "2025-01-31", "month")
    ]
    assert read("uk", "у лютому чекаємо на штурм", published) == [("2025-02-01", "2025-02-28", "month")]
    (mention,) = find_times("an assault in January", load_lexicon("en"), published)
    assert str(mention.interval.start) == "2024-01-01"
    assert mention.expected is not None
    assert str(mention.expected.start) == "2025-01-01"


def test_without_a_publication_date_only_full_dates_are_told():
    lexicon = load_lexicon("en")
    found = find_times("yesterday, on Friday, since May and on 5 May 2024 and in 2014", lexicon, None)
    assert [str(m.interval.start) for m in found] == ["2024-05-05", "2014-01-01"]


def test_a_day_that_does_not_exist_is_none():
    assert read("en", "on 31 February 2024") == []


@given(
    st.sampled_from(list_languages()),
    st.text(max_size=200),
    st.none() | st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)),
)
def test_any_text_is_read_and_spans_are_in_it(tag, text, day):
    published = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    for mention in find_times(text, load_lexicon(tag), published, "r"):
        span = mention.interval.span
        assert text[span.start : span.end] == span.exact
        if mention.interval.start and mention.interval.end:
            assert mention.interval.start <= mention.interval.end
