"""What a form breaks of its rule profile: one sentence each, with the rule quoted and the field named."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from reception.core.flow import Refused
from visits.profiles.models import RuleProfile

MEAL, PICK_UP = "meal", "pick"
LIMITED_ITEMS = {"wine": ("wine_count", "酒"), "tobacco": ("tobacco_count", "烟")}


@dataclass(frozen=True)
class Planned:
    """What the rules look at. guests, diners: people, None while not filled in; needs: the ticked ones;
    items: of the cost lines."""

    guests: int | None
    diners: int | None
    needs: Collection[str]
    items: Collection[str]
    letter: str


def breaches(profile: RuleProfile | None, planned: Planned) -> list[Refused]:
    """Everything that `planned` breaks, in the form's order; [] when all is within the rules."""
    if profile is None:
        return []
    return [*_letter(profile, planned), *_pick_up(profile, planned), *_diners(profile, planned),
            *_kinds(profile, planned)]  # fmt: skip


def _letter(profile: RuleProfile, planned: Planned) -> Iterator[Refused]:
    if profile.letter_required and not planned.letter.strip():
        yield Refused("missing", f"{profile}须有公函，请填写公函字号。{_why(profile)}", field="letter_no")


def _pick_up(profile: RuleProfile, planned: Planned) -> Iterator[Refused]:
    if not profile.pick_up_allowed and PICK_UP in planned.needs:
        yield Refused(
            "invalid", f"{profile}不得在机场、车站、码头接站送站，请去掉“接站送站”。{_why(profile)}", field="needs"
        )  # fmt: skip


def _diners(profile: RuleProfile, planned: Planned) -> Iterator[Refused]:
    """At a meal only; without a headcount there is nothing to compare with."""
    if MEAL not in planned.needs or planned.guests is None:
        return
    limit = profile.diner_limit(planned.guests)
    if planned.diners is None:
        if profile.counts_diners:
            most = "" if limit is None else f"，这次最多 {limit} 人"
            yield Refused("missing", f"{profile}用餐要填写陪餐人数{most}。{_why(profile)}", field="accompany")
    elif limit is not None and planned.diners > limit:
        yield Refused(
            "invalid",
            f"陪餐 {planned.diners} 人，来宾 {planned.guests} 人时最多 {limit} 人：{profile.diner_rule}。{_why(profile)}",
            field="accompany",
        )


def _kinds(profile: RuleProfile, planned: Planned) -> Iterator[Refused]:
    if profile.tobacco_wine_allowed:
        return
    for item, (field, label) in LIMITED_ITEMS.items():
        if item in planned.items:
            yield Refused(
                "invalid", f"{profile}不得提供{label}，请把{label}清空。{_why(profile)}", field=field
            )


def _why(profile: RuleProfile) -> str:
    """（依据：…） after a sentence."""
    return f"（依据：{profile.source}）" if profile.source else ""
