"""The number of connections that one web process holds, and of requests that it works on at once."""

CONNECTIONS = 4096
"""Connections. A waiting keep-alive connection counts too."""
READING = 250
"""Threads that wait for bodies (body_guard.py)."""
SENDING = 100
"""Threads that send long answers (download_guard.py)."""
INTAKE_RUNNING = 16
"""Running reports (capacity.py). 24 accept 6 % more, but an overload is refused within 73 ms instead of 48.

See `make bench-intake` and `make bench-overload`."""
INTAKE_WAITING = 48
"""Reports that wait for them. One network may have as many places: it leaves some to others."""
RUNNING, WAITING = 24, 24
"""Running and waiting requests of the desk and everything else (capacity.py)."""
CMS_RUNNING = 8
"""Running requests of editors that wait for a CMS (capacity.py). One network has half."""
SIGN_IN_RUNNING, SIGN_IN_WAITING = 2, 8
"""Running and waiting attempts to sign in with a password (capacity.py): each hash costs much."""
TELEGRAM_RUNNING = 8
"""Running updates of bots (capacity.py): each waits for Telegram, which sends a refused one again.

One network has half."""
LIST_RUNNING = 4
"""Running requests with long bodies (capacity.py): lists of decisions, which the application reads itself."""
SSO_RUNNING, SSO_WAITING = 4, 8
"""Running and waiting requests that ask the identity provider (capacity.py)."""
THREADS = (
    READING
    + SENDING
    + INTAKE_RUNNING
    + INTAKE_WAITING
    + RUNNING
    + WAITING
    + CMS_RUNNING
    + SIGN_IN_RUNNING
    + SIGN_IN_WAITING
    + TELEGRAM_RUNNING
    + LIST_RUNNING
    + SSO_RUNNING
    + SSO_WAITING
)
"""Most threads of the process. The server starts them as they are needed."""
