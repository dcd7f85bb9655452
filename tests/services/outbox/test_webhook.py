"""Webhooks to the receiver of docs/integrations.md, and their signatures."""

import re
import threading
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from standardwebhooks import Webhook, WebhookVerificationError
from werkzeug.serving import make_server

from moderation.models import Subscriber
from moderation.services.notify.subscribers import InvalidSubscriber, add_webhook, rotate, send_test
from moderation.services.notify.webhook_secrets import OVERLAP, valid_secrets
from tests.factories import EditorFactory

DOCUMENT = Path(__file__).parents[3] / "docs/integrations.md"


@pytest.fixture
def owner(session):
    return EditorFactory(is_owner=True)


@pytest.fixture
def documented_receiver(monkeypatch):
    """Runs the receiver of the document with a secret. `seen` holds the ids that it accepted."""
    servers = []

    def run(secret):
        [code] = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.S)
        assert len([line for line in code.splitlines() if line]) <= 20
        monkeypatch.setenv("CORRIGENDA_WEBHOOK_SECRET", secret)
        names = {"__name__": "receiver"}
        exec(compile(code, "docs/integrations.md", "exec"), names)
        server = make_server("127.0.0.1", 0, names["app"], threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        host = f"127.0.0.1:{server.server_port}"
        return SimpleNamespace(host=host, url=f"http://{host}/hook", seen=names["seen"])

    yield run
    for server in servers:
        server.shutdown()
        server.server_close()


def add(session, owner, site, key, url="https://hook.example/"):
    return add_webhook(session, owner, site, name="CMS", url=url, events=["case.opened"], secret_keys=key)


def test_the_documented_receiver_accepts_a_test_and_refuses_another_secret(
    session, site, owner, documented_receiver, dispatcher, clock, key
):
    webhook, secret = add(session, owner, site, key)
    right, wrong = documented_receiver(secret), documented_receiver("whsec_" + "A" * 44)
    for receiver, accepted in ((wrong, 0), (right, 1)):
        webhook = session.get(Subscriber, webhook.id)
        webhook.settings = {"url": receiver.url}
        send_test(session, webhook, clock())
        dispatcher(receiver, seconds=5).run()
        assert len(receiver.seen) == accepted


def test_two_secrets_are_valid_for_a_day_while_one_replaces_the_other(
    session, site, owner, receiver, dispatcher, clock, key
):
    webhook, old = add(session, owner, site, key, receiver.url)
    new = rotate(session, owner, site, webhook, clock(), secret_keys=key)
    assert old.encode() not in webhook.sealed and old != new
    send_test(session, webhook, clock())
    dispatcher(receiver, seconds=5).run()
    [(headers, body)] = receiver.got
    for secret in (old, new):
        Webhook(secret).verify(body, headers)
    assert valid_secrets(key, webhook, clock() + OVERLAP + timedelta(seconds=1)) == [new]
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(body, headers | {"webhook-signature": headers["webhook-signature"].split()[0]})


@pytest.mark.parametrize("url", ["ftp://a.example/", "hook.example", "https://user:pw@a.example/", ""])
def test_an_address_that_cannot_work_is_refused(session, site, owner, key, url):
    with pytest.raises(InvalidSubscriber):
        add(session, owner, site, key, url)
