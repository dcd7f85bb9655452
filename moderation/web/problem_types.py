"""Table of problem types: the meaning of each, and the remedy. Each has a page, see api/problems.py."""

from collections.abc import Mapping
from typing import NamedTuple


class ProblemType(NamedTuple):
    """One kind of error. The texts are English, for developers."""

    status: int
    meaning: str
    remedy: str


PROBLEM_TYPES: Mapping[str, ProblemType] = {
    # Any request
    "bad-request": ProblemType(400, "The request cannot be read.", "Correct the request."),
    "not-json": ProblemType(
        400, "The body is not JSON in UTF-8.", "Send JSON. `detail` names the place of the first error."
    ),
    "unauthorized": ProblemType(
        401,
        "The bearer token is missing, unknown or expired.",
        "Send `Authorization: Bearer <token>`. Create a token on your account's page or with "
        "`corrigenda token add`.",
    ),
    "forbidden": ProblemType(403, "This is not allowed.", "`detail` says why."),
    "not-found": ProblemType(404, "Nothing has this address.", "Check the path and the id: ids are UUIDs."),
    "method-not-allowed": ProblemType(
        405, "The address does not support this method.", "The header `Allow` lists the methods."
    ),
    "timeout": ProblemType(
        408, "The request took too long to arrive.", "Send it again on a faster connection."
    ),
    "conflict": ProblemType(409, "The request does not fit the current state.", "Read the object again."),
    "too-large": ProblemType(
        413,
        "The body is too large.",
        "Send at most 16 KiB; lists of decisions, routes, and reports to split off, at most 4 MiB.",
    ),
    "media-type": ProblemType(
        415, "The body has another content type.", "Send `Content-Type: application/json`."
    ),
    "invalid-request": ProblemType(
        422,
        "Fields of the body or of the query are missing, unknown or wrong.",
        "Correct every field in `errors`: `pointer` is a JSON pointer to it, `detail` says what is wrong.",
    ),
    "internal-error": ProblemType(
        500,
        "The service has an error of its own. It is logged.",
        "Try again. If it stays, tell the operator.",
    ),
    "unavailable": ProblemType(
        503, "The service is busy or not available.", "Wait for `Retry-After` seconds, then send again."
    ),
    "database-away": ProblemType(
        503,
        "The database is not available. Nothing was stored.",
        "Wait for `Retry-After` seconds, then send again.",
    ),
    # Reports
    "unknown-site-key": ProblemType(
        401, "The site key is missing or unknown.", "Send `X-Site-Key`. Copy it from the site's settings."
    ),
    "unknown-server-key": ProblemType(
        401,
        "The server key is unknown or was revoked.",
        "Send `Authorization: Bearer sk_…`. Create a key on the site's page API and keys.",
    ),
    "reader-missing": ProblemType(
        422,
        "A request with a server key does not name its reader.",
        "Send `X-Reader` with an opaque id of 1 to 128 visible ASCII characters, the same for each report "
        "of a reader. Only a keyed hash of it is stored.",
    ),
    "foreign-page": ProblemType(
        403, "`url` is not a page of the site.", "Add its domain in the site's settings (Allowed domains)."
    ),
    "foreign-origin": ProblemType(
        403,
        "The browser's page is not a page of the site.",
        "Add its domain in the site's settings (Allowed domains).",
    ),
    "blocked-reader": ProblemType(
        403, "The site blocked this reader for today.", "Nothing: do not repeat the request."
    ),
    "proof-of-work": ProblemType(
        403,
        "The site requires a proof of work, and the report has none or a wrong one.",
        "Get a challenge at `/api/v1/challenge`, solve it, and send the solution in `X-Proof`. "
        "Each solution works once.",
    ),
    "invalid-url": ProblemType(
        422, "`url` is not the address of a page.", "Send an absolute http or https URL."
    ),
    "blank-quote": ProblemType(
        422, "`quote.exact` has no visible text.", "Send the words that the reader selected."
    ),
    "unstorable-text": ProblemType(422, "A text holds the character U+0000.", "Remove the character."),
    "blocked-word": ProblemType(
        422, "A text holds a word that the site does not accept.", "Show `detail` to the reader."
    ),
    "key-reused": ProblemType(
        422,
        "The Idempotency-Key was used with another body.",
        "Send a new key with each new report. Use the old key only to repeat the same request.",
    ),
    "too-many": ProblemType(
        429, "The reader or the site reached its limit.", "Wait for `Retry-After` seconds, then send again."
    ),
    "unknown-receipt": ProblemType(404, "No report has this receipt token.", "Check the token."),
    # Cases
    "scope": ProblemType(403, "The token lacks the scope of this call.", "Create a token with that scope."),
    "role": ProblemType(
        403, "The role of the token's editor does not allow this.", "Ask an admin of the site for the role."
    ),
    "unknown-case": ProblemType(
        404, "The case does not exist, or the editor may not see it.", "Check the id."
    ),
    "unknown-page": ProblemType(
        404, "No report on the editor's sites refers to this page.", "Check the address."
    ),
    "unknown-site": ProblemType(
        404, "The site does not exist, or the editor may not see it.", "List the sites at `/api/v1/sites`."
    ),
    "unknown-account": ProblemType(
        404, "The account does not exist.", "Look for it on the desk's page of accounts."
    ),
    "own-account": ProblemType(
        409, "Nobody shuts themselves out.", "Ask another owner to do this with your account."
    ),
    "missing-server-key": ProblemType(
        404, "The site has no such server key.", "List the keys at `/api/v1/sites/{id}/server-keys`."
    ),
    "too-many-server-keys": ProblemType(
        422, "The site has as many server keys as it can have.", "Revoke one that is not used."
    ),
    "unknown-subscriber": ProblemType(
        404, "The webhook or channel does not exist, or you do not run its site.", "Check the id."
    ),
    "unknown-delivery": ProblemType(
        404, "The delivery does not exist.", "Deliveries are kept for 30 days. Reload the list."
    ),
    "unknown-bulk": ProblemType(404, "The bulk decision does not exist.", "Check the id."),
    "unknown-message": ProblemType(
        404, "The work is done, or it belongs to another site.", "Load the list again."
    ),
    "unknown-member": ProblemType(404, "The person is not a member of the site.", "Load the list again."),
    "unknown-link": ProblemType(404, "The link is invalid or has expired.", "Request a new link."),
    "stale-version": ProblemType(
        409,
        "The case has changed since you read it. `case` in the body is the current case.",
        "Look at `case`, then decide with its `version`.",
    ),
    "cannot-undo": ProblemType(409, "The decision can no longer be undone.", "Reopen the cases."),
    "action-not-allowed": ProblemType(
        422,
        "The case's status does not allow this action.",
        "`accept`, `reject` and `spam` need an open case, `fix` an open or accepted one, `reopen` any other.",
    ),
    "correction-not-allowed": ProblemType(
        422,
        "The action takes no correction, or the correction does not fit.",
        "Send `correction` with `accept` and `fix` only.",
    ),
    "cannot-assign": ProblemType(
        422, "The person cannot decide cases of the site.", "Choose one from `/api/v1/editors`."
    ),
    "two-factor-required": ProblemType(
        403, "The request cannot be done: two factor required.", "`detail` says why and what to do."
    ),
    "no-cms": ProblemType(422, "The request cannot be done: no cms.", "`detail` says why and what to do."),
    "nothing-to-apply": ProblemType(
        422, "The request cannot be done: nothing to apply.", "`detail` says why and what to do."
    ),
    "cannot-revert": ProblemType(
        409, "The request cannot be done: cannot revert.", "`detail` says why and what to do."
    ),
    "cannot-regroup": ProblemType(422, "The cases cannot be merged or split.", "`detail` says why."),
}

OF_STATUS: Mapping[int, str] = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    408: "timeout",
    409: "conflict",
    413: "too-large",
    415: "media-type",
    422: "invalid-request",
    429: "too-many",
    503: "unavailable",
}
"""The type of a problem that names none."""


def type_of_status(status: int) -> str:
    """Return the name of the general problem type of a status."""
    return OF_STATUS.get(status, "bad-request" if status < 500 else "internal-error")
