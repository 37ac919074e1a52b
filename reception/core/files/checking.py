"""Judging one upload: its name, its size, its content. What passes is clean bytes; the rest is a sentence."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings

from reception.core.files.documents import check_document
from reception.core.files.images import FORMATS, rebuild
from reception.core.flow import Refused

IMAGES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
DOCUMENTS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ACCEPT = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx"
ACCEPT_IMAGES = "image/jpeg,image/png,image/webp"
MAGIC = {"JPEG": (b"\xff\xd8\xff",), "PNG": (b"\x89PNG\r\n\x1a\n",), "WEBP": (b"RIFF",)}
ONLY = "只收 JPG、PNG、WebP 图片和 PDF、Word（.docx）、Excel（.xlsx）文件。"
ONLY_IMAGES = "这里只收 JPG、PNG、WebP 图片。"
APPLE = "是苹果的 HEIC 照片，请在手机“设置—相机—格式”里选“兼容性最佳”，或另存为 JPG 再传。"
MB = 1024 * 1024


class Upload(Protocol):
    """What Django hands over: a name, a size in bytes, and the bytes."""

    name: Any
    size: Any

    def read(self, num_bytes: int = ...) -> Any:
        """The next bytes."""


@dataclass(frozen=True)
class Checked:
    """A file that passed. name: as shown; data: what is stored (an image's own, rebuilt); small: the preview, or b""."""

    name: str
    mime: str
    data: bytes
    small: bytes = b""
    width: int | None = None
    height: int | None = None


def check(upload: Upload, *, images_only: bool = False) -> Checked:
    """Judge an upload. Slow for large images: call it before a transaction is begun. Raises Refused("invalid")."""
    name = shown_name(str(upload.name or ""))
    ext = name.rpartition(".")[2].lower() if "." in name else ""
    if ext in ("heic", "heif"):
        raise _no(name, APPLE)
    if ext not in IMAGES and (images_only or ext not in DOCUMENTS):
        raise _no(name, f"不能收。{ONLY_IMAGES if images_only else ONLY}")
    data = _bytes(upload, name, settings.FILE_IMAGE_MB if ext in IMAGES else settings.FILE_DOCUMENT_MB)
    if ext in DOCUMENTS:
        check_document(data, ext, name)
        return Checked(name, DOCUMENTS[ext], data)
    if not data.startswith(MAGIC[IMAGES[ext]]):
        raise _no(name, f"的内容不是 {ext.upper()} 图片，只是名字像。请用看图软件另存为 JPG 再传。")
    found = rebuild(data, IMAGES[ext], name)
    return Checked(name, FORMATS[IMAGES[ext]][0], found.data, found.small, found.width, found.height)


def shown_name(typed: str) -> str:
    """The file's own name, fit to be shown and saved: no folder, no control or direction sign, at most 120 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", typed))[-1]
    plain = "".join(
        sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    )
    plain = re.sub(r'[<>:"|?*]+', "_", " ".join(plain.split())).strip(". ") or "未命名"
    stem, dot, ext = plain.rpartition(".")
    return f"{stem[: 119 - len(ext)]}.{ext}" if dot and len(ext) <= 10 else plain[:120]


def _bytes(upload: Upload, name: str, most: int) -> bytes:
    """All of it, when there is any and not too much."""
    if not upload.size:
        raise _no(name, "是空的，请重新选一个文件。")
    if upload.size > most * MB:
        raise _no(name, f"超过 {most} MB，请压缩后再传。")
    data = upload.read(most * MB + 1)
    if len(data) > most * MB:
        raise _no(name, f"超过 {most} MB，请压缩后再传。")
    return bytes(data)


def _no(name: str, why: str) -> Refused:
    return Refused("invalid", f"“{name}”{why}", field="file")
