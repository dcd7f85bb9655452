"""A bot of a site, an editor who linked Telegram, and a case that is posted."""

import pytest

from moderation.services.accounts.telegram_link import make_code
from moderation.services.events import Fact, record
from moderation.services.notify.telegram_api import make_bot_api
from moderation.services.notify.telegram_bots import BotSetup, save_bot
from moderation.services.notify.telegram_poll import Poller
from moderation.services.notify.telegram_updates import Updates
from moderation.services.pages.outbound import Outbound
from tests.factories import NOON, CaseFactory, EditorFactory, SuggestionFactory
from tests.support.telegram import run_telegram
from tests.support.telegram_bot import ANNA, SETTINGS


@pytest.fixture
def telegram():
    with run_telegram() as running:
        yield running


@pytest.fixture
def api(telegram):
    return make_bot_api(Outbound(seconds=1), telegram.url)


@pytest.fixture
def add(session, site, key, api):
    def run(at=None, **settings):
        setup = BotSetup(api, key, "https://typos.example")
        owner = EditorFactory(is_owner=True)
        return save_bot(session, owner, at or site, None, setup, **(SETTINGS | settings))

    return run


@pytest.fixture
def send(dispatcher, telegram):
    """Sends what is due."""
    return lambda: dispatcher(api=telegram.url, seconds=1).run()


@pytest.fixture
def poll(sessions, api, key, clock):
    """Asks for pressed buttons and messages, once."""
    updates = Updates(sessions, api, key, "https://typos.example", clock, 30, lambda _user: True)
    return Poller(sessions, updates, clock, wait_seconds=0).run


@pytest.fixture
def link(session, key, telegram, poll, clock):
    """Links an editor with a Telegram account, as people do it."""

    def run(editor, user):
        code = make_code(session, key, editor, clock())
        telegram.write(f"/start {code}", user)
        poll()
        session.expire_all()
        return editor

    return run


@pytest.fixture
def anna(site, link, add):
    add()
    return link(EditorFactory(role="editor", role__site=site, name="Анна"), ANNA)


@pytest.fixture
def case(session, site):
    made = CaseFactory(site=site, exact="<расказал>")
    SuggestionFactory(case=made, text="рассказал")
    return made


@pytest.fixture
def post(session, site, case, send, telegram):
    """Opens the case; returns the number of its message."""

    def run():
        record(session, site.id, [Fact("case.opened", case.id, case.id)], NOON)
        session.commit()
        before = set(telegram.messages)
        send()
        [number] = set(telegram.messages) - before
        return number

    return run
