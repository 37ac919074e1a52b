"""How a record is called where there is room for a line."""

LONGEST = 30


def beginning(words: str) -> str:
    """The beginning of `words`, at most LONGEST characters, with … where there is more."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
