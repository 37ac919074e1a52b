"""话术 as data: what the clerk says at each step, kept by an administrator (C1, C3, C7, C8)."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from helpdesk.cases.fields import known
from helpdesk.scripts.choices import Spot, Step

WHO, COMPANY, MINUTES = "称呼", "公司", "分钟"
BLANKS = (WHO, COMPANY, MINUTES)
TOKEN = re.compile(r"(【[^【】{}]*】|\{[^{}]*\})")
WAITING = 45  # seconds, when the number was taken away (C3)


@dataclass(frozen=True)
class Piece:
    """Some words of a script. marked: to be stressed; who: filled in with the caller's name while typing."""

    text: str = ""
    marked: bool = False
    who: bool = False


def pieces(words: str, *, company: str, minutes: int) -> list[Piece]:
    """`words` cut into what is said plainly, what is stressed and what is filled in. minutes: to arrive.

    Plain text throughout: the page escapes it.
    """
    blanks = {
        f"{{{WHO}}}": Piece(marked=True, who=True),
        f"{{{COMPANY}}}": Piece(company, marked=True),
        f"{{{MINUTES}}}": Piece(str(minutes)),
    }
    return [
        blanks.get(part) or (Piece(part[1:-1], marked=True) if TOKEN.fullmatch(part) else Piece(part))
        for part in TOKEN.split(words)
        if part
    ]


class Script(models.Model):
    """The words of one spot. 【…】 is stressed; {称呼}, {公司} and {分钟} are filled in by the desk.

    seconds: only for 请稍等, after how long the desk prompts 让您久等了 (C3).
    """

    spot = models.CharField("用在", max_length=10, choices=Spot.choices, unique=True)
    step = models.PositiveSmallIntegerField("步骤", choices=Step.choices, default=Step.ASK)
    words = models.CharField(
        "话术", max_length=200, help_text="【】里的字加重；{称呼}、{公司}、{分钟} 由工作台填上。"
    )
    seconds = models.PositiveSmallIntegerField(
        "几秒后提示",
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(600)],
        help_text="只用于“请稍等”：请人等候这么多秒以后，提示说“让您久等了”。",
    )
    clause = models.CharField("依据", max_length=16, blank=True)

    class Meta:
        verbose_name = "话术"
        verbose_name_plural = "话术"
        ordering = ["step", "id"]
        constraints = [
            known("script", "spot", Spot),
            models.CheckConstraint(condition=~Q(words=""), name="script_has_words"),
            models.CheckConstraint(
                condition=Q(seconds__isnull=True) | Q(spot=Spot.WAIT, seconds__gte=5, seconds__lte=600),
                name="script_waits_5_to_600_seconds",
            ),
        ]

    def __str__(self) -> str:
        return self.get_spot_display()

    def clean(self) -> None:
        """Only blanks that the desk can fill, brackets in pairs, a wait only where somebody waits."""
        for token in TOKEN.findall(self.words):
            if token.startswith("{") and token[1:-1] not in BLANKS:
                raise ValidationError(
                    {"words": f"“{token}”工作台填不上。可以用的只有 {{称呼}}、{{公司}}、{{分钟}}。"}
                )
        if re.search(r"[【】{}]", TOKEN.sub("", self.words)):
            raise ValidationError({"words": "括号要成对写：【加重的字】、{称呼}，里面不能再套括号。"})
        if self.seconds and self.spot != Spot.WAIT:
            raise ValidationError({"seconds": "只有“请稍等”才填几秒后提示。"})
