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
