"""Serving a file to who may see its record. Everybody else gets the same answer as for a file that never was."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.files.models import Attachment
from reception.core.files.store import path_of
from reception.core.files.viewers import may_see

NOTHING = "没有找到这个文件。它可能已被移除，或者不在您的查看范围内。"


@require_safe
def serve(request: HttpRequest, stored: str, small: bool = False) -> HttpResponseBase:
    """The file, or with `small` its preview. Only rebuilt images open in the browser; all else is saved."""
    file = Attachment.objects.live().filter(stored=stored).first()
    if file is None or not may_see(request.user, file.subject_kind, file.subject_id, timezone.now()):
        raise Http404(NOTHING)
    if small and not file.is_image:
        raise Http404(NOTHING)
    tag = f'"{file.sha256[:32]}{"s" if small else ""}"'
    known = request.headers.get("If-None-Match") == tag
    response: HttpResponseBase = HttpResponseNotModified() if known else _bytes(file, small)
    response["ETag"] = tag
    # The browser asks again each time: who may see it is decided now, not then.
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _bytes(file: Attachment, small: bool) -> FileResponse:
    """The answer that streams it."""
    try:
        stream = path_of(file.stored, small=small).open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404(NOTHING) from None
    mime = "image/jpeg" if small else file.mime
    return FileResponse(stream, content_type=mime, as_attachment=not file.is_image, filename=file.name)
