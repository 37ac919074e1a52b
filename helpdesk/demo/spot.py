"""The demo's repairers on the spot: a basement without signal, and somebody who was sent away again."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from helpdesk.demo.pictures import picture
from helpdesk.demo.today import Today
from helpdesk.fieldwork.actions import Sent, accept_site_time, take
from helpdesk.fieldwork.choices import NOTE, Role
from helpdesk.fieldwork.models import FieldStep
from helpdesk.fieldwork.tickets import ticket_of
from helpdesk.repairs.models import Repair
from reception.core.clock.periods import local

PUMP, CABLE = "水泵房阀门渗水，地面有积水", "配电间应急灯不亮"
DONE: dict[str, Any] = {
    "measures": "换DN50闸阀一只，紧固法兰，试压半小时不漏", "cause": "阀杆密封老化", "signed_name": "保安亭老孙", "score": 5,
    "materials": [{"name": "闸阀", "spec": "DN50", "quantity": 1, "unit_price": 186}],
}  # fmt: skip


class Spot:
    """Steps told as `Today` tells its scenes: (minutes ago when it was heard of, minutes ago when it was done)."""

    def __init__(self, today: Today) -> None:
        self.today, self.story = today, today.story

    def tell(self) -> None:
        """All scenes; the orders themselves begin like any other."""
        cast, order = self.story.cast, self.today.order
        order(230, PUMP, "地下车库B2水泵房", (228, "dispatch"), repairer=cast.repairer2)
        self.step(PUMP, "acknowledge", 226)
        self.step(PUMP, "arrive", 152, 208, pictures=(Role.BEFORE,))
        self.step(PUMP, "work", 152, 206)
        self.step(PUMP, "finish", 151, 160, pictures=(Role.AFTER, Role.SIGNATURE), inputs=DONE)
        self.story.then(self.today.ago(100), self.believe)
        order(66, CABLE, "地下车库B1配电间", (64, "dispatch"), (60, "acknowledge"), (41, "arrive"), (40, "reassign"),
              repairer=cast.repairer)  # fmt: skip
        words = "没能记上的步骤：完工\n灯管已换好，镇流器也坏了，要带一只新的来"
        self.step(CABLE, NOTE, 35, 42, pictures=(Role.AFTER,), inputs={"words": words})

    def step(
        self,
        content: str,
        verb: str,
        heard: float,
        done: float = 0,
        *,
        pictures: tuple[Role, ...] = (),
        inputs: Any = None,
    ) -> None:
        """The first repairer takes a step by the link; `done`: when, in minutes ago, where it had to wait."""
        site = self.today.ago(done or heard)
        act = partial(self._take, content, verb, site, pictures, inputs)
        self.story.then(self.today.ago(heard), act)

    def _take(
        self, content: str, verb: str, site: datetime, pictures: tuple[Role, ...], inputs: Any, at: datetime
    ) -> None:
        order = Repair.objects.select_related("repairer").get(content=content)
        by = self.story.cast.repairer if content == CABLE else order.repairer
        assert by is not None
        sent = Sent(UUID(int=self.story.rng.getrandbits(128), version=4), verb, site, via_link=True)
        shots = [(role, picture(role)) for role in pictures]
        take(ticket_of(order), sent, by=by, at=at, inputs=inputs, pictures=shots)
        self.story.look()

    def believe(self, at: datetime) -> None:
        """The manager asked the guard."""
        step = FieldStep.objects.select_related("repair").get(repair__content=PUMP, verb="arrive")
        why = f"问过保安亭，{local(step.on_site):%H:%M} 已在水泵房关阀"
        accept_site_time(step, by=self.story.cast.manager, at=at, reason=why)
