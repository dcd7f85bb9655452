"""`python -m moderation.cli`: the supervisor starts its children with this command."""

from moderation.cli import main

main(prog_name="corrigenda")
