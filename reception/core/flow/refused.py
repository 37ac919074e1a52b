"""A refusal is a sentence for the person who asked."""

STATUS = {"forbidden": 403, "state": 409, "stale": 409, "invalid": 422, "missing": 422}


class Refused(Exception):
    """A rule said no.

    code: one of STATUS (decides the HTTP answer); message: a Chinese sentence that says what failed and
    what to do; field: the form field it belongs to, if any. Code never branches on the message.
    """

    def __init__(self, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        assert code in STATUS, code
        self.code, self.message, self.field = code, message, field

    @property
    def http_status(self) -> int:
        """403 for who, 409 for when, 422 for what."""
        return STATUS[self.code]


def stale(subject: object) -> Refused:
    """The refusal of whoever came second: the record is no longer the one they saw."""
    return Refused("stale", f"{subject} 刚刚被别人改过，请刷新看最新内容后再办。您填写的内容还在。")
