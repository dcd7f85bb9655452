"""Decode the bytes of a page as browsers do (WHATWG Encoding and HTML standards).

The order is: a byte order mark, the charset of HTTP, the document's meta element, and for pages without any
of these a guess from their bytes.
"""

import re

import webencodings

# Browsers read legacy labels as these supersets; Python's codecs of the same name are narrower.
_WIDER = {
    "shift_jis": "cp932",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "x-user-defined": "cp1252",
}
# What is opened and not closed ends with the text, and a tag ends at the next one: each search would else
# read the rest of the text again. White space belongs to one place only (possessive), for the same reason.
_HIDDEN = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE)
_META = re.compile(rb"""<meta\s[^<>]*?charset\s*+=\s*+["']?\s*+([^\s"'/>;]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)""", re.IGNORECASE)
_LANG = re.compile(rb"""<html\s[^<>]*?\blang\s*+=\s*+["']?\s*+([a-z]{2})""", re.IGNORECASE)
# Browsers search the first 1,024 bytes, and start again if the meta element comes later.
_HEAD = 16 * 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"))
_BY_LANGUAGE = {"zh": ("gb18030", "big5hkscs"), "ja": ("cp932", "euc_jp"), "ko": ("cp949",)}
_RUNS = re.compile(rb"[\xc0-\xff]{3,}")
_CYRILLIC_SHARE = 0.5


def decode(body: bytes, charset: str | None) -> str:
    """Decode a page. `charset` comes from HTTP. Invalid bytes become U+FFFD."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    name = _codec(charset) or _declared(body) or _guessed(body)
    try:
        return body.decode(name, "replace")
    except LookupError:  # a label of the standard that Python has no codec for
        return body.decode("cp1252", "replace")


def _codec(label: str | None) -> str | None:
    """Return Python's codec for a label, or None if the standard does not list the label."""
    encoding = webencodings.lookup(label or "")
    if encoding is None:
        return None
    return _WIDER.get(encoding.name) or encoding.codec_info.name


def _declared(body: bytes) -> str | None:
    """Return the encoding that the document declares. It cannot be UTF-16: the declaration is ASCII."""
    head = _HIDDEN.sub(b"", body[:_HEAD])
    match = _META.search(head) or _XML.search(head)
    codec = _codec(match[1].decode("ascii", "replace")) if match else None
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _guessed(body: bytes) -> str:
    """Guess the encoding: UTF-8 if the bytes are valid, else by the language or the share of letters."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(body) - 4:  # cut off in the middle of a character
            return "utf-8"
    else:
        return "utf-8"
    language = _LANG.search(body[:_HEAD])
    for codec in _BY_LANGUAGE.get(language[1].decode().lower(), ()) if language else ():
        try:
            body.decode(codec)
        except UnicodeDecodeError:
            continue
        return codec
    return _guessed_alphabet(body)


def _guessed_alphabet(body: bytes) -> str:
    """Guess a one-byte encoding. High bytes are adjacent in Cyrillic words, and single in Latin words.

    Lower-case letters tell the Cyrillic encodings apart.
    """
    high = sum(byte >= 0xC0 for byte in body)
    together = b"".join(_RUNS.findall(body))
    if len(together) < _CYRILLIC_SHARE * high or not high:
        return "cp1252"
    small_in_koi8 = sum(byte <= 0xDF for byte in together)
    return "koi8_r" if small_in_koi8 > len(together) - small_in_koi8 else "cp1251"
