"""A visit of long ago with a word in every place where personal data can stand."""

from pathlib import Path

from tests.db.rows import columns
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db import name_keys
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents

SECRET = "RAHASIA"
CHANNELS = ("tatap_muka", "telepon", "daring")


def visit(tx: Transaction, at: int, channel: str = "tatap_muka", remember: int = 0) -> int:
    """An ended visit with its guest; `at` UTC ms when it began."""
    visit_id = tx.insert(
        "visit",
        day="2020-01-02",
        channel=channel,
        began_at=at,
        ended_at=at + 1,
        ending="done",
        remark="RAHASIA",
    )
    tx.run(
        "INSERT INTO guest (visit_id, name, institution, regency, phone, email, occupation, meets,"
        " letter_number, letter_date, entered_by, remember, at) VALUES (?, 'RAHASIA', 'SDN 1', 'Tarakan',"
        " 'RAHASIA', 'RAHASIA', 'RAHASIA', 'RAHASIA', 'RAHASIA', 'RAHASIA', 'visitor', ?, ?)",
        *(visit_id, remember, at),
    )
    name_keys.write(tx, "guest", {visit_id: "RAHASIA"})
    return visit_id


def papers(tx: Transaction, visit_id: int, at: int) -> int:
    """Return the id of the scan that the visitor's letter refers to, among the papers of the desk."""
    scan = document(tx, at, visit_id)
    for sql in (
        (
            "INSERT INTO identity_check (visit_id, at, kind, number_tail, matches)"
            " VALUES (?, ?, 'ktp', 'RAHA', 1)"
        ),
        (
            "INSERT INTO representation (visit_id, at, principal, relation, kind, issuer, number, date)"
            " VALUES (?, ?, 'RAHASIA', 'RAHASIA', 'surat_kuasa', 'RAHASIA', 'RAHASIA', 'RAHASIA')"
        ),
        (
            "INSERT INTO letter (visit_id, at, kind, number, date, issuer, subject, document_id)"
            f" VALUES (?, ?, 'surat_tugas', '', 'RAHASIA', 'RAHASIA', 'RAHASIA', {scan})"
        ),
        (
            "INSERT INTO spd_signing (visit_id, at, day, number, traveller, origin)"
            " VALUES (?, ?, '2020-01-02', 'RAHASIA', 'RAHASIA', 'RAHASIA')"
        ),
        "INSERT INTO handover (visit_id, at, officer_id, remark) VALUES (?, ?, 1, 'RAHASIA')",
    ):
        tx.run(sql, visit_id, at)
    tx.run("INSERT INTO phone_call (visit_id, state, taken_by, officer_id, supporting)"
           " VALUES (?, 'ended', 1, 1, 'RAHASIA')", visit_id)  # fmt: skip
    return scan


def document(tx: Transaction, at: int, visit_id: int | None, content: bytes = b"%PDF-1 RAHASIA") -> int:
    """A scan whose file lies in the office's folder."""
    source = Path(f"{documents.file_of(tx)}.scan")
    source.write_bytes(content)
    kept = documents.store(documents.file_of(tx), source)
    source.unlink()
    return documents.insert(tx, kept, at, None, visit_id)


def case(tx: Transaction, visit_id: int, at: int, serial: int = 1) -> int:
    """Its case, closed the next day, with everything that was said in it."""
    case_id = tx.insert(
        "casefile",
        year=2020,
        serial=serial,
        number=f"K{serial}",
        visit_id=visit_id,
        state="closed",
        opened_at=at,
        detail="RAHASIA",
        answer="RAHASIA",
        closed_at=at + DAY_MS,
    )
    scan = document(tx, at, None, b"%PDF-2 RAHASIA")
    for sql in (
        "INSERT INTO case_entry (case_id, at, kind, text) VALUES (?, ?, 'note', 'RAHASIA')",
        f"INSERT INTO case_document (case_id, at, document_id) VALUES (?, ?, {scan})",
        (
            "INSERT INTO escalation (case_id, sent_at, state, from_desk, to_desk, instruction, answer)"
            " VALUES (?, ?, 'acknowledged', 'front_office', 'back_office', 'RAHASIA', 'RAHASIA')"
        ),
        "INSERT INTO delivery (case_id, at, way, recipient, proof) VALUES (?, ?, 'wa', 'RAHASIA', 'RAHASIA')",
        _APPOINTMENT if _has_seats(tx) else _APPOINTMENT_ONCE,
    ):
        tx.run(sql, case_id, at)
    tx.run("INSERT INTO online_request (year, serial, number, visit_id, case_id, source, external_id,"
           " fingerprint, topic, service, sent_at, received_at, due_at)"
           f" VALUES (2020, ?, ?, ?, ?, 'email', '', '{serial:064}', 'RAHASIA', '', 1, ?, 1)",
           *(serial, f"D{serial}", visit_id, case_id, at))  # fmt: skip
    return case_id


def information(tx: Transaction, case_id: int, at: int) -> int:
    """The case as a request for public information, with an objection that was answered."""
    request_id = tx.insert(
        "information_request",
        case_id=case_id,
        year=2020,
        serial=1,
        number="P1",
        registered_at=at,
        applicant="perorangan",
        name="RAHASIA",
        address="RAHASIA",
        contact="RAHASIA",
        occupation="RAHASIA",
        wanted="Rapor mutu",
        purpose="Skripsi",
        access="salinan",
        copy_form="softcopy",
        copy_by="ambil",
        due_at=1,
    )
    tx.run(
        "INSERT INTO objection (request_id, year, serial, number, filed_at, late, reason, position, proxy,"
        " due_at, answered_at, dispute_until)"
        " VALUES (?, 2020, 1, 'O1', ?, 0, 'penolakan_pengecualian', 'RAHASIA', 'RAHASIA', 1, 1, 1)",
        *(request_id, at),
    )
    return request_id


def desk_entry(tx: Transaction, at: int) -> None:
    tx.run("INSERT INTO desk_entry (day, at, sort, text) VALUES ('2020-01-02', ?, 'kejadian', 'RAHASIA')", at)


_APPOINTMENT = (
    "INSERT INTO appointment (case_id, made_at, code, service_id, nth, day, at, seat, name, phone,"
    " reason, state, remark) SELECT id, ?2, 'J' || serial, 1, 1, '2020-01-03', 1, serial, '', '',"
    " 'RAHASIA', 'missed', 'RAHASIA' FROM casefile WHERE id = ?1"
)
_APPOINTMENT_ONCE = (
    "INSERT INTO appointment (case_id, made_at, code, nth, day, at, reason, state, remark)"
    " SELECT id, ?2, 'J' || serial, 1, '2020-01-03', 1, 'RAHASIA', 'missed', 'RAHASIA'"
    " FROM casefile WHERE id = ?1"
)


def _has_seats(tx: Transaction) -> bool:
    """Whether half-hours are booked: in a file of an older program they are not."""
    return "seat" in columns(tx, "appointment")


def bookings(tx: Transaction, visit_id: int, at: int) -> None:
    """Booked without a case: one led to this visit, another to none."""
    if not _has_seats(tx):
        return
    for code, state, came in (("B1", "arrived", visit_id), ("B2", "missed", None)):
        tx.insert(
            "appointment",
            code=code,
            service_id=1,
            nth=1,
            day="2020-01-02",
            at=at,
            seat=1,
            name="RAHASIA",
            phone="RAHASIA",
            reason="RAHASIA",
            state=state,
            made_at=at,
            remark="RAHASIA",
            visit_id=came,
        )


def everything(tx: Transaction, at: int) -> None:
    """A visit by every channel, one of them to be remembered, one with all the papers there are."""
    for channel in CHANNELS:
        visit(tx, at, channel)
    visit(tx, at, remember=1)
    whole = visit(tx, at)
    papers(tx, whole, at)
    bookings(tx, whole, at)
    information(tx, case(tx, whole, at), at)
    desk_entry(tx, at)
