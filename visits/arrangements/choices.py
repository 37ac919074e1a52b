"""Choices of the rows of sections 5 and 7 to 11 (records §1.1)."""

from django.db.models import TextChoices


class MealStyle(TextChoices):
    """形式 of a meal."""

    WORKING = "working", "工作餐"
    BANQUET = "banquet", "宴请"


class Payer(TextChoices):
    """承担方."""

    OURS = "ours", "我方"
    THEIRS = "theirs", "自理"


class Ride(TextChoices):
    """用车. 接站 and 送站 are what a 公务 visit may not have; 市内 it may."""

    PICK_UP = "pick_up", "接站"
    SEE_OFF = "see_off", "送站"
    CITY = "city", "市内"


# What a rule profile can forbid (A1).
STATION_RIDES = (Ride.PICK_UP, Ride.SEE_OFF)


class Venue(TextChoices):
    """Where a meeting is held (A5.6)."""

    ROOM = "room", "会议室"
    OFFICE = "office", "领导办公室"


class TicketKind(TextChoices):
    """类型 of a return ticket (A5.6 返程车船票)."""

    RAIL = "rail", "高铁、动车"
    TRAIN = "train", "普速列车"
    FLIGHT = "flight", "飞机"
    COACH = "coach", "长途汽车"
    SHIP = "ship", "船"


class Booking(TextChoices):
    """How firm a row is: written, tentative from the submission on, booked, let go again."""

    PLANNED = "planned", "未提交"
    TENTATIVE = "tentative", "拟订"
    FIRM = "firm", "已订"
    FREED = "freed", "已退"


class Kind(TextChoices):
    """The six kinds of rows, in the form's order; the values are the names of the form's row sets."""

    MEAL = "meals", "用餐"
    LODGING = "lodgings", "住宿"
    CAR = "cars", "车辆"
    MEETING = "meetings", "会议"
    TOUR = "tours", "参观"
    TICKET = "tickets", "返程票"
