"""Where the made workbooks lie: under MEDIA_ROOT by random names, whole or not at all."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Made:
    """A workbook on the disk: its random name, bytes, checksum and rows."""

    stored: str
    size: int
    sha256: str
    rows: int


def folder() -> Path:
    """The folder of all of them."""
    return Path(settings.MEDIA_ROOT) / "exports"


def path_of(stored: str) -> Path:
    """Where the file of that name lies."""
    return folder() / f"{stored}.xlsx"


def write(fill: Callable[[BinaryIO], int]) -> Made:
    """Let `fill` write into a new file and return its rows; whatever it raises leaves no file."""
    stored = secrets.token_hex(20)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder() / f"{stored}.new"
    with _gone_when_raised(beside):
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as file:
            rows = fill(file)
            file.flush()
            os.fsync(file.fileno())
        size, digest = beside.stat().st_size, _sha256(beside)
        beside.replace(path_of(stored))
    return Made(stored, size, digest, rows)


@contextmanager
def _gone_when_raised(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def remove(stored: str) -> None:
    """Take one away."""
    path_of(stored).unlink(missing_ok=True)


def keep_only(names: set[str], older_than: datetime) -> None:
    """Take away all others that were last written before `older_than`; younger ones may be being written."""
    for path in folder().glob("*"):
        if path.stem not in names and path.stat().st_mtime < older_than.timestamp():
            path.unlink(missing_ok=True)
