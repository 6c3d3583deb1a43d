"""Who was told what about one case is read by its number."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_preferences")]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["thread", "-id"], condition=~Q(thread=""), name="notice_thread"),
        ),
    ]
