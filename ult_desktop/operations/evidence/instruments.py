"""The instruments: those that the program ships, and those that the office adopted instead or in addition."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from ult_desktop.base import _
from ult_desktop.base.paths import resource
from ult_desktop.base.settings_file import contradiction_refusal, read_settings
from ult_desktop.base.toml_lines import Contradiction
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.evidence.commands import AdoptInstrument
from ult_desktop.core.evidence.instrument import Instrument, require_known_facts
from ult_desktop.core.evidence.registers import EvidenceLists
from ult_desktop.db.evidence import evidence
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import (
    Context,
    NewEvent,
    answer_subject,
    handles,
    named,
    refuse,
    require_found,
)

_SHIPPED = ("pekppp", "publikasi", "maklumat", "ombudsman")


@lru_cache(maxsize=1)
def evidence_lists() -> EvidenceLists:
    """Return the lists of items and kinds that rows of the registers can have."""
    return read_settings(resource("instruments", "registers.toml"), EvidenceLists)


@lru_cache(maxsize=1)
def shipped_instruments() -> tuple[Instrument, ...]:
    return tuple(read_instrument(resource("instruments", f"{name}.toml")) for name in _SHIPPED)


def read_instrument(path: Path) -> Instrument:
    """Return the instrument in a file. Raises UserError naming file, line, key and the expected form."""
    instrument = read_settings(path, Instrument)
    try:
        require_known_facts(instrument, evidence_lists())
    except Contradiction as wrong:
        raise contradiction_refusal(path, wrong) from wrong
    return instrument


def adopt_command(path: Path) -> AdoptInstrument:
    """Return the command that adopts the instrument in a file. Raises UserError as `read_instrument`."""
    return AdoptInstrument(content=msgspec.json.encode(read_instrument(path)).decode())


def instruments_in_force(tx: Transaction) -> tuple[Instrument, ...]:
    """Return the instruments; an adopted one replaces a shipped one of that id that is not newer."""
    by_id = {instrument.id: instrument for instrument in shipped_instruments()}
    for adopted in evidence.adopted(tx):
        if adopted.id not in by_id or adopted.version >= by_id[adopted.id].version:
            by_id[adopted.id] = adopted
    return tuple(by_id.values())


def require_instrument(instruments: Sequence[Instrument], instrument_id: str) -> Instrument:
    """Return an instrument by its id, or the first one for "". Raises UserError when there is none."""
    by_id = {instrument.id: instrument for instrument in instruments}
    return require_found(
        by_id.get(instrument_id or instruments[0].id),
        _("Instrumen “{name}” tidak ada.").format(name=instrument_id),
        _("Yang ada: {names}.").format(names=", ".join(by_id)),
    )


@handles(AdoptInstrument, needs=Permission.KEEP_EVIDENCE, answer=answer_subject)
@named("evidence adopt", "Berlakukan instrumen dalam FILE (TOML) di kantor ini.")
def adopt_instrument(command: AdoptInstrument, tx: Transaction, context: Context) -> NewEvent:
    """Adopt an instrument. The answer is its version."""
    try:
        content = msgspec.json.decode(command.content, type=Instrument)
        require_known_facts(content, evidence_lists())
    except (msgspec.MsgspecError, Contradiction) as wrong:
        raise refuse(
            _("Isi instrumen itu tidak dapat dipakai: {problem}.").format(problem=wrong),
            _("Periksa berkasnya: evidence check."),
        ) from wrong
    for in_force in instruments_in_force(tx):
        if in_force.id == content.id and in_force.version >= content.version:
            raise refuse(
                _("Instrumen {id} versi {n} sudah ada.").format(id=content.id, n=in_force.version),
                _("Naikkan `version` dalam berkasnya."),
            )
    evidence.adopt(tx, content, context.at, context.by.officer_id)
    return NewEvent("instrument.adopted", "evidence", content.version, {"id": content.id})
