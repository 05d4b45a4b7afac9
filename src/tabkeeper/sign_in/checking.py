"""Asks a server whose token it is, and says in words what went wrong where it does not answer that."""

from typing import TYPE_CHECKING

from tabkeeper.accounts import Account
from tabkeeper.model.refusal import Refused

if TYPE_CHECKING:
    from tabkeeper.api import ApiFailure

_SECONDS = 25.0
"""What somebody waits for a check, tries again included."""


async def account_of(server: str, token: str) -> Account:
    """Return the account that a token opens on a server; raises `Refused`. No other server sees the token."""
    from tabkeeper.api import ApiFailure, Client, Patience, server_address

    try:
        server = server_address(server)
        async with Client(server, token, patience=Patience(attempts=2, seconds=_SECONDS)) as client:
            me = await client.me()
    except ValueError as error:
        raise Refused(f"{error} Nothing was sent.") from None
    except ApiFailure as failure:
        raise Refused(in_words(failure, Account(server, "", "").host)) from None
    user, workspace = me.user, me.workspace
    who = user.name, user.email, workspace.name, str(user.role), workspace.currency
    return Account(server, user.id, workspace.id, *who)


def in_words(failure: "ApiFailure", host: str) -> str:
    """Return what a failure means to somebody who signs in."""
    from tabkeeper import api

    match failure:
        case api.Unauthorized():
            return (
                f"{host} does not take this token: it is mistyped, or was revoked. Copy it whole from "
                "Settings → API Tokens there, or make a new one."
            )
        case api.RateLimited(pause=pause):
            return f"{host} asks to wait {pause.total_seconds():.0f} seconds. Try again then."
        case api.InternalError(status=status):
            return f"{host} has trouble of its own (it answered {status}). Try again in a while."
        case api.Forbidden(message=message) | api.FeatureGated(message=message):
            return f"{host} does not let this token in: {message}"
        case api.Offline(message=message) | api.TimedOut(message=message):
            return f"{message.rstrip('.')}. Check the address and the connection, and try again."
    return (
        f"{host} answers, but not as the Time Tracker API does. Check the address; or this network wants a "
        "login of its own first."
    )
