"""A page as the rail knows it."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget


class NavEntry(NamedTuple):
    """`title` in the language in force; `group` as in `work.page.GROUPS`."""

    name: str
    title: str
    icon_name: str
    group: str
    widget: QWidget
