"""附件 of a reception (records §1.1.3, §1.1.14): who adds, sees and removes them when; 公务 asks for the letter itself."""

from __future__ import annotations

import pytest

from reception.core.files.models import Attachment
from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.engines.race import errors, race, winners
from tests.factories.visits import letter, make_draft, make_reception
from tests.visits.pages import browser, frozen, html, typed
from visits.models import Reception, RuleProfile
from visits.requests import actions, papers
from visits.requests.completeness import problems

pytestmark = pytest.mark.django_db
NEW = "/visits/requests/new/"


def live(reception):
    return list(Attachment.objects.of(reception).live().values_list("role", "name", "uploaded_by__username"))


def post(who, reception, *uploads, script=False, **more):
    headers = {"X-Requested-With": "fetch"} if script else {}
    return browser(who).post(f"/visits/requests/{reception.no}/files/", {"file": uploads, "file_role": "letter", **more},
                             headers=headers)  # fmt: skip


def away(who, reception, file, **data):
    return browser(who).post(f"/visits/requests/{reception.no}/files/{file.pk}/remove/", data)


def put(reception, by, at, name="公函.pdf"):
    return papers.add(reception, letter(name), role="letter", by=by, at=at)


# --- adding ----------------------------------------------------------------------------------------------------


def test_A3_1a_the_applicant_adds_papers_to_a_draft(cast, at):
    draft = make_draft(cast, at=at)
    answer = post(cast.sales, draft, letter(), letter("日程.pdf"))
    assert (answer.status_code, answer["Location"]) == (302, f"/visits/requests/{draft.no}/edit/#files")
    assert live(draft) == [("letter", "公函.pdf", "sales"), ("letter", "日程.pdf", "sales")]
    page = html(browser(cast.sales).get(f"/visits/requests/{draft.no}/edit/"))
    assert ("公函.pdf" in page, "公函或邀请函·" in page, 'enctype="multipart/form-data"' in page) == (
        True,
        True,
        True,
    )


def test_a_script_gets_the_list_alone_with_what_was_refused(cast, at):
    draft = make_draft(cast, at=at)
    kept, refused = (browser(cast.sales).post(f"/visits/requests/{draft.no}/files/", {"file": one, "file_role": "other"},
                     headers={"X-Requested-With": "fetch"}, follow=True) for one in (letter(), letter("坏.exe")))  # fmt: skip
    assert (kept.status_code, "<html" in html(kept), "公函.pdf" in html(kept)) == (200, False, True)
    assert (refused.status_code, "“坏.exe”不能收" in html(refused), "公函.pdf" in html(refused)) == (
        422,
        True,
        True,
    )


def test_one_bad_file_keeps_none_and_says_which(cast, at):
    draft = make_draft(cast, at=at)
    answer = post(cast.sales, draft, letter(), letter("坏.exe"))
    assert (answer.status_code, "“坏.exe”不能收" in html(answer), live(draft)) == (422, True, [])


def test_nothing_chosen_is_said(cast, at):
    draft = make_draft(cast, at=at)
    answer = post(cast.sales, draft)
    assert (answer.status_code, "请先选择要上传的文件" in html(answer)) == (422, True)


WHO = """
draft      sales=302 sales2=404 sales_head=404 general=404 gm=404        auditor=404 stranger=403
pending    sales=302 sales2=422 sales_head=422 general=404 gm=422        auditor=422 stranger=403
preparing  sales=302 sales2=302 sales_head=302 general=422 reception=302 auditor=422 stranger=403
archived   sales=409 sales2=409 sales_head=409 general=409 reception=409 auditor=409 stranger=403
"""


@pytest.mark.parametrize("row", WHO.strip().splitlines())
def test_A3_2_who_adds_when(cast, at, row):
    state, *expected = row.split()
    for pair in expected:
        name, wanted = pair.split("=")
        reception = (
            make_reception(cast, state, at=at, customer_name=f"{state}{name}")
            if state != "archived"
            else None
        )
        reception = (
            reception or Reception.objects.filter(status=state).first() or make_reception(cast, state, at=at)
        )
        got = post(getattr(cast, name), reception, letter()).status_code
        assert (name, got if got != 403 or wanted == "403" else 422) == (name, int(wanted))


def test_nobody_signed_in_adds_nothing(cast, at):
    draft = make_draft(cast, at=at)
    assert (post(None, draft, letter()).status_code, live(draft)) == (302, [])


def test_the_same_form_twice_adds_once(cast, at):
    draft, client = make_draft(cast, at=at), browser(cast.sales)
    for _ in range(2):
        client.post(
            f"/visits/requests/{draft.no}/files/",
            {"file": letter(), "file_role": "letter", "_once": "a" * 32},
        )
    assert live(draft) == [("letter", "公函.pdf", "sales")]


# --- without a script: along with the form ---------------------------------------------------------------------


@pytest.mark.parametrize("do", ["save", "attach", "submit"])
def test_A3_1a_files_come_along_with_the_form(cast, at, do):
    with frozen(at):
        answer = browser(cast.sales).post(
            NEW, typed(cast, at, do=do, file=letter("邀请函.pdf"), file_role="schedule")
        )
    reception = Reception.objects.get()
    assert (answer.status_code, live(reception)) == (302, [("schedule", "邀请函.pdf", "sales")])


def test_a_bad_file_refuses_the_form_and_keeps_what_was_typed(cast, at):
    with frozen(at):
        answer = browser(cast.sales).post(
            NEW, typed(cast, at, do="save", file=letter("坏.exe"), _once="a" * 32)
        )
    assert (answer.status_code, Reception.objects.exists(), Attachment.objects.exists()) == (
        422,
        False,
        False,
    )
    assert ("“坏.exe”不能收" in html(answer), "供应商现场审核" in html(answer)) == (True, True)


def test_autosaving_takes_no_files(cast, at):
    with frozen(at):
        answer = browser(cast.sales).post(NEW, typed(cast, at, do="auto", file=letter()))
    assert (answer.status_code, Attachment.objects.exists()) == (200, False)


# --- 公务 ------------------------------------------------------------------------------------------------------


def test_A1_official_receptions_need_the_letter_itself(cast, at):
    draft = make_draft(
        cast,
        at=at,
        without_letter=True,
        nature="official",
        letter_no="湖工信函〔2026〕12号",
        accompany=3,
        needs=["room", "meal"],
    )
    said = [(refused.field, refused.message) for refused in problems(draft, at)]
    assert said == [
        ("file", "公务接待须上传公函或邀请函，请在“附件”里添加。（依据：《党政机关国内公务接待管理规定》）")
    ]
    with pytest.raises(Refused) as caught:
        actions.submit(draft, by=cast.sales, at=at)
    assert caught.value.code == "missing"
    papers.add(draft, letter("日程.pdf"), role="schedule", by=cast.sales, at=at)
    assert len(problems(draft, at)) == 1  # another paper is no letter
    put(draft, cast.sales, at)
    actions.submit(draft, by=cast.sales, at=at)
    assert draft.status == "review"


def test_A1_the_rule_is_data(cast, at):
    RuleProfile.objects.filter(nature="official").update(letter_file_required=False)
    draft = make_draft(
        cast,
        at=at,
        without_letter=True,
        nature="official",
        letter_no="函1号",
        accompany=3,
        needs=["room", "meal"],
    )
    assert problems(draft, at) == []


def test_A3_1b_the_one_who_decides_sees_the_papers(cast, at):
    pending = make_reception(
        cast, "pending", at=at, nature="official", letter_no="函1号", accompany=3, needs=["room"]
    )
    with frozen(at):
        page = html(browser(cast.gm).get(f"/visits/requests/{pending.no}/decide/"))
    file = Attachment.objects.get()
    assert f'href="{file.get_absolute_url()}"' in page
    assert browser(cast.gm).get(file.get_absolute_url()).status_code == 200
    assert browser(cast.tech).get(file.get_absolute_url()).status_code == 404


# --- removing --------------------------------------------------------------------------------------------------


def test_A3_1a_while_writing_it_is_removed_without_a_word(cast, at):
    draft = make_draft(cast, at=at)
    file = put(draft, cast.sales, at)
    assert away(cast.sales, draft, file).status_code == 302
    assert (live(draft), events_of(draft).last().reason) == ([], "填写申请时移除")


def test_A3_1b_once_approved_the_reason_is_asked(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    file = put(reception, cast.sales, at)
    assert (
        away(cast.sales, reception, file).status_code,
        away(cast.sales, reception, file, reason="换了新版").status_code,
    ) == (422, 302)
    event = events_of(reception).last()
    assert (event.verb, event.reason, live(reception)) == ("detach", "换了新版", [])


@pytest.mark.parametrize(("who", "state", "status"), [("sales", "pending", 409), ("sales2", "preparing", 403), ("sales", "archived", 409),
                         ("tech", "pending", 404), (None, "preparing", 302)])  # fmt: skip
def test_A3_1b_others_and_decided_forms_keep_theirs(cast, at, who, state, status):
    reception = make_reception(cast, state, at=at)
    file = Attachment.objects.create(
        subject_kind="visits.reception", subject_id=reception.pk, role="letter", name="公函.pdf", stored="0" * 40, mime="application/pdf",
        size=1, sha256="0" * 64, uploaded_at=at, uploaded_by=cast.sales,
    )  # fmt: skip
    user = getattr(cast, who) if who else None
    assert away(user, reception, file, reason="试试").status_code == status
    assert len(live(reception)) == 1


def test_a_file_of_another_reception_is_not_removed_through_mine(cast, at):
    mine, other = make_draft(cast, at=at), make_reception(cast, "preparing", at=at)
    file = put(other, cast.sales, at)
    assert (away(cast.sales, mine, file, reason="x").status_code, len(live(other))) == (404, 1)


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_two_removals_at_once_are_one(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    file = put(reception, cast.sales, at)
    outcomes = race(*[lambda: papers.take_away(reception, file, by=cast.sales, at=at, reason="换")] * 2)
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)]) == (1, ["stale"])
    assert events_of(reception).filter(verb="detach").count() == 1


# --- looks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_asks_the_same_for_few_and_many_files(cast, at, count, django_assert_num_queries):
    reception = make_reception(cast, "preparing", at=at)
    for index in range(count):
        put(reception, cast.sales, at, f"{index}.pdf")
    client = browser(cast.sales)
    with frozen(at):
        client.get(f"/visits/requests/{reception.no}/files/")
        with django_assert_num_queries(4):
            page = html(client.get(f"/visits/requests/{reception.no}/files/"))
    assert page.count("/files/") >= count
