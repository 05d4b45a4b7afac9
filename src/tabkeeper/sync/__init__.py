"""What is tracked here to the server, and what was tracked elsewhere to here; docs/sync.md has the model.

`engine` decides when, a round of `pull` and `push` does it, `absorb` and `merge` are the rules.
"""
