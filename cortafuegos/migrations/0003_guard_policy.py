import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cortafuegos", "0002_lean_indexes_and_search_by_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuardPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("rules", models.JSONField(default=dict)),
                ("formality", models.CharField(blank=True, max_length=5)),
                ("forbidden", models.JSONField(default=dict)),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                (
                    "domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253), default=list, size=None
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "brand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guard_policy",
                        to="cortafuegos.brand",
                    ),
                ),
            ],
        ),
    ]
