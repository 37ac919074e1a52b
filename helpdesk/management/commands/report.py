"""`manage.py report 2026-10 [--months 2] --out F.xlsx`: the monthly report as a workbook, without a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from helpdesk.report.build import Report, build
from helpdesk.report.definitions import METRIC
from helpdesk.report.figures import Rate
from helpdesk.report.kept import kept, written
from helpdesk.report.report_xlsx import filename, workbook
from helpdesk.report.spans import Span, span_of
from reception.core.flow import Refused
from reception.core.sheets import save_whole

KEY = ("received", "closed", "left", "prompt", "on_time", "done")


class Command(BaseCommand):
    """Writes the file whole or not at all; an existing one is replaced in one step."""

    help = "把某月（或连续两个月）的客户反映情况报告写成 xlsx"

    def add_arguments(self, parser: CommandParser) -> None:
        """The month, how many months, and where to."""
        parser.add_argument("month", metavar="年-月", help="从哪个月起，例如 2026-10")
        parser.add_argument("--months", type=int, default=1, metavar="N", help="连续几个月：1 或 2，默认 1")
        parser.add_argument(
            "--out", type=Path, metavar="F.xlsx", help="写到哪里；不写则用报告的名字，放在当前目录"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Calculate, write, and say what was written."""
        try:
            name, write, said = made(span_of(options["month"], options["months"], timezone.now()))
        except Refused as refused:
            raise CommandError(refused.message) from refused
        path = (options["out"] or Path(name)).absolute()
        check(path)
        replaced = path.exists()
        try:
            save_whole(path, write)
        except OSError as error:
            raise CommandError(
                f"写不进 {path}：{error.strerror}。请换一个位置，或腾出空间后再试。"
            ) from error
        self.stdout.write(f"{'已替换' if replaced else '已写好'} {path}")
        self.stdout.write(said)


def made(span: Span) -> tuple[str, Callable[[BinaryIO], object], str]:
    """The file's name, what writes it, and what to say of it: the very bytes of what was handed in, else a new one."""
    stored = kept(span)
    if stored is not None:
        file = stored.file()
        return (
            stored.name,
            lambda out: out.write(file),
            f"{span.label}\n  这一期已经报送，写出的是报送时的那一份。",
        )
    report = build(span)
    return filename(report), workbook(report, written(report)).save, summary(report)


def check(path: Path) -> None:
    """Raises CommandError when nothing can be written there."""
    if path.suffix.lower() != ".xlsx":
        raise CommandError(f"“{path.name}”不是 .xlsx 文件名，请以 .xlsx 结尾。")
    if path.is_dir():
        raise CommandError(f"{path} 是一个目录，请写上文件名。")
    if not path.parent.is_dir():
        raise CommandError(f"没有 {path.parent} 这个目录，请先建好，或换一个位置。")


def summary(report: Report) -> str:
    """The key figures in one line a figure."""
    lines = [f"{report.span.label}，{report.span.cut_off}"]
    for code in KEY:
        figure = report.figures[code]
        if isinstance(figure, Rate):
            share = "—" if figure.value is None else f"{figure.value:.1%}"
            lines.append(f"  {METRIC[code].label} {share}（{figure.part}/{figure.base}）")
        else:
            lines.append(f"  {METRIC[code].label} {figure}")
    return "\n".join(lines if not report.empty else [*lines, "  这一期没有记录，各表为空。"])
