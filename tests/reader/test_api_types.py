"""The types that a site's developer gets (widget/api.d.ts) are those of the API."""

import re
from typing import get_args

import msgspec
import pytest

from moderation.paths import STATIC
from moderation.services.intake.draft import Draft, DraftQuote

TYPES = (STATIC / "widget" / "api.d.ts").read_text("utf-8")


def declared(interface):
    """The fields of an interface: whether each is optional."""
    body = re.search(rf"interface {interface} {{\n(.*?)\n}}", TYPES, re.DOTALL)[1]
    return {name: mark == "?" for name, mark in re.findall(r"^  (\w+)(\??):", body, re.MULTILINE)}


@pytest.mark.parametrize(("interface", "struct"), [("Draft", Draft), ("Quote", DraftQuote)])
def test_an_interface_has_the_fields_that_the_api_takes(interface, struct):
    fields = {field.encode_name: not field.required for field in msgspec.structs.fields(struct)}
    assert declared(interface) == fields


def test_the_kinds_of_mistake_are_those_of_the_api():
    kinds = re.search(r"type Kind = (.*);", TYPES)[1]
    allowed = next(field.type for field in msgspec.structs.fields(Draft) if field.name == "kind")
    values = {value for option in get_args(allowed) for value in get_args(option) if isinstance(value, str)}
    assert set(re.findall(r'"(\w+)"', kinds)) == values
