"""A site that uses everything: webhook, channel, mail, server key, public corrections."""

import json
import os
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text

from moderation.models import Editor
from moderation.models.event import EVENT_TYPES
from moderation.services.notify.channels import save_channel
from moderation.services.notify.member_mail import save_own_mail
from moderation.services.notify.subscribers import add_webhook, send_test
from moderation.services.secret_links import make_token
from moderation.services.sites.add import add_site, change_site
from moderation.services.sites.server_keys import add_server_key
from moderation.settings import Settings
from tests.support.running import Running, call, eventually

_WANTED: dict[str, Any] = {
    "events": ["case.opened", "case.fixed"], "section": "", "min_readers": 2, "when": "daily", "daily_at": 9,
    "quiet_from": 22, "quiet_to": 7, "time_zone": "Europe/Moscow",
}  # fmt: skip
_FIXED = """UPDATE "case" SET status = 'fixed', outcome = 'as_suggested', was_on_page = true,
  mended_text = 'accommodate', decided_at = now(), fixed_at = now() WHERE site_id = :site"""


def feature_pages(running: Running) -> dict[str, str]:
    """Make the site, and return the paths of its pages with their names."""
    found = json.loads((running.data_dir / "stack.json").read_text())
    keys = Settings.from_env({**os.environ, **found}).secret_keys
    with running.session() as session:
        owner = session.scalars(select(Editor).where(Editor.is_owner).limit(1)).one()
        site = add_site(session, "Вечерняя набережная", ["https://features.example"])
        change_site(session, owner, site, public_corrections=True)
        body = {
            "url": "https://features.example/hall", "correction": "accommodate",
            "quote": {"exact": "accomodate", "prefix": "The hall can ", "suffix": " six hundred people."},
        }  # fmt: skip
        assert call(f"{running.url}/api/v1/reports", body, {"X-Site-Key": site.site_key})[0] == 202
        eventually(lambda: _fix(session, site.id))
        webhook, _secret = add_webhook(
            session, owner, site, name="CMS", url="https://hook.invalid/typos", events=EVENT_TYPES,
            secret_keys=keys,
        )  # fmt: skip
        send_test(session, webhook, datetime.now(UTC))
        channel = save_channel(
            session, owner, site, None, secret_keys=keys, name="#typos",
            url="mmosts://mattermost.invalid/token", **_WANTED,
        )  # fmt: skip
        mail = save_own_mail(session, owner, site, is_on=True, assigned_only=False, **_WANTED)
        add_server_key(session, owner, site, "Back end")
        owned = f"/desk/sites/{site.id}"
        return {
            f"{owned}/notifications": "notifications", f"{owned}/integrations": "integrations",
            f"{owned}/integrations/{webhook.id}": "webhook",
            f"{owned}/integrations/{channel.id}": "channel",
            f"{owned}/integrations/channels": "new-channel", f"{owned}/cms": "cms",
            f"{owned}/cms?kind=wordpress": "cms-wordpress", f"{owned}/keys": "keys",
            f"{owned}/embed": "setup-guide", "/desk/account/history": "history",
            "/desk/attention": "attention", f"/corrections/{site.site_key}": "corrections",
            f"/unsubscribe/{make_token(keys, 'unsubscribe', mail.id)}": "unsubscribe",
        }  # fmt: skip


def _fix(session: Any, site_id: Any) -> bool:
    """Close the site's case as fixed, once there is one."""
    fixed = session.execute(text(_FIXED), {"site": site_id}).rowcount
    session.commit()
    return bool(fixed)
