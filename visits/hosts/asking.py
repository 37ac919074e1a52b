"""Choosing a host: who is there to choose from, what stands in the chosen one's way, and who would suit better (A4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reception.core.flow import Refused
from reception.core.people.models import User
from visits.hosts.eligible import Candidate, Substitute, candidates, substitute
from visits.hosts.free import PERHAPS, SURE, Clash, clashes
from visits.hosts.models import Absence
from visits.tiers.models import Tier


@dataclass(frozen=True)
class Hosting:
    """rows: everybody senior enough; busy: what the chosen `host` has at that time; instead: who is proposed then."""

    rows: list[Candidate]
    host: User | None
    busy: list[Clash]
    instead: Substitute | None

    @property
    def asks(self) -> bool:
        """Whether something certain stands in the chosen one's way."""
        return any(not clash.perhaps for clash in self.busy)

    @property
    def text(self) -> str:
        """何志远10月31日 10:00–12:00 另有接待。建议改请秦岚（副总经理，那段时间有空，本周主陪 0 场）; "" when free."""
        if not self.busy:
            return ""
        advice = f"。建议改请{self.instead}（{self.instead.reason}）" if self.instead else ""
        return f"{self.host} {'；'.join(clash.sentence for clash in self.busy)}{advice}"


def hosting(tier: Tier | None, host: User | None, arrive_at: datetime | None, leave_at: datetime | None, *,
            exclude: Any = None, customer: Any = None) -> Hosting:  # fmt: skip
    """The choice at `tier` for [arrive_at, leave_at); `exclude` is the reception that is planned. Six queries, five more
    when the chosen one is not senior enough to be among the rows."""
    rows = candidates(tier, arrive_at, leave_at, exclude=exclude, customer=customer)
    mine = next((one.clashes for one in rows if host and one.user.pk == host.pk), None)
    if mine is None:
        mine = clashes(host, arrive_at, leave_at, exclude) if host and arrive_at and leave_at else []
    return Hosting(rows, host, mine, substitute(rows, host) if mine else None)


def hosting_of(reception: Any, tier: Tier | None = None, host: User | None = None) -> Hosting:
    """The same for a stored reception, at another tier or host when given."""
    return hosting(
        tier or reception.tier_now, host or reception.host, reception.arrive_at, reception.leave_at,
        exclude=reception, customer=reception.customer_id,
    )  # fmt: skip


@dataclass(frozen=True)
class Away:
    """The host of a reception will be away: until when and why, and who is proposed."""

    absence: Absence
    instead: Substitute | None


def host_away(reception: Any) -> Away | None:
    """Whether the host of a reception that is still to come (or under way) is absent meanwhile. A page that loaded
    `host_absent` along asks nothing more when not."""
    absent = reception.host_id and getattr(reception, "host_absent", True)
    if not absent or reception.status not in SURE + PERHAPS:
        return None
    rows = Absence.objects.standing().between(reception.arrive_at, reception.leave_at)
    found = rows.filter(user=reception.host_id).first()
    return Away(found, hosting_of(reception).instead) if found else None


def check_host_free(found: Hosting, anyway: bool) -> None:
    """A busy host is asked about once. Raises Refused("invalid") unless `anyway` was ticked."""
    if found.asks and not anyway:
        raise Refused(
            "invalid", f"{found.text}。请改选主陪；仍要请{found.host}，请勾选“仍请他主陪”。（A4）", field="host_anyway"
        )  # fmt: skip
