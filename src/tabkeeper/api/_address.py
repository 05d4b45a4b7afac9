"""Where a server may be: which addresses a token may be sent to, and which belong to the same origin."""

import ipaddress

import httpx

from tabkeeper.api._hosted import API_PATH, DEFAULT_SERVER

_PORT_MAX = 65535
_UNREADABLE = "This server address cannot be read; it should look like " + DEFAULT_SERVER


def parse_server(text: str) -> httpx.URL:
    """Return the base address of an API; a bare host means its `/api/v1`, and https where nothing is said.

    Raises ValueError in words for people where a token must not be sent there: anything but `https`
    (plain `http` is allowed on this computer only), or an address with a name, password, query or fragment.
    """
    written = text.strip()
    try:
        address = httpx.URL(written if ":/" in written else f"https://{written}")
        # Some hosts in another alphabet are found wrong only when they are read.
        host, port = address.host, address.port or 0
    except (httpx.InvalidURL, UnicodeError):
        raise ValueError(_UNREADABLE) from None
    if port > _PORT_MAX:
        raise ValueError(_UNREADABLE)
    if address.scheme not in ("https", "http") or not host:
        raise ValueError("A server address begins with https://, such as " + DEFAULT_SERVER)
    if address.userinfo or address.query or address.fragment:
        raise ValueError("A server address has no name, password, question mark or # in it.")
    if address.scheme == "http" and not is_loopback(address):
        raise ValueError(f"Plain http would send the token to {host} for everybody to read. Use https://.")
    path = address.path.rstrip("/") or API_PATH
    return address.copy_with(path=path)


def server_address(text: str) -> str:
    """Return the one form of a server's address, to compare and to keep things by. Raises ValueError."""
    return str(parse_server(text))


def is_loopback(address: httpx.URL) -> bool:
    """Whether `address` is on this computer."""
    if address.host == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.host).is_loopback
    except ValueError:
        return False


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether scheme, host and port agree, so that what is meant for one may be sent to the other."""
    return _origin(one) == _origin(other)


def _origin(address: httpx.URL) -> tuple[str, str, int | None]:
    port = address.port or {"https": 443, "http": 80}.get(address.scheme)
    return address.scheme, address.host, port
