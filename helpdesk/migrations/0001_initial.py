"""Every table of the service desk."""

import django.core.validators
import django.db.models.deletion
import helpdesk.report.choices
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Resident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('title', models.CharField(blank=True, help_text='女士、先生、老师', max_length=8, verbose_name='称呼')),
                ('kind', models.CharField(choices=[('owner', '业主'), ('tenant', '租户'), ('merchant', '商户'), ('staff', '员工')], default='owner', max_length=10, verbose_name='身份')),
                ('company', models.CharField(blank=True, max_length=80, verbose_name='公司名称')),
                ('is_leader', models.BooleanField(default=False, verbose_name='公司领导')),
            ],
            options={
                'verbose_name': '住户与商户',
                'verbose_name_plural': '住户与商户',
                'ordering': ['unit__building__order', 'unit__room', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Building',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20, unique=True, verbose_name='楼栋')),
                ('code', models.CharField(help_text='报地址时的第一段，如 3、A', max_length=4, unique=True, verbose_name='编码')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
            ],
            options={
                'verbose_name': '楼栋',
                'verbose_name_plural': '楼栋',
                'ordering': ['order', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('code', ''), _negated=True)), name='building_has_name')],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('enquiry', '查询'), ('repair', '报修'), ('complaint', '投诉'), ('advice', '建议'), ('praise', '表扬'), ('help', '求助'), ('emergency', '突发'), ('transfer', '转接')], max_length=10, verbose_name='来电类别')),
                ('name', models.CharField(max_length=20, verbose_name='名称')),
                ('keywords', models.CharField(blank=True, max_length=300, verbose_name='关键词')),
                ('trade', models.CharField(blank=True, max_length=16, verbose_name='班组')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
                ('parent', models.ForeignKey(blank=True, limit_choices_to=models.Q(('parent__isnull', True)), null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='helpdesk.category', verbose_name='上级')),
            ],
            options={
                'verbose_name': '类别',
                'verbose_name_plural': '类别',
                'ordering': ['kind', 'order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('no', models.CharField(max_length=20, unique=True, verbose_name='单号')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='版本')),
                ('created_at', models.DateTimeField(verbose_name='记录时间')),
                ('status', models.CharField(choices=[('open', '待处理'), ('converted', '已转单'), ('closed', '已关闭')], default='open', max_length=10, verbose_name='状态')),
                ('recorded_at', models.DateTimeField(verbose_name='来电时间')),
                ('recorder_name', models.CharField(max_length=64, verbose_name='记录人签名')),
                ('backdate_reason', models.CharField(blank=True, max_length=200, verbose_name='补记原因')),
                ('channel', models.CharField(choices=[('phone', '电话'), ('visit', '来访'), ('wechat', '微信'), ('patrol', '巡检'), ('other', '其他')], default='phone', max_length=8, verbose_name='渠道')),
                ('rings', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='振铃次数')),
                ('rings_reason', models.CharField(blank=True, max_length=200, verbose_name='超过三声的原因')),
                ('number', models.CharField(blank=True, max_length=32, verbose_name='来电号码')),
                ('caller_name', models.CharField(max_length=40, verbose_name='联系人')),
                ('caller_title', models.CharField(blank=True, max_length=8, verbose_name='称呼')),
                ('company', models.CharField(blank=True, max_length=80, verbose_name='单位')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='地址')),
                ('kind', models.CharField(choices=[('enquiry', '查询'), ('repair', '报修'), ('complaint', '投诉'), ('advice', '建议'), ('praise', '表扬'), ('help', '求助'), ('emergency', '突发'), ('transfer', '转接')], max_length=10, verbose_name='类别')),
                ('content', models.TextField(verbose_name='事由')),
                ('repeated', models.BooleanField(default=False, verbose_name='已复述确认')),
                ('handling', models.CharField(blank=True, max_length=200, verbose_name='处理方式')),
                ('reply_due_at', models.DateTimeField(blank=True, null=True, verbose_name='承诺回复时间')),
                ('replied_at', models.DateTimeField(blank=True, null=True, verbose_name='回复时间')),
                ('reply', models.TextField(blank=True, verbose_name='回复内容')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='关闭时间')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='关闭人')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('recorder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('replied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='回复人')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='helpdesk.category', verbose_name='二级类别')),
                ('resident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='calls', to='helpdesk.resident', verbose_name='住户')),
            ],
            options={
                'verbose_name': '电话记录',
                'verbose_name_plural': '电话记录',
                'ordering': ['-recorded_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ClockRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='时限')),
                ('name', models.CharField(max_length=32, verbose_name='名称')),
                ('minutes', models.PositiveIntegerField(verbose_name='分钟')),
            ],
            options={
                'verbose_name': '时限标准',
                'verbose_name_plural': '时限标准',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1)), name='clock_rule_from_one_minute')],
            },
        ),
        migrations.CreateModel(
            name='Repair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('no', models.CharField(max_length=20, unique=True, verbose_name='单号')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='版本')),
                ('created_at', models.DateTimeField(verbose_name='记录时间')),
                ('status', models.CharField(choices=[('waiting', '待派工'), ('handed', '已交工程'), ('acknowledged', '已接单'), ('arrived', '已到场'), ('working', '维修中'), ('paused', '暂停'), ('finished', '完工待验收'), ('slip_back', '底联已返'), ('revisited', '已回访'), ('closed', '已关闭'), ('cancelled', '已取消')], default='waiting', max_length=12, verbose_name='状态')),
                ('kind', models.CharField(choices=[('unit', '房屋维修单'), ('public', '维修单')], max_length=8, verbose_name='单据种类')),
                ('reporter', models.CharField(max_length=40, verbose_name='报修人')),
                ('phone', models.CharField(blank=True, max_length=32, verbose_name='电话')),
                ('place', models.CharField(max_length=120, verbose_name='地址')),
                ('content', models.TextField(verbose_name='内容')),
                ('urgency', models.CharField(choices=[('urgent', '紧急'), ('normal', '一般'), ('planned', '计划')], default='normal', max_length=8, verbose_name='紧急程度')),
                ('important', models.BooleanField(default=False, verbose_name='重大')),
                ('paid', models.BooleanField(default=False, verbose_name='有偿')),
                ('trade', models.CharField(blank=True, max_length=16, verbose_name='班组')),
                ('dispatched_at', models.DateTimeField(blank=True, null=True, verbose_name='派工时间')),
                ('handed_at', models.DateTimeField(blank=True, null=True, verbose_name='交办时间')),
                ('arrive_due_at', models.DateTimeField(blank=True, null=True, verbose_name='到场时限')),
                ('agreed', models.BooleanField(default=False, verbose_name='约定到场')),
                ('agreed_reason', models.CharField(blank=True, max_length=200, verbose_name='约定原因')),
                ('agreed_with', models.CharField(blank=True, max_length=40, verbose_name='约定人')),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True, verbose_name='接单时间')),
                ('arrived_at', models.DateTimeField(blank=True, null=True, verbose_name='到场时间')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='开工时间')),
                ('paused_at', models.DateTimeField(blank=True, null=True, verbose_name='暂停时间')),
                ('pause_reason', models.CharField(blank=True, max_length=200, verbose_name='暂停原因')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完工时间')),
                ('cause', models.CharField(blank=True, max_length=500, verbose_name='原因')),
                ('measures', models.TextField(blank=True, verbose_name='措施')),
                ('cost', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=10, verbose_name='费用（元）')),
                ('opinion', models.CharField(blank=True, max_length=500, verbose_name='客户意见')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='满意度')),
                ('signed_name', models.CharField(blank=True, max_length=40, verbose_name='客户签字')),
                ('unsigned_reason', models.CharField(blank=True, max_length=200, verbose_name='无人在场原因')),
                ('slip_at', models.DateTimeField(blank=True, null=True, verbose_name='底联返回时间')),
                ('slip_note', models.CharField(blank=True, max_length=200, verbose_name='底联说明')),
                ('revisited_at', models.DateTimeField(blank=True, null=True, verbose_name='回访时间')),
                ('revisit_note', models.CharField(blank=True, max_length=500, verbose_name='回访记录')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='关闭时间')),
                ('close_word', models.CharField(blank=True, max_length=500, verbose_name='客户的话')),
                ('force_reason', models.CharField(blank=True, max_length=500, verbose_name='强制关闭原因')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='取消时间')),
                ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='接单签收')),
                ('arrived_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='到场人')),
                ('call', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repairs', to='helpdesk.call', verbose_name='来电')),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='取消人')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repairs', to='helpdesk.category', verbose_name='类别')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='关闭人')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('dispatched_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='派工人')),
                ('finished_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='完工人')),
                ('handed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='交办人')),
                ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reworks', to='helpdesk.repair', verbose_name='返修原单')),
                ('paused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='暂停人')),
                ('repairer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repairs', to=settings.AUTH_USER_MODEL, verbose_name='维修员')),
                ('revisited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='回访人')),
                ('slip_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='底联接收人')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='开工人')),
            ],
            options={
                'verbose_name': '维修单',
                'verbose_name_plural': '维修单',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='材料')),
                ('spec', models.CharField(blank=True, max_length=60, verbose_name='规格')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=8, validators=[django.core.validators.MinValueValidator(Decimal('0.01')), django.core.validators.MaxValueValidator(10000)], verbose_name='数量')),
                ('unit_price', models.DecimalField(decimal_places=2, max_digits=10, validators=[django.core.validators.MinValueValidator(0)], verbose_name='单价（元）')),
                ('repair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='helpdesk.repair', verbose_name='维修单')),
            ],
            options={
                'verbose_name': '维修材料',
                'verbose_name_plural': '维修材料',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=32, verbose_name='电话')),
                ('digits', models.CharField(editable=False, max_length=16)),
                ('local', models.CharField(db_index=True, editable=False, max_length=16)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='helpdesk.resident', verbose_name='住户')),
            ],
            options={
                'verbose_name': '电话',
                'verbose_name_plural': '电话',
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metric', models.CharField(choices=helpdesk.report.choices.targeted, max_length=16, verbose_name='指标')),
                ('percent', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='目标（%）')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
            ],
            options={
                'verbose_name': '报告目标',
                'verbose_name_plural': '报告目标',
                'ordering': ['metric', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('metric', 'valid_from'), name='target_once_a_day'), models.CheckConstraint(condition=models.Q(('percent__gte', 0), ('percent__lte', 100)), name='target_is_a_share')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_no', models.CharField(blank=True, max_length=4, verbose_name='单元')),
                ('room', models.CharField(max_length=8, verbose_name='房号')),
                ('label', models.CharField(max_length=40, unique=True, verbose_name='地址')),
                ('kind', models.CharField(choices=[('home', '住宅'), ('shop', '商铺'), ('office', '办公')], default='home', max_length=8, verbose_name='用途')),
                ('building', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='helpdesk.building', verbose_name='楼栋')),
            ],
            options={
                'verbose_name': '房号',
                'verbose_name_plural': '房号',
                'ordering': ['building__order', 'unit_no', 'room'],
            },
        ),
        migrations.AddField(
            model_name='resident',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='residents', to='helpdesk.unit', verbose_name='房号'),
        ),
        migrations.AddField(
            model_name='repair',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repairs', to='helpdesk.unit', verbose_name='房号'),
        ),
        migrations.AddField(
            model_name='call',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='helpdesk.unit', verbose_name='房号'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.UniqueConstraint(fields=('kind', 'parent', 'name'), name='category_once_a_level', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='category_has_name'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['enquiry', 'repair', 'complaint', 'advice', 'praise', 'help', 'emergency', 'transfer'])), name='category_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='material_has_name'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='material_quantity_above_0'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('unit_price__gte', 0)), name='material_price_from_0'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=models.UniqueConstraint(fields=('resident', 'digits'), name='phone_once_a_resident'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digits', ''), _negated=True), models.Q(('local', ''), _negated=True)), name='phone_has_digits'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('building', 'unit_no', 'room'), name='unit_once'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('room', ''), _negated=True), models.Q(('label', ''), _negated=True)), name='unit_has_room'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['home', 'shop', 'office'])), name='unit_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='resident',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='resident_has_name'),
        ),
        migrations.AddConstraint(
            model_name='resident',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['owner', 'tenant', 'merchant', 'staff'])), name='resident_kind_known'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(fields=['-created_at', '-id'], name='repair_newest'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(fields=['status', '-created_at', '-id'], name='repair_of_status'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(fields=['repairer', '-created_at', '-id'], name='repair_of_repairer'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(fields=['unit', '-created_at'], name='repair_of_unit'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(fields=['arrive_due_at'], name='repair_by_limit'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(fields=['closed_at'], name='repair_by_close'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(condition=models.Q(('dispatched_at__isnull', False)), fields=['dispatched_at'], name='repair_by_dispatch'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(condition=models.Q(('finished_at__isnull', False)), fields=['finished_at'], name='repair_by_finish'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(condition=models.Q(('slip_at__isnull', False)), fields=['slip_at'], name='repair_by_slip'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(condition=models.Q(('cancelled_at__isnull', False)), fields=['cancelled_at'], name='repair_by_cancel'),
        ),
        migrations.AddIndex(
            model_name='repair',
            index=models.Index(condition=models.Q(('status__in', ('waiting', 'handed', 'acknowledged', 'arrived', 'working', 'paused', 'finished', 'slip_back', 'revisited'))), fields=['id'], name='repair_open'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'handed', 'acknowledged', 'arrived', 'working', 'paused', 'finished', 'slip_back', 'revisited', 'closed', 'cancelled'])), name='repair_status_known'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['unit', 'public'])), name='repair_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('urgency__in', ['urgent', 'normal', 'planned'])), name='repair_urgency_known'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content', ''), _negated=True), models.Q(('place', ''), _negated=True), models.Q(('reporter', ''), _negated=True)), name='repair_has_what_and_where'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'unit'), _negated=True), ('unit__isnull', False), _connector='OR'), name='repair_unit_order_has_unit'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('handed', 'acknowledged', 'arrived', 'working', 'paused', 'finished', 'slip_back', 'revisited')), _negated=True), models.Q(('handed_at__isnull', False), ('repairer__isnull', False)), _connector='OR'), name='repair_handed_to_whom'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('handed', 'acknowledged')), _negated=True), ('arrive_due_at__isnull', False), _connector='OR'), name='repair_sent_by_when'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('acknowledged',)), _negated=True), ('acknowledged_at__isnull', False), _connector='OR'), name='repair_acknowledged_is_signed'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('arrived', 'working', 'paused')), _negated=True), ('arrived_at__isnull', False), _connector='OR'), name='repair_there_has_arrived'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('agreed', False), models.Q(('arrive_due_at__isnull', False), models.Q(('agreed_reason', ''), _negated=True), models.Q(('agreed_with', ''), _negated=True)), _connector='OR'), name='repair_agreed_says_with_whom_and_why'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('paused',)), _negated=True), models.Q(('paused_at__isnull', False), models.Q(('pause_reason', ''), _negated=True)), _connector='OR'), name='repair_paused_says_why'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('finished', 'slip_back', 'revisited')), _negated=True), models.Q(('finished_at__isnull', False), models.Q(('measures', ''), _negated=True), models.Q(models.Q(('signed_name', ''), _negated=True), models.Q(('unsigned_reason', ''), _negated=True), _connector='OR')), _connector='OR'), name='repair_done_says_what'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('slip_back', 'revisited')), _negated=True), ('slip_at__isnull', False), _connector='OR'), name='repair_slip_is_back'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('closed',)), _negated=True), models.Q(('force_reason', ''), _negated=True), models.Q(('slip_at__isnull', False), models.Q(('close_word', ''), _negated=True), ('finished_at__isnull', False), models.Q(('measures', ''), _negated=True), models.Q(models.Q(('signed_name', ''), _negated=True), models.Q(('unsigned_reason', ''), _negated=True), _connector='OR')), _connector='OR'), name='repair_closed_with_slip_and_word'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='repair_closed_when_closed'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('status', 'cancelled')), models.Q(models.Q(('status', 'cancelled'), _negated=True), ('cancelled_at__isnull', True)), _connector='OR'), name='repair_cancelled_when_cancelled'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.UniqueConstraint(fields=('call',), name='repair_one_a_call'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), models.Q(('score__gte', 1), ('score__lte', 5)), _connector='OR'), name='repair_score_from_1_to_5'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('cost__gte', 0)), name='repair_cost_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('origin__isnull', True), models.Q(('origin', models.F('id')), _negated=True), _connector='OR'), name='repair_not_its_own_origin'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dispatched_at__isnull', True), ('dispatched_by__isnull', True)), models.Q(('dispatched_at__isnull', False), ('dispatched_by__isnull', False)), _connector='OR'), name='repair_dispatched_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('handed_at__isnull', True), ('handed_by__isnull', True)), models.Q(('handed_at__isnull', False), ('handed_by__isnull', False)), _connector='OR'), name='repair_handed_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at__isnull', True), ('acknowledged_by__isnull', True)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='repair_acknowledged_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('arrived_at__isnull', True), ('arrived_by__isnull', True)), models.Q(('arrived_at__isnull', False), ('arrived_by__isnull', False)), _connector='OR'), name='repair_arrived_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('started_at__isnull', True), ('started_by__isnull', True)), models.Q(('started_at__isnull', False), ('started_by__isnull', False)), _connector='OR'), name='repair_started_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paused_at__isnull', True), ('paused_by__isnull', True)), models.Q(('paused_at__isnull', False), ('paused_by__isnull', False)), _connector='OR'), name='repair_paused_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('finished_by__isnull', True)), models.Q(('finished_at__isnull', False), ('finished_by__isnull', False)), _connector='OR'), name='repair_finished_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('slip_at__isnull', True), ('slip_by__isnull', True)), models.Q(('slip_at__isnull', False), ('slip_by__isnull', False)), _connector='OR'), name='repair_slip_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revisited_at__isnull', True), ('revisited_by__isnull', True)), models.Q(('revisited_at__isnull', False), ('revisited_by__isnull', False)), _connector='OR'), name='repair_revisited_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='repair_closed_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), _connector='OR'), name='repair_cancelled_at_by'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('dispatched_at__isnull', True), ('acknowledged_at__isnull', True), ('acknowledged_at__gte', models.F('dispatched_at')), _connector='OR'), name='repair_acknowledged_after_dispatched'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('acknowledged_at__isnull', True), ('arrived_at__isnull', True), ('arrived_at__gte', models.F('acknowledged_at')), _connector='OR'), name='repair_arrived_after_acknowledged'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('arrived_at__isnull', True), ('finished_at__isnull', True), ('finished_at__gte', models.F('arrived_at')), _connector='OR'), name='repair_finished_after_arrived'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), ('slip_at__isnull', True), ('slip_at__gte', models.F('finished_at')), _connector='OR'), name='repair_slip_after_finished'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('slip_at__isnull', True), ('revisited_at__isnull', True), ('revisited_at__gte', models.F('slip_at')), _connector='OR'), name='repair_revisited_after_slip'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('revisited_at__isnull', True), ('closed_at__isnull', True), ('closed_at__gte', models.F('revisited_at')), _connector='OR'), name='repair_closed_after_revisited'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('slip_at__isnull', True), ('closed_at__isnull', True), ('closed_at__gte', models.F('slip_at')), _connector='OR'), name='repair_closed_after_slip'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['-recorded_at', '-id'], name='call_newest'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['kind', '-recorded_at', '-id'], name='call_of_kind'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['status', '-recorded_at', '-id'], name='call_of_status'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['unit', '-recorded_at'], name='call_of_unit'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['number', '-recorded_at'], name='call_of_number'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['closed_at'], name='call_by_close'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('reply_due_at__isnull', False)), fields=['reply_due_at'], name='call_by_promise'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('status', 'open')), fields=['id'], name='call_open'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'converted', 'closed'])), name='call_status_known'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['phone', 'visit', 'wechat', 'patrol', 'other'])), name='call_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['enquiry', 'repair', 'complaint', 'advice', 'praise', 'help', 'emergency', 'transfer'])), name='call_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content', ''), _negated=True), models.Q(('caller_name', ''), _negated=True), models.Q(('recorder_name', ''), _negated=True)), name='call_says_who_and_what'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('rings__isnull', True), models.Q(('rings__gte', 1), ('rings__lte', 20)), _connector='OR'), name='call_rings_1_to_20'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('rings__isnull', True), ('rings__lte', 3), models.Q(('rings_reason', ''), _negated=True), _connector='OR'), name='call_slow_answer_says_why'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_at', models.F('created_at')), models.Q(('recorded_at__lt', models.F('created_at')), models.Q(('backdate_reason', ''), _negated=True)), _connector='OR'), name='call_backdated_says_why'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('reply_due_at__isnull', True), ('reply_due_at__gt', models.F('recorded_at')), _connector='OR'), name='call_promise_lies_ahead'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('replied_at__isnull', False), ('status', 'closed'), models.Q(('reply', ''), _negated=True)), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='call_closed_with_reply'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', True), ('replied_by__isnull', True)), models.Q(('replied_at__isnull', False), ('replied_by__isnull', False)), _connector='OR'), name='call_replied_at_by'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='call_closed_at_by'),
        ),
    ]
