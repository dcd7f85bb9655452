from typing import Annotated, Literal

import msgspec

from moderation.domain.shape_errors import shape_errors


class Open(msgspec.Struct):
    name: str
    age: int = 0


class Closed(Open, forbid_unknown_fields=True):
    pass


def test_unknown_fields_are_an_error_where_they_are_forbidden():
    sent = {"name": 5, "age": "x", "more": 1}
    wrong = ["/name", "/age"]
    assert [pointer for pointer, _ in shape_errors(sent, Open)] == wrong
    assert [pointer for pointer, _ in shape_errors(sent, Closed)] == [*wrong, "/more"]


class Listed(msgspec.Struct):
    items: Annotated[list[Open], msgspec.Meta(max_length=2)]
    inner: Open | None = None


def test_errors_inside_lists_and_other_values_have_the_pointer_of_their_place():
    sent = {"items": [{"name": "a"}, {"name": "b", "age": "x"}], "inner": {}}
    assert [pointer for pointer, _ in shape_errors(sent, Listed)] == ["/items/1/age", "/inner/name"]


def test_of_a_list_that_is_too_long_only_its_length_is_named():
    [(pointer, detail)] = shape_errors({"items": [{}] * 3}, Listed)
    assert pointer == "/items" and "length <= 2" in detail


class Chosen(msgspec.Struct):
    kind: Literal["a", "b"] | None
    note: str | int | None = None


def test_a_choice_names_what_is_allowed():
    [(pointer, detail)] = shape_errors({"kind": "c"}, Chosen)
    assert pointer == "/kind" and detail.endswith("; allowed: a, b")
    assert shape_errors({"kind": "a", "note": 1.5}, Chosen)[0][0] == "/note"
