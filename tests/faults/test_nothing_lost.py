"""The main job over HTTP alone, while Redis goes away and the worker is killed.

Every third Russian typo of tests/support is on a page of its own and is reported by three readers, each
with a selection of another width.
"""

import os
import shutil
import signal
import subprocess
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from redis import Redis
from redis.exceptions import RedisError

from moderation.domain.text.whole_words import whole_words
from tests.support.running import Running, call, eventually

CONTEXT = 64


class RedisServer:
    """A Redis of the test's own, to stop and to start."""

    def __init__(self, directory):
        self.url = f"unix://{directory}/redis.sock"
        # Web and worker may run as another user than this test.
        socket = f"--unixsocket {directory}/redis.sock --unixsocketperm 777"
        options = f"--port 0 {socket} --appendonly no --dir {directory}"
        program = shutil.which("redis-server") or "redis-server"
        self._command = [program, *options.split(), "--save", ""]

    def start(self):
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        eventually(self._answers)

    def stop(self):
        self._process.terminate()
        self._process.wait(10)

    def _answers(self):
        try:
            return Redis.from_url(self.url).ping()
        except RedisError:
            return False


@pytest.fixture
def redis_server(workspace):
    directory = workspace / "faults-redis"
    directory.mkdir()
    server = RedisServer(directory)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def running(workspace, redis_server):
    env = {"REDIS_URL": redis_server.url, "CORRIGENDA_READER_LIMIT": "", "CORRIGENDA_SITE_LIMIT": ""}
    stack = Running(
        workspace / "faults", "--no-demo", CORRIGENDA_TRUSTED_PROXIES="1", CORRIGENDA_WEB_WORKERS="2", **env
    ).await_ready()
    yield stack
    stack.stop()


def three_selections(typo):
    """The word alone, the words beside it, and the sentence: as three readers would."""
    text, start, end = typo.text.replace("\n", " "), typo.start, typo.end
    word = whole_words(text, start, end)
    wider = whole_words(text, max(0, word[0] - 2), min(len(text), word[1] + 2))
    sentence = (text.rfind(". ", 0, word[0]) + 1, (text.find(". ", word[1]) + 1) or len(text))
    sentence = (max(sentence[0], word[0] - 400), min(sentence[1], word[1] + 400))
    for reader, (left, right) in enumerate([word, wider, sentence]):
        correction = text[left:start] + typo.right + text[end:right]
        yield (
            reader,
            {
                "url": f"https://news.example/{typo.id}",
                "quote": {
                    "exact": text[left:right],
                    "prefix": text[max(0, left - CONTEXT) : left],
                    "suffix": text[right : right + CONTEXT],
                },
                "position": {"start": left, "end": right},
                "correction": correction,
                "lang": "ru",
            },
        )


def check_stored(database, ids, mistakes):
    """Check that each report is in one case, and the three reports of a mistake are in the same."""

    def number(query):
        return database.execute(query).fetchone()[0]

    eventually(lambda: number("SELECT count(*) = 0 FROM outbox_message WHERE done_at IS NULL"), 90)
    assert number("SELECT count(*) FROM report") == len(ids)
    placed = Counter(str(row[0]) for row in database.execute("SELECT report_id FROM placement"))
    assert set(placed) == ids and set(placed.values()) == {1}
    assert number('SELECT sum(report_count) FROM "case"') == len(ids)
    assert number('SELECT sum(reader_count) FROM "case"') == len(ids)
    assert number("SELECT count(*) FROM outbox_message") == len(ids)
    assert number('SELECT count(*) FROM "case"') == mistakes
    assert number('SELECT count(*) FROM "case" WHERE report_count <> 3') == 0


def status_for_reader(accepted):
    """Return what the receipt of an accepted report says."""
    return call(accepted["receipt"]["url"].replace("/r/", "/api/v1/receipts/"))[1]["status"]


def test_every_report_is_in_exactly_one_case(running, redis_server, russian_typos):
    site = running.cli("site", "add", "News", "--origin", "https://news.example", "--json")
    typos = russian_typos[::3]
    bodies = [(reader, body) for typo in typos for reader, body in three_selections(typo)]
    mistakes, reports = len(typos), len(bodies)
    assert reports == 3 * mistakes > 300
    sent = 0
    lock, redis_stopped, redis_back = threading.Lock(), threading.Event(), threading.Event()

    def send(numbered):
        nonlocal sent
        reader, body = numbered
        headers = {"X-Site-Key": site["site_key"], "X-Forwarded-For": f"192.0.2.{reader + 1}"}
        answer = call(f"{running.url}/api/v1/reports", body, headers)
        with lock:
            sent += 1
            at = sent
        if at == 100:
            redis_server.stop()
            redis_stopped.set()
        elif at == 200:
            redis_server.start()
            redis_back.set()
        elif at == 280:
            os.kill(running.children()["worker"], signal.SIGKILL)
        return answer

    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(send, bodies))
    assert redis_stopped.is_set() and redis_back.is_set()
    assert Counter(status for status, _ in answers) == {202: reports}
    ids = {body["id"] for _, body in answers}
    assert len(ids) == reports, "every reader has a receipt of their own"
    running.await_line(r"^worker stopped \(killed by SIGKILL\)")

    with psycopg.connect(running.database_url, autocommit=True) as database:
        check_stored(database, ids, mistakes)
    assert {status_for_reader(body) for _, body in answers[::50]} == {"open"}
