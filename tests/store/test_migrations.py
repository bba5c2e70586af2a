"""The steps from one layout of the tables to the next end at the layout that the code works with."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from databases import fresh_database
from waqai.store import Store
from waqai.store.engine import connect
from waqai.store.migrations.versions import first
from waqai.store.tables import metadata


def _layout(engine: Engine) -> dict[str, Any]:
    """All that the database itself says of the tables of the metadata."""
    seen = inspect(engine)
    return {
        name: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], str(column["default"] or "").split("'")[0])
                for column in seen.get_columns(name)
            },
            "key": seen.get_pk_constraint(name)["constrained_columns"],
            "indexes": sorted((i["name"], i["column_names"], i["unique"]) for i in seen.get_indexes(name)),
            "unique": sorted(tuple(u["column_names"]) for u in seen.get_unique_constraints(name)),
            "foreign": sorted(
                (f["constrained_columns"], f["referred_table"], f["referred_columns"], sorted(f["options"].items()))
                for f in seen.get_foreign_keys(name)
            ),
        }
        for name in metadata.tables
    }


def test_the_steps_lead_to_the_tables_that_the_code_works_with(store: Store) -> None:
    """Alembic finds nothing to do; tables that are no part of the metadata are those of the search index alone."""
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            change
            for change in compare_metadata(context, metadata)
            if not (change[0] in ("remove_table", "remove_index") and "search_index" in str(change[1].name))
        ]
    assert differences == []


def test_a_database_made_by_steps_is_one_made_at_once(store: Store, request: Any, tmp_path: Any) -> None:
    """What alembic does not compare: keys, and what becomes of rows that hang on one that goes."""
    stepped = _layout(store.engine)
    if store.engine.dialect.name == "sqlite":
        other = connect(str(tmp_path / "other.db"), create=True)
        assert _made_at_once(other) == stepped
        return
    with fresh_database(request.getfixturevalue("postgres")) as where:
        other = connect(where, create=True)
        assert _made_at_once(other) == stepped


def _made_at_once(engine: Engine) -> dict[str, Any]:
    """The layout of tables that the metadata itself makes, in a database that had them by steps before."""
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.exec_driver_sql("DROP TABLE search_index")  # it hangs on the others
            metadata.drop_all(connection)
            metadata.create_all(connection)
        return _layout(engine)
    finally:
        engine.dispose()


def test_the_first_step_looks_at_its_own_tables() -> None:
    """A change of today's tables must not change what an old store was made with."""
    assert first.metadata is not metadata
    assert not any(first.metadata.tables[name] is metadata.tables.get(name) for name in first.metadata.tables)
