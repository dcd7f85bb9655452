"""Who is looking at which case: a courtesy between editors, in Redis only. It lets go by itself."""

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
"""A desk that is open says so every few seconds; one that was closed is forgotten after this long."""

log = structlog.get_logger()


class Claim(msgspec.Struct, frozen=True):
    """An editor who looks at a case."""

    editor_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims on cases. With Redis away there are none."""

    redis: Redis

    def look(self, editor: Editor, case_id: UUID) -> None:
        """Note that the editor looks at the case; who came first stays."""
        claim = msgspec.json.encode(Claim(editor.id, editor.display_name))
        try:
            if not self.redis.set(_key(case_id), claim, nx=True, ex=SECONDS) and self._is_mine(
                editor, case_id
            ):
                self.redis.expire(_key(case_id), SECONDS)
        except RedisError as error:
            log.warning("claim not noted", error=str(error))

    def leave(self, editor: Editor, case_id: UUID) -> None:
        """The editor looks elsewhere."""
        try:
            if self._is_mine(editor, case_id):
                self.redis.delete(_key(case_id))
        except RedisError as error:
            log.warning("claim not released, it expires by itself", error=str(error))

    def of_others(self, editor: Editor, case_ids: Sequence[UUID]) -> dict[UUID, str]:
        """The names of other editors who look at these cases."""
        if not case_ids:
            return {}
        try:
            found: Any = self.redis.mget([_key(case_id) for case_id in case_ids])
        except RedisError as error:
            log.warning("claims unknown", error=str(error))
            return {}
        claims = {
            case_id: msgspec.json.decode(raw, type=Claim)
            for case_id, raw in zip(case_ids, found, strict=True)
            if raw is not None
        }
        return {case_id: claim.name for case_id, claim in claims.items() if claim.editor_id != editor.id}

    def _is_mine(self, editor: Editor, case_id: UUID) -> bool:
        raw: Any = self.redis.get(_key(case_id))
        return raw is not None and msgspec.json.decode(raw, type=Claim).editor_id == editor.id


def _key(case_id: UUID) -> str:
    return f"corrigenda:claim:{case_id}"
