"""Who a request comes from: the bearer token, looked up and compared, before anything else is read."""

from urllib.parse import parse_qsl

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy import bindparam, select

from tabkeeper.api.wire import ErrorCode, Role
from tabkeeper_server.access import Caller
from tabkeeper_server.database import Database
from tabkeeper_server.errors import RefusedError, invalid
from tabkeeper_server.limiter import Limiter
from tabkeeper_server.tables import tokens, users, workspaces
from tabkeeper_server.tokens import SECRET_LENGTH, looks_like_token, matches, prefix_of

# Made once, as are other questions that nearly every request asks: making one costs as much as asking it.
_TOKENS_OF_PREFIX = (
    select(
        tokens.c.id.label("token_id"),
        tokens.c.prefix.label("token_prefix"),
        tokens.c.digest,
        users.c.id.label("user_id"),
        users.c.name,
        users.c.email,
        users.c.role,
        users.c.timezone,
        workspaces.c.id.label("workspace_id"),
        workspaces.c.name.label("workspace_name"),
        workspaces.c.currency,
        workspaces.c.week_start,
    )
    .join(users, users.c.id == tokens.c.user_id)
    .join(workspaces, workspaces.c.id == users.c.workspace_id)
    .where(tokens.c.prefix == bindparam("of"), tokens.c.revoked_at.is_(None))
)


class Authentication(ASGIMiddleware):
    """Puts the caller into `scope["user"]`, or refuses: without a valid token, or with too many requests."""

    scopes = (ScopeType.HTTP,)
    exclude_path_pattern = ("^/healthz$", "^/schema")

    def __init__(self, database: Database, limiter: Limiter) -> None:
        self._database = database
        self._limiter = limiter

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        caller = await caller_of(self._database, Headers.from_scope(scope).get("authorization", ""))
        scope["user"] = caller
        self._limiter.admit(caller.token_id)
        _refuse_nul(scope)
        await next_app(scope, receive, send)


def _refuse_nul(scope: Scope) -> None:
    """Refuse the one character that PostgreSQL cannot keep, in the path or in a parameter of the query."""
    named = [("path", scope["path"])]
    if b"%00" in scope["query_string"]:
        named += parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    for name, value in named:
        if "\0" in name + value:
            raise invalid(name.replace("\0", ""), "must not contain the character NUL")


async def caller_of(database: Database, authorization: str) -> Caller:
    """Return who an `Authorization` header stands for. Raises `unauthorized`."""
    scheme, _, secret = authorization.partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret:
        raise _unauthorized("Send a token with the request: Authorization: Bearer tta_…")
    if not looks_like_token(secret):
        raise _unauthorized(f"This is no whole token: one is tta_ and {SECRET_LENGTH} characters after it.")
    async with database.asking() as connection:
        candidates = await connection.execute(_TOKENS_OF_PREFIX, {"of": prefix_of(secret)})
        known = [row for row in candidates.mappings() if matches(secret, row["digest"])]
    if not known:
        raise _unauthorized("This token is not valid. It may have been revoked.")
    fields = {name: value for name, value in known[0].items() if name != "digest"}
    return Caller(**{**fields, "role": Role(fields["role"])})


def _unauthorized(message: str) -> RefusedError:
    return RefusedError(ErrorCode.UNAUTHORIZED, message, headers={"WWW-Authenticate": "Bearer"})
