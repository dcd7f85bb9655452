"""Which origins may send reports from a browser."""


class TestCors:
    def test_a_preflight_request_allows_the_headers_of_a_report(self, client):
        response = client.options(
            "/api/v1/reports",
            headers={"Origin": "https://news.example", "Access-Control-Request-Method": "POST"},
        )
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "X-Site-Key" in response.headers["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in response.headers

    def test_answers_and_refusals_can_be_read(self, send):
        for response in (send({"Origin": "https://news.example"}), send({"Origin": "https://evil.example"})):
            assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Retry-After" in response.headers["Access-Control-Expose-Headers"]

    def test_the_editors_api_is_not_opened(self, client):
        assert "Access-Control-Allow-Origin" not in client.get("/api/v1/cases").headers
