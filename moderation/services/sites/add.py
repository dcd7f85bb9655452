"""Add a site, and change its name, origins and settings. The audit log records the editor."""

import secrets
from collections.abc import Sequence

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from moderation.domain.accounts.names import is_one_line
from moderation.domain.sites.settings import MOST_ENTRIES, SiteSettings, has_too_many, invalid_settings
from moderation.domain.sites.urls import origin_patterns
from moderation.models import Editor, Site
from moderation.services.accounts.second_factor import has_second_factor
from moderation.services.sites.audit import note


class NameTaken(ValueError):
    """Another site has this name."""


class InvalidSettings(ValueError):
    """A setting has an invalid value: `field`. The text says why.

    `reason` is a code for pages, which have their own texts in the editor's language.
    """

    def __init__(self, detail: str, field: str, reason: str = "invalid") -> None:
        super().__init__(detail)
        self.field = field
        self.reason = reason


def new_key() -> str:
    """Make a site key. It is public, but random, so that it cannot be guessed."""
    return "pk_" + secrets.token_urlsafe(18)


MOST_ORIGINS = 500
LONGEST_LOGGED = 100
"""Characters of a setting whose values the audit log holds."""


def add_site(session: Session, name: str, origins: Sequence[str], *, editor: Editor | None = None) -> Site:
    """Create a site with a new key. `editor` is None on the command line.

    Raises NameTaken, InvalidSettings; InvalidOrigin.
    """
    site = Site(site_key=new_key())
    _name_site(session, site, name, origins, by_operator=True)
    note(session, site.id, editor, "site.made", name=site.name)
    session.commit()
    return site


def change_site(
    session: Session,
    editor: Editor | None,
    site: Site,
    *,
    name: str | None = None,
    origins: Sequence[str] | None = None,
    **settings: object,
) -> SiteSettings:
    """Change only the given values of a site. Raises NameTaken, InvalidOrigin, InvalidSettings."""
    before = _state(site)
    changed = _settings_with(site, **settings)
    _check_two_factor(editor, site.settings, changed)
    if origins is not None and not origins:
        raise InvalidSettings("a site has at least one origin", "origins", "no_origin")
    if name is not None or origins is not None:
        by_operator = editor is None or editor.is_owner
        _name_site(session, site, name or site.name, origins or site.origins, by_operator=by_operator)
    site.settings = changed
    after = _state(site)
    names = sorted(key for key in after if before[key] != after[key])
    if names:
        changes = {name: [before[name], after[name]] for name in names if _is_short(after[name])}
        note(session, site.id, editor, "settings.changed", settings=names, changes=changes)
    session.commit()
    return changed


def _check_two_factor(editor: Editor | None, before: SiteSettings, after: SiteSettings) -> None:
    is_new = after.two_factor_required and not before.two_factor_required
    if is_new and editor is not None and not has_second_factor(editor):
        raise InvalidSettings(
            "turn on two-factor authentication in your own profile before you require it",
            "two_factor_required",
            "two_factor",
        )


def _state(site: Site) -> dict[str, object]:
    settings = {name: getattr(site.settings, name) for name in site.settings.__struct_fields__}
    return {"name": site.name, "origins": list(site.origins), **settings}


def _is_short(value: object) -> bool:
    """Return whether the audit log has the value itself: lists and long texts are named only."""
    return isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= LONGEST_LOGGED)


def _name_site(session: Session, site: Site, name: str, origins: Sequence[str], *, by_operator: bool) -> None:
    """Set the name and origins of a site. The caller commits.

    `by_operator`: the change comes from an owner or the command line. Only they may add private hosts.
    Raises NameTaken, InvalidOrigin, InvalidSettings.
    """
    if not is_one_line(name):
        raise InvalidSettings("a name has no line breaks and no control characters", "name", "name")
    patterns = origin_patterns(origins)
    if len(patterns) > MOST_ORIGINS:
        raise InvalidSettings(f"a site has at most {MOST_ORIGINS} domains", "origins", "many_origins")
    added = set(patterns) - set(site.origins or ()) if by_operator else set()
    trusted = added | set(site.operator_origins or ())
    site.name, site.origins = name.strip(), patterns
    site.operator_origins = [pattern for pattern in patterns if pattern in trusted]
    session.add(site)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise NameTaken(name) from None


def _settings_with(site: Site, **changed: object) -> SiteSettings:
    """Return a changed copy of the site's settings. Raises InvalidSettings."""
    for name, value in changed.items():
        if has_too_many(name, value):
            raise InvalidSettings(f"{name} has at most {MOST_ENTRIES[name]} entries", name)
    values = msgspec.to_builtins(site.settings) | changed
    try:
        return msgspec.convert(values, SiteSettings)
    except msgspec.ValidationError as error:
        raise InvalidSettings(str(error), invalid_settings(values)[0]) from None
