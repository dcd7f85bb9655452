"""Times as the API documents them."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

Time = Annotated[datetime, Meta(extra_json_schema={"format": "date-time"})]
"""RFC 3339, in answers in UTC."""
