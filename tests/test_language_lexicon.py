"""The lexicons keep one shape, and a language is a file."""

import pytest

from geo.errors import DataError
from geo.language.calendar import match_dates
from geo.language.dates import find_times
from geo.language.detect import detect_language
from geo.language.lexicon import check_lexicons, expand_forms, list_languages, load_lexicon
from geo.language.quantities import find_quantities
from geo.language.sentences import split_sentences


def test_lexicons_have_the_same_keys():
    assert check_lexicons() == ()


def test_a_fifth_language_is_there():
    assert set(list_languages()) >= {"de", "en", "fr", "ru", "uk"}


def test_a_lexicon_is_loaded_once_and_cannot_be_changed():
    lexicon = load_lexicon("fr")
    assert load_lexicon("fr-CA") is lexicon
    assert load_lexicon("FR") is lexicon
    with pytest.raises(TypeError):
        lexicon.table("numbers")["point"] = "."


def test_a_missing_language_and_a_missing_table_are_told():
    with pytest.raises(DataError, match=r"'tlh'.*en"):
        load_lexicon("tlh")
    with pytest.raises(DataError, match="'nowhere'"):
        load_lexicon("en").table("nowhere")
    with pytest.raises(DataError, match="not a table"):
        load_lexicon("en").table("numbers.point")


def test_forms_are_written_out():
    lexicon = load_lexicon("en")
    assert expand_forms(lexicon, ["drone+s", "air strike+s", "loss", "engine+s of war"]) == (
        *("drone", "drones", "air strike", "air strikes", "loss"),
        *("engine of war", "engines of war"),
    )
    with pytest.raises(DataError, match="'nope'"):
        expand_forms(lexicon, ["drone+nope"])


@pytest.mark.parametrize("tag", list_languages())
def test_every_word_form_is_lower_case_and_every_pattern_is_read(tag):
    lexicon = load_lexicon(tag)
    for name in ("numbers.cardinals", "units.nouns", "dates.months"):
        for forms in lexicon.table(name).values():
            assert all(form == form.lower() for form in expand_forms(lexicon, forms)), name
    slots = {"{day}": "5", "{year}": "2024", "{n}": "3"}
    for slot, name in (
        ("{month}", "months"),
        ("{weekday}", "weekdays"),
        ("{season}", "seasons"),
        ("{unit}", "units"),
    ):
        slots[slot] = lexicon.table(f"dates.{name}").get({"{unit}": "month"}.get(slot, ""), None) or next(
            iter(lexicon.table(f"dates.{name}").values())
        )
        slots[slot] = slots[slot][-1].rstrip(".") if slot == "{unit}" else slots[slot][0].rstrip(".")
    slots["{nth}"] = next(iter(lexicon.table("dates.nth_words").values()))[0]
    slots["{few}"] = lexicon.table("numbers.vague")["several"][0]
    for key, patterns in lexicon.table("dates.patterns").items():
        text = patterns[0].replace("[", "").replace("]", "")
        text = " ".join(item.split("|")[0] if not item.startswith("–|") else "–" for item in text.split(" "))
        for slot, word in slots.items():
            text = text.replace(slot, word.capitalize())
        assert key.startswith("bare_") or match_dates(text, lexicon), (key, text)


def test_a_language_of_its_own_file_reads_numbers_dates_and_sentences():
    text = "Rund 50.000 Soldaten stehen bei Kursk. Am 6. August begann der Vorstoß."
    assert detect_language(text) == "de"
    lexicon = load_lexicon("de")
    assert [q.high for q in find_quantities(text, lexicon)] == [50000]
    assert [m.kind for m in find_times(text + " Seit 2014 ist Krieg.", lexicon, None)] == []
    assert len(split_sentences(text, lexicon)) == 2
