"""The way in: sign-in, single sign-on, links sent by mail."""

from tests.rights.answers import ALL

# endpoint: what to send, and the answers in the order of ROLES. A form with `_` is sent as JSON.
WAY_IN = {
    "GET sign_in.show": ("/desk/sign-in", None, (200,) + (302,) * 5),
    "POST sign_in.show": ("/desk/sign-in", {"email": "x@y.example", "password": "x"}, (403,) + (302,) * 5),
    "GET sign_in.code": ("/desk/sign-in/code", None, (302,) * 6),
    "POST sign_in.code": ("/desk/sign-in/code", {"code": "1"}, (302,) * 6),
    "POST sign_in.out": ("/desk/sign-out", {}, (302,) * 6),
    "GET sso.begin": ("/desk/sso", None, (404,) * 6),
    "GET sso.confirm": ("/desk/sso/confirm", None, (302,) + (404,) * 5),
    "GET sso.callback": ("/desk/sso/callback", None, (404,) * 6),
    "GET links.ask": ("/desk/reset", None, (404,) * 6),
    "POST links.ask": ("/desk/reset", {"email": "x@y.example"}, (404,) * 5 + (429,)),
    "GET links.reset": ("/desk/reset/x", None, (404,) * 6),
    "POST links.reset": ("/desk/reset/x", {}, (404,) * 6),
    "GET links.invitation": ("/desk/invitation/{invited}", None, ALL),  # who has the link
    "POST links.invitation": ("/desk/invitation/{invited}", {}, ALL),
}  # fmt: skip
