
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cortafuegos', '0006_playbooks_and_promises'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadingPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layer', models.IntegerField(default=0)),
                ('nightly', models.BooleanField(default=True)),
                ('topics', models.JSONField(default=dict)),
                ('version', models.IntegerField(default=0)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('brand', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reading_policy', to='cortafuegos.brand')),
            ],
        ),
        migrations.CreateModel(
            name='OwnLayer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('corrections', models.IntegerField()),
                ('held_out', models.IntegerField()),
                ('shipped', models.FloatField()),
                ('before', models.FloatField()),
                ('after', models.FloatField()),
                ('kept', models.FloatField()),
                ('verdict', models.CharField(max_length=10)),
                ('weights', models.BinaryField()),
                ('brand', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='cortafuegos.brand')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('brand', 'number'), name='own_layer_number')],
            },
        ),
    ]
