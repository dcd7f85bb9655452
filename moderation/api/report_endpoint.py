"""Accept reports without Flask (docs/adr/0014-intake-without-flask.md).

Flask's contexts and hooks cost more than all that an accepted report needs. A refused one goes on to Flask,
whose view raises the exception: so refusals have one form. Only a reader over the limit is refused here,
because a flood ends as such refusals.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import msgspec
from werkzeug.wsgi import get_input_stream

from moderation.api.body import decode, require_json
from moderation.api.cors import ANY_ORIGIN
from moderation.api.reports import REFUSAL
from moderation.api.schemas.reports import ReceiptLink, ReportAccepted
from moderation.domain.sites.limits import REPORT_BYTES
from moderation.metrics import REPORTS
from moderation.services.intake.accept import require_origin
from moderation.services.intake.draft import Draft, Sender, Submission
from moderation.services.intake.proof_of_work import check_proof
from moderation.services.intake.receipts import receipt_token
from moderation.services.intake.report_limits import Counted, TooManyReports
from moderation.services.sites.directory import KnownSite
from moderation.web.capacity import REPORTS_PATH
from moderation.web.commits import note_report
from moderation.web.early_refusal import WsgiApp
from moderation.web.problems import Problem, too_many
from moderation.web.report_reader import Reader, named_reader, reader_at
from moderation.web.report_request import noting_foreign_origins, receipt_url
from moderation.web.request_log import HEADER, RequestLog
from moderation.web.security import headers_of
from moderation.web.wiring import Wiring

_JSON, _PROBLEM = "application/json", "application/problem+json"
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,128}")
_decoder = msgspec.json.Decoder(Draft)
_encoder = msgspec.json.Encoder()


class ReportEndpoint:
    """WSGI application for POST /api/v1/reports. `flask` answers refusals."""

    def __init__(self, parts: Wiring, log: RequestLog, flask: WsgiApp) -> None:
        self._parts = parts
        self._log = log
        self._flask = flask
        headers = headers_of(_JSON, is_https=parts.settings.is_https)
        self._headers = [*headers.items(), *ANY_ORIGIN.items()]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Accept the report, or say why not."""
        headers = [*self._headers, (HEADER, self._log.begin(environ))]
        try:
            status, media, body = HTTPStatus.ACCEPTED, _JSON, _encoder.encode(self._accept(environ))
        except TooManyReports as error:
            problem = too_many(error.seconds, "Too many reports. Try again in {} seconds.".format)
            headers += problem.headers.items()
            status, media, body = HTTPStatus.TOO_MANY_REQUESTS, _PROBLEM, _encoder.encode(problem.body())
        except Exception as error:
            environ[REFUSAL] = error
            try:
                return self._flask(environ, start_response)
            finally:
                environ.pop(REFUSAL)  # its frames hold the environment
        REPORTS.labels(str(status.value)).inc()
        self._log.end(environ, REPORTS_PATH, status)
        headers += (("Content-Type", media), ("Content-Length", str(len(body))))
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def _accept(self, environ: dict[str, Any]) -> ReportAccepted:
        parts = self._parts
        reader = named_reader(parts, environ) or reader_at(parts, environ.get("REMOTE_ADDR", ""))
        parts.limits.require_room(reader.counted)
        try:
            site, submission = self._checked(reader, environ)
        except Exception:
            parts.limits.require(reader.counted)  # refused requests count too
            raise
        if site.settings.proof_of_work and reader.site is None:
            # Counted before, so that a reader over the limit keeps the proof.
            parts.limits.require(reader.counted)
            submission = msgspec.structs.replace(submission, counted=Counted(site=str(site.id)))
            proof = environ.get("HTTP_X_PROOF", "")
            check_proof(parts.settings.secret_keys, proof, parts.single_use.use)
        note_report(environ)
        report_id = parts.intake.store(submission)
        token = receipt_token(parts.settings.secret_keys, report_id)
        return ReportAccepted(report_id, ReceiptLink(token, receipt_url(parts, token)))

    def _checked(self, reader: Reader, environ: dict[str, Any]) -> tuple[KnownSite, Submission]:
        """Return the site, and a report that may be sent to it, except for limits and proof."""
        site = reader.site or self._parts.sites.find(environ.get("HTTP_X_SITE_KEY", ""))
        of_site = Counted(site=str(site.id))
        self._parts.limits.require_room(of_site)
        key = environ.get("HTTP_IDEMPOTENCY_KEY")
        if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
            raise Problem(422, "Idempotency-Key must be 1 to 128 visible ASCII characters.")
        require_json(environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower())
        raw = get_input_stream(environ, max_content_length=REPORT_BYTES).read()
        draft = decode(_decoder, raw)
        origin = environ.get("HTTP_ORIGIN")
        is_test = site.is_tested_by(reader.hash, datetime.now(UTC))
        sender = Sender(reader.hash, key, hashlib.sha256(raw).digest(), is_test=is_test)
        counted = msgspec.structs.replace(reader.counted, site=of_site.site)
        with noting_foreign_origins(self._parts, site, origin):
            if reader.site is None:
                require_origin(site, origin)
            return site, self._parts.intake.check(site, draft, sender, counted)


def reports_to(endpoint: WsgiApp, others: WsgiApp) -> WsgiApp:
    """Return an application that hands reports to `endpoint` and everything else to `others`."""

    def choose(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        is_report = environ.get("PATH_INFO") == REPORTS_PATH and environ["REQUEST_METHOD"] == "POST"
        return (endpoint if is_report else others)(environ, start_response)

    return choose
