"""Forms: what is wrong is said under its field, nothing typed is lost, drafts outlive the window."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.office import plain_link
from tests.personal import KEYRING, SEAL
from tests.ui.conftest import Picture, Show
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.pages.sample import SamplePage, StillDays, every_field
from tests.ui.shown import all_done
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.queue import commands
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.boxes import FormBox, ask_words
from ult_desktop.ui.kit.forms.drafts import fields_of
from ult_desktop.ui.kit.forms.form import FlatForm, Form
from ult_desktop.ui.kit.forms.text_fields import (
    MAX_TEXT_LENGTH,
    LineField,
    NumberField,
    SecretField,
    TextField,
)
from ult_desktop.ui.kit.theme import Theme

FULL: dict[str, Any] = {
    "name": "Dedi",
    "phone": "0812",
    "regency": "Kota Tarakan",
    "card": "sim",
    "needs": ("chair", "escort"),
    "date": date(2026, 11, 21),
    "at": time(9, 30),
    "people": 3,
    "purpose": "Tanya",
    "service": 2,
    "file": Path("surat.pdf"),
    "agreed": True,
}


@pytest.fixture
def form(show: Show) -> Form:
    theme = Theme.for_window("counter", 1366, 768)
    made = Form(theme, every_field(theme, StillDays()), "Simpan")
    theme.apply(made)
    show(made, 700, 900)
    return made


def test_what_is_shown_is_what_is_sent(form: Form, qtbot: QtBot) -> None:
    form.show_values(FULL)
    with qtbot.waitSignal(form.submitted) as sent:
        form.submit()
    assert sent.args == [FULL]


def test_an_empty_form_says_what_is_missing(form: Form, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    assert form.field("name").error.text() == "Wajib diisi."
    assert form.field("phone").error.isHidden()
    assert form.field("name").editor.hasFocus()
    qtbot.keyClicks(form.field("name").editor, "D")
    assert form.field("name").error.isHidden(), "typing takes the words back"


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("phone", "nol delapan", "Hanya angka."),
        ("date", "31-02-2026", "Tulis tanggal seperti 21-11-2026."),
        ("at", "25.00", "Tulis jam seperti 09.30."),
        ("people", "51", "Tulis angka dari 1 sampai 50."),
        ("people", "dua", "Tulis angka dari 1 sampai 50."),
    ],
)
def test_what_is_wrong_is_said_in_words(form: Form, qtbot: QtBot, name: str, typed: str, words: str) -> None:
    form.show_values({"name": "Dedi", "purpose": "Tanya"})
    qtbot.keyClicks(form.field(name).editor, typed)
    form.submit()
    assert form.field(name).error.text() == words


def test_a_question_that_does_not_arise_is_not_asked(form: Form, qtbot: QtBot) -> None:
    form.show_values({"purpose": "Tanya"})
    form.field("name").set_shown(False)
    assert not form.field("name").is_shown
    with qtbot.waitSignal(form.submitted) as sent:
        form.submit()
    assert sent.args is not None
    assert "name" not in sent.args[0]
    form.field("name").set_shown(True)
    assert form.field("name").isVisible()


def test_days_go_by_arrow_keys(form: Form, qtbot: QtBot) -> None:
    day = form.field("date")
    qtbot.keyClick(day.editor, Qt.Key.Key_Up)
    assert day.value() == date(2026, 11, 23)
    qtbot.keyClick(day.editor, Qt.Key.Key_Down)
    qtbot.keyClick(day.editor, Qt.Key.Key_PageUp)
    assert day.value() == date(2026, 11, 29)


def test_times_and_days_are_written_out(form: Form, qtbot: QtBot) -> None:
    for name, typed, written in (("date", "5/12", "05-12-2026"), ("at", "930", "09.30")):
        line = form.field(name).editor
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert line.text() == written  # type: ignore[attr-defined]


def test_a_free_choice_takes_anything(form: Form, qtbot: QtBot) -> None:
    regency = form.field("regency")
    qtbot.keyClicks(regency.editor, "Brunei")
    assert regency.value() == "Brunei"
    regency.show_options((("t", "Tarakan"),))  # type: ignore[attr-defined]
    assert regency.value() == "Brunei"
    regency.show_value("")
    qtbot.keyClicks(regency.editor, "tarakan")
    assert regency.value() == "t"


def test_a_choice_stays_if_it_is_still_there(form: Form) -> None:
    service = form.field("service")
    assert service.value() is None
    service.show_value(2)
    service.show_options(((2, "Tunjangan"), (3, "Dapodik")))  # type: ignore[attr-defined]
    assert service.value() == 2
    service.show_options(((3, "Dapodik"),))  # type: ignore[attr-defined]
    assert service.value() is None


def test_a_file_is_picked_and_let_go(form: Form, tmp_path: Path, qtbot: QtBot) -> None:
    letter = tmp_path / "surat tugas.pdf"
    letter.write_bytes(b"%PDF")
    field = form.field("file")
    field.button.click()  # type: ignore[attr-defined]
    (dialog,) = form.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(letter))
    dialog.close()
    assert field.value() == letter
    assert field.file_name.text() == "surat tugas.pdf"  # type: ignore[attr-defined]
    field.remove_button.click()  # type: ignore[attr-defined]
    assert field.value() is None


def test_keys_send_and_leave(form: Form, qtbot: QtBot) -> None:
    form.show_values(FULL)
    form.activateWindow()
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.field("name").editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(form.left):
        qtbot.keyClick(form.field("name").editor, Qt.Key.Key_Escape)


def test_it_is_not_sent_twice(form: Form, qtbot: QtBot) -> None:
    form.show_values(FULL)
    form.set_busy(busy=True)
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    form.show_refusal(UserError("Ditolak.", todo="Coba lagi."))
    assert form.refusal.words.text() == "Ditolak. Coba lagi."
    form.done()
    assert form.values()["name"] == ""
    assert form.refusal.isHidden()


def test_it_says_how_long_a_slow_share_is_waited_for(form: Form, qtbot: QtBot) -> None:
    form.show_values(FULL)
    verb = form.verb.text()
    form.set_busy(busy=True)
    qtbot.waitUntil(lambda: form.refusal.words.text().startswith("Jaringan lambat. Isian tetap di sini"))
    assert form.verb.text() == "Menyimpan …"
    qtbot.waitUntil(lambda: form.refusal.words.text().startswith("Jaringan lambat, sudah 2 detik. Isian"))
    form.set_busy(busy=False)
    assert form.refusal.isHidden()
    assert form.verb.text() == verb


def test_a_password_is_seen_by_who_presses_its_eye(qtbot: QtBot) -> None:
    field = SecretField(Theme("counter"), "new", "Kata sandi baru")
    qtbot.addWidget(field)
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    field.eye.trigger()
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal


def test_a_text_has_an_end(qtbot: QtBot) -> None:
    theme = Theme.for_window("counter", 1366, 768)
    text = TextField(theme, "note", "Catatan", rows=2)
    qtbot.addWidget(text)
    text.show_value("x" * (MAX_TEXT_LENGTH + 1))
    assert text.problem() == f"Paling banyak {MAX_TEXT_LENGTH} huruf."


def test_a_draft_keeps_what_is_no_number_too(qtbot: QtBot) -> None:
    theme = Theme.for_window("counter", 1366, 768)
    before, after = NumberField(theme, "n", "N"), NumberField(theme, "n", "N")
    for field in (before, after):
        qtbot.addWidget(field)
    before.line.setText("tiga")
    after.show_draft_value(before.draft_value())
    assert (after.line.text(), after.value()) == ("tiga", None)


def test_a_flat_form_is_as_high_as_its_fields(show: Show) -> None:
    theme = Theme.for_window("counter", 1366, 768)
    flat = FlatForm(theme, (LineField(theme, "name", "Nama", required=True),), "Simpan", "Batal")
    theme.apply(flat)
    show(flat, 500, 300)
    flat.submit()
    assert flat.field("name").error.isVisible()


class ReopenedPage:
    """A page, closed and opened again as after a crash or a sign-out."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    def reopened(self, then: Callable[[SamplePage], object] = lambda _page: None) -> SamplePage:
        page = self.bench.open(SamplePage)
        page.begin()
        then(page)
        return page


def test_a_draft_outlives_the_page(bench: Bench, picture: Picture) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = ReopenedPage(bench).reopened()
    bench.type(page.form.field("name"), "Dedi")
    page.form.show_values({"date": date(2026, 11, 21)})
    page.form.field("needs").boxes["cane"].setChecked(True)  # type: ignore[attr-defined]
    bench.frame.close()  # hidden within the half second: kept all the same
    again = ReopenedPage(bench).reopened()
    bench.wait(again.form.note.isVisible)
    assert again.form.values()["name"] == "Dedi"
    assert again.form.values()["needs"] == ("cane",)
    assert again.form.values()["date"] == date(2026, 11, 21)
    picture(bench.window, "counter-contoh-draf-1366x768")
    again.form.note.button.click()
    assert again.form.values()["name"] == ""
    bench.frame.close()
    last = ReopenedPage(bench).reopened()
    found: list[dict[str, Any]] = []
    bench.host.draft("sample").load(found.append)  # type: ignore[union-attr]
    bench.wait(lambda: found)
    assert found == [{}]
    assert last.form.note.isHidden()


def test_a_draft_is_its_officers_own(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = ReopenedPage(bench).reopened()
    bench.type(page.form.field("name"), "Dedi")
    bench.frame.close()
    bench.sign_in("siti", Role.FRONT_OFFICE)
    found: list[dict[str, Any]] = []
    bench.open(SamplePage)
    draft = bench.host.draft("sample")
    assert draft is not None
    draft.load(found.append)
    bench.wait(lambda: found)
    assert found == [{}]


def test_what_went_through_leaves_no_draft(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = ReopenedPage(bench).reopened()
    page.form.field("name").show_value("Dedi")
    page.form.field("purpose").show_value("Tanya")
    page.form.submit()
    bench.wait(lambda: bench.toast == "Nomor diambil.")
    found: list[dict[str, Any]] = []
    draft = bench.host.draft("sample")
    assert draft is not None
    draft.load(found.append)
    bench.wait(lambda: found)
    assert found == [{}]


def test_a_pause_in_typing_keeps_the_draft(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = ReopenedPage(bench).reopened()
    bench.type(page.form.field("name"), "Dedi")
    assert page.form._draft is not None
    bench.wait(lambda: not page.form._draft._timer.isActive())  # type: ignore[union-attr]
    found: list[dict[str, Any]] = []
    draft = bench.host.draft("sample")
    assert draft is not None
    draft.load(found.append)
    bench.wait(lambda: found)
    assert found[0]["name"] == "Dedi"


def test_an_altered_draft_stops_nobody(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = ReopenedPage(bench).reopened()
    page.form.field("name").show_value("Dedi")
    page.form.hide()
    bench.wait(lambda: all_done(bench.drafts))
    deep = "[" * 990 + "]" * 990  # JSON to SQLite, which takes a thousand, and too deep to be read
    for fields in ('["Dedi"]', deep, '{"name": 5, "phone": "0812"}'):
        with closing(plain_link(bench.folder / "drafts.db")) as link, link:
            link.execute("UPDATE draft SET fields = ?", (fields,))
            link.execute(
                "INSERT INTO draft SELECT ?, 'sample', '', ?, ? WHERE NOT EXISTS (SELECT 1 FROM draft)",
                (bench.link.actor.officer_id, fields, bench.clock.now),
            )
        page = ReopenedPage(bench).reopened()
        bench.wait(lambda: all_done(bench.drafts))
        assert page.form.values()["name"] == ""
    assert (bench.folder / "drafts.db.altered").exists()
    assert "an altered draft" in caplog.text
    bench.wait(lambda: page.form.values()["phone"] == "0812")
    assert "cannot be shown" in caplog.text


def test_a_draft_lies_sealed_on_this_pc(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = ReopenedPage(bench).reopened()
    bench.wait(lambda: bench.drafts.seals)
    bench.type(page.form.field("name"), "Dedi Kurniawan")
    bench.frame.close()
    bench.wait(lambda: all_done(bench.drafts))
    for path in bench.path.parent.rglob("drafts.db*"):
        assert b"Dedi" not in path.read_bytes()
    draft = bench.host.draft("sample")
    assert draft is not None
    found: list[dict[str, Any]] = []
    draft.load(found.append)
    bench.wait(lambda: found)
    bench.link.read(lambda office: office.sign_out(), lambda _nothing: None)
    draft.load(found.append)
    bench.wait(lambda: len(found) == 2)
    assert [each.get("name") for each in found] == ["Dedi Kurniawan", None]


def test_a_draft_that_no_key_opens_is_none() -> None:
    strange = "s1:9:" + "A" * 80
    assert fields_of(strange, KEYRING) == fields_of(strange, None) == {}
    assert fields_of(SEAL.seal_text('{"a": 1}'), KEYRING) == {"a": 1}


def test_an_office_without_keys_keeps_drafts_as_they_are(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    ReopenedPage(bench).reopened()
    bench.wait(lambda: bench.drafts.seals)
    bench.drafts.seals.clear()
    draft = bench.host.draft("sample")
    assert draft is not None
    found: list[dict[str, Any]] = []
    draft.keep({"name": "Dedi"})
    draft.load(found.append)
    bench.wait(lambda: found)
    assert found == [{"name": "Dedi"}]


def issue(service_id: int, office: Office, actor: Actor) -> object:
    return office.perform(commands.IssueTicket(service_id=service_id), actor)


def test_a_small_act_in_a_box(bench: Bench, picture: Picture) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = bench.open(SamplePage)
    results: list[object] = []

    def open_box() -> FormBox:
        theme = bench.host.theme
        box = FormBox(
            bench.host,
            "Nomor baru",
            (NumberField(theme, "service", "Layanan", required=True, most=99),),
            command=lambda values: lambda office, actor: issue(values["service"], office, actor),
            verb="Ambil",
            message="Nomor diambil.",
            then=results.append,
            words="Untuk pengunjung tanpa karcis.",
        )
        box.open()
        return box

    box = open_box()
    bench.type(box.form.field("service"), "98")
    bench.press(Qt.Key.Key_Return, box.form.field("service").editor)
    bench.wait(box.form.refusal.isVisible)
    picture(box, "counter-contoh-kotak")
    assert bench.box() is box
    box.form.show_values({"service": page.service})
    box.form.submit()
    bench.wait(lambda: results)
    assert not [each for each in bench.frame.findChildren(FormBox) if each.isVisible()]
    again = open_box()
    bench.press(Qt.Key.Key_Escape, again.form.field("service").editor)
    bench.wait(lambda: not [each for each in bench.frame.findChildren(FormBox) if each.isVisible()])


def test_a_sentence_above_a_line_is_whole(bench: Bench, picture: Picture) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    bench.open(SamplePage)
    ask_words(
        bench.host,
        "Tarik kembali karena …",
        lambda _reason: commands.IssueTicket(service_id=1),
        words="Unit yang menerimanya diberi tahu.",
        verb="Tarik",
    )
    box = bench.box()
    picture(box, "kotak-satu-baris")
    assert box._area.verticalScrollBar().maximum() == 0
    box.form.field("line").show_value("Salah unit")
    box.form.submit()
    bench.wait(lambda: not bench.has_box())


def test_what_could_not_be_tried_goes_off_as_it_stands(form: Form) -> None:
    sent: list[dict[str, Any]] = []
    form.submitted.connect(sent.append)
    form.show_values(FULL)
    form.send_waiting()
    assert sent == [], "nothing waits"
    form.wait_for_share()
    assert "dikirim sendiri" in form.refusal.words.text()
    form.send_waiting()
    form.send_waiting()
    assert sent == [FULL]
    assert form.refusal.isHidden()


def test_what_was_changed_meanwhile_is_not_sent_by_itself(form: Form) -> None:
    sent: list[dict[str, Any]] = []
    form.submitted.connect(sent.append)
    form.show_values(FULL)
    form.wait_for_share()
    form.field("name").show_value("Dedi Kurniawan")
    assert form.refusal.isHidden()
    form.wait_for_share()
    form.clear()
    form.send_waiting()
    assert sent == []
