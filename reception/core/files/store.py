"""Where the bytes lie: under MEDIA_ROOT by random names, written whole or not at all, never near the static files."""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{40}")


def new_name() -> str:
    """A name that cannot be guessed."""
    return secrets.token_hex(20)


def root() -> Path:
    """The folder of all files."""
    return Path(settings.MEDIA_ROOT) / "files"


def path_of(stored: str, *, small: bool = False) -> Path:
    """Where the file of that name lies, or its preview. Raises ValueError for anything but a name of ours."""
    if not NAME.fullmatch(stored):
        raise ValueError(stored)
    return root() / stored[:2] / (f"{stored}.small" if small else stored)


def write(stored: str, data: bytes, small: bytes = b"") -> None:
    """Put a new file in its place: beside it first, on the disk, then renamed. A crash leaves nothing half."""
    for place, content in ((path_of(stored), data), (path_of(stored, small=True), small)):
        if content:
            _write(place, content)


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = place.with_name(f"{place.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(place)


def orphans(known: Iterable[str], older_than: float) -> Iterator[Path]:
    """Files that no row knows and that were last written before `older_than` (seconds since 1970): what a transaction
    that failed left behind. Younger ones may belong to a row that is being written now."""
    names = set(known)
    for place in root().glob("*/*"):
        unknown = place.name.partition(".")[0] not in names or place.name.endswith(".new")
        if unknown and place.stat().st_mtime < older_than:
            yield place
