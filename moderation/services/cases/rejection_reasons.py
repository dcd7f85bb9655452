"""The reasons that an editor can choose when rejecting: the site's own, then five common ones."""

from collections.abc import Callable

from moderation.domain.sites.settings import SiteSettings

_MOST = 9
"""Each reason has a digit as its key."""


def reasons_for(settings: SiteSettings, _: Callable[[str], str]) -> list[str]:
    """Return at most nine reasons. Readers see the chosen one. `_` translates ours."""
    common = [
        _("This is not a mistake"),
        _("This is a quotation: we keep the speaker's words"),
        _("This is how the name is written"),
        _("It has been corrected already"),
        _("This is an opinion about the content, not a typo"),
    ]
    own = settings.reject_reasons
    return [*own, *(reason for reason in common if reason not in own)][:_MOST]
