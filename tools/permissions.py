"""Keeps the tables of docs/security.md in step with the program. Run it after changing roles or asks."""

import re
from pathlib import Path

from ult_desktop.core.access.roles import PERMISSIONS, Permission, Role
from ult_desktop.operations.register import every_operation

PAGE = Path(__file__).resolve().parent.parent / "docs" / "security.md"


def roles_table() -> str:
    """Return a row for each role, a column for each permission by its number in the other table."""
    head = "| role | " + " | ".join(str(n) for n, _each in enumerate(Permission, start=1)) + " |"
    rows = [
        f"| {role} | " + " | ".join("●" if each in PERMISSIONS[role] else " " for each in Permission) + " |"
        for role in Role
    ]
    return "\n".join([head, "|---" * (len(Permission) + 1) + "|", *rows])


def permissions_table() -> str:
    """Every permission with its number, and the asks that it opens."""
    rows = [
        f"| {number} `{permission}` | {', '.join(_opened_by(permission)) or '–'} |"
        for number, permission in enumerate(Permission, start=1)
    ]
    return "\n".join(["| permission | opens |", "|---|---|", *rows])


def _opened_by(permission: Permission) -> list[str]:
    return sorted(command.__name__ for command, how in every_operation().items() if how.needs is permission)


def renewed(text: str) -> str:
    """Return the page with its tables as they are today."""
    for mark, table in (("roles", roles_table()), ("permissions", permissions_table())):
        begin, end = f"<!-- {mark} -->\n", f"\n<!-- /{mark} -->"
        before, _old, after = re.split(f"(?s){begin}.*?({end})", text)
        text = before + begin + table + end + after
    return text


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
