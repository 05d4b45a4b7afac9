"""The token that a command signs its requests with: from the environment, or else from the keychain."""

import os
from threading import Thread

from tabkeeper.model.refusal import Refused

TOKEN_VARIABLE = "TABKEEPER_TOKEN"  # noqa: S105 - the name of a variable
KEYCHAIN_SERVICE = "tabkeeper:{server}"
KEYCHAIN_USER = "token"
# Long enough to type the keychain's password where it asks for one, and an end for a script at night.
KEYCHAIN_SECONDS = 30.0


def token_for(server: str) -> str:
    """Return the token for a server, named as `server_address` does; raises `Refused` where there is none."""
    token = os.environ.get(TOKEN_VARIABLE) or _from_keychain(server)
    if not token:
        raise Refused(f"There is no token for {server}. Set {TOKEN_VARIABLE} to one.")
    return token


def _from_keychain(server: str) -> str | None:
    """Ask the keychain on a thread that is left behind where no answer comes: it cannot be interrupted."""
    answers: list[str | None] = []
    failures: list[Exception] = []

    def ask() -> None:
        import keyring
        from keyring.errors import NoKeyringError

        try:
            answers.append(keyring.get_password(KEYCHAIN_SERVICE.format(server=server), KEYCHAIN_USER))
        except NoKeyringError:
            answers.append(None)
        except Exception as failure:  # each keychain has errors of its own
            failures.append(failure)

    asking = Thread(target=ask, name="keychain", daemon=True)
    asking.start()
    asking.join(KEYCHAIN_SECONDS)
    if answers:
        return answers[0]
    reason = f"did not give the token ({failures[0]})" if failures else "does not answer"
    raise Refused(f"The keychain {reason}. Unlock it, or set {TOKEN_VARIABLE} to the token.")
