"""The taking back of an import of online requests: which are deleted, and which stay, being in use."""

from ult_desktop.base import _
from ult_desktop.core.lists.commands import KeptRow
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.db.store.transaction import Transaction

OWN = (  # the rows that an imported request begins with, in the order in which they can go
    ("online_request", "visit_id"),
    ("case_entry", "case_id"),
    ("casefile", "visit_id"),
    ("mark", "visit_id"),
    ("guest", "visit_id"),
    ("visit", "id"),
)
ELSEWHERE = (  # every other row that can name its visit or its case
    ("deviation", "visit_id"),
    ("personal_opening", "visit_id"),
    ("vulnerability", "visit_id"),
    ("device_loan", "visit_id"),
    ("escort", "visit_id"),
    ("alert", "visit_id"),
    ("casefile", "original_id"),
    ("case_document", "case_id"),
    ("escalation", "case_id"),
    ("handover", "visit_id"),
    ("delivery", "case_id"),
    ("information_request", "case_id"),
    ("appointment", "case_id"),
    ("appointment", "visit_id"),
    ("phone_call", "visit_id"),
    ("subject_visit", "visit_id"),
    ("subject_act", "visit_id"),
    ("erasure", "visit_id"),
    ("priority_seat", "visit_id"),
    ("survey_token", "visit_id"),
    ("visit", "follows"),
    ("visit", "beside"),
    ("clock_pause", "visit_id"),
    ("clock_pause", "matter_id"),
    ("document", "visit_id"),
    ("representation", "visit_id"),
    ("letter", "visit_id"),
    ("requirement_check", "visit_id"),
    ("spd_signing", "visit_id"),
    ("card_loan", "visit_id"),
    ("badge_loan", "visit_id"),
    ("identity_check", "visit_id"),
)
_CASE_COLUMNS = ("case_id", "original_id")
_WHEN_NAMED_ELSEWHERE = " ".join(
    f"WHEN EXISTS (SELECT 1 FROM {table} x"
    f" WHERE x.{column} = {'r.case_id' if column in _CASE_COLUMNS else 'r.visit_id'}) THEN '{table}'"
    for table, column in ELSEWHERE
)
# Why a request stays: its state if it went on, 'dalam_proses' if somebody owns it, 'entry' if more was
# written than the import's own entry, else the table that names it; '' where nobody worked on it.
_REASON = (
    "CASE WHEN r.state <> 'pengajuan' THEN r.state"
    " WHEN c.owner_id IS NOT NULL THEN 'dalam_proses'"
    " WHEN (SELECT count(*) FROM case_entry e WHERE e.case_id = r.case_id) > 1"
    " OR EXISTS (SELECT 1 FROM mark m WHERE m.visit_id = r.visit_id AND m.officer_id IS NOT NULL)"
    " THEN 'entry'"
    f" {_WHEN_NAMED_ELSEWHERE} ELSE '' END"
)
_FROM_IMPORT = (
    "FROM online_request r JOIN casefile c ON c.id = r.case_id JOIN visit v ON v.id = r.visit_id"
    " WHERE r.import_id = ?"
)


def take_back(tx: Transaction, import_id: int, most: int) -> int:
    """Delete at most `most` of an import's requests that nobody has worked on; return how many went."""
    # In a fixed order, so that a replay takes the same rows in each part.
    sql = f"SELECT r.visit_id, r.case_id, v.day {_FROM_IMPORT} AND {_REASON} = '' ORDER BY r.id LIMIT ?"
    untouched = list(tx.rows(sql, import_id, most))
    for visit_id, case_id, _day in untouched:
        for table, column in OWN:
            tx.run(
                f"DELETE FROM {table} WHERE {column} = ?", case_id if column in _CASE_COLUMNS else visit_id
            )
    for day in {day for _visit, _case, day in untouched}:
        tx.run("DELETE FROM figured_day WHERE day = ?", day)
    return len(untouched)


def rows_in_use(tx: Transaction, import_id: int) -> tuple[KeptRow, ...]:
    """List the requests of an import that stay when it is taken back, each with the reason."""
    sql = f"SELECT r.number, {_REASON} {_FROM_IMPORT} AND {_REASON} <> '' ORDER BY r.id"
    return tuple(KeptRow(row=number, why=_reason_words(why)) for number, why in tx.rows(sql, import_id))


def _reason_words(why: str) -> str:
    words = {
        "entry": _("sudah dicatat sesuatu di dalamnya"),
        "deviation": _("penyimpangannya sudah dicatat"),
        "personal_opening": _("datanya sudah dibuka petugas"),
    }
    if why in set(OnlineState):
        return OnlineState(why).word.lower()
    return words.get(why, _("sudah dipakai di bagian lain"))
