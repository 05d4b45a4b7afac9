"""The one error that a rule raises when it says no; its text is for the person."""


class Refused(Exception):  # noqa: N818 - it is an answer to a person, not a fault of the program
    """A request that cannot be carried out as asked.

    The message is one or two whole sentences: what is wrong, and what to do. Nothing was changed.
    """


class NothingToDo(Refused):
    """There is nothing to act on: stop with no timer running, undo with an empty history."""
