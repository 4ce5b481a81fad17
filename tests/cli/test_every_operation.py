"""Every operation can be carried out from the command line too."""

import ast
from pathlib import Path

import ult_desktop.cli
from ult_desktop.operations.register import every_operation

ELSEWHERE = {
    "EraseDue",  # asked by operations/privacy/retention.py, which `retention run` calls
    "FinishRetention",  # as above
    "MergeTicket",  # asked by operations/offline, for a number that a kiosk gave while it was cut off
    "ImportRequests",  # asked by operations/online/list_import.py, which `online import` calls
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


def test_every_operation_has_a_command() -> None:
    asks = {ask.__name__ for ask in every_operation()}
    assert asks - named_in_cli() == ELSEWHERE
