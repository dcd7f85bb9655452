"""Check the pages that admins asked for: fetch each, and look for the widget's snippet in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from moderation.domain.pages.decoding import decode
from moderation.domain.pages.reading import UnreadReason
from moderation.domain.sites.install_check import Expected, Finding, check_install, works
from moderation.models import Installation, Site
from moderation.secret_keys import SecretKeys
from moderation.services.pages.fetch import Fetched, Fetcher, NotFetched
from moderation.services.recheck.claim import source_of
from moderation.services.recheck.header import open_header

_AT_ONCE = 20

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class InstallChecker:
    """Checks installations. `service` is the base URL that snippets have to name."""

    sessions: sessionmaker[Session]
    fetcher: Fetcher
    clock: Callable[[], datetime]
    secret_keys: SecretKeys
    service: str

    def run(self) -> int:
        """Do the checks that are asked for. Returns their number."""
        with self.sessions() as session:
            asked = session.execute(
                select(Installation, Site)
                .join(Site, Site.id == Installation.site_id)
                .where(Installation.requested_at.is_not(None))
                .order_by(Installation.requested_at)
                .limit(_AT_ONCE)
            ).all()
        for installation, site in asked:
            try:
                self._check(installation, site)
            except Exception:  # a page of one site must not stop the checks of the others
                log.exception("install_check.failed", url=installation.page_url)
                self._store(installation, [], "broken")
        return len(asked)

    def _check(self, installation: Installation, site: Site) -> None:
        url = installation.page_url or ""
        findings: list[Finding] = []
        reason: UnreadReason | None = None
        try:
            source = source_of(site, open_header(site, self.secret_keys))
            findings = self._findings(self.fetcher.fetch(url, source), site)
        except NotFetched as error:
            reason = error.reason
            log.info("install_check.not_read", url=url, reason=reason, why=str(error))
        self._store(installation, findings, reason)

    def _findings(self, fetched: Fetched, site: Site) -> list[Finding]:
        expected = Expected(self.service, site.site_key, tuple(site.origins), site.previous_key)
        markup = decode(fetched.body or b"", fetched.charset)
        return check_install(markup, fetched.policies, fetched.url, expected)

    def _store(self, asked: Installation, findings: list[Finding], reason: UnreadReason | None) -> None:
        """Store the result, unless another check was asked for in the meantime."""
        now = self.clock()
        values: dict[str, object] = {
            "requested_at": None,
            "checked_at": now,
            "unread_reason": reason,
            "findings": [[finding.problem, finding.detail] for finding in findings],
        }
        if reason is None and works(findings):
            values["works_since"] = asked.works_since or now
        is_same = Installation.requested_at == asked.requested_at
        with self.sessions() as session:
            session.execute(
                update(Installation).where(Installation.site_id == asked.site_id, is_same).values(values)
            )
            session.commit()
