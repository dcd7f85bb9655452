"""List every error of a body or query. msgspec stops at the first one."""

import re
from collections.abc import Iterator
from itertools import islice
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
import msgspec.inspect
from msgspec.structs import FieldInfo, fields

MOST = 20
"""Errors that one answer lists."""
_PATH = re.compile(r" - at `(?P<path>.+)`$")
Found = tuple[str, str]
"""A JSON pointer into the body, and what is wrong there."""


def shape_errors(value: object, shape: Any, *, strict: bool = True) -> list[Found]:
    """Return the errors of a decoded value, at most MOST, in the order of the shape's fields."""
    return list(islice(_errors(value, shape, "", strict), MOST))


def _errors(value: object, shape: Any, pointer: str, strict: bool) -> Iterator[Found]:
    """Yield the errors of the parts; if the parts have none, the error of the value itself."""
    part = _without_none(shape) if value is not None else shape
    if isinstance(part, type) and issubclass(part, msgspec.Struct) and isinstance(value, dict):
        nested = _errors_of_fields(value, part, pointer, strict)
    elif get_origin(part) is list and isinstance(value, list) and len(value) <= _longest(shape):
        nested = (
            error
            for index, item in enumerate(value)
            for error in _errors(item, get_args(part)[0], f"{pointer}/{index}", strict)
        )
    else:
        nested = iter(())
    first = next(nested, None)
    if first is not None:
        yield first
        yield from nested
    else:
        yield from _own_error(value, shape, pointer, strict)


def _errors_of_fields(
    value: dict[str, Any], shape: type[msgspec.Struct], pointer: str, strict: bool
) -> Iterator[Found]:
    known = {field.encode_name: field for field in fields(shape)}
    for name, field in known.items():
        at = f"{pointer}/{_escaped(name)}"
        if name in value:
            yield from _errors(value[name], field.type, at, strict)
        elif _is_required(field):
            yield at, "is required"
    if shape.__struct_config__.forbid_unknown_fields:
        yield from (
            (f"{pointer}/{_escaped(name)}", "is not a known field") for name in value if name not in known
        )


def _own_error(value: object, shape: Any, pointer: str, strict: bool) -> Iterator[Found]:
    try:
        msgspec.convert(value, shape, strict=strict)
    except msgspec.ValidationError as error:
        detail = _PATH.sub("", str(error))
        if "enum value" in detail:
            allowed = _choices(msgspec.inspect.type_info(shape))
            detail += f"; allowed: {', '.join(allowed)}" if allowed else ""
        yield pointer, detail


def _longest(shape: Any) -> float:
    metas = [meta for meta in getattr(shape, "__metadata__", ()) if isinstance(meta, msgspec.Meta)]
    return min((meta.max_length for meta in metas if meta.max_length is not None), default=float("inf"))


def _without_none(shape: Any) -> Any:
    """Return the type below `Annotated` and beside `None`."""
    if get_origin(shape) is Annotated:
        return _without_none(get_args(shape)[0])
    if get_origin(shape) in (Union, UnionType):
        others = [each for each in get_args(shape) if each is not NoneType]
        return _without_none(others[0]) if len(others) == 1 else shape
    return shape


def _is_required(field: FieldInfo) -> bool:
    return field.default is msgspec.NODEFAULT and field.default_factory is msgspec.NODEFAULT


def _choices(node: msgspec.inspect.Type) -> list[str]:
    """Return the allowed values of a type; an empty list if any value is allowed."""
    if isinstance(node, msgspec.inspect.UnionType):
        return [value for each in node.types for value in _choices(each)]
    return [str(value) for value in node.values] if isinstance(node, msgspec.inspect.LiteralType) else []


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
