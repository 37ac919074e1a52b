"""Rows of meals, lodging, cars, meetings, tours and tickets; 是否涉密; who must own 其他来宾 as data (A8.2)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A ride inside the city brings its own duty: 接站、送站 are another need, and 公务 may not have them.
CITY = {
    "code": "city_car",
    "owner": "general",
    "duty": "市内用车",
    "anchor": "T",
    "offset": "-2d",
    "need": "car",
    "order": 185,
    "checklist": "用车前4小时再确认",
}
OTHER_OFFSETS = {"vip": "-3d", "business": "-1d", "regular": "-1d"}


def sow(apps, schema_editor):
    profiles = apps.get_model("visits", "RuleProfile")
    profiles.objects.filter(nature="other").update(department_code="office", department_source="A8.2")
    template, made = apps.get_model("visits", "TaskTemplate").objects.get_or_create(
        code=CITY["code"], defaults=CITY
    )
    if not made:
        return
    for tier in apps.get_model("visits", "Tier").objects.filter(code__in=OTHER_OFFSETS):
        apps.get_model("visits", "TierOffset").objects.create(
            template=template, tier=tier, kind="change", offset=OTHER_OFFSETS[tier.code]
        )


def reap(apps, schema_editor):
    """Only a duty that no reception has yet can go again."""
    unused = apps.get_model("visits", "TaskTemplate").objects.filter(code="city_car", tasks__isnull=True)
    apps.get_model("visits", "TierOffset").objects.filter(template__in=unused).delete()
    unused.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0005_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="costline",
            name="on",
            field=models.DateField(
                blank=True, help_text="不填按到达日的标准", null=True, verbose_name="日期"
            ),
        ),
        migrations.AddField(
            model_name="reception",
            name="secret",
            field=models.BooleanField(default=False, verbose_name="是否涉密"),
        ),
        migrations.AddField(
            model_name="ruleprofile",
            name="department_code",
            field=models.SlugField(
                blank=True, help_text="不填表示由申请部门负责", max_length=32, verbose_name="规定的责任部门"
            ),
        ),
        migrations.AddField(
            model_name="ruleprofile",
            name="department_source",
            field=models.CharField(blank=True, max_length=60, verbose_name="由它负责的依据"),
        ),
        migrations.CreateModel(
            name="CarRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="次序")),
                ("confirmation", models.CharField(blank=True, max_length=60, verbose_name="确认号")),
                ("booking_note", models.CharField(blank=True, max_length=120, verbose_name="预订备注")),
                ("booked_at", models.DateTimeField(blank=True, null=True, verbose_name="预订时间")),
                ("freed_at", models.DateTimeField(blank=True, null=True, verbose_name="退订时间")),
                (
                    "ride",
                    models.CharField(
                        choices=[("pick_up", "接站"), ("see_off", "送站"), ("city", "市内")],
                        default="pick_up",
                        max_length=8,
                        verbose_name="用车",
                    ),
                ),
                ("starts", models.DateTimeField(blank=True, null=True, verbose_name="用车时间")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="用车地点")),
                ("people", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="乘车人数")),
                ("plate", models.CharField(blank=True, max_length=20, verbose_name="车牌")),
                ("driver", models.CharField(blank=True, max_length=40, verbose_name="司机")),
                ("driver_phone", models.CharField(blank=True, max_length=30, verbose_name="司机电话")),
                (
                    "booked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="预订人",
                    ),
                ),
                (
                    "freed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="退订人",
                    ),
                ),
                (
                    "reception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cars",
                        to="visits.reception",
                        verbose_name="接待",
                    ),
                ),
            ],
            options={
                "verbose_name": "车辆",
                "verbose_name_plural": "车辆",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("booked_at__isnull", True), ("booked_by__isnull", True)),
                            models.Q(("booked_at__isnull", False), ("booked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="carrow_booked_at_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("freed_at__isnull", True), ("freed_by__isnull", True)),
                            models.Q(("freed_at__isnull", False), ("freed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="carrow_freed_at_by",
                    ),
                    models.UniqueConstraint(fields=("reception", "order"), name="carrow_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ride__in", ["pick_up", "see_off", "city"])),
                        name="carrow_ride_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people__isnull", True), ("people__gte", 1), _connector="OR"),
                        name="carrow_people_from_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LodgingRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="次序")),
                ("confirmation", models.CharField(blank=True, max_length=60, verbose_name="确认号")),
                ("booking_note", models.CharField(blank=True, max_length=120, verbose_name="预订备注")),
                ("booked_at", models.DateTimeField(blank=True, null=True, verbose_name="预订时间")),
                ("freed_at", models.DateTimeField(blank=True, null=True, verbose_name="退订时间")),
                ("hotel", models.CharField(blank=True, max_length=60, verbose_name="酒店")),
                ("room_type", models.CharField(blank=True, max_length=30, verbose_name="房型")),
                ("rooms", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="间数")),
                ("check_in", models.DateField(blank=True, null=True, verbose_name="入住日期")),
                ("check_out", models.DateField(blank=True, null=True, verbose_name="离店日期")),
                (
                    "payer",
                    models.CharField(
                        choices=[("ours", "我方"), ("theirs", "自理")],
                        default="ours",
                        max_length=6,
                        verbose_name="承担方",
                    ),
                ),
                (
                    "price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="不填按级别标准",
                        max_digits=9,
                        null=True,
                        verbose_name="房费（元/间·晚）",
                    ),
                ),
                (
                    "booked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="预订人",
                    ),
                ),
                (
                    "freed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="退订人",
                    ),
                ),
                (
                    "reception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lodgings",
                        to="visits.reception",
                        verbose_name="接待",
                    ),
                ),
            ],
            options={
                "verbose_name": "住宿",
                "verbose_name_plural": "住宿",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("booked_at__isnull", True), ("booked_by__isnull", True)),
                            models.Q(("booked_at__isnull", False), ("booked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="lodgingrow_booked_at_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("freed_at__isnull", True), ("freed_by__isnull", True)),
                            models.Q(("freed_at__isnull", False), ("freed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="lodgingrow_freed_at_by",
                    ),
                    models.UniqueConstraint(fields=("reception", "order"), name="lodgingrow_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(("payer__in", ["ours", "theirs"])), name="lodgingrow_payer_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rooms__isnull", True), ("rooms__gte", 1), _connector="OR"),
                        name="lodgingrow_rooms_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__isnull", True), ("price__gte", 0), _connector="OR"),
                        name="lodgingrow_price_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("check_in__isnull", True),
                            ("check_out__isnull", True),
                            ("check_in__lt", models.F("check_out")),
                            _connector="OR",
                        ),
                        name="lodgingrow_in_before_out",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MealRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="次序")),
                ("confirmation", models.CharField(blank=True, max_length=60, verbose_name="确认号")),
                ("booking_note", models.CharField(blank=True, max_length=120, verbose_name="预订备注")),
                ("booked_at", models.DateTimeField(blank=True, null=True, verbose_name="预订时间")),
                ("freed_at", models.DateTimeField(blank=True, null=True, verbose_name="退订时间")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="日期")),
                (
                    "meal",
                    models.CharField(
                        choices=[
                            ("breakfast", "早餐"),
                            ("lunch", "午餐"),
                            ("dinner", "晚餐"),
                            ("tea", "茶歇"),
                        ],
                        default="lunch",
                        max_length=10,
                        verbose_name="餐次",
                    ),
                ),
                (
                    "style",
                    models.CharField(
                        choices=[("working", "工作餐"), ("banquet", "宴请")],
                        default="working",
                        max_length=8,
                        verbose_name="形式",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="地点")),
                ("guests", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="来宾数")),
                ("diners", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="陪餐人数")),
                ("diner_names", models.CharField(blank=True, max_length=200, verbose_name="陪餐名单")),
                (
                    "price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="不填按级别标准",
                        max_digits=9,
                        null=True,
                        verbose_name="餐费（元/人）",
                    ),
                ),
                (
                    "booked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="预订人",
                    ),
                ),
                (
                    "freed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="退订人",
                    ),
                ),
                (
                    "reception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meals",
                        to="visits.reception",
                        verbose_name="接待",
                    ),
                ),
            ],
            options={
                "verbose_name": "用餐",
                "verbose_name_plural": "用餐",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("booked_at__isnull", True), ("booked_by__isnull", True)),
                            models.Q(("booked_at__isnull", False), ("booked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="mealrow_booked_at_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("freed_at__isnull", True), ("freed_by__isnull", True)),
                            models.Q(("freed_at__isnull", False), ("freed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="mealrow_freed_at_by",
                    ),
                    models.UniqueConstraint(fields=("reception", "order"), name="mealrow_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(("meal__in", ["breakfast", "lunch", "dinner", "tea"])),
                        name="mealrow_meal_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("style__in", ["working", "banquet"])), name="mealrow_style_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("guests__isnull", True), ("guests__gte", 1), _connector="OR"),
                        name="mealrow_guests_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__isnull", True), ("price__gte", 0), _connector="OR"),
                        name="mealrow_price_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="次序")),
                ("confirmation", models.CharField(blank=True, max_length=60, verbose_name="确认号")),
                ("booking_note", models.CharField(blank=True, max_length=120, verbose_name="预订备注")),
                ("booked_at", models.DateTimeField(blank=True, null=True, verbose_name="预订时间")),
                ("freed_at", models.DateTimeField(blank=True, null=True, verbose_name="退订时间")),
                (
                    "venue",
                    models.CharField(
                        choices=[("room", "会议室"), ("office", "领导办公室")],
                        default="room",
                        max_length=6,
                        verbose_name="场所",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="会议地点")),
                ("starts", models.DateTimeField(blank=True, null=True, verbose_name="会议开始")),
                ("ends", models.DateTimeField(blank=True, null=True, verbose_name="会议结束")),
                ("tea", models.BooleanField(default=True, verbose_name="茶水")),
                ("tables", models.BooleanField(default=False, verbose_name="桌椅")),
                ("projector", models.BooleanField(default=False, verbose_name="投影")),
                ("cards", models.BooleanField(default=False, verbose_name="席卡")),
                ("welcome", models.CharField(blank=True, max_length=80, verbose_name="大屏欢迎词")),
                (
                    "booked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="预订人",
                    ),
                ),
                (
                    "freed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="退订人",
                    ),
                ),
                (
                    "reception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="visits.reception",
                        verbose_name="接待",
                    ),
                ),
            ],
            options={
                "verbose_name": "会议",
                "verbose_name_plural": "会议",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("booked_at__isnull", True), ("booked_by__isnull", True)),
                            models.Q(("booked_at__isnull", False), ("booked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="meetingrow_booked_at_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("freed_at__isnull", True), ("freed_by__isnull", True)),
                            models.Q(("freed_at__isnull", False), ("freed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="meetingrow_freed_at_by",
                    ),
                    models.UniqueConstraint(fields=("reception", "order"), name="meetingrow_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(("venue__in", ["room", "office"])), name="meetingrow_venue_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("starts__lt", models.F("ends")),
                            _connector="OR",
                        ),
                        name="meetingrow_starts_before_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TicketRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="次序")),
                ("confirmation", models.CharField(blank=True, max_length=60, verbose_name="确认号")),
                ("booking_note", models.CharField(blank=True, max_length=120, verbose_name="预订备注")),
                ("booked_at", models.DateTimeField(blank=True, null=True, verbose_name="预订时间")),
                ("freed_at", models.DateTimeField(blank=True, null=True, verbose_name="退订时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rail", "高铁、动车"),
                            ("train", "普速列车"),
                            ("flight", "飞机"),
                            ("coach", "长途汽车"),
                            ("ship", "船"),
                        ],
                        default="rail",
                        max_length=8,
                        verbose_name="票种",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="车次")),
                ("departs", models.DateTimeField(blank=True, null=True, verbose_name="发车时间")),
                ("passengers", models.CharField(blank=True, max_length=200, verbose_name="乘客")),
                (
                    "payer",
                    models.CharField(
                        choices=[("ours", "我方"), ("theirs", "自理")],
                        default="ours",
                        max_length=6,
                        verbose_name="票款承担",
                    ),
                ),
                (
                    "booked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="预订人",
                    ),
                ),
                (
                    "freed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="退订人",
                    ),
                ),
                (
                    "reception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tickets",
                        to="visits.reception",
                        verbose_name="接待",
                    ),
                ),
            ],
            options={
                "verbose_name": "返程票",
                "verbose_name_plural": "返程票",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("booked_at__isnull", True), ("booked_by__isnull", True)),
                            models.Q(("booked_at__isnull", False), ("booked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ticketrow_booked_at_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("freed_at__isnull", True), ("freed_by__isnull", True)),
                            models.Q(("freed_at__isnull", False), ("freed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ticketrow_freed_at_by",
                    ),
                    models.UniqueConstraint(fields=("reception", "order"), name="ticketrow_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["rail", "train", "flight", "coach", "ship"])),
                        name="ticketrow_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payer__in", ["ours", "theirs"])), name="ticketrow_payer_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TourRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="次序")),
                ("confirmation", models.CharField(blank=True, max_length=60, verbose_name="确认号")),
                ("booking_note", models.CharField(blank=True, max_length=120, verbose_name="预订备注")),
                ("booked_at", models.DateTimeField(blank=True, null=True, verbose_name="预订时间")),
                ("freed_at", models.DateTimeField(blank=True, null=True, verbose_name="退订时间")),
                ("starts", models.DateTimeField(blank=True, null=True, verbose_name="参观时间")),
                ("hall", models.BooleanField(default=True, verbose_name="展厅")),
                ("route", models.CharField(blank=True, max_length=120, verbose_name="路线")),
                ("guide", models.CharField(blank=True, max_length=40, verbose_name="讲解员")),
                ("tech", models.BooleanField(default=True, verbose_name="技术介绍")),
                ("make", models.BooleanField(default=True, verbose_name="制造介绍")),
                ("quality", models.BooleanField(default=True, verbose_name="品质介绍")),
                (
                    "booked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="预订人",
                    ),
                ),
                (
                    "freed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="退订人",
                    ),
                ),
                (
                    "reception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tours",
                        to="visits.reception",
                        verbose_name="接待",
                    ),
                ),
            ],
            options={
                "verbose_name": "参观",
                "verbose_name_plural": "参观",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("booked_at__isnull", True), ("booked_by__isnull", True)),
                            models.Q(("booked_at__isnull", False), ("booked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="tourrow_booked_at_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("freed_at__isnull", True), ("freed_by__isnull", True)),
                            models.Q(("freed_at__isnull", False), ("freed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="tourrow_freed_at_by",
                    ),
                    models.UniqueConstraint(fields=("reception", "order"), name="tourrow_order_once"),
                ],
            },
        ),
        migrations.RunPython(sow, reap),
    ]
