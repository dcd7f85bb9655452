"""The values of settings as texts, in the units of the settings page."""

from babel.numbers import format_percent
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _

from moderation.desk.sites.setting_forms import GROUPS
from moderation.desk.sites.site_forms import PercentField
from moderation.domain.sites.settings import SiteSettings


def setting_value(name: str, value: object) -> str:
    """Return the value of a setting as a text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if _is_percent(name):
            return format_percent(value, locale=get_locale(), decimal_quantization=False)
        return str(format_decimal(value))
    return detail_value(value)


def detail_value(value: object) -> str:
    """Return a value that has no unit as a text."""
    if isinstance(value, bool):
        return str(_("on") if value else _("off"))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value) or "–"


def default_numbers() -> dict[str, str]:
    """Return the defaults of the settings that are numbers, as texts."""
    defaults = SiteSettings()
    values = {name: getattr(defaults, name) for name in SiteSettings.__struct_fields__}
    return {
        name: setting_value(name, value)
        for name, value in values.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _is_percent(name: str) -> bool:
    fields = (vars(group).get(name) for group in GROUPS.values())
    return any(getattr(field, "field_class", None) is PercentField for field in fields)
