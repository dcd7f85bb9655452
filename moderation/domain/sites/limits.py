"""Largest lengths of the texts that people send, in code points. This is the only list.

Schemas, forms, tables and templates (`limits`) read them from here.
"""

from typing import Annotated

from msgspec import Meta

from moderation.domain.text.passage import CONTEXT

URL_LENGTH = 2048
EXACT_LENGTH = 1000
CONTEXT_LENGTH = CONTEXT
"""Length of the text before a quote, and of the text after it."""
CORRECTION_LENGTH = 1000
COMMENT_LENGTH = 2000
TITLE_LENGTH = 500
LANG_LENGTH = 35
NOTE_LENGTH = 2000
REASON_LENGTH = 500
SEARCH_LENGTH = 200
SITE_KEY_LENGTH = 100
CREDIT_LENGTH = 100
"""Length of an author's name, and of a section's."""

REPORT_BYTES = 16 * 1024
"""Size of a request body, except at the desk and for lists."""
LIST_BYTES = 4 * 1024 * 1024
"""Size of an editor's list over the API: 200 decisions with texts of the largest length."""

Url = Annotated[str, Meta(min_length=1, max_length=URL_LENGTH)]
Exact = Annotated[str, Meta(min_length=1, max_length=EXACT_LENGTH)]
Context = Annotated[str, Meta(max_length=CONTEXT_LENGTH)]
Correction = Annotated[str, Meta(max_length=CORRECTION_LENGTH)]
Comment = Annotated[str, Meta(max_length=COMMENT_LENGTH)]
Title = Annotated[str, Meta(max_length=TITLE_LENGTH)]
# Also $ alone matches before a line end at the end of the text. JavaScript, so JSON Schema, knows no \Z.
Lang = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*(?!\n)$", max_length=LANG_LENGTH)]
Note = Annotated[str, Meta(max_length=NOTE_LENGTH)]
Reason = Annotated[str, Meta(max_length=REASON_LENGTH)]
