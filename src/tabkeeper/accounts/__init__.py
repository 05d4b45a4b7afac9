"""Who this computer keeps time for: accounts as values, and the folder of each; no network, and no token."""

from tabkeeper.accounts.account import Account
from tabkeeper.accounts.folders import Accounts, Current

__all__ = ["Account", "Accounts", "Current"]
