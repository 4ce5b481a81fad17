"""The policy file, by which the administrators of a PC switch parts of the program off.

It is in the program's folder, where they alone write. An installer leaves it as it is.
"""

import msgspec

from ult_desktop.base import paths
from ult_desktop.base.errors import UserError
from ult_desktop.base.settings_file import read_settings

FILE_NAME = "policy.toml"


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The switches; True allows a thing.

    `updates`: packages on the share are taken and installed. `repair`: a person at a counter may bring a
    damaged or lost office back from a backup before anybody has signed in.
    """

    updates: bool = True
    repair: bool = True


def policy_of_this_pc() -> Policy:
    """Return the switches of this PC; without the file everything is allowed.

    Raises:
        UserError: the file is wrong.
    """
    path = paths.program_folder() / FILE_NAME
    return read_settings(path, Policy) if path.exists() else Policy()


def policy_or_nothing() -> Policy:
    """Return the switches of this PC; if the file is wrong nothing is allowed.

    The administrators who wrote it meant to forbid something.
    """
    try:
        return policy_of_this_pc()
    except UserError:
        return Policy(updates=False, repair=False)
