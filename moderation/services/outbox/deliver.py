"""Send mail from the outbox, outside any transaction.

A message is claimed with a lease, sent, and marked as done. No lock is held while the mail server works, and
no other worker sends the same mail during the lease. If a worker dies, another worker can claim the message
when the lease ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPNotSupportedError, SMTPRecipientsRefused

import structlog
from sqlalchemy import func
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from moderation.models import OutboxMessage
from moderation.services.insight.thanks import count_told
from moderation.services.intake import fix_notices
from moderation.services.notify.letter import Letter
from moderation.services.notify.mail import Mailer
from moderation.services.outbox import claim
from moderation.services.outbox.relay import put_off

LEASE = timedelta(minutes=5)
"""Must be longer than the timeouts in services/notify/mail.py."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Sends due mail. `build` identifies the running program in messages that it sets aside."""

    sessions: sessionmaker[Session]
    mailer: Mailer
    clock: Callable[[], datetime]
    build: str

    def deliver_due(self, most: int = 100) -> int:
        """Send at most `most` mails. Returns the number of finished messages."""
        done = 0
        for _ in range(most):
            message = self._claim()
            if message is None:
                break
            done += self._deliver(message)
        return done

    def _claim(self) -> OutboxMessage | None:
        with self.sessions() as session:
            message = claim.claim_one(session, self.mailer.topics)
            if message is not None:
                message.due_at = func.now() + LEASE
                session.commit()
        return message

    def _deliver(self, message: OutboxMessage) -> int:
        letter: Letter | None = None
        is_sent = False
        try:
            with self.sessions() as session:
                letter = self.mailer.compose(
                    session, message.topic, message.subject_id, self.clock(), site_id=message.site_id
                )
            if letter is not None:
                is_sent = self.mailer.send(letter, number=message.id)
        except DBAPIError:
            raise
        except Exception as error:  # a letter that cannot be written must not stop those behind it
            is_to_reader = message.topic == fix_notices.TOPIC
            if not (is_to_reader and _is_refused_for_good(error)):
                is_of_network = isinstance(error, OSError) and not isinstance(error, SMTPException)
                names_nobody = is_of_network and not is_to_reader
                self._put_off(message, error if names_nobody else _without_address(error))
                return 0
        with self.sessions() as session:
            if letter is not None and message.topic == fix_notices.TOPIC:
                fix_notices.erase(session, message.subject_id)
                if is_sent:
                    count_told(session, message.site_id, self.clock())
            claim.mark_done(session, [message.id])
            session.commit()
        return 1

    def _put_off(self, message: OutboxMessage, error: Exception) -> None:
        with self.sessions() as session:
            put_off(session, message.id, error, build=self.build, network=True)


def _is_refused_for_good(error: Exception) -> bool:
    """Return whether the address itself cannot be mailed to: no operator can mend a mistyped one.

    The mail server refused it or cannot send to its letters, or it makes no header of a mail.
    """
    if not isinstance(error, SMTPRecipientsRefused):
        return isinstance(error, SMTPNotSupportedError | ValueError)
    return all(code >= 500 for code, _ in error.recipients.values())


def _without_address(error: Exception) -> Exception:
    """Return the failure without its text, which may name the reader or the editor."""
    return SMTPException(f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip())
