"""The limits of a month are found by their rule, for the report."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_ground'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(fields=['rule', 'due_at'], name='clock_by_limit'),
        ),
    ]
