"""Every route with every role: one table, and it fails when a route is missing in it."""

from datetime import UTC, datetime

import pytest
from itsdangerous import URLSafeTimedSerializer
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
    PASSWORD,
    CaseFactory,
    EditorFactory,
    InvitationFactory,
    PageFactory,
    ReportFactory,
    SiteFactory,
    SubscriberFactory,
    bind,
    place_in,
)
from tests.support.databases import empty

ROLES = ("nobody", "viewer", "editor", "admin", "stranger", "owner")
"""A stranger is an admin of another site; nobody is not signed in and brings no token."""

ALL = (200,) * 6
READS = (302, 200, 200, 200, 404, 200)  # one thing of the site
LISTS = (302, 200, 200, 200, 200, 200)  # what there is, of one's own sites
OWN = (302, 302, 302, 302, 302, 302)  # of one's own account, and back to the page
DECIDES = (302, 403, 302, 302, 404, 302)
RUNS = (302, 403, 403, 200, 404, 200)
CHANGES = (302, 403, 403, 302, 404, 302)
API_RUNS = (401, 403, 403, 200, 404, 200)
API_READS = (401, 200, 200, 200, 404, 200)
API_LISTS = (401, 200, 200, 200, 200, 200)
API_DECIDES = (401, 403, 200, 200, 404, 200)

# endpoint: what to send, and the answers in the order of ROLES. A form with `_` is POSTed by JSON.
TABLE = {
    # Anybody
    "GET demo.home": ("/", None, ALL),
    "GET demo.demo": ("/demo/", None, (302,) * 6),
    "GET demo.article": ("/demo/ru", None, (404,) * 6),
    "GET demo.news": ("/demo/ru/tram", None, (404,) * 6),
    "GET docs.docs": ("/api/v1/docs", None, ALL),
    "GET docs.openapi": ("/api/v1/openapi.json", None, ALL),
    "GET docs.asset": ("/api/v1/docs/swagger-ui.css", None, ALL),
    "GET problems.index": ("/api/v1/problems", None, ALL),
    "GET problems.explain": ("/api/v1/problems/too-many", None, ALL),
    "GET static": ("/static/common/base.css", None, ALL),
    "GET bootstrap.static": ("/bootstrap/static/css/bootstrap.min.css", None, ALL),
    "GET health.healthz": ("/healthz", None, ALL),
    "GET health.readyz": ("/readyz", None, ALL),
    "GET locale.switch": ("/language/ru", None, (302,) * 6),
    "GET widget.loader": ("/widget.js", None, ALL),
    "GET widget.public_file": ("/widget/api.js", None, ALL),
    "GET widget.module": ("/widget/x/loader.js", None, ALL),
    "GET corrections.page": ("/corrections/{key}", None, (404,) * 6),
    "GET corrections.atom": ("/corrections/{key}/feed.atom", None, (404,) * 6),
    "GET corrections.json_feed": ("/corrections/{key}/feed.json", None, (404,) * 6),
    "GET form.report": ("/report?site={key}&url=https://news.example/a", None, ALL),
    "POST form.report": ("/report?site={key}&url=https://news.example/a", {}, (422,) * 6),
    "GET unsubscribe.show": ("/unsubscribe/x", None, (404,) * 6),
    "POST unsubscribe.show": ("/unsubscribe/x", {}, (404,) * 6),
    "GET receipt.show": ("/r/{receipt}", None, ALL),
    "POST receipt.take_back": ("/r/{receipt}/withdraw", {}, (302,) * 6),
    "POST fix_notice.ask": ("/r/{receipt}/email", {"address": "a@b.example"}, (302,) * 6),
    "POST fix_notice.forget": ("/r/{receipt}/email/delete", {}, (302,) * 6),
    "GET receipt.download": ("/r/{receipt}/data", None, ALL),
    "POST receipt.erase_report": ("/r/{receipt}/erase", {}, (302,) * 6),
    "POST reports.create_report": ("/api/v1/reports", {"_": 1}, (401,) * 6),  # a site key, not a person
    "GET receipts.get_receipt": ("/api/v1/receipts/{receipt}", None, ALL),
    "DELETE receipts.erase_report": ("/api/v1/receipts/{receipt}", {"_": 1}, ALL),
    "POST receipts.list_receipts": ("/api/v1/receipts", {"_": 1, "tokens": ["{receipt}"]}, ALL),
    "GET widget_api.get_widget": ("/api/v1/widget?site={key}&url=https://news.example/a", None, ALL),
    "GET widget_api.get_challenge": ("/api/v1/challenge?site={key}", None, ALL),
    "POST telegram.receive": ("/api/v1/telegram/{unknown}", {"_": 1}, (403,) * 6),  # Telegram has a secret
    # The way in
    "GET sign_in.show": ("/desk/sign-in", None, (200,) + (302,) * 5),
    "POST sign_in.show": ("/desk/sign-in", {"email": "x@y.example", "password": "x"}, (403,) + (302,) * 5),
    "GET sign_in.code": ("/desk/sign-in/code", None, (302,) * 6),
    "POST sign_in.code": ("/desk/sign-in/code", {"code": "1"}, (302,) * 6),
    "POST sign_in.out": ("/desk/sign-out", {}, (302,) * 6),
    "GET sso.begin": ("/desk/sso", None, (404,) * 6),
    "GET sso.confirm": ("/desk/sso/confirm", None, (302,) + (404,) * 5),
    "GET sso.callback": ("/desk/sso/callback", None, (404,) * 6),
    "GET links.ask": ("/desk/reset", None, (404,) * 6),
    "POST links.ask": ("/desk/reset", {"email": "x@y.example"}, (404,) * 5 + (429,)),
    "GET links.reset": ("/desk/reset/x", None, (404,) * 6),
    "POST links.reset": ("/desk/reset/x", {}, (404,) * 6),
    "GET links.invitation": ("/desk/invitation/{invited}", None, ALL),  # who has the link
    "POST links.invitation": ("/desk/invitation/{invited}", {}, ALL),
    # One's own
    "GET account.show": ("/desk/account", None, LISTS),
    "POST account.name": ("/desk/account/name", {"name": "Анна"}, OWN),
    "GET email.ask": ("/desk/account/email", None, (302,) + (404,) * 5),  # mail is not set up
    "POST email.ask": ("/desk/account/email", {"email": "x@y.example"}, (302,) + (404,) * 5),
    "GET email.confirm": ("/desk/account/email/x", None, (302,) + (404,) * 5),
    "POST email.confirm": ("/desk/account/email/x", {}, (302,) + (404,) * 5),
    "POST account.password": ("/desk/account/password", {"old": "x"}, (302,) + (422,) * 5),
    "POST security.end_session": ("/desk/account/sessions/{unknown}/end", {}, OWN),
    "POST security.end_other_sessions": ("/desk/account/sessions/end-others", {}, OWN),
    "GET security.history": ("/desk/account/history", None, LISTS),
    "POST account.make_token": (
        "/desk/account/tokens", {"name": "x", "scopes": "read", "days": "30", "password": PASSWORD}, LISTS,
    ),
    "GET telegram_account.show": ("/desk/account/telegram", None, LISTS),
    "POST telegram_account.code": ("/desk/account/telegram", {"password": PASSWORD}, LISTS),
    "POST telegram_account.remove": ("/desk/account/telegram/unlink", {}, OWN),
    "POST account.end_token": ("/desk/account/tokens/{unknown}/drop", {}, OWN),
    "POST passkeys.options": ("/desk/account/passkeys/options", {"name": "x"}, (302,) + (404,) * 5),
    "POST passkeys.add": ("/desk/account/passkeys", {"name": "x"}, (302,) + (422,) * 5),
    "POST passkeys.remove": ("/desk/account/passkeys/{unknown}/remove", {}, (302,) + (403,) * 5),
    "POST passkeys.sign_in_options": ("/desk/sign-in/passkey/options", {}, (404,) * 6),
    "POST passkeys.sign_in": ("/desk/sign-in/passkey", {}, (404,) * 6),
    "GET confirm.show": ("/desk/account/confirm", None, LISTS),
    "POST confirm.show": ("/desk/account/confirm", {}, (302,) + (403,) * 5),
    "POST confirm.options": ("/desk/account/confirm/options", {}, (302,) + (404,) * 5),
    "GET account.codes": ("/desk/account/codes", None, LISTS),
    "POST account.codes": ("/desk/account/codes", {"code": "1"}, (302,) + (403,) * 5),
    "POST account.renew_codes": ("/desk/account/codes/renew", {"password": "x"}, (302,) + (403,) * 5),
    "POST account.codes_off": ("/desk/account/codes/off", {"password": "x"}, (302,) + (403,) * 5),
    "POST views.save": ("/desk/views?kind=fact", {"name": "Факты"}, OWN),
    "POST views.rename": ("/desk/views/{unknown}/name", {"name": "Факты"}, OWN),
    "POST views.drop": ("/desk/views/{unknown}/drop", {}, OWN),
    # Cases
    "GET queue.home": ("/desk/", None, (302,) * 6),
    "GET queue.show": ("/desk/queue", None, LISTS),
    "POST live.show": ("/desk/queue/live", {"since": "2026-01-01T00:00:00Z"}, LISTS),
    "GET case.show": ("/desk/cases/{case}", None, READS),
    "GET case.pane": ("/desk/cases/{case}/pane", None, READS),
    "POST case.announce": ("/desk/cases/{case}/presence", {}, READS),
    "POST decision.create": ("/desk/cases/{case}/decisions", {"version": "1", "action": "accept"}, DECIDES),
    "POST case.change_assignee": ("/desk/cases/{case}/assign", {"assignee": ""}, DECIDES),
    "POST house_word.add": ("/desk/cases/{case}/house-word", {}, CHANGES),
    "POST house_word.remove": ("/desk/cases/{case}/house-word/remove", {}, CHANGES),
    "POST case.merge_into": ("/desk/cases/{case}/merge", {"into": "{other}"}, DECIDES),
    "POST case.take_merge_back": ("/desk/cases/{case}/unmerge", {}, (302, 403, 422, 422, 404, 422)),
    "POST case.split_off": ("/desk/cases/{case}/split", {"report": "{report}"}, DECIDES),
    "POST bulk.chosen": ("/desk/bulk", {"action": "reject", "case": "{case}:1"}, OWN),  # counts what it left
    "GET bulk.confirm": ("/desk/bulk/matching", None, LISTS),
    "POST bulk.matching": (
        "/desk/bulk/matching?site={site}", {"action": "reject", "confirmed": "{open}"},
        (302, 302, 302, 302, 409, 302),
    ),
    "GET bulk.show": ("/desk/bulk/{bulk}", None, (302,) + (404,) * 4 + (200,)),  # the owner's own
    "POST bulk.take_back": ("/desk/bulk/{bulk}/undo", {}, (302,) + (404,) * 4 + (302,)),
    "GET page.index": ("/desk/pages", None, LISTS),
    "GET page.show": ("/desk/pages/{page}", None, READS),
    "POST page.check": ("/desk/pages/{page}/check", {}, DECIDES),
    "GET files.cases": ("/desk/files/cases.csv", None, LISTS),
    "GET insight.show": ("/desk/insight", None, LISTS),
    "GET insight.chart": ("/desk/insight/days.svg", None, LISTS),
    "GET insight.as_csv": ("/desk/insight/figures.csv", None, LISTS),
    "GET attention.show": ("/desk/attention", None, (302, 403, 403, 200, 200, 200)),
    "POST attention.again": ("/desk/attention/1", {}, (302, 403, 403, 404, 404, 404)),  # nobody's message
    "POST attention.all_again": ("/desk/attention", {}, (302, 403, 403, 302, 302, 302)),
    # Sites
    "GET accounts.index": ("/desk/accounts", None, (302,) + (403,) * 4 + (200,)),
    "POST accounts.disable": ("/desk/accounts/{unknown}/disable", {}, (302,) + (403,) * 4 + (404,)),
    "POST accounts.enable": (
        "/desk/accounts/{unknown}/enable", {"password": PASSWORD}, (302,) + (403,) * 4 + (404,),
    ),
    "POST accounts.end": ("/desk/accounts/{unknown}/end", {}, (302,) + (403,) * 4 + (404,)),
    "POST two_factor_rule.change": (
        "/desk/two-factor-rule", {"required": "no", "password": PASSWORD}, (302,) + (403,) * 4 + (302,),
    ),
    "GET sites.index": ("/desk/sites", None, LISTS),
    "POST sites.index": (
        "/desk/sites", {"name": "N", "origins": "https://n.example"}, (302,) + (403,) * 4 + (302,),
    ),
    "GET demo_removal.confirm": ("/desk/sites/demo/remove", None, (302,) + (403,) * 4 + (302,)),
    "POST demo_removal.remove": ("/desk/sites/demo/remove", {}, (302,) + (403,) * 4 + (302,)),
    "GET settings.show": ("/desk/sites/{site}", None, RUNS),
    "POST settings.save": (
        "/desk/sites/{site}/settings/domains", {"name": ""}, (302, 403, 403, 422, 404, 422),
    ),
    "POST settings.check": ("/desk/sites/{site}/settings/domains/check", {"name": ""}, RUNS),
    "GET install.show": ("/desk/sites/{site}/embed", None, RUNS),
    "GET install.progress": ("/desk/sites/{site}/embed/progress", None, RUNS),
    "POST install.check": ("/desk/sites/{site}/embed/check", {"url": ""}, (302, 403, 403, 422, 404, 422)),
    "POST install.test": ("/desk/sites/{site}/embed/test", {"action": "start"}, CHANGES),
    "POST install.checklist": ("/desk/sites/{site}/embed/checklist", {"hide": "yes"}, CHANGES),
    "GET install.preview": ("/desk/sites/{site}/preview", None, RUNS),
    "POST install.rotate": ("/desk/sites/{site}/key", {}, CHANGES),
    "GET site_cms.show": ("/desk/sites/{site}/cms", None, RUNS),
    "POST site_cms.save": ("/desk/sites/{site}/cms", {"password": PASSWORD}, (302, 403, 403, 422, 404, 422)),
    "POST site_cms.test": ("/desk/sites/{site}/cms/test", {}, CHANGES),
    "POST site_cms.disconnect": ("/desk/sites/{site}/cms/disconnect", {}, CHANGES),
    "GET cms.source": ("/desk/cases/{case}/source", None, (302, 422, 422, 422, 404, 422)),  # no CMS
    "POST cms.revert": ("/desk/cases/{case}/revert", {}, (302, 403, 409, 409, 404, 409)),
    "POST cms.page": ("/desk/pages/{page}/apply", {}, (302, 302, 302, 302, 404, 302)),  # none is accepted
    "GET sites.audit": ("/desk/sites/{site}/audit", None, RUNS),
    "GET sites.everything": ("/desk/sites/{site}/everything.jsonl", None, RUNS),
    "GET sites.danger": ("/desk/sites/{site}/danger", None, RUNS),
    "POST sites.delete": ("/desk/sites/{site}/deletion", {"name": "x"}, CHANGES),
    "GET members.show": ("/desk/sites/{site}/members", None, RUNS),
    "POST members.invite": (
        "/desk/sites/{site}/members", {"email": "n@n.example", "role": "editor", "password": PASSWORD},
        CHANGES,
    ),
    "POST members.role": ("/desk/sites/{site}/members/{member}/role", {"role": "viewer"}, CHANGES),
    "POST members.remove": ("/desk/sites/{site}/members/{member}/remove", {}, CHANGES),
    "POST members.revoke": ("/desk/sites/{site}/members/invitations/{unknown}/revoke", {}, CHANGES),
    "POST routing.apply": ("/desk/sites/{site}/routing/apply", {}, CHANGES),
    "POST routing.undo": ("/desk/sites/{site}/routing/undo", {"run": "x"}, CHANGES),
    "GET notifications.show": ("/desk/sites/{site}/notifications", None, READS),
    "POST notifications.show": (
        "/desk/sites/{site}/notifications", {"min_readers": "x"}, (302, 422, 422, 422, 404, 422),
    ),
    "GET integrations.index": ("/desk/sites/{site}/integrations", None, RUNS),
    "GET integrations.new_webhook": ("/desk/sites/{site}/integrations/webhooks", None, RUNS),
    "POST integrations.new_webhook": (
        "/desk/sites/{site}/integrations/webhooks", {"password": PASSWORD}, (302, 403, 403, 422, 404, 422),
    ),
    "GET telegram_bots.new": ("/desk/sites/{site}/integrations/telegram", None, RUNS),
    "POST telegram_bots.new": (
        "/desk/sites/{site}/integrations/telegram", {"name": "", "password": PASSWORD},
        (302, 403, 403, 422, 404, 422),
    ),
    "POST telegram_bots.test_connection": (
        "/desk/sites/{site}/integrations/{webhook}/connection", {}, (302, 403, 403, 404, 404, 404),
    ),
    "GET integrations.new_channel": ("/desk/sites/{site}/integrations/channels", None, RUNS),
    "POST integrations.new_channel": (
        "/desk/sites/{site}/integrations/channels", {"password": PASSWORD}, (302, 403, 403, 422, 404, 422),
    ),
    "GET integrations.show": ("/desk/sites/{site}/integrations/{webhook}", None, RUNS),
    "POST integrations.show": (
        "/desk/sites/{site}/integrations/{webhook}", {}, (302, 403, 403, 422, 404, 422),
    ),
    "POST integrations.rotate": (
        "/desk/sites/{site}/integrations/{webhook}/secret", {"password": PASSWORD}, RUNS,
    ),
    "POST integrations.test": ("/desk/sites/{site}/integrations/{webhook}/test", {}, CHANGES),
    "POST integrations.try_now": ("/desk/sites/{site}/integrations/{webhook}/try-now", {}, CHANGES),
    "POST integrations.send_again": (  # nobody's delivery
        "/desk/sites/{site}/integrations/{webhook}/deliveries/0", {}, (302, 403, 403, 404, 404, 404),
    ),
    "GET site_keys.show": ("/desk/sites/{site}/keys", None, RUNS),
    "POST site_keys.create": ("/desk/sites/{site}/keys", {"name": "x", "password": PASSWORD}, RUNS),
    "POST site_keys.revoke": (  # nobody's key
        "/desk/sites/{site}/keys/{unknown}/revoke", {}, (302, 403, 403, 404, 404, 404),
    ),
    "POST integrations.remove": ("/desk/sites/{site}/integrations/{webhook}/remove", {}, CHANGES),
    # The editors' API
    "GET webhooks.list_webhooks": ("/api/v1/webhooks?site={site}", None, API_RUNS),
    "POST webhooks.create_webhook": (
        "/api/v1/webhooks", {"_": 1, "site": "{site}", "url": "https://hook.example/"},
        (401, 403, 403, 201, 404, 201),
    ),
    "PATCH webhooks.change_webhook": ("/api/v1/webhooks/{webhook}", {"_": 1, "active": False}, API_RUNS),
    "DELETE webhooks.delete_webhook": ("/api/v1/webhooks/{webhook}", {"_": 1}, API_RUNS),
    "POST webhooks.rotate_secret": ("/api/v1/webhooks/{webhook}/secret", {"_": 1}, API_RUNS),
    "POST webhooks.test_webhook": (
        "/api/v1/webhooks/{webhook}/test", {"_": 1}, (401, 403, 403, 202, 404, 202),
    ),
    "GET server_keys.list_server_keys": ("/api/v1/sites/{site}/server-keys", None, API_RUNS),
    "POST server_keys.create_server_key": (
        "/api/v1/sites/{site}/server-keys", {"_": 1, "name": "x"}, (401, 403, 403, 201, 404, 201),
    ),
    "DELETE server_keys.delete_server_key": (  # nobody's key
        "/api/v1/sites/{site}/server-keys/{unknown}", {"_": 1}, (401, 403, 403, 404, 404, 404),
    ),
    "GET routes.list_routes": ("/api/v1/sites/{site}/routes", None, API_RUNS),
    "PUT routes.replace_routes": ("/api/v1/sites/{site}/routes", {"_": 1, "items": []}, API_RUNS),
    "GET cases.list_cases": ("/api/v1/cases", None, API_LISTS),
    "GET cases.get_case": ("/api/v1/cases/{case}", None, API_READS),
    "GET cases.list_reports": ("/api/v1/cases/{case}/reports", None, API_READS),
    "GET cases.list_decisions": ("/api/v1/cases/{case}/decisions", None, API_READS),
    "POST decisions.create_decision": (
        "/api/v1/cases/{case}/decisions", {"_": 1, "action": "accept", "version": 1}, API_DECIDES,
    ),
    "POST cases.merge_case": ("/api/v1/cases/{case}/merge", {"_": 1, "into": "{other}"}, API_DECIDES),
    "POST cases.split_case": (
        "/api/v1/cases/{case}/split", {"_": 1, "report_ids": ["{report}"]}, API_DECIDES,
    ),
    "POST decisions.create_decisions": (  # each result has its own status
        "/api/v1/decisions", {"_": 1, "decisions": [{"case_id": "{case}", "action": "accept", "version": 1}]},
        API_LISTS,
    ),
    "POST pages.recheck_page": (
        "/api/v1/pages/recheck", {"_": 1, "url": "{url}"}, (401, 403, 202, 202, 404, 202),
    ),
    "GET directory.list_sites": ("/api/v1/sites", None, API_LISTS),
    "GET directory.list_editors": ("/api/v1/editors?site={site}", None, API_LISTS),
    "GET stats.get_stats": ("/api/v1/stats", None, API_LISTS),
    "GET export.export_cases": ("/api/v1/export/cases.csv", None, API_LISTS),
}  # fmt: skip


def test_the_table_knows_every_route(app):
    routes = {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == set(TABLE)


# What a step that succeeds uses up. A case can be decided once.
USED_UP = (
    "{case}",
    "{other}",
    "{report}",
    "{bulk}",
    "{webhook}",
    "{member}",
    "{open}",
    "{receipt}",
    "{invited}",
)


class World:
    """A site with everybody who can call a route."""

    def __init__(self, app, session, settings):
        self.app, self.session, self.settings = app, session, settings
        self.site = site = SiteFactory()
        self.page = PageFactory(site_id=site.id)
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
        invitation = InvitationFactory(site_id=site.id, email=f"{uuid7()}@new.example")
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


@pytest.fixture(scope="module")
def read_world(shared_app, sessions, settings):
    """A world that all routes share that change nothing."""
    with sessions() as session:
        empty(session)
        bind(session)
        world = World(shared_app, session, settings)
        yield world, world.ids()


@pytest.fixture
def world(app, session, settings):
    """A world of one test."""
    return World(app, session, settings)


def webhook(site, keys):
    """A webhook with a secret."""
    subscriber = SubscriberFactory(site_id=site.id, settings={"url": "https://hook.example/"})
    set_secret(keys, subscriber)
    SubscriberFactory._meta.sqlalchemy_session.commit()
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


def assert_answers(route, answers):
    assert dict(zip(ROLES, answers, strict=True)) == dict(zip(ROLES, TABLE[route][2], strict=True))


def is_sent_away(answer):
    """Return whether the answer sends somebody to the sign-in form."""
    return answer.status_code == 302 and answer.location.startswith("/desk/sign-in")


def assert_nobody_is_led_in(role, url, answer):
    if answer.status_code == 302 and url.startswith("/desk") and role == "nobody":
        assert answer.location.startswith(("/desk/sign-in", "/desk/queue")), answer.location


@pytest.mark.parametrize("route", [route for route in TABLE if route.startswith("GET ")])
def test_every_role_reads(read_world, route):
    world, values = read_world
    url, answers = TABLE[route][0].format(**values), []
    for role in ROLES:
        answer = world.client(role).get(url, headers=world.headers(role, url))
        answers.append(answer.status_code)
        assert_nobody_is_led_in(role, url, answer)
    assert_answers(route, answers)


@pytest.mark.parametrize("route", [route for route in TABLE if not route.startswith("GET ")])
def test_every_role_changes(world, route):
    path, sent, _ = TABLE[route]
    used = str((path, sent))
    answers, values = [], world.ids() if "{" in used else {}
    for role in ROLES:
        client, url = world.client(role), path.format(**values)
        if "_" in sent:
            body, headers = filled(sent, values), world.headers(role, url)
            answer = client.open(url, method=route.split()[0], json=body, headers=headers)
        else:
            answer = client.post(url, data={"csrf_token": csrf(client), **filled(sent, values)})
        answers.append(answer.status_code)
        assert_nobody_is_led_in(role, url, answer)
        world.session.rollback()
        has_changed = answer.status_code < 400 and not is_sent_away(answer)
        if has_changed and role != ROLES[-1] and any(name in used for name in USED_UP):
            values = world.ids()
    assert_answers(route, answers)
