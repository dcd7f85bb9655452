"""The files of the widget: addresses, caching, compression."""

import gzip
import re
from pathlib import Path

import brotli
import pytest

import moderation
from moderation.domain.sites.limits import COMMENT_LENGTH, CORRECTION_LENGTH, TITLE_LENGTH
from moderation.reader.bundle import make_bundle


class TestWidget:
    def test_any_site_may_load_it_and_soon_has_a_new_one(self, client):
        for path in ("/widget.js", "/widget/api.js", "/widget/api.d.ts", "/widget/reports.en.json"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert answer.headers["Cache-Control"].startswith("public, max-age=300")

    def test_a_module_is_kept_for_ever_under_its_version(self, client):
        version = re.search(r"widget/(\w{16})/", client.get("/widget.js").text)[1]
        for name in ("dialog.js", "loader.js"):
            assert "immutable" in client.get(f"/widget/{version}/{name}").headers["Cache-Control"]
        other = client.get("/widget/0123456789abcdef/dialog.js")
        assert (other.status_code, "immutable" in other.headers["Cache-Control"]) == (200, False)

    @pytest.mark.parametrize(("accepts", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
    def test_it_is_compressed_beforehand(self, client, accepts, encoding):
        answer = client.get("/widget.js", headers={"Accept-Encoding": accepts})
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Vary"] == "Accept-Encoding"
        plain = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(answer.data)
        assert b"@HASH@" not in plain and b"corrigenda-unsent" in plain

    def test_what_has_not_changed_is_not_sent_again(self, client):
        etag = client.get("/widget.js").headers["ETag"]
        assert client.get("/widget.js", headers={"If-None-Match": etag}).status_code == 304

    def test_the_widget_stays_within_its_weight(self):
        """The loader alone at most 1.5 kB, with all that the first use imports at most 9.2 kB."""
        weight = {name: len(file.encoded["br"]) for name, file in make_bundle().files.items()}
        assert weight["loader.js"] <= 1500
        words = max(size for name, size in weight.items() if name.startswith("words."))  # a reader loads one
        assert weight["loader.js"] + weight["dialog.js"] + words <= 9200

    def test_its_fields_have_the_limits_of_the_api(self):
        folder = Path(moderation.__file__).parent / "static/widget/dialog"
        form, report = ((folder / name).read_text() for name in ("form.js", "report.js"))
        assert f'id: "correction", rows, maxLength: {CORRECTION_LENGTH},' in form
        assert f'id: "comment", rows: 1, maxLength: {COMMENT_LENGTH},' in form
        assert f"LONGEST_TITLE = {TITLE_LENGTH};" in report

    @pytest.mark.parametrize(
        "path", ["/widget/x/nothing.js", "/widget/x/../base.css", "/widget/x/..%2fbase.css"]
    )
    def test_nothing_else_is_served(self, client, path):
        assert client.get(path).status_code == 404
