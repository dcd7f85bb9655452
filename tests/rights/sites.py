"""Sites at the desk: settings, people, keys, integrations."""

from tests.factories import PASSWORD
from tests.rights.answers import CHANGES, LISTS, READS, RUNS

# endpoint: what to send, and the answers in the order of ROLES. A form with `_` is sent as JSON.
SITES = {
    "GET accounts.index": ("/desk/accounts", None, (302,) + (403,) * 4 + (200,)),
    "POST accounts.disable": ("/desk/accounts/{unknown}/disable", {}, (302,) + (403,) * 4 + (404,)),
    "POST accounts.enable": (
        "/desk/accounts/{unknown}/enable", {"password": PASSWORD}, (302,) + (403,) * 4 + (404,),
    ),
    "POST accounts.end": ("/desk/accounts/{unknown}/end", {}, (302,) + (403,) * 4 + (404,)),
    "POST two_factor_rule.change": (
        "/desk/two-factor-rule", {"required": "no", "password": PASSWORD}, (302,) + (403,) * 4 + (302,),
    ),
    "GET sites.index": ("/desk/sites", None, LISTS),
    "POST sites.index": (
        "/desk/sites", {"name": "N", "origins": "https://n.example"}, (302,) + (403,) * 4 + (302,),
    ),
    "GET demo_removal.confirm": ("/desk/sites/demo/remove", None, (302,) + (403,) * 4 + (302,)),
    "POST demo_removal.remove": ("/desk/sites/demo/remove", {}, (302,) + (403,) * 4 + (302,)),
    "GET settings.show": ("/desk/sites/{site}", None, RUNS),
    "POST settings.save": (
        "/desk/sites/{site}/settings/domains", {"name": ""}, (302, 403, 403, 422, 404, 422),
    ),
    "POST settings.check": ("/desk/sites/{site}/settings/domains/check", {"name": ""}, RUNS),
    "GET install.show": ("/desk/sites/{site}/embed", None, RUNS),
    "GET install.progress": ("/desk/sites/{site}/embed/progress", None, RUNS),
    "POST install.check": ("/desk/sites/{site}/embed/check", {"url": ""}, (302, 403, 403, 422, 404, 422)),
    "POST install.test": ("/desk/sites/{site}/embed/test", {"action": "start"}, CHANGES),
    "POST install.checklist": ("/desk/sites/{site}/embed/checklist", {"hide": "yes"}, CHANGES),
    "GET install.preview": ("/desk/sites/{site}/preview", None, RUNS),
    "POST install.rotate": ("/desk/sites/{site}/key", {}, CHANGES),
    "GET site_cms.show": ("/desk/sites/{site}/cms", None, RUNS),
    "POST site_cms.save": ("/desk/sites/{site}/cms", {"password": PASSWORD}, (302, 403, 403, 422, 404, 422)),
    "POST site_cms.test": ("/desk/sites/{site}/cms/test", {}, CHANGES),
    "POST site_cms.disconnect": ("/desk/sites/{site}/cms/disconnect", {}, CHANGES),
    "GET cms.source": ("/desk/cases/{case}/source", None, (302, 422, 422, 422, 404, 422)),  # no CMS
    "POST cms.revert": ("/desk/cases/{case}/revert", {}, (302, 403, 409, 409, 404, 409)),
    "POST cms.page": ("/desk/pages/{page}/apply", {}, (302, 302, 302, 302, 404, 302)),  # none is accepted
    "GET sites.audit": ("/desk/sites/{site}/audit", None, RUNS),
    "GET sites.everything": ("/desk/sites/{site}/everything.jsonl", None, RUNS),
    "GET sites.danger": ("/desk/sites/{site}/danger", None, RUNS),
    "POST sites.delete": ("/desk/sites/{site}/deletion", {"name": "x"}, CHANGES),
    "GET members.show": ("/desk/sites/{site}/members", None, RUNS),
    "POST members.invite": (
        "/desk/sites/{site}/members", {"email": "n@n.example", "role": "editor", "password": PASSWORD},
        CHANGES,
    ),
    "POST members.role": ("/desk/sites/{site}/members/{member}/role", {"role": "viewer"}, CHANGES),
    "POST members.remove": ("/desk/sites/{site}/members/{member}/remove", {}, CHANGES),
    "POST members.revoke": ("/desk/sites/{site}/members/invitations/{unknown}/revoke", {}, CHANGES),
    "POST blocked_readers.add": ("/desk/sites/{site}/blocked-readers", {"reader": "0" * 32}, CHANGES),
    "POST blocked_readers.remove": (
        "/desk/sites/{site}/blocked-readers/remove", {"reader": "0" * 32}, CHANGES,
    ),
    "POST routing.apply": ("/desk/sites/{site}/routing/apply", {}, CHANGES),
    "POST routing.undo": ("/desk/sites/{site}/routing/undo", {"run": "x"}, CHANGES),
    "GET notifications.show": ("/desk/sites/{site}/notifications", None, READS),
    "POST notifications.show": (
        "/desk/sites/{site}/notifications", {"min_readers": "x"}, (302, 422, 422, 422, 404, 422),
    ),
    "GET integrations.index": ("/desk/sites/{site}/integrations", None, RUNS),
    "GET integrations.new_webhook": ("/desk/sites/{site}/integrations/webhooks", None, RUNS),
    "POST integrations.new_webhook": (
        "/desk/sites/{site}/integrations/webhooks", {"password": PASSWORD}, (302, 403, 403, 422, 404, 422),
    ),
    "GET telegram_bots.new": ("/desk/sites/{site}/integrations/telegram", None, RUNS),
    "POST telegram_bots.new": (
        "/desk/sites/{site}/integrations/telegram", {"name": "", "password": PASSWORD},
        (302, 403, 403, 422, 404, 422),
    ),
    "POST telegram_bots.test_connection": (
        "/desk/sites/{site}/integrations/{webhook}/connection", {}, (302, 403, 403, 404, 404, 404),
    ),
    "GET integrations.new_channel": ("/desk/sites/{site}/integrations/channels", None, RUNS),
    "POST integrations.new_channel": (
        "/desk/sites/{site}/integrations/channels", {"password": PASSWORD}, (302, 403, 403, 422, 404, 422),
    ),
    "GET integrations.show": ("/desk/sites/{site}/integrations/{webhook}", None, RUNS),
    "POST integrations.show": (
        "/desk/sites/{site}/integrations/{webhook}", {}, (302, 403, 403, 422, 404, 422),
    ),
    "POST integrations.rotate": (
        "/desk/sites/{site}/integrations/{webhook}/secret", {"password": PASSWORD}, RUNS,
    ),
    "POST integrations.test": ("/desk/sites/{site}/integrations/{webhook}/test", {}, CHANGES),
    "POST integrations.try_now": ("/desk/sites/{site}/integrations/{webhook}/try-now", {}, CHANGES),
    "POST integrations.send_again": (  # nobody's delivery
        "/desk/sites/{site}/integrations/{webhook}/deliveries/0", {}, (302, 403, 403, 404, 404, 404),
    ),
    "GET site_keys.show": ("/desk/sites/{site}/keys", None, RUNS),
    "POST site_keys.create": ("/desk/sites/{site}/keys", {"name": "x", "password": PASSWORD}, RUNS),
    "POST site_keys.revoke": (  # nobody's key
        "/desk/sites/{site}/keys/{unknown}/revoke", {}, (302, 403, 403, 404, 404, 404),
    ),
    "POST integrations.remove": ("/desk/sites/{site}/integrations/{webhook}/remove", {}, CHANGES),
}  # fmt: skip
