"""How long texts may be."""

from typing import Annotated

from msgspec import Meta

URL_LENGTH = 2048
Text1000 = Annotated[str, Meta(max_length=1000)]
Comment = Annotated[str, Meta(max_length=2000)]
Context = Annotated[str, Meta(max_length=200)]
