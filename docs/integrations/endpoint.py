"""Your own endpoint for Corrigenda, in Flask: it corrects texts in a dictionary."""

import os

from flask import Flask, jsonify, request
from standardwebhooks import Webhook, WebhookVerificationError

app = Flask(__name__)
ARTICLES = {"https://news.example/mosty": "Река, котрая течёт через город."}
DONE: dict[str, dict[str, str]] = {}  # answers by message id: keep them in your database


@app.post("/corrections")
def correct():
    try:
        event = Webhook(os.environ["CORRIGENDA_SECRET"]).verify(request.get_data(), dict(request.headers))
    except WebhookVerificationError:
        return jsonify(error="the signature is wrong"), 401
    if event["type"] == "ping":
        return jsonify(ok=True)
    text, message = ARTICLES.get(event["url"]), request.headers["webhook-id"]
    if text is None:
        return jsonify(error="no article is at this address"), 404
    if message in DONE:
        return jsonify(DONE[message])  # asked again, because our answer was lost
    quote, correction = event["quote"], event["correction"]
    found = [quote[part] for part in ("prefix", "exact", "suffix")]
    passage = "".join(found) if "".join(found) in text else quote["exact"]
    if text.count(passage) != 1:
        return jsonify(error="the passage is not there exactly once"), 422
    new = text.replace(
        passage,
        passage.replace(quote["exact"], correction)
        if passage == quote["exact"]
        else found[0] + correction + found[2],
    )
    answer = {"document": event["url"], "before": quote["exact"], "after": correction, "text": new}
    if not event["dry_run"]:
        ARTICLES[event["url"]], DONE[message] = new, answer
    return jsonify(answer)


if __name__ == "__main__":
    app.run(port=5000)
