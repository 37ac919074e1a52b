"""Kinds of resources, and how firm a booking of one is (B4, records §1.4)."""

from django.db.models import TextChoices


class ResourceKind(TextChoices):
    """种类, in the order of the board."""

    ROOM = "room", "会议室"
    OFFICE = "office", "领导办公室"
    CAR = "car", "车辆"
    DRIVER = "driver", "司机"
    HALL = "hall", "展厅"
    GUIDE = "guide", "讲解员"
    HOTEL = "hotel", "酒店"
    RESTAURANT = "restaurant", "餐厅"
    CREW = "crew", "翻译摄影"
    GIFT = "gift", "礼品"
    SUPPLIER = "supplier", "供应商"


class Source(TextChoices):
    """Ours, or somebody else's under contract."""

    INSIDE = "inside", "内部"
    OUTSIDE = "outside", "外部"


class BookingStatus(TextChoices):
    """Written in a draft, tentative from the submission on, firm, let go."""

    PLANNED = "planned", "未提交"
    TENTATIVE = "tentative", "拟订"
    FIRM = "firm", "已订"
    FREED = "freed", "已释放"


# Of these there is one, and nobody shares it: a firm booking keeps every other out.
EXCLUSIVE = (
    ResourceKind.ROOM, ResourceKind.OFFICE, ResourceKind.CAR, ResourceKind.DRIVER, ResourceKind.HALL, ResourceKind.GUIDE,
    ResourceKind.CREW,
)  # fmt: skip
# States in which a booking counts for others.
HOLDING = (BookingStatus.TENTATIVE, BookingStatus.FIRM)
LIVE = (BookingStatus.PLANNED, *HOLDING)
# What an arrangement of the application needs: kind of row → kinds of resources.
FOR_ROW: dict[str, tuple[str, ...]] = {
    "meetings": (ResourceKind.ROOM, ResourceKind.OFFICE),
    "cars": (ResourceKind.CAR, ResourceKind.DRIVER),
    "tours": (ResourceKind.HALL, ResourceKind.GUIDE),
    "lodgings": (ResourceKind.HOTEL,),
    "meals": (ResourceKind.RESTAURANT,),
    "tickets": (ResourceKind.SUPPLIER,),
}
# What a duty (the code of its task template) needs.
FOR_TASK: dict[str, tuple[str, ...]] = {
    "room": (ResourceKind.ROOM, ResourceKind.OFFICE),
    "meeting_venue": (ResourceKind.ROOM, ResourceKind.OFFICE),
    "pick_up": (ResourceKind.CAR, ResourceKind.DRIVER),
    "see_off": (ResourceKind.CAR, ResourceKind.DRIVER),
    "city_car": (ResourceKind.CAR, ResourceKind.DRIVER),
    "bed": (ResourceKind.HOTEL,),
    "meal": (ResourceKind.RESTAURANT,),
    "meal_out": (ResourceKind.RESTAURANT,),
    "tour": (ResourceKind.HALL, ResourceKind.GUIDE),
    "hall": (ResourceKind.HALL, ResourceKind.GUIDE),
    "gift": (ResourceKind.GIFT, ResourceKind.SUPPLIER),
    "ticket": (ResourceKind.SUPPLIER,),
}
