"""One small form a move of the call."""

from helpdesk.cases.forms import MoveForm, text


class ReplyForm(MoveForm):
    """答复并关闭: what the caller was told (E5.2.1b)."""

    reply = text("回复内容", rows=3, limit=1000, say="请写下怎样回复的，再关闭。")


class ConvertForm(MoveForm):
    """转报修: nothing more is needed, the call carries it all."""


class ConvertPlaceForm(ConvertForm):
    """转报修 of a call that was noted without an address: it is asked for here, for somebody must go there."""

    place = text("地址", say="请填地址（楼栋、房号），师傅才知道去哪里。")
