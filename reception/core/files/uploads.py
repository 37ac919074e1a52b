"""The way in: no more is taken from the wire than may be kept, and files are judged before a transaction begins."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse

from reception.core.files.checking import MB, Checked, check
from reception.core.flow import Refused

View = Callable[..., HttpResponse]


class Bounded(FileUploadHandler):
    """Passes on of each file what may be kept and one piece more, so that `check` sees that it is too large; the
    rest is read from the wire and forgotten."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file begins."""
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The piece for the next handler, or None when there has been enough."""
        if self.taken > max(settings.FILE_IMAGE_MB, settings.FILE_DOCUMENT_MB) * MB:
            return None
        self.taken += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind make the file."""


@dataclass(frozen=True)
class Judged:
    """One file of a form: under which name it came, and either what passed or the sentence why not."""

    field: str
    found: Checked | None
    refusal: Refused | None


def judged(view: View) -> View:
    """Stands outside `submit_once`: `request.judged` is then the list of the form's files, each judged, so that no
    image is rebuilt while the house waits for the lock."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        uploads = request.FILES if request.method == "POST" else {}
        pairs = [(field, one) for field in uploads for one in request.FILES.getlist(field)]
        request.judged = [_judge(field, one) for field, one in pairs]  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return wrapped


def files_of(request: HttpRequest) -> list[Judged]:
    """What `judged` found."""
    return getattr(request, "judged", [])


def _judge(field: str, upload: Any) -> Judged:
    """One file, with its field."""
    try:
        return Judged(field, check(upload, images_only=field.startswith("photo")), None)
    except Refused as refused:
        return Judged(field, None, refused)
