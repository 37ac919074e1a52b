"""`manage.py flow_diagrams [--check]`: writes docs/flows/*.md from the flow tables."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reception.core.flow import REGISTRY, Flow


class Command(BaseCommand):
    """Generated, so a diagram can never differ from what the software does."""

    help = "由流程表生成流程图"

    def add_arguments(self, parser: CommandParser) -> None:
        """--check only compares."""
        parser.add_argument("--check", action="store_true", help="只核对，不写")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one page per flow, or fail naming the pages that differ."""
        find_flows()
        folder = Path(settings.BASE_DIR) / "docs" / "flows"
        pages = {folder / f"{flow.kind}.md": page(flow) for flow in REGISTRY.values()}
        if options["check"]:
            stale = [
                path.name
                for path, text in pages.items()
                if not path.exists() or path.read_text("utf-8") != text
            ]
            stale += [path.name for path in folder.glob("*.md") if path not in pages]
            if stale:
                raise CommandError(f"流程图过期：{'、'.join(sorted(stale))}。运行 manage.py flow_diagrams。")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in pages.items():
            path.write_text(text, "utf-8")
        self.stdout.write(f"写好 {len(pages)} 张流程图")


def find_flows() -> None:
    """Import every `flow` module of the installed wings, which registers its table."""
    for config in apps.get_app_configs():
        if not Path(config.path).is_relative_to(settings.BASE_DIR) or ".venv" in config.path:
            continue
        for module in walk_packages([config.path], f"{config.name}."):
            if module.name.endswith(".flow") and not module.ispkg:
                import_module(module.name)


def page(flow: Flow) -> str:
    """The Markdown page of one flow."""
    return f"# {flow.label}\n\n由流程表生成，不要手改。\n\n```mermaid\n{flow.diagram()}```\n\n{flow.table()}"
