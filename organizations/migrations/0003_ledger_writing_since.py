"""Since when a ledger is being written; what a stopped process left half way can be started again."""

from django.db import migrations, models


def free(apps, schema_editor):
    apps.get_model("organizations", "LedgerImport").objects.filter(state="writing").update(state="checked")


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_closures")]
    operations = [
        migrations.RunPython(free, migrations.RunPython.noop),
        migrations.AddField(
            model_name="ledgerimport",
            name="writing_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
