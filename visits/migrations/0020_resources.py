"""Resources, their bookings, and the engine's own refusal of a second one (B4)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from visits.resources.guards import install, lift


def guard(apps, schema_editor):
    """After the tables stand."""
    install(schema_editor.connection)


def unguard(apps, schema_editor):
    """Before they go."""
    lift(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('visits', '0019_loud_before_arrival'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('room', '会议室'), ('office', '领导办公室'), ('car', '车辆'), ('driver', '司机'), ('hall', '展厅'), ('guide', '讲解员'), ('hotel', '酒店'), ('restaurant', '餐厅'), ('crew', '翻译摄影'), ('gift', '礼品'), ('supplier', '供应商')], max_length=12, verbose_name='种类')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('source', models.CharField(choices=[('inside', '内部'), ('outside', '外部')], default='inside', max_length=8, verbose_name='内外部')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='地点')),
                ('keeper', models.CharField(blank=True, max_length=40, verbose_name='负责人')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='电话')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='容量（人）')),
                ('price', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='协议价（元）')),
                ('price_unit', models.CharField(blank=True, max_length=20, verbose_name='计价单位')),
                ('price_until', models.DateField(blank=True, null=True, verbose_name='协议价有效期')),
                ('setup_before', models.PositiveSmallIntegerField(default=0, verbose_name='提前准备（分钟）')),
                ('setup_after', models.PositiveSmallIntegerField(default=0, verbose_name='事后整理（分钟）')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('feed', models.PositiveIntegerField(default=1, editable=False, verbose_name='日历地址次数')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('sound', models.CharField(blank=True, editable=False, max_length=200, verbose_name='读音')),
                ('sought', models.TextField(blank=True, editable=False, verbose_name='检索')),
                ('tiers', models.ManyToManyField(blank=True, related_name='resources', to='visits.tier', verbose_name='适用级别')),
            ],
            options={
                'verbose_name': '接待资源',
                'verbose_name_plural': '接待资源',
                'ordering': ['kind', 'sound', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ResourceBooking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('no', models.CharField(max_length=20, unique=True, verbose_name='单号')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='版本')),
                ('created_at', models.DateTimeField(verbose_name='记录时间')),
                ('status', models.CharField(choices=[('planned', '未提交'), ('tentative', '拟订'), ('firm', '已订'), ('freed', '已释放')], default='firm', max_length=10, verbose_name='状态')),
                ('start', models.DateTimeField(verbose_name='从')),
                ('end', models.DateTimeField(verbose_name='到')),
                ('held_from', models.DateTimeField(verbose_name='准备起')),
                ('held_until', models.DateTimeField(verbose_name='整理止')),
                ('purpose', models.CharField(max_length=80, verbose_name='用途')),
                ('people', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='人数')),
                ('row_kind', models.CharField(blank=True, max_length=10, verbose_name='安排种类')),
                ('row_id', models.BigIntegerField(blank=True, null=True, verbose_name='安排')),
                ('exclusive', models.BooleanField(default=True, verbose_name='独占')),
                ('overlaps', models.BooleanField(default=False, verbose_name='允许重叠')),
                ('override_reason', models.CharField(blank=True, max_length=200, verbose_name='强制预订原因')),
                ('freed_at', models.DateTimeField(blank=True, null=True, verbose_name='释放时间')),
                ('free_reason', models.CharField(blank=True, max_length=200, verbose_name='释放原因')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='评价（1–5）')),
                ('rating_note', models.CharField(blank=True, max_length=200, verbose_name='评价说明')),
                ('rated_at', models.DateTimeField(blank=True, null=True, verbose_name='评价时间')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('freed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='释放人')),
                ('rated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='评价人')),
                ('reception', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='visits.reception', verbose_name='接待')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='visits.resource', verbose_name='资源')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='visits.task', verbose_name='任务')),
            ],
            options={
                'verbose_name': '资源预订',
                'verbose_name_plural': '资源预订',
                'ordering': ['start', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='resource',
            index=models.Index(fields=['sound', 'id'], name='resource_by_sound'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.UniqueConstraint(fields=('kind', 'name'), name='resource_once_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='resource_has_name'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['room', 'office', 'car', 'driver', 'hall', 'guide', 'hotel', 'restaurant', 'crew', 'gift', 'supplier'])), name='resource_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['inside', 'outside'])), name='resource_source_known'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gte', 1), _connector='OR'), name='resource_holds_somebody'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(('price__isnull', True), ('price__gte', 0), _connector='OR'), name='resource_price_not_negative'),
        ),
        migrations.AddIndex(
            model_name='resourcebooking',
            index=models.Index(fields=['resource', 'held_from', 'held_until'], name='booking_of_resource'),
        ),
        migrations.AddIndex(
            model_name='resourcebooking',
            index=models.Index(condition=models.Q(models.Q(('status', 'freed'), _negated=True), models.Q(('status', 'planned'), _negated=True)), fields=['held_from'], name='booking_held'),
        ),
        migrations.AddConstraint(
            model_name='resourcebooking',
            constraint=models.CheckConstraint(condition=models.Q(('end__lte', models.F('held_until')), ('held_from__lte', models.F('start')), ('start__lt', models.F('end'))), name='booking_times_in_order'),
        ),
        migrations.AddConstraint(
            model_name='resourcebooking',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'tentative', 'firm', 'freed'])), name='booking_status_known'),
        ),
        migrations.AddConstraint(
            model_name='resourcebooking',
            constraint=models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='booking_says_what_for'),
        ),
        migrations.AddConstraint(
            model_name='resourcebooking',
            constraint=models.CheckConstraint(condition=models.Q(('overlaps', False), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='booking_overlaps_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='resourcebooking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('freed_at__isnull', True), ('freed_by__isnull', True)), models.Q(('freed_at__isnull', False), ('freed_by__isnull', False)), _connector='OR'), name='booking_freed_at_by'),
        ),
        migrations.AddConstraint(
            model_name='resourcebooking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('freed_at__isnull', False), ('status', 'freed')), models.Q(models.Q(('status', 'freed'), _negated=True), ('freed_at__isnull', True)), _connector='OR'), name='booking_freed_when_freed'),
        ),
        migrations.AddConstraint(
            model_name='resourcebooking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rated_at__isnull', True), ('rated_by__isnull', True)), models.Q(('rated_at__isnull', False), ('rated_by__isnull', False)), _connector='OR'), name='booking_rated_at_by'),
        ),
        migrations.AddConstraint(
            model_name='resourcebooking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rated_at__isnull', True), ('score__isnull', True)), models.Q(('rated_at__isnull', False), ('score__gte', 1), ('score__lte', 5)), _connector='OR'), name='booking_score_of_five'),
        ),
        migrations.RunPython(guard, unguard),
    ]
