"""Runs the steps on the connection that the store hands over; see engine.upgrade."""

from __future__ import annotations

from alembic import context

from waqai.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
