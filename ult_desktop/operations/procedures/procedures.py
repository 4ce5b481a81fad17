"""The procedures (POS): those that the program ships, those in files of an office, and those in force."""

from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _, paths, settings_file, toml_lines
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.procedures.check import Fault, find_faults
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.procedures.document import adapted_to_office
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.db.office import office
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import Context, NewEvent, answer_subject, handles, named, refuse

FAULTS_SHOWN = 20  # in one refusal; nobody corrects more at a time


@handles(AdoptProcedure, needs=Permission.MANAGE_OFFICE, answer=answer_subject)
@named("procedure adopt", "Jalankan prosedur ID (nama atau berkas .toml) di kantor ini mulai sekarang.")
def adopt_procedure(command: AdoptProcedure, tx: Transaction, context: Context) -> NewEvent:
    """Put a procedure into force. The answer is the version under which it is in force.

    A procedure keeps the version in its text, or gets the one after the office's last, if that is higher.
    """
    procedure = adapted_to_office(command.procedure, office.load(tx).settings.office.name)
    if find_faults(procedure):
        raise refuse(
            _("Prosedur {id} masih bercacat.").format(id=procedure.id),
            _("Periksa berkasnya dengan “procedure check”."),
        )
    last = procedures.latest_version(tx, procedure.id)
    if last and _is_in_force(tx, procedure, last):
        raise refuse(_("Prosedur {id} versi {n} sudah berlaku.").format(id=procedure.id, n=last))
    # Open visits keep the text with which they began, found by its version: a new text needs another version.
    version = max(procedure.version, last + 1)
    adopted = msgspec.structs.replace(procedure, version=version)
    procedures.insert(tx, adopted, context.at, command.reason.strip())
    return NewEvent("procedure.adopted", "procedure", version, {"id": procedure.id, "version": version})


def _is_in_force(tx: Transaction, procedure: Procedure, last: int) -> bool:
    """Return whether the office's last version is in force and has the procedure's text."""
    versions = {in_force.id: in_force.version for in_force in procedures.in_force(tx)}
    last_text = procedures.load(tx, procedure.id, last)
    return (
        versions.get(procedure.id) == last and msgspec.structs.replace(procedure, version=last) == last_text
    )


def procedures_behind_shipped(tx: Transaction) -> tuple[str, ...]:
    """Return the ids of the procedures in force whose text differs from the one shipped under the same id."""
    office_name, shipped_ids = office.load(tx).settings.office.name, procedure_ids()
    behind = []
    for procedure in procedures.load_in_force(tx):
        if procedure.id in shipped_ids:
            shipped = msgspec.structs.replace(load_procedure(procedure.id), version=procedure.version)
            if adapted_to_office(shipped, office_name) != procedure:
                behind.append(procedure.id)
    return tuple(behind)


@handles(RetireProcedure, needs=Permission.MANAGE_OFFICE, answer=answer_subject)
@named("procedure retire", "Hentikan prosedur ID di kantor ini; yang sudah berjalan tetap menurutnya.")
def retire_procedure(command: RetireProcedure, tx: Transaction, context: Context) -> NewEvent:
    if not procedures.retire(tx, command.procedure_id, context.at):
        raise refuse(_("Prosedur {id} tidak sedang berlaku.").format(id=command.procedure_id))
    version = procedures.latest_version(tx, command.procedure_id)
    return NewEvent("procedure.retired", "procedure", version, {"id": command.procedure_id})


def procedure_ids() -> tuple[str, ...]:
    """Return the ids of the shipped procedures, in alphabetical order."""
    return tuple(sorted(path.stem for path in paths.resource("procedures").glob("*.toml")))


def load_procedure(id_or_path: str) -> Procedure:
    """Return a shipped procedure by its id, or the one in the TOML file at that path.

    Raises UserError for an unknown id and for a file that is missing or wrong.
    """
    if id_or_path in procedure_ids():
        return read_procedure(paths.resource("procedures", f"{id_or_path}.toml"))
    if not id_or_path.endswith(".toml"):
        raise UserError(
            _("Tidak ada prosedur bernama “{name}”.").format(name=id_or_path),
            todo=_("Yang tersedia: {names}; atau sebut sebuah berkas .toml.").format(
                names=", ".join(procedure_ids())
            ),
        )
    return read_procedure(Path(id_or_path))


def read_procedure(path: Path) -> Procedure:
    """Return the procedure in that file. Raises UserError naming file, line and key of its faults."""
    procedure = settings_file.read_settings(path, Procedure)
    if faults := find_faults(procedure):
        text = path.read_text(encoding="utf-8-sig")
        raise UserError(
            "\n".join(_fault_words(path, text, fault) for fault in faults[:FAULTS_SHOWN]),
            todo=_("Perbaiki berkas itu; setiap langkah harus dicapai dari yang pertama dan menuju akhir."),
        )
    return procedure


def _fault_words(path: Path, text: str, fault: Fault) -> str:
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in fault.where)
    return _("Berkas {path}, baris {line}: {key}: {problem}.").format(
        path=path,
        line=toml_lines.line_of(fault.where, text),
        key=key.removeprefix("."),
        problem=fault.problem,
    )
