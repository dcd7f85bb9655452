"""`python -m moderation.cli`: how the supervisor starts its children."""

from moderation.cli import main

main(prog_name="corrigenda")
