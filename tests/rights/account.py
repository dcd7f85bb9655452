"""What belongs to one's own account."""

from tests.factories import PASSWORD
from tests.rights.answers import LISTS, OWN

# endpoint: what to send, and the answers in the order of ROLES. A form with `_` is sent as JSON.
ACCOUNT = {
    "GET account.show": ("/desk/account", None, LISTS),
    "POST account.name": ("/desk/account/name", {"name": "Анна"}, OWN),
    "GET email.ask": ("/desk/account/email", None, (302,) + (404,) * 5),  # mail is not set up
    "POST email.ask": ("/desk/account/email", {"email": "x@y.example"}, (302,) + (404,) * 5),
    "GET email.confirm": ("/desk/account/email/x", None, (302,) + (404,) * 5),
    "POST email.confirm": ("/desk/account/email/x", {}, (302,) + (404,) * 5),
    "POST account.password": ("/desk/account/password", {"old": "x"}, (302,) + (422,) * 5),
    "POST security.end_session": ("/desk/account/sessions/{unknown}/end", {}, OWN),
    "POST security.end_other_sessions": ("/desk/account/sessions/end-others", {}, OWN),
    "GET security.history": ("/desk/account/history", None, LISTS),
    "POST account.make_token": (
        "/desk/account/tokens", {"name": "x", "scopes": "read", "days": "30", "password": PASSWORD}, LISTS,
    ),
    "GET telegram_account.show": ("/desk/account/telegram", None, LISTS),
    "POST telegram_account.code": ("/desk/account/telegram", {"password": PASSWORD}, LISTS),
    "POST telegram_account.remove": ("/desk/account/telegram/unlink", {}, OWN),
    "POST account.end_token": ("/desk/account/tokens/{unknown}/drop", {}, OWN),
    "POST passkeys.options": ("/desk/account/passkeys/options", {"name": "x"}, (302,) + (404,) * 5),
    "POST passkeys.add": ("/desk/account/passkeys", {"name": "x"}, (302,) + (422,) * 5),
    "POST passkeys.remove": ("/desk/account/passkeys/{unknown}/remove", {}, (302,) + (403,) * 5),
    "POST passkeys.sign_in_options": ("/desk/sign-in/passkey/options", {}, (404,) * 6),
    "POST passkeys.sign_in": ("/desk/sign-in/passkey", {}, (404,) * 6),
    "GET confirm.show": ("/desk/account/confirm", None, LISTS),
    "POST confirm.show": ("/desk/account/confirm", {}, (302,) + (403,) * 5),
    "POST confirm.options": ("/desk/account/confirm/options", {}, (302,) + (404,) * 5),
    "GET account.codes": ("/desk/account/codes", None, LISTS),
    "POST account.codes": ("/desk/account/codes", {"code": "1"}, (302,) + (403,) * 5),
    "POST account.renew_codes": ("/desk/account/codes/renew", {"password": "x"}, (302,) + (403,) * 5),
    "POST account.codes_file": ("/desk/account/codes/file", {"code": "x"}, LISTS),
    "POST account.codes_off": ("/desk/account/codes/off", {"password": "x"}, (302,) + (403,) * 5),
    "POST views.save": ("/desk/views?kind=fact", {"name": "Факты"}, OWN),
    "POST views.rename": ("/desk/views/{unknown}/name", {"name": "Факты"}, OWN),
    "POST views.drop": ("/desk/views/{unknown}/drop", {}, OWN),
}  # fmt: skip
