"""Say what an entry of the audit log changed, in the words of the settings page."""

from collections.abc import Mapping, Sequence

from moderation.desk.sites.setting_forms import GROUPS
from moderation.desk.sites.setting_values import detail_value, setting_value
from moderation.domain.accounts.roles import ROLES
from moderation.models import AuditEntry
from moderation.web.labels.accounts import role_label


def audit_details(entry: AuditEntry) -> list[str]:
    """Return the details of an entry as texts: a setting with its values, or the values alone."""
    details: Mapping[str, object] = entry.details
    if entry.what != "settings.changed":
        return [
            role_label(str(value)) if _is_role(name, value) else detail_value(value)
            for name, value in details.items()
        ]
    changes = details.get("changes")
    values: Mapping[str, Sequence[object]] = changes if isinstance(changes, dict) else {}
    names = details.get("settings")
    return [_setting(str(name), values.get(str(name))) for name in (names if isinstance(names, list) else [])]


def _is_role(name: str, value: object) -> bool:
    return name == "role" and value in ROLES


def _setting(name: str, values: Sequence[object] | None) -> str:
    label = _labels().get(name, name)
    if values is None:
        return label
    before, after = (setting_value(name, value) for value in values)
    return f"{label}: {before} → {after}"


def _labels() -> dict[str, str]:
    fields = ((name, field) for group in GROUPS.values() for name, field in vars(group).items())
    return {name: str(field.args[0]) for name, field in fields if getattr(field, "args", None)}
