"""What Alembic runs around the migrations, on the connection and in the transaction of `migrating`."""

from alembic import context

from tabkeeper_server.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
