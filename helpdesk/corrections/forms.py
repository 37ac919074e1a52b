"""One value and why: the form that sets it right, and the filter of the list of corrections."""

import json
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict

from helpdesk.cases.forms import Sheet, dress, text
from helpdesk.corrections.registry import Field, raw


def packed(value: Any) -> str:
    """The old value as the page carries it."""
    return json.dumps(raw(value), cls=DjangoJSONEncoder, ensure_ascii=False)


class CorrectionForm(Sheet):
    """The right value, the reason, and hidden the value that the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000, strip=False)

    def __init__(self, field: Field, record: Any, *args: Any, **kwargs: Any) -> None:
        now = field.value(record)
        kwargs.setdefault("initial", {"seen": packed(now), "value": now})
        super().__init__(*args, auto_id="id_correct_%s", **kwargs)
        self.fields["value"] = field.ask()
        self.fields["reason"] = text("更正原因", rows=2, limit=500, say="请写明更正的原因。（D4.3.3）")
        self.fields["value"].widget.attrs["autofocus"] = True
        for added in ("value", "reason"):
            dress(self.fields[added])

    def was(self) -> Any:
        """The old value that the page showed; ... when the page did not say."""
        try:
            return json.loads(self.cleaned_data.get("seen") or "")
        except (ValueError, RecursionError):
            return ...

    def see(self, field: Field, record: Any) -> None:
        """The page now shows the present value: the next press is about that, with what was typed."""
        assert isinstance(self.data, QueryDict)
        seen = self.data.copy()
        seen["seen"] = packed(field.value(record))
        self.data = seen
