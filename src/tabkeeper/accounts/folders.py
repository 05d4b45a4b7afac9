"""The accounts on disk: a folder for each, with its own file of entries, and which of them is current.

Without an account there is the local file. What is in the files is the store's business, the tokens are the
keychain's.
"""

import json
from pathlib import Path
from typing import NamedTuple

from tabkeeper.accounts.account import Account
from tabkeeper.paths import Paths, make_private, write_whole

_ACCOUNT = "account.json"
_CURRENT = "current"
_LOCAL_FOR_NOW = (
    "Tabkeeper uses the local file for now; nothing was deleted. This lists the accounts: tabkeeper accounts"
)


class Current(NamedTuple):
    """The account in use, None for the local file, and its file; `notice` is what the person must be told."""

    account: Account | None
    database: Path
    notice: str | None = None


class Accounts:
    """Finds, keeps and chooses accounts. Raises OSError where a folder or file cannot be written."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._folder = paths.data / "accounts"

    def all(self) -> list[Account]:
        """Return the accounts that were signed in to on this computer, by name."""
        if not self._folder.is_dir():
            return []
        found = [(folder, account) for folder in self._folder.iterdir() if (account := _read(folder))]
        # A copy of a folder that somebody made is no second account.
        accounts = (account for folder, account in found if account.key == folder.name)
        return sorted(accounts, key=lambda account: (account.name.casefold(), account.detail))

    def current(self) -> Current:
        """Return the account in use. Every command asks, so nothing slow is loaded for the answer."""
        local = Current(None, self._paths.database)
        try:
            key = (self._folder / _CURRENT).read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            return local
        except (OSError, UnicodeDecodeError) as error:
            return local._replace(
                notice=f"{self._folder / _CURRENT} cannot be read ({error}). {_LOCAL_FOR_NOW}"
            )
        if not key:
            return local
        account = _read(self._folder / key) if Path(key).name == key else None
        if account is None:
            return local._replace(notice=f"The account {key} is not here any more. {_LOCAL_FOR_NOW}")
        return Current(account, self._folder / key / self._paths.database.name)

    def choose(self, account: Account | None) -> None:
        """Make an account the current one, or the local file."""
        make_private(self._folder)
        write_whole(self._folder / _CURRENT, account.key if account else "")

    def keep(self, account: Account) -> None:
        """Keep what was heard of an account, in a folder of its own."""
        folder = self._folder / account.key
        make_private(folder)
        write_whole(folder / _ACCOUNT, json.dumps(account._asdict(), indent=1, ensure_ascii=False))

    def has(self, account: Account) -> bool:
        """Whether the account was signed in to before."""
        return _read(self._folder / account.key) is not None

    def database(self, account: Account | None) -> Path:
        """Return the file with the entries of an account, or the local one."""
        if account is None:
            return self._paths.database
        return self._folder / account.key / self._paths.database.name


def _read(folder: Path) -> Account | None:
    """Return the account of a folder; None where it is none, or cannot be read."""
    try:
        found = json.loads((folder / _ACCOUNT).read_text(encoding="utf-8"))
        return Account(**{name: str(found[name]) for name in Account._fields if name in found})
    except (OSError, ValueError, TypeError):
        return None
