"""`/healthz`: whether the server and its database answer."""

from litestar import get
from sqlalchemy import text

from tabkeeper_server.database import Database


@get("/healthz", operation_id="getHealth", summary="Say whether server and database answer", security=[])
async def get_health(database: Database) -> dict[str, str]:
    """For supervisors and load balancers; needs no token."""
    async with database.asking() as connection:
        await connection.execute(text("SELECT 1"))
    return {"status": "ok"}
