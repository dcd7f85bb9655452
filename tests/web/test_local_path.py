"""Open redirects (F1 of the security review): each of these left the instance or made it fail."""

import pytest

from moderation.web.local_path import local_path

FOREIGN = [
    "//evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "/\\evil.example",
    "\\\\evil.example", "https://evil.example", "https:evil.example", "javascript:alert(1)",
    " //evil.example", "///evil.example", "", "/a//b", "evil.example", "/\x00/evil.example", "//[evil", None,
]  # fmt: skip


@pytest.mark.parametrize("value", FOREIGN)
def test_only_a_path_of_this_instance_is_followed(value):
    assert local_path(value, "/home") == "/home"


@pytest.mark.parametrize(
    "value", ["/", "/desk/queue?status=open&q=%D1%91", "/report?url=https://news.example/"]
)
def test_a_path_of_this_instance_is_kept(value):
    assert local_path(value, "/home") == value


def test_a_path_outside_of_the_folder_is_not_followed():
    assert local_path("/report", "/desk/queue", under="/desk") == "/desk/queue"


@pytest.mark.parametrize("path", ["/%09/evil.example", "/%0a/evil.example", "/%0d/evil.example", "//x"])
def test_the_language_switch_stays_on_the_instance(client, path):
    answer = client.get(f"/language/ru?next={path}")
    assert (answer.status_code, answer.location) == (302, "/")
