"""Git repositories whose address, name or size an attacker chose."""

import subprocess

import pytest

from moderation.integrations.cms.base import Refused
from moderation.integrations.cms.git import GitRepository
from moderation.models import CmsConnection
from moderation.secret_keys import SecretKeys
from moderation.services.apply.kinds import Connector
from tests.support.serving import serve_http

RULE = "/{path} → {path}.md"


def test_git_connects_to_the_checked_address_and_resolves_no_name_again(tmp_path):
    with serve_http(lambda _request, _body: (404, {}, b"")) as port:
        repository = f"http://rebinding.invalid:{port}/a.git"
        for addresses, reached in (((), "resolve"), (("127.0.0.1",), "not found")):
            cms = GitRepository(
                repository, "main", RULE, tmp_path / "copies", allowed=("http",), addresses=addresses
            )
            with pytest.raises(Refused, match=f"(?i){reached}"):
                cms.test()


@pytest.mark.parametrize(
    ("status", "reason"), [(401, "unauthorized"), (403, "unauthorized"), (404, "unreachable")]
)
def test_a_number_in_the_address_is_no_answer_of_the_server(tmp_path, status, reason):
    with serve_http(lambda _request, _body: (status, {}, b"")) as port:
        repository = f"http://127.0.0.1:{port}/401-403.git"
        cms = GitRepository(repository, "main", RULE, tmp_path / "copies", allowed=("http",))
        with pytest.raises(Refused) as refused:
            cms.test()
    assert refused.value.reason == reason


def test_the_connector_gives_git_the_addresses_that_it_checked(tmp_path):
    connector = Connector(SecretKeys("k" * 40), frozenset(), tmp_path)
    connection = CmsConnection(kind="git", settings=settings("http://192.0.32.8/a.git"), secret=None)
    assert connector(connection).addresses == ("192.0.32.8",)
    for inside in ("127.0.0.1", "[::1]", "localhost", "[::ffff:10.0.0.1]"):
        private = CmsConnection(kind="git", settings=settings(f"http://{inside}/a.git"), secret=None)
        with pytest.raises(Refused) as refused:
            connector(private)
        assert refused.value.reason == "private_address"


def settings(repository):
    return {"repository": repository, "branch": "main", "rule": RULE, "user": ""}


def test_a_repository_that_is_too_large_fills_no_disk(tmp_path):
    bare, work = tmp_path / "bare.git", tmp_path / "work"
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q", str(work)], check=True)
    (work / "a.md").write_text("text")
    (work / "large.bin").write_bytes(bytes(range(256)) * 4000)
    (work / "random.bin").write_bytes(b"".join(bytes([i * j % 251 for i in range(999)]) for j in range(999)))
    subprocess.run([*git, "add", "-A"], cwd=work, check=True)
    subprocess.run([*git, "commit", "-qm", "x"], cwd=work, check=True)
    subprocess.run([*git, "clone", "-q", "--bare", str(work), str(bare)], check=True)
    few = {"allowed": ("file",), "largest_pack": 1000}
    with pytest.raises(Refused):
        GitRepository(str(bare), "main", RULE, tmp_path / "few", **few).read("https://news.example/a")
    assert all(file.stat().st_size <= 1000 for file in (tmp_path / "few").rglob("*.pack"))
    document = GitRepository(str(bare), "main", RULE, tmp_path / "many", allowed=("file",)).read(
        "https://news.example/a"
    )
    assert document.fields[0].text == "text"
