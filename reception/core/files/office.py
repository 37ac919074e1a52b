"""Word and Excel files: a zip of known shape, without macros, objects, locks or strings to elsewhere."""

import re
import zipfile
from io import BytesIO

from reception.core.flow import Refused

MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
WORDS = {"docx": "Word", "xlsx": "Excel"}
MOST_ENTRIES, MOST_BYTES, MOST_READ = 3000, 200_000_000, 20_000_000
# Parts that act or carry something else inside; printer settings are the one harmless .bin.
ACTS = re.compile(r"vba|macro|activex|embeddings/|oleobject|externallinks/|customui|\.(?:bin|exe|dll|js|vbs|bat|cmd|ps1|hta)$", re.I)  # fmt: skip
HARMLESS = re.compile(r"printersettings/printersettings\d*\.bin$", re.I)
OUTSIDE = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.I)
LINK = re.compile(rb"/relationships/hyperlink[\"']", re.I)


def check_office(data: bytes, ext: str, name: str) -> None:
    """Raise Refused("invalid") when `data` is no clean file of the kind `ext` (docx, xlsx)."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_entries(archive, data, ext, name)
            _check_words(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise _no(
            name, f"不是完整的 {WORDS[ext]} 文件，请用 {WORDS[ext]} 打开后另存为 .{ext} 再传。"
        ) from error


def _no(name: str, why: str) -> Refused:
    return Refused("invalid", f"“{name}”{why}", field="file")


def _check_entries(archive: zipfile.ZipFile, data: bytes, ext: str, name: str) -> None:
    """The parts by their names and sizes; nothing is unpacked for it."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    shape = data.startswith(b"PK\x03\x04") and not archive.comment and "[Content_Types].xml" in names
    if not shape or MAIN[ext] not in names or len(set(names)) != len(names):
        raise _no(name, f"不是 {WORDS[ext]} 文件，请用 {WORDS[ext]} 另存为 .{ext} 再传。")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise _no(name, "展开以后太大，请删掉用不着的图片和表再传。")
    if any(entry.flag_bits & 1 for entry in entries):
        raise _no(name, "加了密，看不了内容，请去掉密码再传。")
    if min(entry.header_offset for entry in entries) != 0 or any(map(_strays, names)):
        raise _no(name, f"的结构不对，请用 {WORDS[ext]} 另存为 .{ext} 再传。")
    if any(ACTS.search(part) and not HARMLESS.search(part) for part in names):
        raise _no(name, "里面带有宏、控件、嵌入的文件或指向别处的表，不能收。请删掉，或另存为 PDF 再传。")


def _strays(part: str) -> bool:
    """Whether the part would lie outside its archive."""
    return part.startswith("/") or "\\" in part or ".." in part.split("/") or ":" in part


def _check_words(archive: zipfile.ZipFile, name: str) -> None:
    """Types and relations: no macro type, nothing fetched from elsewhere but plain links, no field that runs a program."""
    for entry in archive.infolist():
        part = entry.filename
        if not part.endswith((".rels", "[Content_Types].xml", "document.xml")):
            continue
        with archive.open(entry) as stream:
            text = stream.read(MOST_READ + 1)
        if len(text) > MOST_READ or b"\x00" in text or re.search(rb"<!(?:DOCTYPE|ENTITY)", text, re.I):
            raise _no(name, "的结构不对，请另存为 PDF 再传。")
        if b"macroEnabled" in text or re.search(rb"\bDDE(?:AUTO)?\b\s", text):
            raise _no(name, "里面带有宏或会启动程序的域，不能收。请删掉，或另存为 PDF 再传。")
        if any(not LINK.search(found) for found in OUTSIDE.findall(text)):
            raise _no(name, "引用了外面的模板或文件，不能收。请断开链接，或另存为 PDF 再传。")
