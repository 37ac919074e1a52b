"""The procedure of a document as a table (B3b)."""

from reception.core.documents.choices import Status as S
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

KEEP = Can.KEEP_DOCUMENT

FLOW = Flow(
    "core.document",
    S,
    start=S.DRAFT,
    label="文件",
    moves=(
        # A withdrawn one comes back with a new version; those who must read are told with words of their own.
        Move(
            "publish",
            (S.DRAFT, S.IN_FORCE, S.WITHDRAWN),
            S.IN_FORCE,
            "发布",
            KEEP,
            needs=("valid_from",),
            tone="primary",
        ),
        Move("remind", (S.IN_FORCE,), None, "催阅", KEEP),
        Move("withdraw", (S.IN_FORCE,), S.WITHDRAWN, "废止", KEEP, needs=("reason",), tone="danger"),
    ),
)
