"""How a Chinese name is found by its sound: 远航重工 answers to yuanhang and to yhzg."""

from itertools import islice, product

MOST = 8  # readings kept of one name
# Everyday characters of names that are read in two ways; a dictionary cannot know which one a firm uses.
TWO_WAYS = {
    "长": ("chang", "zhang"), "重": ("zhong", "chong"), "行": ("hang", "xing"), "乐": ("le", "yue"),
    "单": ("dan", "shan"), "曾": ("zeng", "ceng"), "朝": ("chao", "zhao"), "都": ("du", "dou"),
    "会": ("hui", "kuai"), "厦": ("xia", "sha"), "盛": ("sheng", "cheng"), "解": ("jie", "xie"),
    "仇": ("qiu", "chou"), "区": ("qu", "ou"), "藏": ("zang", "cang"), "调": ("diao", "tiao"),
}  # fmt: skip


def tidy(name: str) -> str:
    """The name as it is stored: outer blanks gone, runs of blanks one space."""
    return " ".join((name or "").split())


def sound(name: str) -> str:
    """The full reading without blanks, lower case: the key by which customers are listed."""
    return "".join(_syllables(name))[:200]


def sought(*names: str) -> str:
    """All that a search may hit, a line each: every name, its readings, their initials; lower case."""
    lines: dict[str, None] = {}
    for name in filter(None, map(tidy, names)):
        lines[name.lower()] = None
        for syllables in _readings(name):
            lines["".join(syllables)] = None
            lines["".join(one[:1] for one in syllables)] = None
    return "\n".join(filter(None, lines))


def _readings(name: str) -> list[list[str]]:
    """The dictionary's reading, then those in which a two-way character is read the other way."""
    first = _syllables(name)
    ways = [
        (one, *(w for w in TWO_WAYS.get(sign, ()) if w != one))
        for sign, one in zip(_signs(name), first, strict=True)
    ]
    return [list(way) for way in islice(product(*ways), MOST)]


def _signs(name: str) -> list[str]:
    """The characters that are read: letters and digits, each by itself."""
    return [sign for sign in tidy(name) if sign.isalnum()]


def _syllables(name: str) -> list[str]:
    """One syllable a character, lower case; Latin letters and digits stand for themselves."""
    from pypinyin import lazy_pinyin  # its dictionary takes a fifth of a second; most commands need none

    signs = "".join(_signs(name))
    read = lazy_pinyin(signs, errors=list)  # type: ignore[arg-type]  # a list keeps each sign by itself
    return [one.lower() for one in read]
