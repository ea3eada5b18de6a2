"""The nouns, the columns and the errors: values that cannot change, one root, one shape."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from datetime import UTC, datetime

import pytest

from geo import errors, model, schema

NOUNS = [noun for name in model.__all__ if dataclasses.is_dataclass(noun := getattr(model, name))]
REPORT = model.Report(id="r", text="x", issued=datetime(2024, 8, 20, tzinfo=UTC), extra={"n": 1})


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_a_noun_takes_its_fields_by_name_and_tells_what_they_are(noun: type) -> None:
    with pytest.raises(TypeError):
        noun("by place")
    told = inspect.getdoc(noun) or ""
    assert told.strip()
    if "Attributes" in told:
        for one in dataclasses.fields(noun):
            assert one.name in told, f"{noun.__name__}.{one.name} is not described"


def test_a_noun_is_a_value() -> None:
    with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
        REPORT.text = "y"  # type: ignore[misc]
    assert dataclasses.replace(REPORT) == REPORT
    assert pickle.loads(pickle.dumps(REPORT)) == REPORT
    one, other = model.Report(id="a", text=""), model.Report(id="b", text="")
    assert one.extra == other.extra == {}
    assert one.extra is not other.extra


def test_columns_have_one_name_a_type_and_words() -> None:
    names = [column.name for column in schema.COLUMNS]
    assert len(set(names)) == len(names)
    assert tuple(names) == schema.COLUMN_NAMES
    assert {column.type for column in schema.COLUMNS} == {"str", "int", "float", "date"}
    assert all(column.alias and column.description and len(column.alias) < 32 for column in schema.COLUMNS)
    assert [column.name for column in schema.COLUMNS if column.required] == [
        "claim_id",
        "kind",
        "status",
        "report",
    ]
    assert {kind.value for kind in model.Kind} < set(schema.LAYER_NAMES)


def test_every_error_has_the_one_root_and_stands_in_the_tree() -> None:
    classes = [value for _, value in inspect.getmembers(errors, inspect.isclass)]
    assert {one.__name__ for one in classes} == set(errors.__all__)
    for one in classes:
        assert issubclass(one, errors.FrontlineError)
        assert one.__name__ in (errors.__doc__ or "")
        assert one.__doc__
    assert issubclass(errors.ServiceError, errors.PlaceError)
    assert issubclass(errors.ForeignFileError, errors.InputError)


def test_a_missing_library_is_told_with_the_line_to_type() -> None:
    told = str(errors.MissingExtraError("pyarrow", "parquet"))
    assert told.startswith("'pyarrow' is not installed; type: ")
    assert told.endswith("pip install 'frontline-map[parquet]'")
