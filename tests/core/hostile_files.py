"""Two hundred files that nobody should ever be served: disguised, armed, broken, endless."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

SCRIPT = b"<script>alert('EVIL')</script>"
DISGUISES = {
    "html": b"<!doctype html><html>" + SCRIPT,
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(\'EVIL\')"/>',
    "xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;EVIL</x>',
    "exe": b"MZ\x90\x00EVIL" + b"\x00" * 200,
    "elf": b"\x7fELFEVIL" + b"\x00" * 200,
    "sh": b"#!/bin/sh\necho EVIL\n",
    "php": b"<?php system('EVIL');",
    "jar": b"PK\x03\x04EVIL" + b"\x00" * 60,
    "gif": b"GIF89a/*EVIL*/=1;",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1EVIL" + b"\x00" * 600,
    "rtf": b"{\\rtf1{\\object\\objdata EVIL}}",
    "empty": b"",
    "nul": b"\x00" * 300,
    "utf16": "﻿<script>EVIL</script>".encode("utf-16"),
}
NAMES = ("jpg", "jpeg", "png", "webp", "pdf", "docx", "xlsx", "html", "svg", "exe", "gif", "zip")


def image(form: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """A real picture, two colours, so that turning it shows."""
    drawn = Image.new("RGB", size, (30, 60, 150))
    drawn.paste((200, 40, 30), (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    drawn.save(out, form, **options)
    return out.getvalue()


def pdf(extra: bytes = b"", tail: bytes = b"\n%%EOF\n") -> bytes:
    """The smallest whole PDF, with `extra` among its objects."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n"
        + extra
        + b"\ntrailer<</Root 1 0 R>>\nstartxref\n9"
        + tail
    )


def packed(text: bytes, about: bytes = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode") -> bytes:
    """An object stream that hides `text`."""
    body = zlib.compress(text)
    return b"2 0 obj<<" + about + b"/Length %d>>stream\n" % len(body) + body + b"\nendstream endobj\n"


def office(ext: str = "docx", parts: dict[str, bytes] | None = None, drop: str = "", **how: object) -> bytes:
    """A small Word or Excel file with these further parts."""
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[ext]
    whole = {"[Content_Types].xml": b"<Types/>", main: b"<document/>", **(parts or {})}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            if name != drop:
                archive.writestr(name, text)
        archive.comment = how.get("comment", b"")  # type: ignore[assignment]
    return out.getvalue()


def bomb_png(side: int = 30000) -> bytes:
    """A PNG of few bytes that says it is very large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 100000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def external(kind: str) -> bytes:
    return f'<Relationships><Relationship Type="http://x/relationships/{kind}" Target="http://evil/EVIL" TargetMode="External"/></Relationships>'.encode()


def armed_pdfs() -> Iterator[bytes]:
    """PDFs that act, hide or cannot be read."""
    for word in (b"/JavaScript", b"/J#61vaScript", b"/#4aavaScript", b"/Launch", b"/L#61unch", b"/EmbeddedFile",
                 b"/EmbeddedFiles", b"/RichMedia", b"/XFA", b"/Encrypt", b"/SubmitForm"):  # fmt: skip
        act = b"<</S" + word + b"(EVIL)>>"
        yield pdf(b"3 0 obj" + act + b"endobj")
        yield pdf(packed(b"1 0 " + act))
        yield pdf(packed(b"1 0 " + act, about=b"/N 1/First 4/Filter/FlateDecode"))
        yield pdf(b"3 0 obj(stream\n" + act + b"endstream)endobj")
    yield pdf(packed(b"EVIL", about=b"/Type/ObjStm/N 1/First 4/Filter/LZWDecode"))
    yield pdf(packed(b"EVIL" * 9_000_000))
    yield pdf(b"2 0 obj<</Type/ObjStm/First 4/Filter/FlateDecode>>stream\nEVIL\nendstream")
    yield pdf(tail=b"\n%%EOF\n" + SCRIPT)
    yield pdf(tail=b"\n%%EOF\n" + office())
    yield SCRIPT + pdf()
    yield pdf(tail=b"")
    yield b"%PDF-1.7 EVIL"


def armed_office(ext: str) -> Iterator[bytes]:
    """Word and Excel files that act or carry something."""
    folder = {"docx": "word", "xlsx": "xl"}[ext]
    for part in ("vbaProject.bin", "activeX/activeX1.bin", "embeddings/oleObject1.bin", "embeddings/x.docx", "x.exe",
                 "externalLinks/externalLink1.xml", "macrosheets/sheet1.xml", "evil.js", "x.vbs", "customUI/x.xml"):  # fmt: skip
        yield office(ext, {f"{folder}/{part}": b"EVIL"})
    for part in ("../EVIL.txt", "/etc/EVIL", "a/../../EVIL", "c:EVIL"):
        yield office(ext, {part: b"EVIL"})
    for kind in ("attachedTemplate", "oleObject", "frame", "externalLinkPath", "image"):
        yield office(ext, {f"{folder}/_rels/x.xml.rels": external(kind)})
    yield office(
        ext, {"[Content_Types].xml": b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"}
    )
    yield office(ext, {f"{folder}/_rels/x.rels": b"<!DOCTYPE x [<!ENTITY a 'EVIL'>]><Relationships/>"})
    yield office(ext, {"word/document.xml": b"<w:instrText>DDEAUTO c:\\\\EVIL.exe</w:instrText>"})
    yield office(ext, drop="[Content_Types].xml")
    yield office(ext, comment=b"EVIL")
    yield SCRIPT + office(ext)
    yield office(ext)[:-30]
    yield office({"docx": "xlsx", "xlsx": "docx"}[ext], {"EVIL": b""})
    yield office(ext, {"big.xml": b"\x00" * 210_000_000})


def hostile() -> Iterator[tuple[str, bytes]]:
    """(name, bytes); every one holds EVIL in its bytes or its shape."""
    for ext in NAMES:
        for kind, data in DISGUISES.items():
            yield f"{kind}.{ext}", data
    for data in armed_pdfs():
        yield "公函.pdf", data
    for ext in ("docx", "xlsx"):
        for data in armed_office(ext):
            yield f"名单.{ext}", data
    for form, ext in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")):
        whole = image(form)
        yield f"cut.{ext}", whole[: len(whole) // 2]
        yield f"tail.{ext}", whole + SCRIPT
        yield f"zip.{ext}", whole + office()
        yield f"other.{'png' if ext == 'jpg' else 'jpg'}", whole if ext != "jpg" else image("JPEG")
        yield f"page.{ext}.html", whole
        yield f"../../{ext}/..\\evil\x00\u202egpj.{ext}", whole + SCRIPT
    yield "bomb.png", bomb_png()
    yield "comment.jpg", image("JPEG", comment=SCRIPT)
    yield "live.heic", b"\x00\x00\x00\x18ftypheicEVIL"
    yield "no-extension", image()
    yield ".jpg", b"EVIL"
