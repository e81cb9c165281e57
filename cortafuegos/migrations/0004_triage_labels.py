import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("cortafuegos", "0003_guard_policy"),
    ]

    operations = [
        migrations.AddField("case", "intent", models.CharField(blank=True, db_default="", default="", max_length=9)),
        migrations.AddField("case", "cause", models.CharField(blank=True, db_default="", default="", max_length=7)),
        migrations.AddField(
            "case", "sentiment", models.CharField(blank=True, db_default="", default="", max_length=8)
        ),
        migrations.AddField("case", "urgency", models.SmallIntegerField(db_default=0, default=0)),
        migrations.AddField("case", "churn", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("case", "needs_reply", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
            "case",
            "topics",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField("case", "waiting_since", models.DateTimeField(null=True)),
        migrations.AddField("case", "unanswered", models.IntegerField(db_default=0, default=0)),
        migrations.AddField("case", "priority", models.IntegerField(db_default=0, default=0)),
        migrations.AddField("case", "look_after", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "case",
            models.Index(
                F("brand"), F("priority").desc(), F("id").desc(), condition=Q(state="open"), name="case_priority"
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                F("priority").desc(),
                F("look_after"),
                condition=Q(awaits_us=True, look_after__isnull=False, state="open"),
                name="case_to_look_at",
            ),
        ),
    ]
