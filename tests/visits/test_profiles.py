"""Rule profiles: what a 接待性质 allows is data, said on the form, refused at submission, shown to the leader."""

import pytest
from django.db import IntegrityError, transaction

from reception.core.flow import Refused
from reception.core.people.models import Department
from tests.factories.visits import letter, make_draft, make_reception
from tests.visits.pages import browser, frozen, html, typed
from visits.models import Reception, RuleProfile
from visits.profiles.choices import Nature
from visits.profiles.models import profile_of
from visits.profiles.policies import Planned, Table, breaches
from visits.requests import actions
from visits.requests.completeness import problems
from visits.requests.findings import findings

pytestmark = pytest.mark.django_db
LAW = "《党政机关国内公务接待管理规定》"
DINERS = "公务接待：来宾10人以内陪餐不超过3人，超过10人的陪餐不超过来宾的三分之一"
OFFICIAL = {
    "nature": "official",
    "letter_no": "湖工信函〔2026〕12号",
    "needs": ["room", "meal"],
    "accompany": 3,
    "headcount": 10,
}


def planned(guests=10, diners=None, needs=("meal",), items=(), letter="函1号"):
    return Planned(guests, [Table("", guests, diners, "accompany")], needs, items, letter)


def test_A1_every_nature_has_its_profile():
    assert set(RuleProfile.objects.values_list("nature", flat=True)) == set(Nature.values)


@pytest.mark.parametrize(
    ("nature", "guests", "most"),
    [
        ("official", 1, 3), ("official", 9, 3), ("official", 10, 3), ("official", 11, 3), ("official", 12, 4),
        ("official", 14, 4), ("official", 15, 5), ("official", 30, 10),
        ("business", 1, 1), ("business", 6, 6), ("government", 6, 6), ("foreign", 6, 6), ("other", 6, 6),
    ],
)  # fmt: skip
def test_A1_how_many_may_dine_along(nature, guests, most):
    profile = profile_of(nature)
    assert profile.diner_limit(guests) == most
    assert breaches(profile, planned(guests, most)) == []
    (over,) = breaches(profile, planned(guests, most + 1))
    assert (over.code, over.field) == ("invalid", "accompany")
    assert over.message.startswith(
        f"陪餐 {most + 1} 人，来宾 {guests} 人时最多 {most} 人：{profile.diner_rule}。"
    )


def test_A8_2_other_guests_have_the_same_standard_as_business():
    other, business = profile_of("other"), profile_of("business")
    assert (other.divisor, other.few_guests, other.special) == (business.divisor, business.few_guests, False)
    assert "办公室" in other.text and "A8.2" in other.text


@pytest.mark.parametrize(
    ("over", "field", "sentence"),
    [
        ({"letter_no": " "}, "letter_no", f"公务接待须有公函，请填写公函字号。（依据：{LAW}）"),
        ({"needs": ["pick", "room"]}, "needs",
         f"公务接待不得在机场、车站、码头接站送站，请去掉“接站送站”。（依据：{LAW}）"),
        ({"accompany": None}, "accompany", f"公务接待用餐要填写陪餐人数，这次最多 3 人。（依据：{LAW}）"),
        ({"accompany": 4}, "accompany", f"陪餐 4 人，来宾 10 人时最多 3 人：{DINERS}。（依据：{LAW}）"),
        ({"headcount": 12, "accompany": 5}, "accompany",
         f"陪餐 5 人，来宾 12 人时最多 4 人：{DINERS}。（依据：{LAW}）"),
        ({"lines": [{"item": "wine", "quantity": 2}]}, "wine_count",
         f"公务接待不得提供酒，请把酒清空。（依据：{LAW}）"),
        ({"lines": [{"item": "tobacco", "quantity": 2}]}, "tobacco_count",
         f"公务接待不得提供烟，请把烟清空。（依据：{LAW}）"),
    ],
    ids=["letter", "pick_up", "diners_unsaid", "diners_few", "diners_many", "wine", "tobacco"],
)  # fmt: skip
def test_A1_an_official_visit_is_refused_with_the_rule_and_the_field(cast, at, over, field, sentence):
    reception = make_draft(cast, at=at, **{**OFFICIAL, **over})
    assert [(no.field, no.message) for no in problems(reception, at)] == [(field, sentence)]
    with pytest.raises(Refused) as no:
        actions.submit(reception, by=cast.sales, at=at)
    assert (no.value.field, Reception.objects.get(pk=reception.pk).status) == (field, "draft")


def test_A1_everything_that_is_broken_is_said_at_once(cast, at):
    lines = [{"item": "wine", "quantity": 2}, {"item": "tobacco", "quantity": 1}]
    values = {"letter_no": "", "needs": ["pick", "meal"], "accompany": 4, "lines": lines}
    broken = make_draft(cast, at=at, **{**OFFICIAL, **values})
    assert [no.field for no in problems(broken, at)] == [
        "letter_no", "needs", "accompany", "wine_count", "tobacco_count",
    ]  # fmt: skip
    broken.nature = "business"
    assert problems(broken, at) == []


def test_A1_an_official_visit_within_the_rules_is_submitted(cast, at):
    assert make_reception(cast, "review", at=at, **OFFICIAL).status == "review"


def test_A1_at_a_business_meal_we_are_not_more_than_the_guests(cast, at):
    draft = make_draft(cast, at=at, accompany=7)
    assert [(no.field, no.message) for no in problems(draft, at)] == [
        ("accompany", "陪餐 7 人，来宾 6 人时最多 6 人：陪餐人数不超过来宾人数。（依据：公司接待规定）")
    ]
    draft.needs = ["room"]
    assert problems(draft, at) == []  # without a meal the number means nothing


def test_A1_an_administrator_changes_the_rule_without_code(cast, at):
    """The limit follows the data, in the refusal and in the settlement alike."""
    draft = make_draft(cast, at=at, **{**OFFICIAL, "accompany": 5})
    url = f"/admin/visits/ruleprofile/{profile_of('official').pk}/change/"
    values = {
        "letter_required": "on",
        "few_guests": "10",
        "few_diners": "5",
        "divisor": "2",
        "source": "本市细则",
    }
    assert browser(cast.admin).post(url, values).status_code == 302
    assert problems(draft, at) == []
    assert profile_of("official").diner_rule == (
        "公务接待：来宾10人以内陪餐不超过5人，超过10人的陪餐不超过来宾的二分之一"
    )


def test_A1_only_the_configuring_change_rules_and_nobody_adds_or_deletes(cast):
    pk = profile_of("official").pk
    base = "/admin/visits/ruleprofile/"
    paths = (base, f"{base}{pk}/change/", f"{base}add/", f"{base}{pk}/delete/")
    assert [browser(cast.admin).get(path).status_code for path in paths] == [200, 200, 403, 403]
    assert browser(cast.gm).get(paths[1]).status_code == 403
    assert browser(cast.admin).post(paths[1], {"few_guests": "10", "divisor": "3"}).status_code == 200
    assert profile_of("official").few_diners == 3  # half a rule is none


@pytest.mark.parametrize("half", [{"divisor": 0}, {"few_guests": 5, "few_diners": None}, {"nature": "vip"}])
def test_A1_a_profile_that_cannot_be(half):
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleProfile.objects.filter(nature="official").update(**half)


def test_A1_a_profile_without_limits_forbids_nothing():
    free = RuleProfile(nature="foreign")
    assert (free.diner_limit(3), free.diner_rule, free.text) == (None, "", "外事接待：没有特别限制。")
    assert breaches(free, planned(3, 99, ("pick", "meal"), ("wine",), "")) == []
    assert breaches(None, planned(3, 99)) == []
    assert RuleProfile(nature="foreign", divisor=12).diner_rule == "陪餐人数不超过来宾的12分之一"


# --- what the leader sees --------------------------------------------------------------------------------------


def checked(reception, at):
    return [(found.ok, found.text) for found in findings(reception, at) if found.clause == "A1"]


def test_A1_the_leader_reads_that_the_rules_hold(cast, at):
    reception = make_reception(cast, "pending", at=at, **OFFICIAL)
    ((ok, text),) = checked(reception, at)
    assert ok and text.startswith(
        "符合公务接待的规定：公函 湖工信函〔2026〕12号；陪餐 3 人；须有公函；须上传公函或邀请函；不得提供烟、酒"
    )
    with frozen(at):
        page = html(browser(cast.gm).get(f"/visits/requests/{reception.no}/decide/"))
    assert text in page
    assert "公函字号" in page and "3 人" in page


def test_A1_a_rule_that_grew_stricter_is_shown_to_the_leader(cast, at):
    reception = make_reception(cast, "pending", at=at, **OFFICIAL)
    RuleProfile.objects.filter(nature="official").update(few_diners=2)
    ((ok, text),) = checked(reception, at)
    assert not ok and text.startswith("陪餐 3 人，来宾 10 人时最多 2 人")


def test_A1_business_within_its_limit_needs_no_line(cast, at):
    assert checked(make_reception(cast, "pending", at=at, accompany=3), at) == []


# --- the form --------------------------------------------------------------------------------------------------


NEW = "/visits/requests/new/"


def official(cast, at, **over):
    values = {
        "nature": "official",
        "needs": ["room", "meal"],
        "letter_no": "湖工信函〔2026〕12号",
        "meals-0-diners": "3",
        "meals-1-diners": "3",
        "file": letter(),
        "file_role": "letter",
    }
    return typed(cast, at, **{**values, **over})


def test_A1_the_form_submits_letter_and_diners(cast, at):
    with frozen(at):
        assert browser(cast.sales).post(NEW, official(cast, at)).status_code == 302
    reception = Reception.objects.get()
    assert (reception.status, reception.letter_no, reception.accompany) == (
        "review",
        "湖工信函〔2026〕12号",
        3,
    )


def test_A1_the_form_names_every_field_and_keeps_what_was_typed(cast, at):
    wrong = official(
        cast,
        at,
        letter_no="",
        needs=["pick", "meal"],
        wine_count="2",
        tobacco_count="1",
        **{"meals-1-diners": "4"},
    )
    with frozen(at):
        refused = browser(cast.sales).post(NEW, wrong)
    assert (refused.status_code, set(refused.context["form"].errors)) == (
        422, {"letter_no", "needs", "wine_count", "tobacco_count", "__all__"},
    )  # fmt: skip
    page = html(refused)
    for field in ("letter_no", "needs", "meals-1-diners", "wine_count", "tobacco_count"):
        assert (
            f'href="#id_{field}"' in page and f'id="id_{field}"' in page and f'id="id_{field}_error"' in page
        )
    assert 'value="4"' in page
    assert {part["id"]: part["tone"] for part in refused.context["parts"] if part["tone"]} == {
        "s1": "t-red", "needs": "t-red", "rows-meals": "t-red", "s6": "t-red",
    }  # fmt: skip
    assert not Reception.objects.exists()


@pytest.mark.parametrize("typed_in", ["-1", "1000", "三"])
def test_A1_diners_are_a_whole_number(cast, at, typed_in):
    with frozen(at):
        refused = browser(cast.sales).post(NEW, official(cast, at, **{"meals-1-diners": typed_in}))
    assert (refused.status_code, refused.context["form"].non_field_errors()) == (
        422, ["用餐第 2 行：陪餐人数要填 0 到 999 的整数"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("nature", "asks"), [("official", True), ("business", False), ("other", False), ("", False)]
)
def test_A1_the_rule_is_said_while_typing(cast, at, nature, asks):
    answer = html(browser(cast.sales).post("/visits/requests/estimate/", official(cast, at, nature=nature)))
    assert ('data-letter="1"' in answer) == asks
    assert (profile_of(nature).text if nature else 'id="rule"') in answer
    assert "t-red m-0" not in answer


def test_A1_what_breaks_the_rule_is_said_while_typing_but_not_what_is_still_empty(cast, at):
    values = official(cast, at, letter_no="", needs=["pick", "meal"], **{"meals-0-diners": "4"})
    answer = html(browser(cast.sales).post("/visits/requests/estimate/", values))
    assert "来宾 6 人时最多 3 人" in answer and "请去掉“接站送站”" in answer
    assert "请填写公函字号" not in answer


def test_A1_an_opened_draft_says_its_rule(cast, at):
    draft = make_draft(cast, at=at, **{**OFFICIAL, "accompany": 5})
    page = html(browser(cast.sales).get(f"/visits/requests/{draft.no}/edit/"))
    assert profile_of("official").text in page and "来宾 10 人时最多 3 人" in page
    assert "湖工信函〔2026〕12号" in page


def test_A8_2_other_guests_read_who_receives_them(cast, at):
    office = Department.objects.get(code="office").pk
    values = typed(cast, at, nature="other", department=office)
    assert "其他来宾由办公室负责接待" in html(browser(cast.sales).post("/visits/requests/estimate/", values))
