"""Results of fetching a page."""

from typing import Literal, get_args

FetchState = Literal["never", "ok", "gone", "refused", "unreachable", "unreadable"]
FETCH_STATES: tuple[FetchState, ...] = get_args(FetchState)
