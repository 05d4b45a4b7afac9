"""An account as a value: a person on a server, in one workspace."""

from typing import NamedTuple


class Account(NamedTuple):
    """Whom a token belongs to. The first three say which account it is; the others are as last heard.

    The workspace is part of it: the API shows what is in the token's workspace and nothing else, so that what
    is kept for another one must not be taken for deleted.
    """

    server: str
    user_id: str
    workspace_id: str
    user: str = ""
    email: str = ""
    workspace: str = ""
    role: str = ""
    currency: str = ""
    """What the workspace's projects are priced in that name no currency of their own."""

    @property
    def identity(self) -> tuple[str, str, str]:
        """Return which account it is: server, person, workspace."""
        return self[:3]

    @property
    def key(self) -> str:
        """Return the name of the account's folder."""
        import hashlib  # which loads OpenSSL

        digest = hashlib.blake2s("\n".join(self.identity).encode(), digest_size=6).hexdigest()
        host = "".join(letter if letter.isalnum() or letter in "-." else "-" for letter in self.host)
        return f"{host[:40].strip('.')}-{digest}"

    @property
    def host(self) -> str:
        """Return the server's name, with its port where it has one."""
        return self.server.partition("//")[2].partition("/")[0]

    @property
    def name(self) -> str:
        """Return what the account is called where somebody chooses one: `Acme Inc`."""
        return self.workspace or self.host

    @property
    def detail(self) -> str:
        """Return what tells it from others of that name: `ada@acme.test · app.trackingtabs.com`."""
        return " · ".join(filter(None, (self.email or self.user, self.host)))

    @property
    def may_make_projects(self) -> bool:
        """Whether the role allows new projects and clients."""
        return self.role in ("owner", "admin")

    def is_same(self, other: "Account | None") -> bool:
        """Whether another value is of this account, whatever was last heard of it."""
        return other is not None and self.identity == other.identity
