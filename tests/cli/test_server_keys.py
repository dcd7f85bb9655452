"""Keys of a site's own server."""

from tests.support.commands import answer


def test_a_key_is_made_listed_and_revoked(run):
    run("site", "add", "News", "--origin", "https://news.example")
    made = answer(run("server-key", "add", "--site", "News", "--name", "back end", "--json"))
    assert made["server_key"].startswith("sk_")
    (row,) = answer(run("server-key", "list", "--site", "News", "--json"))
    assert (row["name"], row["scopes"], row["last_used_at"]) == ("back end", ["report"], None)
    assert run("server-key", "revoke", "--site", "News", row["id"]).stdout == "revoked\n"
    assert "no server key" in run("server-key", "revoke", "--site", "News", row["id"]).stderr
    assert 'No site named "X"' in run("server-key", "list", "--site", "X").stderr
