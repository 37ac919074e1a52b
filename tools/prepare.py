"""Bring the database to this version and fill an empty one with the demo, in one process: each start costs a second."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reception.settings")


def main() -> None:
    """Migrate; then, only with DEMO on and nobody registered, load the demo (all of it or nothing)."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    from django.contrib.auth import get_user_model

    call_command("migrate", interactive=False, verbosity=0)
    if settings.DEMO and not get_user_model().objects.exists():
        print("· 载入演示数据（三个月）· loading three months of demo data", flush=True)
        call_command("demo")


if __name__ == "__main__":
    main()
