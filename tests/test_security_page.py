"""Claims of docs/security.md are what the program does."""

import ast
import importlib.util
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from ult_desktop.base.config import StationConfig
from ult_desktop.cli.program import program
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.db.store.journal import KEPT_MS
from ult_desktop.operations.access.sign_in import DELAYS_MS, FREE_TRIES
from ult_desktop.operations.online.watched_folder import DONE, REFUSED
from ult_desktop.operations.register import every_operation

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
WORDS = " ".join(TEXT.split())
UNITS = {"seconds": 1000, "minute": 60_000, "minutes": 60_000}


@pytest.fixture(scope="module")
def permissions() -> ModuleType:
    spec = importlib.util.spec_from_file_location("permissions", ROOT / "tools/permissions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_the_programs(permissions: ModuleType) -> None:
    """Otherwise run tools/permissions.py."""
    assert permissions.renewed(TEXT) == TEXT
    assert all(f"| {role} |" in TEXT for role in Role)
    assert all(f"`{permission}` |" in TEXT for permission in Permission)


def test_an_old_table_is_renewed(permissions: ModuleType) -> None:
    old = TEXT.replace("| admin | ● |", "| admin |   |")
    assert old != TEXT
    assert permissions.renewed(old) == TEXT


def test_the_delays_are_the_programs() -> None:
    told = ["5 seconds", "15 seconds", "1 minute", "5 minutes"]
    assert [int(each.split()[0]) * UNITS[each.split()[1]] for each in told] == list(DELAYS_MS)
    assert f"{', '.join(told[:3])} and {told[3]}" in WORDS
    assert FREE_TRIES == 3
    assert "Three are free" in WORDS


def test_the_lock_and_the_journal_are_the_programs() -> None:
    assert StationConfig().counter.lock_after_minutes == 10
    assert "for ten minutes locks (`lock_after_minutes` under `[counter]`" in WORDS
    assert KEPT_MS == 35 * 24 * 3_600_000
    assert "in the last five weeks" in WORDS


def test_whatever_leaves_a_hash_on_a_pc_is_named() -> None:
    asks = sorted(
        command.__name__ for command in every_operation() if "password_hash" in command.__struct_fields__
    )
    assert f"password that was set there ({', '.join(asks)})" in WORDS


def test_what_lies_about_in_clear_is_named() -> None:
    assert f"in `{DONE}` and `{REFUSED}` of the watched folder" in WORDS
    for place in ("`.eml` files under *Downloads*", "`ult-desktop` in the account's documents"):
        assert place in WORDS


def test_nothing_is_promised_for_later() -> None:
    assert "Not there yet" not in TEXT


def commands_below(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from commands_below(found, (*path, name))
        else:
            yield " ".join((*path, name)), found


def told_without_a_password() -> set[str]:
    table = TEXT.partition("<!-- no-password -->")[2].partition("<!-- /no-password -->")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_whatever_asks_for_no_password_is_named() -> None:
    """A command without a name is a line of a noun that can only read: its function performs nothing."""
    found = {
        name: command.callback
        for name, command in commands_below(program)
        if not any(each.name == "by_login" for each in command.params)
    }
    named = told_without_a_password()
    assert named <= set(found)
    for name in set(found) - named:
        run = found[name]
        assert run is not None
        assert hasattr(run, "__wrapped__"), name
        assert "perform" not in inspect.getsource(inspect.unwrap(run)), name


def test_what_changes_the_office_as_a_station_is_named_with_its_reason() -> None:
    """Whatever acts without an officer says so: it makes itself an actor that is a station's."""
    acting = {
        function.name
        for path in (ROOT / "ult_desktop/cli").rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        and any(
            isinstance(node, ast.Call) and ast.unparse(node.func) == "Actor" for node in ast.walk(function)
        )
    }
    assert acting == {"issue", "collect", "_sweep"}
    assert {"queue issue", "deviation collect", "online watch"} <= told_without_a_password()
