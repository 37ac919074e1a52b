"""Rules that hang on the tier: who may approve it and who may host it (A3.1b, A4)."""

from reception.core.flow import Refused
from reception.core.people.choices import Rank
from reception.core.people.models import User
from visits.tiers.models import Tier


def satisfies_host(tier: Tier, host: User) -> bool:
    """A4: whether `host` is senior enough for `tier`; a more senior one always is."""
    return host.rank >= tier.host_rank


def check_host(tier: Tier, host: User | None) -> None:
    """A4 against `tier`. Raises Refused with the clause quoted."""
    if host is None:
        raise Refused("missing", f"请选择主陪领导：{tier.host_rule}。（A4）", field="host")
    if not satisfies_host(tier, host):
        raise Refused("invalid", host_refusal(tier, host), field="host")


def host_refusal(tier: Tier, host: User) -> str:
    """The sentence that says why `host` cannot host `tier` and what to do."""
    post = f"（{host.position}）" if host.position_id else ""
    return f"{tier.name}的规定是“{tier.host_rule}”，{host}{post}职级不够，请改选{Rank(tier.host_rank).label}或以上。（A4）"


def check_approver(tier: Tier, user: User) -> None:
    """A3.1b: `user` is senior enough to decide on `tier`. Raises Refused."""
    if user.rank < tier.approver_rank:
        label = Rank(tier.approver_rank).label
        more = "" if tier.approver_rank >= Rank.GENERAL else "或以上"
        raise Refused("forbidden", f"{tier.name}要由{label}{more}审批，请转请{label}决定。（A3.1b）")


def check_deletable(tier: Tier) -> None:
    """A2: the four tiers can be renamed; one that anything uses is never deleted. Raises Refused."""
    if (
        tier.proposed.exists()
        or tier.receptions.exists()
        or tier.standards.exists()
        or tier.differences.exists()
    ):
        raise Refused("state", f"{tier.name}已有接待、标准或任务模板在用，不能删除，可以改名。（A2）")
