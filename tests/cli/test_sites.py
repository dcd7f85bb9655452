"""Settings of a site."""

from tests.support.commands import answer


class TestSettings:
    def test_what_the_desk_needs(self, run):
        run("site", "add", "News", "--origin", "https://news.example")
        changed = (
            "--cms-link",
            "https://cms.example/{last}",
            "--reject-reason",
            "Это цитата",
            "--keep-days",
            "365",
        )
        kept = answer(run("site", "set", "News", *changed, "--json"))
        assert (kept["cms_link"], kept["reject_reasons"]) == ("https://cms.example/{last}", ["Это цитата"])
        assert kept["keep_days"] == 365
        assert run("retention", "run").stdout == "Deleted 0 case(s).\n"

    def test_what_is_not_named_stays(self, run):
        run("site", "add", "News", "--origin", "https://news.example")
        first = answer(
            run("site", "set", "News", "--ground-rules", "Пишем «ё»", "--block-word", "casino", "--json")
        )
        assert (first["ground_rules"], first["blocked_words"]) == ("Пишем «ё»", ["casino"])
        second = answer(run("site", "set", "News", "--proof-of-work", "--block-word", "spam", "--json"))
        assert (second["ground_rules"], second["proof_of_work"]) == ("Пишем «ё»", True)
        assert second["blocked_words"] == ["casino", "spam"]
        assert answer(run("site", "set", "News", "--unblock", "spam", "--json"))["blocked_words"] == [
            "casino"
        ]

    def test_what_cannot_be(self, run):
        run("site", "add", "News", "--origin", "https://news.example")
        assert "blocked_readers" in run("site", "set", "News", "--block-reader", "me").stderr
        assert 'No site named "X"' in run("site", "set", "X").stderr

    def test_a_page_that_nobody_reported(self, run):
        assert "No reports for" in run("page", "recheck", "https://news.example/a").stderr
        assert "absolute" in run("page", "recheck", "nonsense").stderr
