"""A site with everybody who can call a route, and what they send."""

from datetime import UTC, datetime

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import object_session
from uuid_utils.compat import uuid7

from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts.tokens import add_token
from moderation.services.cases import bulk
from moderation.services.cases.filter import Filter
from moderation.services.cases.queue import count_by_status
from moderation.services.intake.receipts import receipt_token
from moderation.services.notify.webhook_secrets import set_secret
from moderation.services.secret_links import make_token
from tests.factories import (
    CaseFactory,
    EditorFactory,
    InvitationFactory,
    PageFactory,
    ReportFactory,
    SiteFactory,
    SubscriberFactory,
    place_in,
)


class World:
    """A site with everybody who can call a route."""

    def __init__(self, app, session, settings):
        self.app, self.session, self.settings = app, session, settings
        self.site = site = SiteFactory()
        self.page = PageFactory(site=site)
        people = {role: EditorFactory(role=role, role__site=site) for role in ("viewer", "editor", "admin")}
        people["stranger"] = EditorFactory(role="admin", role__site=SiteFactory())
        people["owner"] = EditorFactory(is_owner=True)
        self.people = people
        now = datetime.now(UTC)
        self.sessions = {
            role: str(desk_sessions.start(session, people[role], "test", now)) for role in people
        }
        self.tokens = {role: add_token(session, people[role], "rights") for role in people}

    def ids(self):
        """Make two cases of a page, one of two reports, and a bulk: a step that succeeds needs fresh ones."""
        session, site, page, owner = self.session, self.site, self.page, self.people["owner"]
        case, other = (CaseFactory(site=site, page=page, report_count=2) for _ in range(2))
        reports = [ReportFactory(site=site, url=page.url) for _ in range(2)]
        for report in reports:
            place_in(session, report, case)
        invitation = InvitationFactory(site=site, email=f"{uuid7()}@new.example")
        closed = CaseFactory(site=site)
        made = bulk.ask_chosen(session, owner, "reject", [(closed.id, 1)], now=datetime.now(UTC))
        keys = self.settings.secret_keys
        return {
            "site": site.id, "key": site.site_key, "page": page.id, "url": page.url, "case": case.id,
            "other": other.id, "report": reports[0].id, "bulk": made.id, "webhook": webhook(site, keys).id,
            "unknown": uuid7(), "member": EditorFactory(role="editor", role__site=site).id,
            "open": count_by_status(session, owner, Filter(site=site.id))["open"],
            "receipt": receipt_token(keys, reports[1].id),
            "invited": make_token(keys, "invitation", invitation.id),
        }  # fmt: skip

    def client(self, role):
        """A client in which somebody of this role is signed in."""
        client = self.app.test_client()
        if role in self.sessions:
            with client.session_transaction("/desk/") as cookie:
                cookie["_user_id"] = self.sessions[role]
                cookie["_fresh"] = True
        return client

    def headers(self, role, url):
        """The role's token, for the API."""
        is_api = url.startswith("/api/") and role in self.tokens
        return {"Authorization": f"Bearer {self.tokens[role]}"} if is_api else {}


def webhook(site, keys):
    """A webhook with a secret."""
    subscriber = SubscriberFactory(site=site, settings={"url": "https://hook.example/"})
    set_secret(keys, subscriber)
    object_session(subscriber).commit()
    return subscriber


def filled(value, ids):
    """The placeholders in what is sent, filled."""
    if isinstance(value, dict):
        return {name: filled(one, ids) for name, one in value.items() if name != "_"}
    if isinstance(value, list):
        return [filled(one, ids) for one in value]
    return value.format(**ids) if isinstance(value, str) else value


def csrf(client):
    """The token that a page's form would carry."""
    with client.session_transaction("/desk/") as cookie:
        cookie["csrf_token"] = "a" * 40
    serializer = URLSafeTimedSerializer(client.application.secret_key, salt="wtf-csrf-token")
    return serializer.dumps("a" * 40)
