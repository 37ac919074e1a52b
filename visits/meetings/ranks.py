"""Whose post is higher, by the words of a title: only a proposal, for a person puts it right. Pure."""

# The word at the end of a title, and how high the post is; 副 and 助理 lie just below.
POSTS = (
    ("省委书记", 97), ("省长", 96), ("市委书记", 91), ("市长", 90), ("董事长", 90), ("厅长", 88), ("司长", 86), ("总裁", 86),
    ("县委书记", 83), ("区委书记", 83), ("县长", 82), ("区长", 82), ("主席", 82), ("总经理", 82), ("书记", 80), ("秘书长", 79),
    ("局长", 78), ("院长", 76), ("校长", 76), ("行长", 76), ("会长", 74), ("主任", 72), ("总工程师", 70), ("总监", 68), ("处长", 66),
    ("部长", 66), ("厂长", 66), ("镇长", 64), ("调研员", 62), ("经理", 60), ("科长", 54), ("主管", 50), ("组长", 48), ("教授", 48),
    ("工程师", 44), ("秘书", 34), ("专员", 32), ("科员", 30), ("干事", 28), ("联络员", 24), ("翻译", 20), ("司机", 10),
)  # fmt: skip
PLAIN = 30  # a title that says nothing known
VICE, HELPER = 5, 9


def level_of(title: str) -> int:
    """How high a post is: 副市长 85, 市长 90, 市长助理 81; 0 without a title. Of several posts the highest counts."""
    parts = [
        part for part in title.replace("，", "、").replace(",", "、").replace("兼", "、").split("、") if part
    ]
    return max((_level(part.strip()) for part in parts), default=0)


def _level(title: str) -> int:
    helper = title.endswith("助理")
    post = title.removesuffix("助理") if helper else title
    word, level = next(((word, level) for word, level in POSTS if post.endswith(word)), ("", PLAIN))
    if helper:
        return level - HELPER if word else PLAIN + 2
    return level - VICE if word and "副" in title else level


def merged(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> list[int]:
    """Two lists of (who, level), each in its own order, as one: the higher level first, on a tie the first list's.
    The order within a list stays what it was."""
    left, right, found = list(one), list(other), []
    while left or right:
        first = left if left and (not right or left[0][1] >= right[0][1]) else right
        found.append(first.pop(0)[0])
    return found
