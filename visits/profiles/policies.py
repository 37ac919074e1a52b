"""What a form breaks of its rule profile: one sentence each, with the rule quoted and the field named."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from reception.core.flow import Refused
from reception.core.people.models import Department
from visits.profiles.models import RuleProfile

MEAL, PICK_UP = "meal", "pick"
LIMITED_ITEMS = {"wine": ("wine_count", "酒"), "tobacco": ("tobacco_count", "烟")}


@dataclass(frozen=True)
class Table:
    """One meal: its label in a sentence, guests and people of ours (None while not filled in), and its field."""

    label: str
    guests: int | None
    diners: int | None
    field: str


@dataclass(frozen=True)
class Planned:
    """What the rules look at. guests: people, None while not filled in; tables: its meals; needs: the ticked
    ones; items: of the cost lines."""

    guests: int | None
    tables: Sequence[Table]
    needs: Collection[str]
    items: Collection[str]
    letter: str
    # Asked only by a profile that wants to know: it costs a query.
    has_letter: Callable[[], bool] = lambda: True


def breaches(profile: RuleProfile | None, planned: Planned) -> list[Refused]:
    """Everything that `planned` breaks, in the form's order; [] when all is within the rules."""
    if profile is None:
        return []
    return [*_letter(profile, planned), *_pick_up(profile, planned), *_diners(profile, planned),
            *_kinds(profile, planned)]  # fmt: skip


def _letter(profile: RuleProfile, planned: Planned) -> Iterator[Refused]:
    if profile.letter_required and not planned.letter.strip():
        yield Refused("missing", f"{profile}须有公函，请填写公函字号。{_why(profile)}", field="letter_no")
    if profile.letter_file_required and not planned.has_letter():
        yield Refused(
            "missing", f"{profile}须上传公函或邀请函，请在“附件”里添加。{_why(profile)}", field="file"
        )  # fmt: skip


def _pick_up(profile: RuleProfile, planned: Planned) -> Iterator[Refused]:
    if not profile.pick_up_allowed and PICK_UP in planned.needs:
        yield Refused(
            "invalid", f"{profile}不得在机场、车站、码头接站送站，请去掉“接站送站”。{_why(profile)}", field="needs"
        )  # fmt: skip


def _diners(profile: RuleProfile, planned: Planned) -> Iterator[Refused]:
    """Meal by meal; without a number of guests there is nothing to compare with. A meal that is only ticked
    so far is one with all guests and nobody named."""
    if MEAL not in planned.needs:
        return
    for table in planned.tables or [Table("", planned.guests, None, "accompany")]:
        yield from _table(profile, table)


def _table(profile: RuleProfile, table: Table) -> Iterator[Refused]:
    if table.guests is None:
        return
    limit, name = profile.diner_limit(table.guests), f"{table.label}：" if table.label else ""
    if table.diners is None:
        if profile.counts_diners:
            most = "" if limit is None else f"，这次最多 {limit} 人"
            yield Refused(
                "missing", f"{name}{profile}用餐要填写陪餐人数{most}。{_why(profile)}", field=table.field
            )
    elif limit is not None and table.diners > limit:
        yield Refused(
            "invalid",
            f"{name}陪餐 {table.diners} 人，来宾 {table.guests} 人时最多 {limit} 人：{profile.diner_rule}。{_why(profile)}",
            field=table.field,
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


def owner_of(profile: RuleProfile | None) -> Department | None:
    """The department that has to receive the guests of this 接待性质 (A8.2); None when whoever applies does,
    or when this organisation does not have that department."""
    code = profile.department_code if profile else ""
    return Department.objects.filter(code=code).select_related("head").first() if code else None


def owner_says(profile: RuleProfile, owner: Department) -> str:
    """其他来宾接待由办公室负责（A8.2）."""
    source = f"（{profile.department_source}）" if profile.department_source else ""
    return f"{profile}由{owner}负责{source}"
