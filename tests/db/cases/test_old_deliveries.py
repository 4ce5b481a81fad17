"""What an older program wrote of deliveries, with the address or number of who was reached."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.access.test_seal_backlog import seal_all
from tests.office import PASSWORD, open_office
from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office

MAIL, NUMBER = "tamu55@sekolah.id", "081400003355"
Row = tuple[str, str, str, str, str]


@pytest.fixture
def office(office_file: Path) -> Iterator[Office]:
    opened = open_office(office_file)
    yield opened
    opened.close()


def write(tx: Transaction, rows: tuple[Row, ...]) -> None:
    """Each: kind and text of the entry, way, recipient and proof of the delivery at that time."""
    visit = tx.insert("visit", day="2026-11-20", began_at=1, channel="tatap_muka")
    case = tx.insert(
        "casefile",
        year=2026,
        serial=1,
        number="0001/2026",
        visit_id=visit,
        state="delivered",
        opened_at=1,
        detail="Rapor",
    )
    for at, (kind, text, way, recipient, proof) in enumerate(rows):
        tx.run("INSERT INTO case_entry (case_id, at, kind, text) VALUES (?, ?, ?, ?)", case, at, kind, text)
        tx.run(
            "INSERT INTO delivery (case_id, at, way, recipient, proof) VALUES (?, ?, ?, ?, ?)",
            *(case, at, way, recipient, proof),
        )


def sealed(office: Office, *rows: Row) -> list[tuple[str, str]]:
    """Text of the entry and proof of the delivery, once old text is sealed."""
    office._store.write(lambda tx: write(tx, rows))
    seal_all(office, office.sign_in("admin", PASSWORD))
    return office._store.read(
        lambda tx: tx.rows(
            "SELECT e.text, d.proof FROM case_entry e JOIN delivery d ON d.at = e.at ORDER BY e.id"
        )
    )


def test_whom_it_went_to_is_left_to_the_sealed_recipient(office: Office) -> None:
    phone = f"Disampaikan dalam telepon {NUMBER}"
    assert sealed(
        office,
        ("delivered", f"Surel · {MAIL} · S-1", "surel", MAIL, "S-1"),
        ("delivered", f"Telepon · Ani · {phone}", "telepon", "Ani", phone),
        ("delivered", f"Langsung · {NUMBER}", "langsung", NUMBER, ""),
        ("delivered", f"Surel · {MAIL} · a · b", "surel", MAIL, "a · b"),
        ("delivered", f"Surel · {MAIL} · S-1", "surel", "", BY_SCHEDULE),
        ("delivered", f"Phone · Ani · Delivered in phone call (62) {NUMBER}", "telepon", "Ani", BY_REQUEST),
    ) == [
        ("Surel · S-1", "S-1"),
        ("Telepon · Disampaikan dalam telepon", "Disampaikan dalam telepon"),
        ("Langsung", ""),
        ("Surel · a · b", "a · b"),
        ("Surel · S-1", BY_SCHEDULE),
        ("Phone · Delivered in phone call", BY_REQUEST),
    ]
    content = office.path.read_bytes()
    assert MAIL.encode() not in content
    assert NUMBER.encode() not in content


def test_what_today_s_program_wrote_stays(office: Office) -> None:
    rows = (
        ("delivered", "Surel · a · b", "surel", "", "a · b"),
        ("delivered", "Langsung", "langsung", "", ""),
        ("delivered", "Surel · S-1", "surel", "", BY_SCHEDULE),
        ("note", f"Ani · {NUMBER} · minta rapor", "telepon", "", "Disampaikan dalam telepon kepada Ani"),
        ("note", "Rapor", "telepon", "", "Disampaikan dalam telepon 10 menit lalu"),
    )
    assert sealed(office, *rows) == [(text, proof) for _kind, text, _way, _recipient, proof in rows]
