"""The part of the program that the administrators of a PC switch off there.

It is a file in the program's folder, where they alone write; an installer leaves it.
"""

import msgspec

from ult_desktop.base import paths
from ult_desktop.base.errors import UserError
from ult_desktop.base.settings_file import read_settings

NAME = "policy.toml"


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The switches.

    `updates`: packages on the share are taken and installed; `repair`: whoever sits at a counter may bring a
    damaged or lost office back from a backup before anybody has signed in.
    """

    updates: bool = True
    repair: bool = True


def policy_of_this_pc() -> Policy:
    """Return what holds on this PC: all, without the file.

    Raises:
        UserError: the file is wrong.
    """
    path = paths.program_folder() / NAME
    return read_settings(path, Policy) if path.exists() else Policy()


def allowed() -> Policy:
    """Return what holds on this PC; nothing, where the file is wrong: somebody meant to forbid something."""
    try:
        return policy_of_this_pc()
    except UserError:
        return Policy(updates=False, repair=False)
