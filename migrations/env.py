"""Run the migrations as the schema's owner; the URL comes from `vitaal migrate`."""

from alembic import context
from sqlalchemy import create_engine, text

engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")

with engine.connect() as connection:
    connection.execute(text("SET ROLE vitaal_owner"))
    connection.execute(text("CREATE SCHEMA IF NOT EXISTS ops"))
    connection.commit()
    context.configure(connection=connection, version_table_schema="ops", transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
