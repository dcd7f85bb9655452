"""Channels: a real Mattermost-shaped receiver gets what a channel wants."""

import gzip
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from moderation.models import Delivery, DeliveryBatch
from moderation.services.events import Fact, record
from moderation.services.notify.channel import ChannelKind, open_channel
from moderation.services.notify.channels import save_channel
from moderation.services.notify.kind import NotDelivered, Parcel
from moderation.services.notify.subscribers import InvalidSubscriber, send_test
from moderation.services.triage.place import place
from tests.factories import NOON, CaseFactory, EditorFactory, ReportFactory
from tests.support.web import drip

SETTINGS = {
    "section": "", "min_readers": 1, "when": "at_once", "daily_at": 9, "quiet_from": None, "quiet_to": None,
    "time_zone": "UTC", "lang": "ru",
}  # fmt: skip


@pytest.fixture
def add(session, site, key):
    def run(url, events=("case.opened",), **settings):
        owner, settings = EditorFactory(is_owner=True), SETTINGS | settings
        return save_channel(
            session, owner, site, None, secret_keys=key, name="Чат", url=url, events=events, **settings
        )

    return run


def texts(receiver):
    return [body.get("text") for body in receiver.accepted]


def test_a_case_is_announced_once_when_enough_readers_reported_it(session, site, add, receiver, dispatcher):
    add(f"mmost://{receiver.host}/abcdefghijklmnopqrstuvwxyz", min_readers=2)
    for _ in range(4):
        report = ReportFactory(site=site)
        place(session, [report.id], NOON)
        session.commit()
        dispatcher(receiver).run()
    [text] = texts(receiver)
    assert "Новое замечание" in text and "расказал" in text and "/desk/cases/" in text


def test_a_digest_is_one_message_about_cases_that_are_still_open(
    session, site, add, receiver, dispatcher, clock
):
    add(f"mmost://{receiver.host}/abcdefghijklmnopqrstuvwxyz", when="hourly", section="https://news.example/")
    cases = [CaseFactory(site=site, exact=f"слово{n}") for n in range(3)]
    cases[1].status = "rejected"
    record(session, site.id, [Fact("case.opened", case.id, case.id) for case in cases], NOON)
    clock.time = clock.time.replace(minute=30)
    session.execute(update(DeliveryBatch).values(created_at=clock.time))
    session.commit()
    dispatcher(receiver).run()
    assert texts(receiver) == []
    clock.pass_(minutes=31)
    dispatcher(receiver).run()
    [text] = texts(receiver)
    assert "слово0" in text and "слово2" in text and "слово1" not in text
    results = session.execute(select(Delivery.case_id, Delivery.result)).all()
    assert dict(map(tuple, results)) == {cases[0].id: "sent", cases[1].id: "unneeded", cases[2].id: "sent"}


def test_what_comes_after_a_digest_waits_for_the_next(session, site, add, receiver, dispatcher, clock):
    add(f"mmost://{receiver.host}/abcdefghijklmnopqrstuvwxyz", when="hourly")

    def open_case(word):
        case = CaseFactory(site=site, exact=word)
        record(session, site.id, [Fact("case.opened", case.id, case.id)], NOON)
        session.execute(update(DeliveryBatch).values(created_at=clock.time))
        session.commit()
        dispatcher(receiver).run()

    clock.time = clock.time.replace(minute=50) + timedelta(hours=1)
    open_case("первое")
    clock.pass_(minutes=11)
    dispatcher(receiver).run()
    clock.pass_(minutes=1)
    open_case("второе")
    open_case("третье")
    assert len(texts(receiver)) == 1
    clock.pass_(hours=1)
    dispatcher(receiver).run()
    first, second = texts(receiver)
    assert "первое" in first and "второе" in second and "третье" in second


@pytest.mark.parametrize("times", [{"when": "daily"}, {"quiet_from": 0, "quiet_to": 23}])
def test_a_test_does_not_wait_for_the_digest_or_for_the_morning(
    session, site, add, receiver, dispatcher, clock, times
):
    clock.time = clock.time.replace(hour=12) + timedelta(days=1)
    channel = add(f"mmost://{receiver.host}/abcdefghijklmnopqrstuvwxyz", **times)
    case = CaseFactory(site=site)
    record(session, site.id, [Fact("case.opened", case.id, case.id)], NOON)
    session.execute(update(DeliveryBatch).values(created_at=clock.time))
    session.commit()
    send_test(session, channel, NOON)
    dispatcher(receiver).run()
    [text] = texts(receiver)
    assert "пробное сообщение" in text


def test_a_case_that_a_digest_left_out_is_announced_when_it_reaches_the_number(
    session, site, add, receiver, dispatcher, clock
):
    add(f"mmost://{receiver.host}/abcdefghijklmnopqrstuvwxyz", when="hourly", min_readers=2)
    for words in (["расказал", "расказал", "жителеми"], ["жителеми"], ["жителеми"]):
        reports = [ReportFactory(site=site, exact=word) for word in words]
        place(session, [report.id for report in reports], NOON)
        session.commit()
        clock.time = clock.time.replace(minute=0) + timedelta(hours=1)
        dispatcher(receiver).run()
    first, second = texts(receiver)
    assert "расказал" in first and "жителеми" not in first
    assert "жителеми" in second and "расказал" not in second


@pytest.mark.parametrize(
    "url", ["json://127.0.0.1/", "file:///etc/passwd", "slack://", "https://a.example/", ""]
)
def test_an_address_that_is_no_chat_is_refused(session, add, url):
    with pytest.raises(InvalidSubscriber):
        add(url)


@pytest.mark.parametrize(
    "url",
    ["workflow://news.example/workflow/signature/", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/",
     "discord://417429632418316298/JHZ7lQml277CDHmQKMHI8qBe7bk2ZwO5UKjCiOAF7711o33MyqU344Qpgv7YTpadV_js/",
     "tgram://123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bs/12315544/"],
)  # fmt: skip
def test_a_channel_reads_no_file_of_this_machine(session, add, tmp_path, url):
    secret = tmp_path / "secret.json"
    secret.write_text('{"type": "message", "blocks": [{"type": "secret"}], "content": "secret"}')
    add(url)
    with pytest.raises(InvalidSubscriber):
        add(f"{url}?template={secret}")


def test_a_chat_that_never_ends_its_answer_holds_no_thread(add, key):
    with drip(b"HTTP/1.1 200 OK\r\n") as host:
        channel = add(f"mmost://{host}/abcdefghijklmnopqrstuvwxyz?to={','.join('abcdef')}")
        with pytest.raises(NotDelivered):
            ChannelKind(key, "", seconds=0.5).send(channel, Parcel(uuid4(), "text", NOON))


@pytest.mark.parametrize(
    ("headers", "answer"),
    [({}, b"x" * 2**21), ({"Content-Encoding": "gzip"}, gzip.compress(b"x" * 2**26))],
)
def test_a_chat_that_answers_without_end_fills_no_memory(add, key, receiver, headers, answer):
    receiver.behaviour = lambda _number: (200, headers, answer)
    channel = add(f"mmost://{receiver.host}/abcdefghijklmnopqrstuvwxyz")
    with pytest.raises(NotDelivered):
        ChannelKind(key, "").send(channel, Parcel(uuid4(), "text", NOON))


def test_an_address_asks_for_no_redirects_repetitions_or_parts(session, add):
    url = "mmost://chat.example/abcdefghijklmnopqrstuvwxyz"
    service = open_channel(f"{url}?redirect=yes&retry=9&wait=60&overflow=split")
    assert (service.redirects, service.retry, service.overflow_mode) == (False, 0, "upstream")
    with pytest.raises(InvalidSubscriber, match="at most 20"):
        add(f"{url}?to={','.join(f'c{number}' for number in range(21))}")


@pytest.mark.parametrize(
    "text",
    [
        "@channel",
        "@everyone",
        "[Sign in](https://evil.example)",
        "<!channel>",
        "<https://evil.example|Sign in>",
    ],
)
def test_a_readers_text_is_no_link_and_calls_nobody_in_a_chat(session, site, add, receiver, dispatcher, text):
    add(f"mmost://{receiver.host}/abcdefghijklmnopqrstuvwxyz")
    case = CaseFactory(site=site, exact=text, prefix=f"{text} ", suffix="(https://evil.example)")
    case.page.title = text
    record(session, site.id, [Fact("case.opened", case.id, case.id)], NOON)
    session.commit()
    dispatcher(receiver).run()
    [sent] = texts(receiver)
    assert text not in sent and "](" not in sent and sent.replace("\u200b", "").count(text) == 3
