"""`python -m moderation.cli`, for the supervisor's children."""

from moderation.cli import main

main(prog_name="corrigenda")
