"""The database refuses to change or remove what the log says."""

from django.db import migrations

TABLES = ("audit_entry", "audit_checkpoint")
KEYS = {"audit_entry": "stream = NEW.stream AND seq = NEW.seq", "audit_checkpoint": "number = NEW.number"}

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
# ALWAYS: the refusal also holds for a session that replays a replica's changes.
POSTGRESQL = """
CREATE TRIGGER {table}_keep_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER {table}_keep_table BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keep_rows;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keep_table
"""
POSTGRESQL_BACK = """
DROP TRIGGER IF EXISTS {table}_keep_rows ON {table};
DROP TRIGGER IF EXISTS {table}_keep_table ON {table}
"""
# INSERT OR REPLACE removes a row without a delete trigger, hence the third one.
SQLITE = (
    "CREATE TRIGGER {table}_keep_update BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only: UPDATE on {table}'); END",
    "CREATE TRIGGER {table}_keep_delete BEFORE DELETE ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only: DELETE on {table}'); END",
    "CREATE TRIGGER {table}_keep_replace BEFORE INSERT ON {table} "
    "WHEN EXISTS (SELECT 1 FROM {table} WHERE ({key}) OR rowid = NEW.rowid) "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only: REPLACE on {table}'); END",
)
SQLITE_BACK = (
    "DROP TRIGGER IF EXISTS {table}_keep_update",
    "DROP TRIGGER IF EXISTS {table}_keep_delete",
    "DROP TRIGGER IF EXISTS {table}_keep_replace",
)


def forwards(apps, schema_editor):
    """Put the refusals in place."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        if postgresql:
            cursor.execute(POSTGRESQL_FUNCTION)
        for table in TABLES:
            for statement in (POSTGRESQL,) if postgresql else SQLITE:
                cursor.execute(statement.format(table=table, key=KEYS[table]))


def backwards(apps, schema_editor):
    """Take the refusals away."""
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            for statement in (POSTGRESQL_BACK,) if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
                cursor.execute(statement.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
