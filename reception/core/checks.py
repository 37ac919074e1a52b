"""System checks: what must hold before anybody is served."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connections


@register(Tags.database)
def ledger_guards(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The ledger's triggers stand: a migration that rebuilt the table may have dropped them."""
    from reception.core.ledger.guards import missing

    gone = (
        missing(connections[DEFAULT_DB_ALIAS])
        if DEFAULT_DB_ALIAS in (kwargs.get("databases") or ())
        else set()
    )
    hint = "运行 manage.py migrate 会重新装上；查明是谁去掉的再开放使用。"
    return (
        [Error(f"台账的保护触发器缺失：{'、'.join(sorted(gone))}", hint=hint, id="core.E001")] if gone else []
    )


@register(Tags.security, deploy=True)
def demo_is_off(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A deployment never runs with demo logins."""
    if not settings.DEMO:
        return []
    return [
        Error(
            "DEMO 打开时不能正式使用：演示账号的密码人人知道。", hint="在 .env 里设 DEMO=0。", id="core.E002"
        )
    ]
