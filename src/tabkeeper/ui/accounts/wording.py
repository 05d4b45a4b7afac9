"""What is said about signing in, and about the entries that go along or stay."""

from tabkeeper.accounts import Account
from tabkeeper.model.entry import Entry
from tabkeeper.ui.accounts.service import Checked, Local, SignedIn

LOCAL_NAME = "This computer only"
"""What the local file is called where somebody chooses an account."""
_MOST_NAMES = 3
_ON_A_BUTTON = 28
"""Letters of a workspace's name where there is no more room."""


def entries(count: int) -> str:
    """Return `1 entry`, `312 entries`."""
    return "1 entry" if count == 1 else f"{count:,} entries"


def question(checked: Checked) -> tuple[str, str]:
    """Return the question about local entries: `312 entries are on this computer only`, and what is asked."""
    are, them = ("is", "it") if checked.local_entries == 1 else ("are", "them")
    return (
        f"{entries(checked.local_entries)} {are} on this computer only",
        f"You are signing in to {signed_in_as(checked.account)}. What becomes of {them}?",
    )


def choices(checked: Checked) -> tuple[tuple[Local, str, str], ...]:
    """Return what can become of local entries: its word, what it is called, and what it means."""
    account, it = checked.account, "it" if checked.local_entries == 1 else "them"
    along = "Projects, clients and tags go along; those of the same name there are used."
    if not account.may_make_projects:
        along = (
            f"Projects are matched by name. What {account.name} has no project for stays here: your role may "
            "not make one."
        )
    return (
        ("upload", f"Upload {entries(checked.local_entries)} to {_short(account.name)}", along),
        ("keep", f"Keep {it} only here", f"Under “{LOCAL_NAME}”, where you can go back at any time."),
        ("clean", "Start clean", "This computer's own file is emptied. An undo there brings all of it back."),
    )


def outcome(signed_in: SignedIn) -> str:
    """Return what came of a sign-in, in a few sentences."""
    account, brought = signed_in.account, signed_in.brought
    said = [f"Signed in to {account.name}."]
    if brought and brought.entries:
        said.append(f"{entries(brought.entries)} will be sent.")
    if brought and brought.staying:
        names = ", ".join(brought.lacking[:_MOST_NAMES]) + ("…" if len(brought.lacking) > _MOST_NAMES else "")
        stay = "stays" if brought.staying == 1 else "stay"
        said.append(
            f"{entries(brought.staying)} {stay} on this computer only: {account.name} has no project {names}."
        )
    if signed_in.taken_away:
        were, them = ("was", "it") if signed_in.taken_away == 1 else ("were", "them")
        said.append(
            f"{entries(signed_in.taken_away)} {were} taken off this computer; an undo under “{LOCAL_NAME}” "
            f"brings {them} back."
        )
    if signed_in.not_kept:
        said.append(f"{signed_in.not_kept} The token is kept until Tabkeeper ends.")
    return " ".join(said)


def runs_on(entry: Entry, account: Account | None) -> str:
    """Return what is said of a timer in the file that was left."""
    what = f"“{entry.description}”" if entry.description else "A timer"
    return f"{what} runs on under “{account.name if account else LOCAL_NAME}”."


def not_sent(count: int, account: Account) -> str:
    """Return what is said at a sign-out of changes that no server has; an empty text where there are none."""
    waits = "change waits" if count == 1 else "changes wait"
    return f"{count:,} {waits} until you sign in to {account.name} again." if count else ""


def signed_in_as(account: Account) -> str:
    """Return whose account it is: `Acme Inc, as ada@acme.test`."""
    person = account.email or account.user
    return f"{account.name}, as {person}" if person else account.name


def _short(name: str) -> str:
    return name if len(name) <= _ON_A_BUTTON else name[: _ON_A_BUTTON - 1].rstrip() + "…"
