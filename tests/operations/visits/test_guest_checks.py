"""The guest book takes what can be used again, in one form, and says what it cannot take."""

import pytest

from tests.operations.scene import Scene
from ult_desktop.base import UserError
from ult_desktop.core.merging import Conflict
from ult_desktop.core.visits.commands import ActForAnother, RecordLetter, SignGuestBook
from ult_desktop.core.visits.identity import LetterKind
from ult_desktop.core.visits.visit import Guest
from ult_desktop.db.visits import visits
from ult_desktop.operations.visits.visits import known_regency


def signed(scene: Scene, **fields: str) -> Guest:
    ticket = scene.take()
    visit = scene.do(SignGuestBook(ticket_id=ticket.id, name="Ani", **fields))  # type: ignore[arg-type]
    guest = scene.office.read(lambda tx: visits.guest_of(tx, visit.id))
    assert guest is not None
    return guest


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("phone", "abc", "Nomor telepon: bukan nomor telepon"),
        ("email", "notanemail", "Surel: bukan alamat surel"),
        ("letter_date", "kemarin", "Tanggal surat: bukan tanggal"),
    ],
)
def test_what_cannot_be_used_is_refused_with_words(scene: Scene, field: str, text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        signed(scene, **{field: text})


def test_what_is_kept_has_one_form(scene: Scene) -> None:
    guest = signed(scene, letter_date="1/9/2026", regency="kabupaten nunukan")
    assert (guest.letter_date, guest.regency) == ("2026-09-01", "Kab. Nunukan")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("kota tarakan", "Kota Tarakan"),
        ("Kab Bulungan", "Kab. Bulungan"),
        ("Kota Medan", "Kota Medan"),
        ("Mars", "Lain: Mars"),
        ("Lain: Mars", "Lain: Mars"),
        ("lain", "Lain"),
        ("Lain: lain", "Lain"),
        ("Luar provinsi", "Luar provinsi"),
        ("Outside province", "Outside province"),
        ("  ", ""),
    ],
)
def test_a_regency_is_on_the_list_or_another(written: str, kept: str) -> None:
    assert known_regency(written) == kept


def test_letters_have_their_date_checked_too(scene: Scene) -> None:
    visit = scene.do(SignGuestBook(ticket_id=scene.take().id, name="Ani"))
    with pytest.raises(UserError, match="Tanggal surat"):
        scene.do(RecordLetter(visit_id=visit.id, number="1/A", date="besok lusa"))
    kind = LetterKind.ASSIGNMENT
    with pytest.raises(UserError, match="Tanggal surat"):
        scene.do(
            ActForAnother(
                visit_id=visit.id, principal="Budi", kind=kind, issuer="Dinas", number="1/A", date="x"
            )
        )


def test_what_somebody_else_saved_since_the_form_was_opened_stays(scene: Scene) -> None:
    first = signed(scene)
    with pytest.raises(Conflict, match="Nama lengkap"):
        scene.do(SignGuestBook(visit_id=first.visit_id, name="Ani P").with_seen())
    seen = SignGuestBook(visit_id=first.visit_id, name="Ani").edited_values()
    scene.do(SignGuestBook(visit_id=first.visit_id, name="Ani", phone="081234567678", seen=seen))
    scene.do(SignGuestBook(visit_id=first.visit_id, name="Ani P", seen=seen))
    line = scene.office.read(lambda tx: visits.guest_of(tx, first.visit_id))
    assert line is not None
    assert (line.name, line.phone) == ("Ani P", "0812••••678")
