"""The offices that `init` knows: the shipped ones by name, an office's own by its file."""

from pathlib import Path

from ult_desktop.core.office_template import OfficeTemplate
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.resources import resource
from ult_desktop.settings_file import read_settings

DEFAULT_OFFICE = "bpmp-kaltara"


def office_names() -> tuple[str, ...]:
    """The shipped offices, in alphabetical order."""
    return tuple(sorted(path.stem for path in resource("offices").glob("*.toml")))


def load_office(which: str = DEFAULT_OFFICE) -> OfficeTemplate:
    """A shipped office by its name, or the TOML file at that path.

    Raises UserError for an unknown name and for a file that is missing or wrong.
    """
    if which in office_names():
        return read_settings(resource("offices", f"{which}.toml"), OfficeTemplate)
    if not which.endswith(".toml"):
        raise UserError(
            _("Tidak ada kantor bernama “{name}”.").format(name=which),
            todo=_("Yang tersedia: {names}; atau sebut sebuah berkas .toml.").format(
                names=", ".join(office_names())
            ),
        )
    return read_settings(Path(which), OfficeTemplate)
