"""Whose a ticket is, and whether the person at the browser may use it."""

from helpdesk.fieldwork.tickets import Ticket
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can


def holder_of(ticket: Ticket, user: object) -> tuple[User, bool]:
    """(the repairer it was made for, whether without an account).

    Whoever is signed in as somebody else does not act in the repairer's name. Raises Refused("forbidden").
    """
    holder = User.objects.filter(pk=ticket.holder, is_active=True).first()
    if holder is None or not holder.may(Can.DO_REPAIR):
        raise Refused("forbidden", "这个链接的主人已经不在维修岗位上，请联系前台重新派工。")
    signed_in = isinstance(user, User) and user.is_authenticated
    if signed_in and user.pk != holder.pk:  # type: ignore[attr-defined]
        raise Refused("forbidden", f"这个链接是给{holder}的，您登录的是{user}。请先退出登录，再打开链接。")
    return holder, not signed_in
