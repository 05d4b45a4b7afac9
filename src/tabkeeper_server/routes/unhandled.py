"""What is answered before any handler is asked: `OPTIONS`, and addresses that are nowhere."""

from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException

# Where the framework would answer with a page of HTML.
_NOWHERE_UNDER_SCHEMA = "/schema/{path}"


async def answer_unhandled(request: Request[Any, Any, Any]) -> Response[None] | None:
    """Answer OPTIONS with the methods of an address, and leave every request that has a handler alone.

    The framework's own answer would name only the methods of the first handler that was registered.
    """
    template = request.scope["path_template"]
    if template == _NOWHERE_UNDER_SCHEMA:
        raise NotFoundException
    if request.method != "OPTIONS":
        return None
    (methods,) = [route.methods for route in request.app.routes if route.path_format == template]
    return Response(None, status_code=204, headers={"Allow": ", ".join(sorted(methods))})
