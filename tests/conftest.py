"""What every test stands on: the cast, a fixed moment, cheap passwords, and a database that can be raced on."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

SHANGHAI = ZoneInfo("Asia/Shanghai")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test under tests/journeys is a journey, whether it says so or not."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector need not look through it a thousand times.

    An eighth of the suite's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """On the build server a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI", "").lower() in {"1", "true", "yes"} and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"✗ {len(skipped)} 项被跳过；CI 里不许跳过 · skipped, which CI forbids", red=True)


# --- the database --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | None]:
    """On SQLite a file for the test database: threads that race need connections of their own, as in production."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if not default["ENGINE"].endswith("sqlite3"):
        yield None
        return
    file = tmp_path_factory.mktemp("db") / "test.sqlite3"
    default.setdefault("TEST", {})["NAME"] = str(file)
    yield file
    shutil.rmtree(file.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, sqlite_file: Path | None) -> None:
    """The settings that `sqlite_file` changes."""


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, django_db_blocker) -> bool:
    """Whether the database came migrated already, under the name that this worker uses; see tests.engines.template."""
    from django.db import connection

    from tests.engines.template import take

    with django_db_blocker.unblock():
        return take(connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker, django_db_keepdb: bool) -> None:
    """The cast moves in once for all tests. After a test that commits, the ledger's guards give way once, and
    what stood before it comes back: the migrations' data and the cast."""
    from django.db import connection

    from tests.engines.reset import reset_after_flush
    from tests.engines.template import keep
    from tests.factories.people import settle_cast

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite" and not django_db_keepdb:
            keep(connection)
        settle_cast()
        reset_after_flush(connection)


@pytest.fixture(scope="session", autouse=True)
def only_pages_are_recorded(django_test_environment: None) -> None:
    """`response.context` is the page's own: Django would copy the context of every field and every part as well."""
    from django.template import RequestContext, Template
    from django.test.signals import template_rendered
    from django.test.utils import _TestState

    plain = _TestState.saved_data.template_render

    def render(template: Template, context):
        if context.template is template and isinstance(context, RequestContext):
            template_rendered.send(sender=template, template=template, context=context)
        return plain(template, context)

    Template._render = render


# --- settings ------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def cheap_and_quiet(request: pytest.FixtureRequest, settings, tmp_path: Path) -> None:
    """Fast hashes, uploads into the void, and no sign-in limiter unless the test is marked `axes`.

    WhiteNoise looks a file up when it is asked for one instead of listing them all for every new client.
    """
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = request.node.get_closest_marker("axes") is not None
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def bare_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages whose rail counts nothing, and whose templates are not recorded (`response.context` is None).

    For tests that ask for hundreds of pages and look at none of that: together it is two thirds of a page. What the
    rail counts is proved in tests/core/test_shell.py.
    """
    from django.template import Template
    from django.test.utils import _TestState

    from reception.home.context import Shell

    monkeypatch.setattr(Shell, "_counts", [0, 0])
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


# --- who and when --------------------------------------------------------------------------------------------


@pytest.fixture
def at() -> datetime:
    """Wednesday 2026-10-21, 10:00 in Shanghai: a working day, in working hours, outside every holiday."""
    return datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
def cast(db):
    """The same people in every test: `cast.sales`, `cast.gm`, … and `cast.stranger`, who has no role."""
    from tests.factories.people import cast

    return cast()


@pytest.fixture
def empty_house(db) -> None:
    """For this test nobody works here yet, as on the first day."""
    from tests.factories.people import empty_house

    empty_house()


@pytest.fixture
def login() -> Callable[..., Client]:
    """`login(client, user)`: the client, signed in, without a password's cost."""

    def signed_in(client: Client, user) -> Client:
        client.force_login(user)
        return client

    return signed_in
