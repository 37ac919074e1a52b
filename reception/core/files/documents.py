"""Documents from strangers: what could act by itself on the reader's machine is refused, with the reason."""

import re
import zlib

from reception.core.files.office import check_office
from reception.core.flow import Refused

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names in a PDF that make it act, hide a file, or keep it from being read.
ACTS = {
    rb"/JavaScript\b": "里面带有脚本",
    rb"/Launch\b": "里面有启动程序的动作",
    rb"/EmbeddedFiles?\b": "里面夹带了别的文件",
    rb"/RichMedia\b": "里面带有多媒体程序",
    rb"/XFA\b": "是动态表单，可能带有脚本",
    rb"/Encrypt\b": "加了密，看不了内容",
    rb"/SubmitForm\b": "会自动往外发送内容",
}
STREAM = re.compile(rb"(<<(?:(?!endobj).){0,4000}?>>)\s*stream\r?\n(.*?)endstream", re.S)
PACKED = re.compile(rb"/ObjStm\b|/First\s")
MOST_PACKED = 24_000_000


def check_document(data: bytes, ext: str, name: str) -> None:
    """Raise Refused("invalid") when `data` is not what `ext` (pdf, docx, xlsx) says or could act by itself."""
    if data.startswith(OLD_OFFICE):
        raise _no(name, "是旧版或加了密码的 Office 文件，请去掉密码，另存为 .docx、.xlsx 或 .pdf 再传。")
    if ext == "pdf":
        _check_pdf(data, name)
    else:
        check_office(data, ext, name)


def _no(name: str, why: str) -> Refused:
    return Refused("invalid", f"“{name}”{why}", field="file")


def _check_pdf(data: bytes, name: str) -> None:
    """A PDF from its first byte to its last, with nothing in it that acts."""
    whole = data.startswith(b"%PDF-") and b"startxref" in data and b"%%EOF" in data
    if not whole:
        raise _no(name, "不是完整的 PDF，请重新导出或下载后再传。")
    if data.rpartition(b"%%EOF")[2].strip(b"\r\n\t \x00"):
        raise _no(name, "的结尾后面还有别的内容，请重新导出 PDF 再传。")
    for text in (data, *_unpacked(data, name)):
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), text)
        for pattern, why in ACTS.items():
            if re.search(pattern, plain):
                raise _no(name, f"{why}，不能收。请打印成新的 PDF（或拍照、截图）再传。")


def _unpacked(data: bytes, name: str) -> list[bytes]:
    """The objects that are packed into streams: a name there acts as well as one outside."""
    found, room = [], MOST_PACKED
    for about, body in STREAM.findall(data):
        about = re.sub(rb"#([0-9A-Fa-f]{2})", lambda hit: bytes([int(hit[1], 16)]), about)
        if not PACKED.search(about):
            continue
        if re.search(rb"/(?:LZW|ASCII85|ASCIIHex|RunLength|Crypt)", about):
            raise _no(name, "用了少见的压缩方式，看不清内容。请打印成新的 PDF 再传。")
        try:
            text = zlib.decompressobj().decompress(body, room) if b"Flate" in about else body
        except zlib.error:
            raise _no(name, "的内容坏了，请重新导出 PDF 再传。") from None
        room -= len(text)
        if room <= 0:
            raise _no(name, "太复杂，没法检查。请打印成新的 PDF 再传。")
        found.append(text)
    return found
