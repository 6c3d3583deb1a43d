"""The database refuses to change what was counted in an election."""

from django.db import migrations

# What SQLite's INSERT OR REPLACE would push out without a delete trigger.
KEYS = {
    "workflows_electionresult": "id = NEW.id OR (plan_id = NEW.plan_id AND attempt = NEW.attempt)",
    "workflows_nomineevotes": "id = NEW.id OR (result_id = NEW.result_id AND nominee_id = NEW.nominee_id)",
}
POSTGRESQL_REFUSAL = """
CREATE OR REPLACE FUNCTION workflows_keep_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was counted stays: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
POSTGRESQL = """
CREATE TRIGGER {table}_keep_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION workflows_keep_counts();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keep_rows;
CREATE TRIGGER {table}_keep_table BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION workflows_keep_counts();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keep_table;
"""
SQLITE = (
    "CREATE TRIGGER {table}_keep_{what} BEFORE {act} ON {table} {when} "
    "BEGIN SELECT RAISE(ABORT, 'what was counted stays: {act} on {table}'); END"
)
NAMES = ("rows", "table", "update", "delete", "replace")


def forwards(apps, schema_editor):
    """Put the refusals in place."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for statement in _postgresql() if postgresql else _sqlite():
            cursor.execute(statement)


def backwards(apps, schema_editor):
    """Take the refusals away."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for table in KEYS:
            for name in NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_keep_{name}" + (f" ON {table}" if postgresql else ""))


def _postgresql():
    yield POSTGRESQL_REFUSAL
    for table in KEYS:
        yield POSTGRESQL.format(table=table)


def _sqlite():
    for table, keys in KEYS.items():
        pushes_out = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {keys})"  # noqa: S608 - names of ours
        yield SQLITE.format(table=table, what="update", act="UPDATE", when="")
        yield SQLITE.format(table=table, what="delete", act="DELETE", when="")
        yield SQLITE.format(table=table, what="replace", act="INSERT", when=pushes_out)


class Migration(migrations.Migration):
    dependencies = [("workflows", "0007_papers")]
    operations = [migrations.RunPython(forwards, backwards)]
