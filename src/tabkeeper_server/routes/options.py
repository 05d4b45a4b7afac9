"""`OPTIONS` of every address: which methods it answers."""

from typing import Any

from litestar import Request, Response


async def answer_options(request: Request[Any, Any, Any]) -> Response[None] | None:
    """Answer OPTIONS before anything else is done, and leave every other request alone.

    The framework's own answer would name only the methods of the first handler that was registered.
    """
    if request.method != "OPTIONS":
        return None
    template = request.scope["path_template"]
    (methods,) = [route.methods for route in request.app.routes if route.path_format == template]
    return Response(None, status_code=204, headers={"Allow": ", ".join(sorted(methods))})
