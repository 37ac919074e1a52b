"""`manage.py import_units F.xlsx [--dry-run] [--by LOGIN]`: the same reading and the same verdicts as the page."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from helpdesk.imports import actions
from helpdesk.imports.choices import EFFECTIVE, Verdict
from helpdesk.imports.judging import Judged
from reception.core.flow import Refused
from reception.core.ledger import writing
from reception.core.people.models import User


class Command(BaseCommand):
    """Import units, residents and companies from a workbook."""

    help = "从 Excel 导入房号、住户和公司：新增的建立，有变化的更新，有错的逐行说明"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file; whether only to look; who signs (default: the system)."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="只看，不写")
        parser.add_argument("--by", default="", help="以谁的名义导入（登录名），不填为系统")

    def handle(self, *args: Any, file: Path, dry_run: bool, by: str, **options: Any) -> None:
        """Judge every row, say what is wrong and what changes, write what is good. Exits 1 when the file cannot be read."""
        user, at = self._person(by), timezone.now()
        try:
            with file.open("rb") as opened:
                rows = actions.read(opened)
        except (OSError, Refused) as error:
            raise CommandError(f"{file.name}：{error}") from error
        judged = actions.judge_all(rows, at)
        for row, one in zip(rows, judged, strict=True):
            if one.verdict == Verdict.WRONG:
                self.stderr.write(f"第 {row.line} 行：{one.told}")
            elif one.verdict == Verdict.CHANGED:
                self.stdout.write(f"第 {row.line} 行：{one.told}")
        if not dry_run:
            self._write([one for one in judged if one.verdict in EFFECTIVE], user)
        counts = Counter(one.verdict for one in judged)
        told = "，".join(f"{verdict.label} {counts[verdict]}" for verdict in Verdict if counts[verdict])
        self.stdout.write(f"{'只看，没有写入' if dry_run else '已导入'}：共 {len(judged)} 行，{told}")

    def _person(self, login: str) -> User | None:
        if not login:
            return None
        user = User.objects.filter(username=login, is_active=True).first()
        if user is None:
            raise CommandError(f"没有“{login}”这个登录名")
        return user

    def _write(self, rows: Sequence[Judged], user: User | None) -> None:
        """In portions, so that the desk can write in between."""
        for start in range(0, len(rows), actions.PORTION):
            with writing():
                for one in rows[start : start + actions.PORTION]:
                    actions.apply_row(one.cells, by=user, at=timezone.now())
