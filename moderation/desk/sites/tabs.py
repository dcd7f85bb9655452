"""The tabs of a site's pages, in their order: the only list.

A new page adds its line here, and its template calls `site_head(site, ENDPOINT)`. The order is General,
Install, Members, Notifications, Integrations, CMS, API and keys, Audit log, Danger zone.
"""

from typing import NamedTuple

from flask_babel import LazyString, lazy_gettext


class Tab(NamedTuple):
    """One page of a site: its endpoint, which takes `site_id`, and its label."""

    endpoint: str
    label: LazyString


TABS = (
    Tab("settings.show", lazy_gettext("General")),
    Tab("install.show", lazy_gettext("Install")),
    Tab("members.show", lazy_gettext("Members")),
    Tab("notifications.show", lazy_gettext("Notifications")),
    Tab("integrations.index", lazy_gettext("Integrations")),
    Tab("site_cms.show", lazy_gettext("CMS")),
    Tab("site_keys.show", lazy_gettext("API and keys")),
    Tab("sites.audit", lazy_gettext("Audit log")),
    Tab("sites.danger", lazy_gettext("Danger zone")),
)
