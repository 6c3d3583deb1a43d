"""Tables of investigations; the database refuses to change a signature."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

TABLE = "workflows_reportsignature"
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION workflows_keep_signatures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was signed stays: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER {TABLE}_keep_rows BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION workflows_keep_signatures();
ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_keep_rows;
"""
REFUSAL = "SELECT RAISE(ABORT, 'what was signed stays')"
SQLITE = {
    "update": f"CREATE TRIGGER {TABLE}_keep_update BEFORE UPDATE ON {TABLE} BEGIN {REFUSAL}; END",
    "delete": f"CREATE TRIGGER {TABLE}_keep_delete BEFORE DELETE ON {TABLE} BEGIN {REFUSAL}; END",
}


def forwards(apps, schema_editor):
    """Put the refusals in place."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for statement in [POSTGRESQL] if postgresql else SQLITE.values():
            cursor.execute(statement)


def backwards(apps, schema_editor):
    """Take the refusals away."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for name in ["rows"] if postgresql else SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_keep_{name}" + (f" ON {TABLE}" if postgresql else ""))


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0003_recusals"),
        ("workflows", "0002_elections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Investigation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(verbose_name="until")),
                ("contact", models.CharField(max_length=120, verbose_name="contact")),
                ("people", models.PositiveIntegerField(verbose_name="people in the unit")),
                ("set_up_at", models.DateTimeField()),
                ("announced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="investigations", to="approvals.case"
                    ),
                ),
                (
                    "set_up_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "stage",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="investigation", to="approvals.stage"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("sealed", models.TextField()),
                (
                    "conclusion",
                    models.CharField(
                        choices=[
                            ("fit", "Fit for the post"),
                            ("reserved", "Fit with reservations"),
                            ("unfit", "Not fit for the post"),
                        ],
                        max_length=16,
                        verbose_name="conclusion",
                    ),
                ),
                ("saved_at", models.DateTimeField()),
                (
                    "investigation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report", to="workflows.investigation"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="day")),
                ("opinions_issued", models.PositiveIntegerField(default=0, verbose_name="opinion forms given out")),
                ("opinions_returned", models.PositiveIntegerField(default=0, verbose_name="opinion forms returned")),
                ("issued", models.PositiveIntegerField(verbose_name="papers given out")),
                ("returned", models.PositiveIntegerField(verbose_name="papers returned")),
                ("valid", models.PositiveIntegerField(verbose_name="valid papers")),
                ("excellent", models.PositiveIntegerField(verbose_name="excellent")),
                ("competent", models.PositiveIntegerField(verbose_name="competent")),
                ("basically_competent", models.PositiveIntegerField(verbose_name="basically competent")),
                ("not_competent", models.PositiveIntegerField(verbose_name="not competent")),
                ("entered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "investigation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tally", to="workflows.investigation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_head", models.BooleanField(default=False)),
                ("hints", models.JSONField(default=list)),
                ("added_at", models.DateTimeField()),
                ("no_conflict_at", models.DateTimeField(blank=True, null=True)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "left_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recused", "Stepped back"),
                            ("challenged", "Challenge upheld"),
                            ("replaced", "Replaced by the office"),
                        ],
                        max_length=12,
                    ),
                ),
                ("left_sealed", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "investigation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="workflows.investigation",
                    ),
                ),
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="team_member", to="approvals.seat"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="TalkRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("typed", "Typed here"), ("paper", "Kept on paper")],
                        max_length=8,
                        verbose_name="how it is kept",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="day")),
                ("place", models.CharField(max_length=120, verbose_name="place")),
                ("keeper", models.CharField(blank=True, max_length=60, verbose_name="who keeps the paper")),
                ("pages", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="pages")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("self", "The candidate"),
                            ("leader", "Leader of the unit"),
                            ("colleague", "Colleague"),
                            ("subordinate", "Subordinate"),
                            ("member", "Party member of the branch"),
                            ("served", "Person served by the unit"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="relation to the candidate",
                    ),
                ),
                ("sealed_talkee", models.TextField()),
                ("sealed_text", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "investigation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="workflows.investigation"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("present", models.ManyToManyField(related_name="talks", to="workflows.teammember")),
            ],
            options={
                "ordering": ["held_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReportSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("signed_at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="workflows.report"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="workflows.teammember",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed_grounds", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("upheld", models.BooleanField(blank=True, null=True)),
                ("sealed_reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="challenge", to="workflows.teammember"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="investigation",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_on__lte", models.F("until_on"))), name="investigation_runs_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned__lte", models.F("issued")),
                    ("valid__lte", models.F("returned")),
                    (
                        "valid",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("excellent"), "+", models.F("competent")
                                ),
                                "+",
                                models.F("basically_competent"),
                            ),
                            "+",
                            models.F("not_competent"),
                        ),
                    ),
                ),
                name="tally_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(("opinions_returned__lte", models.F("opinions_issued"))), name="opinions_add_up"
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                        models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="tally_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(fields=("investigation", "account"), name="investigator_once"),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_head", True), ("left_at", None)),
                fields=("investigation",),
                name="one_head_of_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_at", None), ("left_why", "")),
                    models.Q(("left_at__isnull", False), models.Q(("left_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="investigator_left_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="talkrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "paper"), ("pages__gt", 0), models.Q(("keeper", ""), _negated=True)),
                    models.Q(("kind", "typed"), models.Q(("sealed_text", ""), _negated=True)),
                    _connector="OR",
                ),
                name="talk_on_paper_is_kept",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportsignature",
            constraint=models.UniqueConstraint(
                fields=("report", "version", "member"), name="report_signed_once_a_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("upheld", None)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("upheld__isnull", False)),
                    _connector="OR",
                ),
                name="challenge_decided_with_moment",
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
