"""The procedures (POS) in the office file, with every version that the office took over."""

from functools import lru_cache
from typing import Protocol

import msgspec

from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.visits.visit import ProcedureInForce
from ult_desktop.db.store.transaction import Rows, Transaction


class ProcedureRow(msgspec.Struct, frozen=True, kw_only=True):
    """A version as the office took it over (`adopted_at` UTC ms), and why it replaced the one before."""

    id: str
    version: int
    position: int
    adopted_at: int
    retired_at: int | None
    reason: str = ""


class RunsUnder(Protocol):
    """Something (a visit, its line in a list, a call) that runs under a procedure's version or under none."""

    @property
    def procedure_id(self) -> str | None: ...
    @property
    def procedure_version(self) -> int | None: ...


_ROWS = Rows(ProcedureRow, "procedure")
_IN_FORCE = (
    "SELECT id, version, json_extract(document, '$.channel') AS channel,"
    " coalesce(CAST(json_extract(document, '$.for_vulnerable') AS BIGINT), 0) AS for_vulnerable"
    " FROM procedure"
)


def in_force(tx: Transaction) -> tuple[ProcedureInForce, ...]:
    """List the procedures that the office runs now, in its order."""
    return tx.all(ProcedureInForce, f"{_IN_FORCE} WHERE retired_at IS NULL ORDER BY position")


def in_force_at(tx: Transaction, at: int) -> tuple[ProcedureInForce, ...]:
    """List the procedures that the office ran at a moment (UTC ms)."""
    return tx.all(
        ProcedureInForce,
        f"{_IN_FORCE} WHERE adopted_at <= ? AND (retired_at IS NULL OR retired_at > ?) ORDER BY position",
        at,
        at,
    )


def every_version(tx: Transaction) -> tuple[ProcedureRow, ...]:
    return _ROWS.all(tx, "ORDER BY position, version")


def latest_version(tx: Transaction, procedure_id: str) -> int:
    """Return the latest version of a procedure; 0 when the office never took it over."""
    return tx.number("SELECT max(version) FROM procedure WHERE id = ?", procedure_id)


def load(tx: Transaction, procedure_id: str, version: int) -> Procedure:
    document = tx.value("SELECT document FROM procedure WHERE id = ? AND version = ?", procedure_id, version)
    return _decode(str(document))


def of_visit(tx: Transaction, visit: RunsUnder) -> Procedure | None:
    """Return the procedure under which a visit runs; None if it runs under none."""
    if visit.procedure_id is None or visit.procedure_version is None:
        return None
    return load(tx, visit.procedure_id, visit.procedure_version)


def load_in_force(tx: Transaction) -> tuple[Procedure, ...]:
    return tuple(load(tx, procedure.id, procedure.version) for procedure in in_force(tx))


@lru_cache(maxsize=32)  # the office's few procedures are loaded with every step of every visit
def _decode(document: str) -> Procedure:
    return msgspec.json.decode(document, type=Procedure)


def insert(tx: Transaction, procedure: Procedure, at: int, reason: str = "") -> None:
    """Take over `procedure` under its own version; the version in force until then is retired."""
    position = tx.value("SELECT position FROM procedure WHERE id = ?", procedure.id)
    if position is None:
        position = tx.value("SELECT coalesce(max(position), 0) + 1 FROM procedure")
    # The retired row stays: visits under way go on under the version with which they began.
    retire(tx, procedure.id, at)
    tx.insert(
        "procedure",
        id=procedure.id,
        version=procedure.version,
        position=position,
        document=procedure,
        adopted_at=at,
        reason=reason,
    )


def retire(tx: Transaction, procedure_id: str, at: int) -> bool:
    """Take a procedure out of force; return False when it was not in force."""
    changed = tx.run(
        "UPDATE procedure SET retired_at = ? WHERE id = ? AND retired_at IS NULL", at, procedure_id
    )
    return changed > 0
