"""Telephone numbers as people write them and as a display shows them. Pure."""

import re
import unicodedata

EXTENSION = re.compile(r"(?:转|分机|ext\.?|#|\*|,)\s*\d{1,6}\D*$", re.I)
DASHED_EXTENSION = re.compile(r"^(\(?0\d{2,3}\)?[-\s]?\d{7,8})-\d{1,6}$")
MOBILE = re.compile(r"1[3-9]\d{9}")
AREA = re.compile(r"(010|02\d|0[3-9]\d{2})(\d{7,8})")
ABROAD = 15  # digits of the longest international number (E.164)


def normalize(number: str) -> str:
    """The digits of a Chinese number: no separators, no country code (+86, 0086), no extension.

    Full-width digits count as digits. "" when there is none. Never raises.
    """
    text = unicodedata.normalize("NFKC", number).strip()
    text = EXTENSION.sub("", text)
    text = DASHED_EXTENSION.sub(r"\1", text)
    digits = "".join(char for char in text if char in "0123456789")
    plus = text.lstrip("(").startswith("+")
    if digits.startswith("0086"):
        digits, plus = digits[2:], True
    if digits.startswith("86") and (plus or MOBILE.fullmatch(digits[2:])):
        digits = digits[2:]
        # +86 21 6543 2100 leaves the 0 of the area code out.
        if plus and not MOBILE.fullmatch(digits) and AREA.fullmatch(f"0{digits}"):
            digits = f"0{digits}"
    return digits[:ABROAD]


def local_part(digits: str) -> str:
    """A landline's number without its area code, so that 021-6543 2100 and 6543 2100 meet; others whole."""
    found = AREA.fullmatch(digits)
    return found[2] if found else digits


def split_numbers(text: str) -> list[str]:
    """The numbers of one cell or field, as written, each once: split at / 、 ； ， | and line ends. A short tail of
    digits is the extension of the number before it (65432100，801)."""
    found: list[str] = []
    for part in filter(
        None, map(str.strip, re.split(r"[/、；;，,|\n\r]+", unicodedata.normalize("NFKC", text)))
    ):
        if found and part.isdigit() and len(part) < 7:
            found[-1] = f"{found[-1]}转{part}"
        else:
            found.append(part)
    return list(dict.fromkeys(found))


def number_fault(text: str) -> str:
    """What is wrong with one written number as a sentence, "" for a number that can be called."""
    digits, raw = normalize(text), [char for char in unicodedata.normalize("NFKC", text) if char.isdecimal()]
    if len(text) > 32 or len(raw) > 22:
        return f"“{text[:20]}”太长，几个号码请用 / 隔开。"
    if not 3 <= len(digits) <= ABROAD:
        return f"“{text[:20]}”不像电话号码，请写 3 到 {ABROAD} 位数字。"
    if (
        digits[0] == "1"
        and 9 <= len(digits) <= 12
        and not MOBILE.fullmatch(digits)
        and not text.lstrip("(").startswith("+")
    ):
        return f"“{text[:20]}”像手机号，却不是 11 位，请核对。"
    return ""


def same_line(one: str, other: str) -> bool:
    """Whether two normalized numbers can be the same line: equal, or one of them lacks the area code."""
    if one == other:
        return True
    short, full = sorted((one, other), key=len)
    return bool(AREA.fullmatch(full)) and not AREA.fullmatch(short) and local_part(full) == short
