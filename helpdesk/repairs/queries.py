"""Sentences about repair orders: who sees what, what is late, what presses most."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from helpdesk.cases.models import Category
from helpdesk.directory.models import Unit
from helpdesk.repairs.choices import NOT_THERE, OPEN, Status, Urgency
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.people.roles import Can

KIND, ARRIVE = "helpdesk.repair", "repair.arrive"
ACCEPT, FINISH, REVISIT = "repair.accept", "repair.finish", "repair.revisit"
AGAIN = timedelta(days=30)  # what breaks again within this long is 返修 (records §2.4)


class RepairQuerySet(models.QuerySet):
    """`Repair.objects.visible_to(user).open().late(at)`."""

    def visible_to(self, user: User) -> "RepairQuerySet":
        """The desk's readers see every order; a repairer the own ones, and what waits in the own trade: for somebody
        to go, or for a fellow's signature on the hand-over (E5.3.3)."""
        if user.may(Can.VIEW_DESK):
            return self
        if not user.may(Can.DO_REPAIR):
            return self.none()
        waits = Q(status=Status.WAITING) | Q(status=Status.HANDED, signed_at__isnull=True)
        crew = waits & Q(trade=user.trade) if user.trade else Q(status=Status.WAITING, trade="")
        return self.filter(Q(repairer=user) | crew)

    def open(self) -> "RepairQuerySet":
        """Neither closed nor cancelled: also what is finished but whose slip is not back (E5.3.7)."""
        return self.filter(status__in=OPEN)

    def waiting(self) -> "RepairQuerySet":
        """Nobody was sent yet."""
        return self.filter(status=Status.WAITING)

    def slip_missing(self) -> "RepairQuerySet":
        """Finished, and the slip is not back (E5.3.7)."""
        return self.filter(status=Status.FINISHED)

    def late(self, at: datetime) -> "RepairQuerySet":
        """Not reached in time, now or ever (D4.4.1): an earlier round's breach counts for ever."""
        rows = Clock.objects.late(at).filter(subject_kind=KIND, rule=ARRIVE, subject_id=OuterRef("pk"))
        return self.filter(Exists(rows))

    def desk(self, at: datetime) -> "RepairQuerySet":
        """What is open, most pressing first: 重大, not reached in time, by the limit, then the rest by age.

        With everything a row shows; one query.
        """
        waits = Q(status__in=NOT_THERE, arrived_at__isnull=True)
        rank = Case(
            When(important=True, then=Value(0)),
            When(waits & Q(arrive_due_at__lt=at), then=Value(1)),
            When(waits & Q(urgency=Urgency.URGENT), then=Value(2)),
            When(waits, then=Value(3)),
            default=Value(4),
            output_field=IntegerField(),
        )
        return (
            self.open()
            .select_related("unit", "category__parent", "repairer")
            .alias(rank=rank)
            .order_by("rank", F("arrive_due_at").asc(nulls_first=True), "id")
        )

    def mended(
        self, *, unit: Unit | None, place: str, category: Category | None, at: datetime
    ) -> "RepairQuerySet":
        """Done at the same place, of the same field, within the 30 days before `at`: it may have come back (返修)."""
        if category is None or (unit is None and not place.strip()):
            return self.none()
        root = category.root.pk
        where = Q(unit=unit) if unit else Q(unit__isnull=True, place__iexact=place.strip())
        same = Q(category=root) | Q(category__parent=root)
        done = Q(finished_at__gte=at - AGAIN, finished_at__lte=at)
        return (
            self.filter(where, same, done)
            .exclude(status=Status.VOID)
            .select_related("category__parent", "repairer")
            .order_by("-finished_at")
        )

    def similar_open(self, *, unit: Unit | None, place: str, category: Category | None) -> "RepairQuerySet":
        """Open orders at the same place, those of the same field (水, 电 …) first: perhaps it was reported already."""
        if unit is None and not place.strip():
            return self.none()
        where = Q(unit=unit) if unit else Q(unit__isnull=True, place__iexact=place.strip())
        root = category.root.pk if category else None
        same = Case(
            When(Q(category=root) | Q(category__parent=root), then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        return self.open().filter(where).select_related("category__parent", "repairer").order_by(same, "-id")
