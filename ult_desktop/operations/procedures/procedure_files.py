"""The procedures an office can run: the shipped ones by their id, an office's own by its file."""

from pathlib import Path

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.base.resources import resource
from ult_desktop.base.settings_file import read_settings
from ult_desktop.base.toml_lines import line_of
from ult_desktop.core.procedures.check import Fault, find_faults
from ult_desktop.core.procedures.procedure import Procedure


def procedure_ids() -> tuple[str, ...]:
    """The shipped procedures, in alphabetical order."""
    return tuple(sorted(path.stem for path in resource("procedures").glob("*.toml")))


def load_procedure(which: str) -> Procedure:
    """A shipped procedure by its id, or the TOML file at that path.

    Raises UserError for an unknown id and for a file that is missing or wrong.
    """
    if which in procedure_ids():
        return read_procedure(resource("procedures", f"{which}.toml"))
    if not which.endswith(".toml"):
        raise UserError(
            _("Tidak ada prosedur bernama “{name}”.").format(name=which),
            todo=_("Yang tersedia: {names}; atau sebut sebuah berkas .toml.").format(
                names=", ".join(procedure_ids())
            ),
        )
    return read_procedure(Path(which))


def read_procedure(path: Path) -> Procedure:
    """The procedure in that file. Raises UserError naming file, line and key of everything wrong."""
    procedure = read_settings(path, Procedure)
    if wrong := find_faults(procedure):
        text = path.read_text(encoding="utf-8-sig")
        raise UserError(
            "\n".join(_told(path, text, fault) for fault in wrong),
            todo=_("Perbaiki berkas itu; setiap langkah harus dicapai dari yang pertama dan menuju akhir."),
        )
    return procedure


def _told(path: Path, text: str, fault: Fault) -> str:
    spelt = "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in fault.where)
    return _("Berkas {path}, baris {line}: {key}: {problem}.").format(
        path=path, line=line_of(fault.where, text), key=spelt.removeprefix("."), problem=fault.problem
    )
