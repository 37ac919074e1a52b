"""One typed line as a draft: `3-502 张 漏水 下午4点 急` fills the whole form. Pure: it reads nothing, it never raises."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from helpdesk.directory.numbers import MOBILE, normalize
from helpdesk.directory.places import Place, split_place
from helpdesk.log.hours import parse_when

__all__ = ["Draft", "parse_line", "parse_when"]

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗方俞任袁柳"
    "史唐费廉岑薛雷贺倪汤滕罗毕郝邬安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾路江童郭梅林钟徐"
    "邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓洪包石崔龚程嵇邢裴陆翁侯曾关叶白岳刘肖"
)
DOUBLE = "欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|东方|端木"
TITLES = ("女士", "先生", "老师", "师傅", "小姐", "阿姨", "大爷", "经理", "主任", "总", "工")
NAME = re.compile(
    rf"(?P<name>(?:小|老)[{SURNAMES}]|(?:{DOUBLE}|[{SURNAMES}])[\u4e00-\u9fff]{{0,2}}?)(?P<title>{'|'.join(TITLES)})?"
)
# 马桶, 管道, 白墙 begin like names; a word with one of these is a thing.
THINGS = set("桶道管灯墙水电门窗锁梯漏堵坏停热冷线路板砖器柜床")
# A telephone as people write it, with or without gaps; what was said before it belongs to it.
GAP = r"[-\s·.]{0,2}"
TELEPHONE = re.compile(
    rf"(?:联系)?(?:电话|手机|号码)?[::]?\s*(?<![\d-])((?:(?:\+|00)?86{GAP})?1[3-9]\d{GAP}\d{{4}}{GAP}\d{{4}}"
    rf"|\(?0\d{{2,3}}\)?{GAP}\d{{3,4}}{GAP}\d{{4}}(?:\s?(?:转|分机|-)\s?\d{{1,6}})?)(?![\d-])"
)
LANDLINE = re.compile(r"[2-8]\d{6,7}")
URGENT = {"急", "紧急", "加急", "很急", "特急", "马上", "尽快", "立刻"}
IMPORTANT = {"重大", "重要"}
ABOUT = {"约", "大约", "大概", "预约"}
KINDS = {
    "报修": "repair", "维修": "repair", "查询": "enquiry", "咨询": "enquiry", "投诉": "complaint", "建议": "advice",
    "表扬": "praise", "求助": "help", "突发": "emergency",
}  # fmt: skip
COMPANY = re.compile(r"[\w\u4e00-\u9fff()]{2,30}(?:公司|集团|事务所|工作室)")
ROOMS = {
    "厨房",
    "卫生间",
    "厕所",
    "客厅",
    "餐厅",
    "阳台",
    "卧室",
    "主卧",
    "次卧",
    "书房",
    "玄关",
    "走廊",
    "浴室",
    "储藏室",
}
BETWEEN = re.compile(r"[\s,;、。]+")


@dataclass(frozen=True)
class Draft:
    """What the line said; what it did not say is empty. spot: the room inside the unit; appoint_at: the time asked
    for, None for at once; kind: "" when no such word stood alone."""

    place: Place | None = None
    spot: str = ""
    number: str = ""
    caller_name: str = ""
    caller_title: str = ""
    company: str = ""
    content: str = ""
    kind: str = ""
    appoint_at: datetime | None = None
    urgent: bool = False
    important: bool = False


def parse_line(text: str, at: datetime) -> Draft:
    """The draft that a line means at `at`: words between spaces or commas, in any order; the rest is the content."""
    found: dict[str, object] = {}
    plain = _telephone(unicodedata.normalize("NFKC", text), found)
    words, rest = [word for word in BETWEEN.split(plain) if word], []
    for index, word in enumerate(words):
        if word in ABOUT and index + 1 < len(words) and parse_when(words[index + 1], at):
            continue  # 约 下午4点
        if not _read(word, at, found):
            rest.append(str(found.pop("after", word)))
    return Draft(content=" ".join(rest), **found)  # type: ignore[arg-type]


def _telephone(text: str, found: dict[str, object]) -> str:
    """`text` without the first telephone in it, which goes into `found`."""
    match = TELEPHONE.search(text)
    digits = normalize(match[1]) if match else ""
    if not match or not (MOBILE.fullmatch(digits) or len(digits) >= 10):
        return text
    found["number"] = digits
    return f"{text[: match.start()]} {text[match.end() :]}"


def _read(word: str, at: datetime, found: dict[str, object]) -> bool:
    """Whether all of `word` is one of the known parts and the first of its sort; puts it into `found`.

    Of 3-502厨房 or 3-502漏水 the place is taken and what comes after it goes on: into spot, or as found["after"].
    """
    if word in URGENT or word in IMPORTANT:
        found["urgent" if word in URGENT else "important"] = True
        return True
    if word in KINDS and "kind" not in found:
        found["kind"] = KINDS[word]
        return True
    place, after = split_place(word)
    if place and "place" not in found:
        found["place"] = place
        if after and after not in ROOMS:
            found["after"] = after
            return False
        found["spot"] = after
        return True
    return _person(word, found) or _time(word, at, found)


def _time(word: str, at: datetime, found: dict[str, object]) -> bool:
    """A time that lies ahead."""
    when = parse_when(word, at) if "appoint_at" not in found else None
    if when:
        found["appoint_at"] = when
    return when is not None


def _person(word: str, found: dict[str, object]) -> bool:
    """Who calls: a local number, a company, a name with or without its title."""
    if LANDLINE.fullmatch(word) and "number" not in found:
        found["number"] = word
        return True
    if COMPANY.fullmatch(word) and "company" not in found:
        found["company"] = word
        return True
    name = NAME.fullmatch(word)
    if name and "caller_name" not in found and (name["title"] or not set(word) & THINGS):
        found |= {"caller_name": name["name"], "caller_title": name["title"] or ""}
        return True
    return False
