"""Sentences end where a reader ends them, in each language."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language.lexicon import list_languages, load_lexicon
from geo.language.sentences import split_sentences


def split(tag, text):
    return [text[start:end] for start, end in split_sentences(text, load_lexicon(tag))]


ROWS = [
    ("en", ["Gen. Syrskyi spoke.", "Lt. Col. Smith did not."]),
    ("en", ["The U.S. official and Mr. Brown met at 10.30 a.m. on Friday.", "They left."]),
    ("en", ["Troops advanced 3.5 km.", "J. R. Smith confirmed it."]),
    ("en", ['"The town holds."', "So he said."]),
    ("en", ["Did it fall?", "No!", "It did not…", "He repeated it."]),
    ("en", ["KYIV, Sept. 18 - Drones hit a depot.", "More followed."]),
    ("en", ["Flash update No. 4 was issued.", "It rained."]),
    ("fr", ["Kiev, 2 oct. - L’armée a parlé.", "M. Dupont et Mme Durand se taisent."]),
    ("fr", ["« Kherson est à nous. »", "Il l’a dit."]),
    ("fr", ["18 h 10. « Kherson est à nous », dit-il.", "Moscou se tait."]),
    ("fr", ["Le gén. Zaloujny a repris 1.381 km² av. Lénine compris.", "Voilà."]),
    ("uk", ["Бої точаться в с. Торське та м. Лиман Донецької обл. за 2,5 км від річки.", "Далі тихо."]),
    ("uk", ["Утримують близько 500 кв. км.", "Далі – тиша."]),
    ("uk", ["У 2022 р. було гірше.", "Ген. Залужний згадав танки, гармати і т. д.", "Усе."]),
    ("uk", ["«Місто стоїть».", "Так сказав речник О. Ковальов."]),
    ("ru", ["В 2024 г. бои шли в г. Суджа Курской обл. и в с. Гуево.", "Потом стихли."]),
    ("ru", ["Взяты танки, пушки и т. д.", "Всего 12 тыс. снарядов."]),
    ("ru", ["Город «взят».", "Так ли это?", "«Нет!»", "Он молчит."]),
    ("de", ["Am 3. Oktober fiel die Stadt.", "Die 3. Brigade zog ab, z. B. nach Westen."]),
]


@pytest.mark.parametrize(("tag", "sentences"), ROWS)
def test_sentences(tag, sentences):
    assert split(tag, " ".join(sentences)) == sentences


GLUED = [
    (
        "en",
        "The town was taken.|Fighting goes on near it.[12]| Gazeta.Ru and www.site.Org wrote to a@mail.Com.",
    ),
    ("en", "Held for a week!|Then lost.|A week later retaken."),
    ("fr", "Le village est pris.|Les combats continuent, selon le gén.Dupont."),
    ("uk", "Село взято.|У місті бої в р-ні с.Торське."),
    ("ru", "Войска заняли село.|В городе бои.[3][4]| Это 5 км.Потом тихо в г.Курск."),
]


@pytest.mark.parametrize(("tag", "text"), GLUED)
def test_a_space_can_be_missing(tag, text):
    assert split(tag, text.replace("|", "")) == [part.strip() for part in text.split("|")]


LINES = [
    ("en", "Daily assessment, 30 October\n\nRussian forces advanced.\nFighting went on.", 3),
    ("en", "18:40 Drones attacked airfields.\n17:05 A source denied it.", 2),
    ("en", "Hit were\n- a depot;\n- a bridge;\n- a port.", 4),
    ("en", "1. Kupiansk axis\n2. Lyman axis", 2),
    ("en", "The troops went on\nto the river and stopped.", 1),
    ("fr", "Secteur de Pokrovsk. Les Russes avancent.\nSecteur de Toretsk. Rien.", 4),
    ("uk", "На Лиманському напрямку\nВорог атакував двічі.", 2),
    ("uk", "05:20 Удар по Києву.\n07:40 Колони зайшли з Криму.", 2),
    ("ru", "Онлайн\n\n20:30 Резервы идут\n18:10 Сбиты ракеты", 3),
]


@pytest.mark.parametrize(("tag", "text", "count"), LINES)
def test_lines(tag, text, count):
    assert len(split(tag, text)) == count


@given(st.sampled_from(list_languages()), st.text(max_size=400))
def test_every_letter_is_in_one_sentence(tag, text):
    spans = split_sentences(text, load_lexicon(tag))
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
