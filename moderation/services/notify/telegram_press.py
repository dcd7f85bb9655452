"""A pressed button below a case: decide it as the editor whose Telegram account it is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import Action, StepNotAllowed
from moderation.models import Case, Editor, Subscriber
from moderation.services.accounts.access import Forbidden
from moderation.services.accounts.second_factor import TwoFactorRequired, require_second_factor
from moderation.services.cases.decide import Stale, decide
from moderation.services.cases.read import UnknownCase, editable_case, last_decisions
from moderation.services.notify.event_text import translations
from moderation.services.notify.telegram_card import (
    ACCEPT,
    BACK,
    MENU,
    REJECT,
    REOPEN,
    SPAM,
    Content,
    Pressed,
    already,
    card_of,
    name_of,
    outcome_of,
    read_button,
    reason_of,
    said_by,
    who_decided,
)

_ACTIONS: dict[str, Action] = {ACCEPT: "accept", REJECT: "reject", SPAM: "spam", REOPEN: "reopen"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The text that the person sees, and the new content of the message, if it changes."""

    text: str = ""
    content: Content | None = None
    is_alert: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """An editor's actions with the buttons of one bot."""

    session: Session
    editor: Editor
    subscriber: Subscriber
    base_url: str
    now: datetime

    @property
    def lang(self) -> str:
        """The language of the bot."""
        return str(self.subscriber.settings.get("lang", "en"))

    def press(self, data: str) -> Answer:
        """Do what the button says, if the editor may. A button can be old, or not ours."""
        _ = translations(self.lang).gettext
        pressed = read_button(data)
        if pressed is None or pressed.action not in (*_ACTIONS, MENU, BACK):
            return Answer(_("This button does not work any more."), is_alert=True)
        try:
            require_second_factor(self.session, self.editor)
            return self._follow(self._case(pressed), pressed)
        except UnknownCase:
            return Answer(_("This case does not exist, or you have no access to it."), is_alert=True)
        except TwoFactorRequired:
            return Answer(_("Set up two-factor authentication in your profile first."), is_alert=True)
        except Forbidden:
            return Answer(_("Your role does not allow decisions on this site."), is_alert=True)

    def _case(self, pressed: Pressed) -> Case:
        """Return the case, if it belongs to the bot's site. Raises UnknownCase, Forbidden."""
        case = editable_case(self.session, self.editor, pressed.case_id)
        if case.site_id != self.subscriber.site_id:
            raise UnknownCase
        return case

    def _follow(self, case: Case, pressed: Pressed) -> Answer:
        is_late = case.status == "open" if pressed.action == REOPEN else case.status != "open"
        if is_late:
            return self._too_late(case)
        if pressed.action in (MENU, BACK):
            return Answer(content=self._card(case, menu=pressed.action == MENU))
        try:
            return self._decide(case, pressed)
        except (Stale, StepNotAllowed):
            self.session.rollback()
            case = self._case(pressed)
        if case.status != "open" and pressed.action != REOPEN:
            return self._too_late(case)
        _ = translations(self.lang).gettext
        return Answer(_("The case has changed. Look at it again."), self._card(case), is_alert=True)

    def _decide(self, case: Case, pressed: Pressed) -> Answer:
        """Decide the case. Raises Stale, StepNotAllowed."""
        try:
            reason = reason_of(case, self.lang, pressed.reason) if pressed.action == REJECT else None
        except KeyError:
            _ = translations(self.lang).gettext
            text = _("The reasons have changed. Choose again.")
            return Answer(text, self._card(case, menu=True), is_alert=True)
        action = _ACTIONS[pressed.action]
        case = decide(
            self.session,
            self.editor,
            case.id,
            action,
            version=pressed.version,
            now=self.now,
            reason=reason,
        ).case
        return Answer(said_by(case.status, name_of(self.editor), self.lang), self._card(case))

    def _too_late(self, case: Case) -> Answer:
        decision = last_decisions(self.session, [case.id]).get(case.id)
        text = already(outcome_of(case, decision), who_decided(decision, self.lang), self.lang)
        return Answer(text, self._card(case), is_alert=True)

    def _card(self, case: Case, *, menu: bool = False) -> Content:
        return card_of(self.session, case, self.lang, self.base_url, menu=menu)
