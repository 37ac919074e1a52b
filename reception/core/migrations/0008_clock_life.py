"""Pauses, quiet hours and switched-off rules; the database keeps late clocks late and stopped ones silent."""
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def heal(apps, schema_editor):
    """Rows from before the constraints: what is over climbs no further, what ended late is broken."""
    clocks = apps.get_model("core", "Clock").objects.filter(stopped_at__isnull=False)
    clocks.filter(next_at__isnull=False).update(next_at=None)
    late = clocks.filter(paused_at__isnull=True, breached_at__isnull=True, stopped_at__gt=models.F("due_at"))
    late.update(breached_at=models.F("due_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0007_documents'),
    ]

    operations = [
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='原因')),
                ('paused_at', models.DateTimeField(verbose_name='暂停')),
                ('resumed_at', models.DateTimeField(null=True, verbose_name='恢复')),
            ],
            options={
                'verbose_name': '时限暂停',
                'verbose_name_plural': '时限暂停',
                'ordering': ['paused_at', 'id'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='QuietHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=32, verbose_name='名称')),
                ('since', models.TimeField(verbose_name='从')),
                ('until', models.TimeField(verbose_name='到')),
                ('active', models.BooleanField(default=True, verbose_name='启用')),
            ],
            options={
                'verbose_name': '静默时段',
                'verbose_name_plural': '静默时段',
                'ordering': ['since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RuleSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=32, unique=True, verbose_name='编码')),
                ('name', models.CharField(max_length=32, verbose_name='名称')),
                ('loud', models.BooleanField(default=False, verbose_name='静默时段也提醒')),
                ('active', models.BooleanField(default=True, verbose_name='启用提醒')),
                ('off_reason', models.CharField(blank=True, max_length=200, verbose_name='停用原因')),
                ('off_at', models.DateTimeField(editable=False, null=True, verbose_name='停用时间')),
            ],
            options={
                'verbose_name': '时限提醒',
                'verbose_name_plural': '时限提醒',
                'ordering': ['rule'],
            },
        ),
        migrations.AddField(
            model_name='clock',
            name='budget',
            field=models.DurationField(null=True, verbose_name='约定用时'),
        ),
        migrations.AddField(
            model_name='clock',
            name='hush_from',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='静默前已提醒到'),
        ),
        migrations.AddField(
            model_name='clock',
            name='hush_until',
            field=models.DateTimeField(null=True, verbose_name='静默到'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('hush_until__isnull', False), ('stopped_at__isnull', True)), fields=['hush_until'], name='clock_hush'),
        ),
        migrations.RunPython(heal, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_at__isnull', True), models.Q(('hush_until__isnull', True), ('next_at__isnull', True)), _connector='OR'), name='clock_stopped_is_silent'),
        ),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_at__isnull', True), ('paused_at__isnull', False), ('stopped_at__lte', models.F('due_at')), ('breached_at__isnull', False), _connector='OR'), name='clock_late_is_breached'),
        ),
        migrations.AddField(
            model_name='hold',
            name='clock',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='core.clock'),
        ),
        migrations.AddField(
            model_name='hold',
            name='paused_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hold',
            name='resumed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='quiethours',
            constraint=models.CheckConstraint(condition=models.Q(('since', models.F('until')), _negated=True), name='quiet_has_length'),
        ),
        migrations.AddField(
            model_name='rulesetting',
            name='off_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='停用人'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('resumed_at__isnull', True)), fields=('clock',), name='one_open_hold'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resumed_at__isnull', True), ('resumed_by__isnull', True)), ('resumed_at__gte', models.F('paused_at')), _connector='OR'), name='hold_ends_after'),
        ),
        migrations.AddConstraint(
            model_name='rulesetting',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='rule_has_name'),
        ),
        migrations.AddConstraint(
            model_name='rulesetting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('active', True), ('off_at__isnull', True), ('off_by__isnull', True), ('off_reason', '')), models.Q(('active', False), ('off_at__isnull', False), ('off_by__isnull', False), models.Q(('off_reason', ''), _negated=True)), _connector='OR'), name='rule_off_says_why'),
        ),
        migrations.AddConstraint(
            model_name='rulesetting',
            constraint=models.CheckConstraint(condition=models.Q(('active', True), ('loud', False), _connector='OR'), name='rule_loud_is_on'),
        ),
    ]
