"""The page of one document: a version's text, the versions, who has read it, what can be done (B3b)."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.documents.blocks import blocks
from reception.core.documents.choices import FACES, TONES
from reception.core.documents.differences import compare
from reception.core.documents.models import Document, Reading, Version
from reception.core.documents.policies import must_read
from reception.core.documents.queries import keeps
from reception.core.documents.views_moves import move_items
from reception.core.files.models import Attachment
from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.sheets import MOMENT, Column
from reception.core.web.access import require
from reception.core.web.lists import workbook
from reception.core.web.loaders import load
from reception.core.web.refusals import http_status

COLUMNS = (
    Column("姓名", 12),
    Column("部门", 18),
    Column("版本", 10),
    Column("已阅", 8),
    Column("阅读时间", 18, MOMENT),
)


def seen_by(user: User) -> Any:
    """The documents that `user` may see, with what their page shows; secret: not for everybody."""
    readers = Document.readers.through.objects.filter(document=OuterRef("pk"))
    rows = Document.objects.visible_to(user).annotate(secret=Exists(readers))
    return rows.select_related("department", "created_by", "withdrawn_by")


def versions_of(document: Document, user: User) -> list[Version]:
    """Newest first; the draft is the keepers' (and auditors')."""
    rows = document.versions.select_related("published_by", "saved_by").order_by("-number")
    return list(rows if keeps(user) else rows.filter(published_at__isnull=False))


def pick(versions: list[Version], asked: str | None, today: date) -> Version:
    """The version that the address asks for, else the one in force, else the newest. Raises Http404."""
    if asked:
        found = next((one for one in versions if str(one.number) == asked), None)
    else:
        published = [one for one in versions if one.published_at]
        found = next(
            (one for one in published if one.in_force(today)), next(iter(published or versions), None)
        )
    if found is None:
        raise Http404("没有这一版。它可能还没有发布。")
    return found


@require_safe
def document(request: HttpRequest, no: str) -> HttpResponse:
    """One document; 已阅 is a press of its own."""
    return show(request, load(seen_by(request.user), no=no))


def show(request: HttpRequest, found: Any, form: Any = None, move: str = "") -> HttpResponse:
    """The page; a refused `form` of `move` stands open, with its sentence and what was typed."""
    at, user = timezone.now(), request.user
    if form is not None and move:
        form.see(found.revision)
    versions, today = versions_of(found, user), local(at).date()
    shown = pick(versions, request.GET.get("v"), today)
    newest = next((one for one in versions if one.published_at and one.valid_until is None), None)
    context = {
        "document": found, "versions": versions, "shown": shown, "newest": newest, "today": today,
        "blocks": blocks(shown.text), "face": FACES[found.kind], "tone": TONES[found.status],
        "in_force": shown.in_force(today), "form": form, "keeps": user.may(Can.KEEP_DOCUMENT),
        "draft": next((one for one in versions if not one.published_at), None),
        "files": Attachment.objects.of(found).live().for_page(),
        "moves": move_items(found, user, at, form, move) if user.may(Can.KEEP_DOCUMENT) else [],
        **reading(found, newest, user),
    }  # fmt: skip
    return render(request, "documents/show.html", context, status=http_status(form) if form else 200)


def reading(found: Document, newest: Version | None, user: User) -> dict[str, Any]:
    """Whether this person has to read the newest version and has; for keepers who has and who has not, and the
    trail. One query for others, two for keepers."""
    if not user.may(Can.KEEP_DOCUMENT):
        mine = Reading.objects.filter(version=newest, read_by=user).first() if newest else None
        asks = newest is not None and Document.objects.asked_of(user).filter(pk=found.pk).exists()
        return {"asks": asks, "mine": mine}
    people = audience(found, newest)
    waiting = [person for person in people if not person.done]
    asks = any(person.pk == user.pk for person in people)
    return {
        "asks": asks, "mine": asks and all(person.pk != user.pk for person in waiting), "people": people,
        "waiting": waiting, "events": events_of(found),
    }  # fmt: skip


def audience(found: Document, version: Version | None) -> list[Any]:
    """Everybody who is asked to read it, with department, and `done` for who has read `version`."""
    done = Reading.objects.filter(version=version, read_by=OuterRef("pk"))
    rows: QuerySet[User] = must_read(found).select_related("department").annotate(done=Exists(done))
    return list(rows.order_by("department__order", "pk"))


@require_safe
def document_print(request: HttpRequest, no: str) -> HttpResponse:
    """One version on A4."""
    found, at = load(seen_by(request.user), no=no), timezone.now()
    shown = pick(versions_of(found, request.user), request.GET.get("v"), local(at).date())
    context = {"document": found, "shown": shown, "blocks": blocks(shown.text), "now": at}
    return render(request, "documents/print.html", context)


@require_safe
def document_compare(request: HttpRequest, no: str) -> HttpResponse:
    """What version b changed of version a: the newest two unless the address says."""
    found = load(seen_by(request.user), no=no)
    versions = versions_of(found, request.user)
    if len(versions) < 2:
        raise Http404("只有一版，没有可比的。")
    today = local(timezone.now()).date()
    new = pick(versions, request.GET.get("b") or str(versions[0].number), today)
    old = pick(versions, request.GET.get("a") or str(_before(versions, new).number), today)
    context = {
        "document": found,
        "versions": versions,
        "old": old,
        "new": new,
        "changes": compare(old.text, new.text),
    }
    return render(request, "documents/compare.html", context)


def _before(versions: list[Version], new: Version) -> Version:
    """The version before `new`; the first one itself."""
    return next((one for one in versions if one.number < new.number), new)


@require_safe
@require(Can.KEEP_DOCUMENT, Can.VIEW_LEDGER)
def document_readers_xlsx(request: HttpRequest, no: str) -> HttpResponse:
    """已阅情况.xlsx of the newest version: who was asked, who has read it and when; then who read it unasked."""
    found, at = load(seen_by(request.user), no=no), timezone.now()
    newest = found.versions.filter(published_at__isnull=False).order_by("-number").first()
    return workbook(
        request, title=f"已阅情况 {found.no}", columns=COLUMNS, rows=_readers(found, newest), at=at
    )


def _readers(found: Document, newest: Version | None) -> list[tuple[object, ...]]:
    """One line a person."""
    done: dict[int, datetime] = {}
    if newest:
        done = dict(newest.readings.values_list("read_by_id", "read_at"))
    asked = audience(found, newest)
    others = User.objects.filter(pk__in=done.keys() - {one.pk for one in asked}).select_related("department")
    return [
        (
            str(one), str(one.department or ""), str(newest or ""), "已阅" if one.pk in done else "未阅",
            done.get(one.pk),
        )
        for one in [*asked, *others]
    ]  # fmt: skip
