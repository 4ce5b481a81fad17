"""The door: what goes in is sealed, what comes out is masked, and what opens leaves a trace."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from tests.office import open_office, stranger
from tests.operations.scene import KIOSK, Scene
from tests.operations.visits.doorway import Doorway
from tests.personal import KEYRING, SEAL, like_a_kiosk, rows
from tests.samples import every_ask, sample_ask
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.sealing import is_sealed
from ult_desktop.core.command import Command
from ult_desktop.core.online.commands import AddRequest
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.core.personal import Phone, sealed_word
from ult_desktop.core.privacy.commands import OpenPersonal
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.visits.commands import RecordLetter, SignGuestBook, VerifyIdentity
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Guest
from ult_desktop.db.privacy import personal
from ult_desktop.db.visits import visits
from ult_desktop.operations import sealing
from ult_desktop.operations.register import every_operation

pytestmark = pytest.mark.by_engine

PHONE, EMAIL = "081234567678", "dedi@dinas.go.id"
BOOK = SignGuestBook(visit_id=1, name="Dedi", phone=PHONE, email=EMAIL)


class Letterbox(msgspec.Struct, frozen=True):
    """Marked text in every place in which it may stand."""

    lines: tuple[SignGuestBook, ...] = ()
    named: dict[str, SignGuestBook] = {}
    any: object = None
    again: "Letterbox | None" = None


@pytest.fixture
def doorway(office_file: Path) -> Iterator[Doorway]:
    scene = Scene(office_file)
    yield Doorway(scene)
    scene.close()


def test_sealed_text_opens_to_what_was_typed_and_the_rest_is_left_alone() -> None:
    closed = sealing.seal_fields(BOOK, SEAL, KEYRING)
    assert (is_sealed(closed.phone), is_sealed(closed.email), closed.name) == (True, True, "Dedi")
    assert msgspec.structs.replace(sealing.unmask_fields(closed, KEYRING), phone_index="") == BOOK


def test_sealing_again_changes_nothing() -> None:
    closed = sealing.seal_fields(BOOK, SEAL, KEYRING)
    assert sealing.seal_fields(closed, SEAL, KEYRING) is closed


def test_unseen_letters_are_gone_before_and_blanks_stay_nothing() -> None:
    closed = sealing.seal_fields(
        SignGuestBook(name="Dedi", phone=" 0812\u200e 345 ", email="  "), SEAL, KEYRING
    )
    assert (sealing.unmask_fields(closed, KEYRING).phone, closed.email) == ("0812 345", "")


@pytest.mark.parametrize("typed", ["s1:1:AAAA", "s1:9:" + "A" * 80])
def test_what_only_looks_sealed_is_sealed_as_it_was_typed(typed: str) -> None:
    closed = sealing.seal_fields(SignGuestBook(name="Dedi", phone=typed), SEAL, None)
    assert closed.phone != typed
    assert KEYRING.open(closed.phone) == typed


def test_a_whole_identity_number_does_not_pass_for_sealed(doorway: Doorway) -> None:
    visit = doorway.welcome()
    for number in ("3271234567890123", "s1:1:3271234567890123"):
        with pytest.raises(UserError, match="tidak disimpan utuh"):
            doorway.do(VerifyIdentity(visit_id=visit.id, kind=IdDocument.KTP, number_tail=number))


def test_the_index_needs_the_keyring_and_is_one_for_every_way_of_writing() -> None:
    one = sealing.seal_fields(BOOK, SEAL, KEYRING)
    other = sealing.seal_fields(SignGuestBook(name="Ani", phone="+62 812 34567678"), SEAL, KEYRING)
    assert one.phone_index == other.phone_index == sealing.phone_index_of(PHONE, KEYRING) != ""
    assert sealing.seal_fields(BOOK, SEAL, None).phone_index == sealing.phone_index_of(PHONE, None) == ""
    assert sealing.seal_fields(SignGuestBook(name="Ani", phone="tidak ada"), SEAL, KEYRING).phone_index == ""
    assert sealing.phone_index_of(one.phone, KEYRING) == ""


def test_an_office_without_keys_keeps_clear_text() -> None:
    assert sealing.seal_fields(BOOK, None, None) == BOOK


@pytest.mark.parametrize("hidden", ["0812••••678", " 0812••••678", "belum terbuka", "not open yet"])
def test_a_mask_is_never_written_as_if_it_were_the_text(hidden: str) -> None:
    for seal in (SEAL, None):
        with pytest.raises(UserError, match="tersamar"):
            sealing.seal_fields(SignGuestBook(name="Dedi", phone=hidden), seal, None)


def test_dots_of_ones_own_are_text() -> None:
    letter = RecordLetter(visit_id=1, number="5/SK", issuer="Dinas • Bidang SMP")
    assert sealing.unmask_fields(sealing.seal_fields(letter, SEAL, None), KEYRING) == letter


def test_masks_for_everybody_and_a_word_without_the_key() -> None:
    closed = sealing.seal_fields(BOOK, SEAL, None)
    assert (
        sealing.mask_fields(closed, KEYRING).phone == sealing.mask_fields(BOOK, None).phone == "0812••••678"
    )
    assert (
        sealing.mask_fields(closed, None).email == sealed_word() == sealing.unmask_fields(closed, None).email
    )


def test_what_another_key_sealed_is_not_opened() -> None:
    strange = SignGuestBook(name="Dedi", phone="s1:9:" + "A" * 80)
    assert sealing.mask_fields(strange, KEYRING).phone == sealed_word()


def test_text_is_found_wherever_it_stands_and_nothing_is_copied_in_vain() -> None:
    box = Letterbox((BOOK,), {"a": BOOK}, [BOOK], Letterbox((), {"a": BOOK}))
    seen = sealing.mask_fields(box, None)
    assert seen.again is not None
    lines = (seen.lines[0], seen.named["a"], seen.any[0], seen.again.named["a"])  # type: ignore[index]
    assert {line.phone for line in lines} == {"0812••••678"}
    for plain in (3, "0812", (1, "a"), [BOOK.name], None, Letterbox()):
        assert sealing.mask_fields(plain, None) is plain


class Couple(NamedTuple):
    guest: Guest
    phone: str


@dataclass
class Card:
    phones: tuple[Phone, ...]


@pytest.mark.parametrize(
    "hint",
    [list[Phone], dict[str, Phone], tuple[list[Phone], ...], list[Phone] | None, Couple, tuple[Card, ...]],
)
def test_a_struct_with_marked_text_where_nothing_seals_it_is_refused(hint: type) -> None:
    with pytest.raises(TypeError):
        sealing.personal_fields(msgspec.defstruct("Unsealable", [("phones", hint)]))


@pytest.mark.parametrize("kind", [kind for kind in every_ask() if sealing.personal_fields(kind)])
def test_every_marked_ask_goes_through_its_journal(kind: type[Command]) -> None:
    closed = sealing.seal_fields(sample_ask(kind), SEAL, KEYRING)
    again: Command = msgspec.json.decode(msgspec.json.encode(closed), type=kind)
    assert again == closed != sample_ask(kind)


def test_no_procedure_is_walked_through() -> None:
    assert sealing.personal_fields(Procedure) == ()


def test_only_an_ask_that_opens_is_answered_in_clear(doorway: Doorway) -> None:
    visit = doorway.welcome()
    doorway.do(msgspec.structs.replace(BOOK, visit_id=visit.id))
    assert (doorway.card(visit.id).guest or Guest).phone == "0812••••678"
    opened = doorway.opened(visit.id).guest
    assert opened is not None
    assert (opened.phone, opened.email) == (PHONE, EMAIL)
    opening = {"OpenPersonal", "OpenAppointment", "OpenRegister", "OpenSheet", "ExportSubjectData"}
    opening |= {"OpenSubjectContact", "OpenGuestBook"}
    assert {command.__name__ for command in every_operation() if command.opens} == opening


def test_an_opening_leaves_who_when_and_whose(doorway: Doorway) -> None:
    visit = doorway.welcome()
    doorway.do(msgspec.structs.replace(BOOK, visit_id=visit.id))
    doorway.opened(visit.id)
    now = doorway.scene.clock.now
    (line,) = rows(doorway.scene.office, lambda tx: personal.openings_between(tx, now, now + 1))
    assert (line.officer, line.visit_id, line.name, line.what) == ("Rina Lestari", visit.id, "Dedi", "visit")
    event = doorway.scene.events()[-1]
    assert (event.kind, event.area, event.data) == ("personal.opened", "visit", f'{{"visit":{visit.id}}}')


def test_nothing_is_opened_without_keys_or_for_nobody(doorway: Doorway) -> None:
    visit = doorway.welcome()
    before = doorway.scene.dump()
    with like_a_kiosk(doorway.scene.office), pytest.raises(UserError, match="belum terbuka di komputer"):
        doorway.do(OpenPersonal(visit_id=visit.id))
    with pytest.raises(UserError, match="tidak ada"):
        doorway.do(OpenPersonal(visit_id=99))
    with pytest.raises(UserError, match="berwenang"):
        doorway.do(OpenPersonal(visit_id=visit.id), doorway.guard)
    assert doorway.scene.dump() == before


def test_neither_journal_nor_office_file_holds_what_was_typed(doorway: Doorway) -> None:
    """At the kiosk, at a desk, and from afar; the files are read as bytes."""
    office = doorway.scene.office
    ticket = doorway.scene.take()
    with like_a_kiosk(office):
        office.perform(SignGuestBook(ticket_id=ticket.id, name="Ani", phone="081300000001"), KIOSK)
    visit = doorway.welcome()
    doorway.do(SignGuestBook(visit_id=visit.id, name="Dedi", phone=PHONE, email=EMAIL))
    row = OnlineRow(name="Budi", detail="Mohon data", phone="081300000002", email="budi@dinas.go.id")
    office.perform(AddRequest(source=OnlineSource.EMAIL, row=row), doorway.scene.officer(1))
    for path in office.path.parent.glob("*.db*"):
        content = path.read_bytes()
        for typed in (PHONE, "081300000001", "081300000002", EMAIL, "budi@dinas.go.id"):
            assert typed.encode() not in content, (path.name, typed)


def test_a_row_from_before_the_keys_is_masked_too(doorway: Doorway) -> None:
    visit = doorway.welcome()
    doorway.do(msgspec.structs.replace(BOOK, visit_id=visit.id))
    with stranger(doorway.scene.path) as link:
        link.execute("UPDATE guest SET phone = ?", (PHONE,))
    link.close()
    guest = doorway.scene.office.read(lambda tx: visits.guest_of(tx, visit.id))
    assert guest is not None
    assert guest.phone == "0812••••678"


def test_a_station_where_nobody_signed_in_closes_and_never_opens(office_file: Path) -> None:
    """A kiosk, a display: they hold the public key alone."""
    station = open_office(office_file, "kios-1")
    assert station.seal is not None
    ticket = station.perform(IssueTicket(service_id=1, at_kiosk=True), KIOSK).ticket
    station.perform(SignGuestBook(ticket_id=ticket.id, name="Ani", phone=PHONE), KIOSK)
    visit = station.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    guest = station.read(lambda tx: visits.guest_of(tx, visit.id))
    assert (guest and guest.phone, station.keyring) == ("belum terbuka", None)
    station.close()


def test_kiosk_and_display_know_no_way_to_a_key() -> None:
    package = Path(sealing.__file__).parent.parent
    sources = [*(package / "ui" / "kiosk").rglob("*.py"), *(package / "ui" / "display").rglob("*.py")]
    assert len(sources) > 50
    for word in ("keyring", "sign_in(", "OpenPersonal", "laid_open"):
        assert [path.name for path in sources if word in path.read_text(encoding="utf-8")] == []
