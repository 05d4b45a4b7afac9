"""What the OpenAPI document says that a route may answer instead."""

from litestar.openapi.datastructures import ResponseSpec

from tabkeeper.api.wire import ErrorAnswer

_REFUSALS = {
    400: "Validation error",
    401: "Missing or invalid token",
    403: "Forbidden",
    404: "Not found",
    409: "Conflict",
    413: "The body is too long",
    429: "Rate limited",
    500: "Unexpected server error",
}


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """Return what a route may answer instead; every one may lack a token, ask too often, or fail."""
    return {
        status: ResponseSpec(ErrorAnswer, generate_examples=False, description=_REFUSALS[status])
        for status in sorted({*statuses, 400, 401, 429, 500})
    }
