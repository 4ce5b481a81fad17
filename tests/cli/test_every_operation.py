"""Every operation can be carried out from the command line too."""

import ast
from pathlib import Path

import click
import pytest

import ult_desktop.cli
from ult_desktop.cli.program import program
from ult_desktop.operations.operation import COMMAND_NAMES
from ult_desktop.operations.register import every_operation

ELSEWHERE = {
    "EraseDue",  # asked by operations/privacy/retention.py, which `retention run` calls
    "FinishRetention",  # as above
    "MergeTicket",  # asked by operations/offline, for a number that a kiosk gave while it was cut off
    "ImportRequests",  # asked by operations/online/request_lists.py, which `online import` calls
    "UndoRequestImport",  # the same, for `online undo-import`
    "ImportSurvey",  # asked by operations/survey/answer_lists.py, which `survey import` calls
    "UndoSurveyImport",  # the same, for `survey undo-import`
    "ChangeSettings",  # asked by operations/office/office_changes.py, which `office apply` calls
    "ConfirmTime",  # asked by operations/office/time_confirming.py, which `office confirm-time` calls
    "ChangeOffice",  # the same, when the file changes services or counters too
    "ResetAdmin",  # asked by operations/access/recovery.py, which `officer reset-admin` calls
    "IndexPhones",  # asked by operations/visits/returning_visitors.py, which `visit returning` calls
    "OpenGuestBook",  # asked by operations/privacy/guest_book.py, which `visit book` calls
    "OpenRegister",  # asked by operations/privacy/personal.py, which `case ppid list --csv` calls
    "OpenDocument",  # asked by operations/privacy/personal.py, which `visit save-document` calls
    "OpenSheet",  # asked by operations/privacy/personal.py for `case receipt` and `case ppid proof`
    "PublishKey",  # these five by operations/access/key_holder.py, whenever somebody with keys signs in
    "MakeKeys",
    "GrantKeys",
    "RotateKeys",
    "WithdrawKeys",
    "GiveUpKeys",  # asked by operations/access/recovery.py, which `keys give-up` calls
    "SetRecovery",  # asked by operations/access/recovery.py, which `keys recovery-code` calls
    "RecoverKeys",  # the same, for `keys recover`
    "ChangeOwnPassword",  # asked by operations/access/passwords.py, which `officer my-password` calls
}
CLI = Path(ult_desktop.cli.__file__).parent


def named_in_cli() -> set[str]:
    """Every name that the commands' modules use."""
    found = set()
    for path in CLI.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found


def command_paths() -> list[str]:
    every_operation()
    return [f"{line.group} {line.name}" for line in COMMAND_NAMES.values()]


def find(path: str) -> click.Command:
    """Find a command of the command line. Raises AssertionError when there is none."""
    found: click.Command | None = program
    for name in path.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), name)
    assert found is not None
    return found


def test_every_operation_has_a_command() -> None:
    asks = {ask.__name__ for ask in every_operation()}
    assert asks - {kind.__name__ for kind in COMMAND_NAMES} - named_in_cli() == ELSEWHERE


@pytest.mark.parametrize("path", command_paths())
def test_a_command_is_where_its_handler_names_it(path: str) -> None:
    """The noun reads the folder of `operations` that handles it; what differs is said of a command there."""
    assert find(path).params
