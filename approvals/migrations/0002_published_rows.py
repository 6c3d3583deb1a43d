"""The database refuses to change what was decided and what was published."""

from django.db import migrations

FIXED = ("approvals_decision", "approvals_policystep")
POLICY = "approvals_policy"
# What SQLite's INSERT OR REPLACE would push out without a delete trigger.
KEYS = {
    "approvals_decision": "id = NEW.id OR seat_id = NEW.seat_id OR key = NEW.key",
    "approvals_policystep": "id = NEW.id OR (policy_id = NEW.policy_id AND step = NEW.step AND level = NEW.level)",
    "approvals_policy": "id = NEW.id OR (flow = NEW.flow AND version = NEW.version "
    "AND organization_id IS NEW.organization_id)",
}
POLICY_COLUMNS = (
    "id", "organization_id", "flow", "version", "title", "parameters", "valid_from", "published_by_id", "published_at",
)  # fmt: skip

POSTGRESQL = """
CREATE OR REPLACE FUNCTION approvals_keep_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was decided or published stays: % on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION approvals_keep_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'valid_until' IS DISTINCT FROM to_jsonb(NEW) - 'valid_until' THEN
        RAISE EXCEPTION 'a published policy stays: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_policy_keep_update BEFORE UPDATE ON approvals_policy
    FOR EACH ROW EXECUTE FUNCTION approvals_keep_policy();
CREATE TRIGGER approvals_policy_keep_delete BEFORE DELETE ON approvals_policy
    FOR EACH ROW EXECUTE FUNCTION approvals_keep_rows();
ALTER TABLE approvals_policy ENABLE ALWAYS TRIGGER approvals_policy_keep_update;
ALTER TABLE approvals_policy ENABLE ALWAYS TRIGGER approvals_policy_keep_delete;
"""
POSTGRESQL_FIXED = """
CREATE TRIGGER {table}_keep_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION approvals_keep_rows();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keep_rows;
"""
POSTGRESQL_TABLE = """
CREATE TRIGGER {table}_keep_table BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION approvals_keep_rows();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keep_table;
"""
SQLITE_REFUSAL = (
    "CREATE TRIGGER {table}_keep_{what} BEFORE {act} ON {table} {when} "
    "BEGIN SELECT RAISE(ABORT, 'what was decided or published stays: {act} on {table}'); END"
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
    suffix = " ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    with schema_editor.connection.cursor() as cursor:
        for table in (*FIXED, POLICY):
            for name in NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_keep_{name}{suffix.format(table=table)}")


def _postgresql():
    yield POSTGRESQL
    for table in FIXED:
        yield POSTGRESQL_FIXED.format(table=table)
    for table in (*FIXED, POLICY):
        yield POSTGRESQL_TABLE.format(table=table)


def _sqlite():
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in POLICY_COLUMNS)
    for table in (*FIXED, POLICY):
        unless = f"WHEN {changed}" if table == POLICY else ""
        pushes_out = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {KEYS[table]})"  # noqa: S608 - names of ours
        yield SQLITE_REFUSAL.format(table=table, what="update", act="UPDATE", when=unless)
        yield SQLITE_REFUSAL.format(table=table, what="delete", act="DELETE", when="")
        yield SQLITE_REFUSAL.format(table=table, what="replace", act="INSERT", when=pushes_out)


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
