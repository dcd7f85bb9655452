"""Presence: which editor views which case. Kept in Redis only; an entry expires by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
import structlog
from redis import Redis
from redis.exceptions import RedisError

from moderation.models import Editor

SECONDS = 12
"""An open desk repeats its entry every few seconds; the entry of a closed one expires after this time."""

log = structlog.get_logger()


class Viewer(msgspec.Struct, frozen=True):
    """An editor who views a case."""

    editor_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Presence:
    """Viewers of cases, one per case: the first stays. Without Redis there are none."""

    redis: Redis

    def enter(self, editor: Editor, case_id: UUID) -> None:
        """Record that the editor views the case, unless somebody else does already."""
        viewer = msgspec.json.encode(Viewer(editor.id, editor.display_name))
        try:
            is_first = self.redis.set(_key(case_id), viewer, nx=True, ex=SECONDS)
            if not is_first and self._is_viewer(editor, case_id):
                self.redis.expire(_key(case_id), SECONDS)
        except RedisError as error:
            log.warning("presence.enter_failed", case=str(case_id), error=str(error))

    def leave(self, editor: Editor, case_id: UUID) -> None:
        """Record that the editor no longer views the case."""
        try:
            if self._is_viewer(editor, case_id):
                self.redis.delete(_key(case_id))
        except RedisError as error:
            log.warning("presence.leave_failed", case=str(case_id), error=str(error))

    def of_others(self, editor: Editor, case_ids: Sequence[UUID]) -> dict[UUID, str]:
        """By case, the name of another editor who views it."""
        if not case_ids:
            return {}
        try:
            stored: Any = self.redis.mget([_key(case_id) for case_id in case_ids])
        except RedisError as error:
            log.warning("presence.lookup_failed", error=str(error))
            return {}
        viewers = {
            case_id: msgspec.json.decode(raw, type=Viewer)
            for case_id, raw in zip(case_ids, stored, strict=True)
            if raw is not None
        }
        return {case_id: viewer.name for case_id, viewer in viewers.items() if viewer.editor_id != editor.id}

    def _is_viewer(self, editor: Editor, case_id: UUID) -> bool:
        raw: Any = self.redis.get(_key(case_id))
        return raw is not None and msgspec.json.decode(raw, type=Viewer).editor_id == editor.id


def _key(case_id: UUID) -> str:
    return f"corrigenda:presence:{case_id}"
