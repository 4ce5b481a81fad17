"""The page Daring on a real office: the inbox with its clocks, one request, its answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from tests.ui.conftest import Picture
from tests.ui.counter.online.conftest import LIST, Ask, laid_out
from tests.ui.counter.pages.bench import Bench
from tests.ui.look import assert_targets, faults
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.commands import AnswerEscalation
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.online.commands import AnswerRequest, TakeRequest
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.db.cases import escalations
from ult_desktop.ui.counter.online.page import OnlinePage
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.label import Label

LOOKS: list[tuple[tuple[int, int], str, Contrast]] = [
    ((1366, 768), "id", "light"),
    ((1366, 768), "en", "kontras"),
    ((1920, 1080), "id", "light"),
]


def fill(bench: Bench, ask: Ask) -> int:
    """One late, two new, one answered; returns the first's id."""
    late = ask("Dedi Kurniawan", 80, institution="SMP Negeri 1 Tarakan", topic="Rapor mutu 2025",
               phone="0812-3456-7890", regency="Kota Tarakan", external_id="SMP-2026-118")  # fmt: skip
    ask("Ani Wulandari", 26, "whatsapp", topic="Narasumber lokakarya")
    ask("Baharuddin dengan nama yang sangat panjang sekali Siregar", 2, "sempena", topic="Peminjaman aula")
    ask("Citra", 1, "surat", email="")
    answered = ask("Eko", 30)
    bench.do(AnswerRequest(request_id=answered.id, answer="Terlampir.", way=DeliveryChannel.EMAIL))
    return late.id


@pytest.mark.parametrize(("size", "language", "contrast"), LOOKS)
def test_look(
    bench: Bench, ask: Ask, picture: Picture, size: tuple[int, int], language: str, contrast: Contrast
) -> None:
    use_language(language)
    bench.sign_in("siti", Role.FRONT_OFFICE)
    page = bench.open(OnlinePage, size, contrast)
    name = f"{size[0]}x{size[1]}-{language}-{contrast}"
    bench.wait(lambda: laid_out(page))
    picture(bench.window, f"counter-daring-kosong-{name}")
    late = fill(bench, ask)
    bench.wait(lambda: page.requests.count == 5)
    page.requests.choose(late)
    bench.wait(lambda: page.view.reply is not None)
    assert page.view.reply is not None
    bench.wait(lambda: not list(faults(bench.window)))  # a new form finds its room
    picture(bench.window, f"counter-daring-{name}")
    assert_targets(bench.window, 36, among=lambda each: not isinstance(each, QRadioButton))  # cut by the view
    bench.type(page.view.reply.form.field("answer"), "Data terlampir.")
    bench.wait(lambda: page.view.reply and page.view.reply.preview.height() > 100)
    page.view._area.verticalScrollBar().setValue(10_000)
    bench.wait(lambda: not list(faults(bench.window)))
    picture(bench.window, f"counter-daring-balasan-{name}")
    look_at_import(bench, page, picture, name)


def look_at_import(bench: Bench, page: OnlinePage, picture: Picture, name: str) -> None:
    """The stages of the assistant, with a row that is refused."""
    path = bench.folder / "sempena-november.csv"
    path.write_text(f"{LIST}S-1;Dedi;SMPN 1;;Mohon data\nS-2;Ani;SDN 2;ani;Mohon\n", encoding="utf-8")
    page.load.click()
    picture(bench.window, f"counter-daring-impor-berkas-{name}")
    page.lists.start.show_values({"path": path})
    page.lists.start.submit()
    bench.wait(page.lists.view.isVisible)
    bench.wait(lambda: not list(faults(bench.window)))
    picture(bench.window, f"counter-daring-impor-pratinjau-{name}")
    page.lists.view.verb.click()
    bench.wait(page.lists.view.finish.isVisible)
    bench.wait(lambda: not list(faults(bench.window)))
    picture(bench.window, f"counter-daring-impor-laporan-{name}")


def test_the_most_pressing_first_and_late_ones_marked(bench: Bench, opened: OnlinePage, ask: Ask) -> None:
    fill(bench, ask)
    bench.wait(lambda: opened.requests.count == 5)
    rows = opened.requests.model._rows
    assert [row.title.split()[0] for row in rows] == ["Dedi", "Ani", "Baharuddin", "Citra", "Eko"]
    assert (rows[0].side_tone, rows[0].aside) == ("danger", "lewat 1 hari kerja")
    assert (rows[1].aside, rows[4].aside) == ("sisa 1 hari kerja", "dijawab tepat waktu")
    opened.requests.filters.choose("late")
    assert opened.requests.count == 1
    opened.requests.filters.choose("")
    bench.type(opened.requests.search, "lokakarya")
    assert opened.requests.count == 1
    assert bench.waiting(opened) == 4
    opened._choose(99)
    bench.wait(lambda: opened.view.empty.words.text() == "Permintaan itu tidak ada.")
    assert opened.view.is_empty


def test_it_is_taken(bench: Bench, opened: OnlinePage, ask: Ask) -> None:
    request = ask("Dedi")
    opened.open_subject(request.id)
    bench.wait(lambda: "take" in opened.view.acts.buttons)
    opened.view.acts.buttons["take"].click()
    bench.wait(lambda: bench.toast == "Permintaan ini Anda tangani.")
    bench.wait(lambda: "take" not in opened.view.acts.buttons)
    bench.wait(lambda: opened.view.timeline.lines[0]._entry.what == "Ditangani")
    other = ask("Ani")
    bench.do(TakeRequest(request_id=other.id))  # at another station
    bench.wait(lambda: [row.tags[0].text for row in opened.requests.model._rows] == ["Dalam proses"] * 2)


def test_it_is_passed_on_and_comes_back(bench: Bench, opened: OnlinePage, ask: Ask) -> None:
    request = ask("Dedi")
    opened.open_subject(request.id)
    bench.wait(lambda: "pass_on" in opened.view.acts.buttons)
    opened.view.acts.buttons["pass_on"].click()
    box = bench.box()
    picture_text = box.form.field("instruction").value()
    assert picture_text == request.detail
    box.form.submit()
    bench.wait(lambda: bench.toast == "Diteruskan ke Back Office.")
    bench.wait(lambda: not opened.view.acts.buttons["close"].isEnabled())
    assert opened.view.card is not None
    assert not opened.view._reply_place.isVisible()
    (hop,) = bench.office.read(lambda tx: escalations.open_of(tx, request.case_id))
    backs = bench.office.sign_in("admin", "rahasia-kita")
    bench.do(AnswerEscalation(escalation_id=hop.id, answer="Datanya ini."), backs)
    bench.wait(opened.view._reply_place.isVisible)
    assert opened.view.reply is not None
    bench.wait(lambda: opened.view.reply and opened.view.reply.form.field("answer").value() == "Datanya ini.")


def test_an_answered_one_is_closed_at_once(bench: Bench, opened: OnlinePage, ask: Ask) -> None:
    request = ask("Dedi")
    bench.do(AnswerRequest(request_id=request.id, answer="Ini.", way=DeliveryChannel.EMAIL))
    opened.open_subject(request.id)
    bench.wait(opened.view.answered.isVisible)
    opened.view.acts.buttons["evaluated"].click()
    bench.wait(lambda: bench.toast == "Evaluasi dicatat terisi.")
    bench.wait(lambda: "evaluated" not in opened.view.acts.buttons)
    opened.view.acts.buttons["close"].click()
    bench.wait(lambda: bench.toast == "Permintaan ditutup.")
    bench.wait(lambda: list(opened.view.acts.buttons) == ["contact", "open_case"])
    opened.view.acts.buttons["contact"].click()
    bench.wait(bench.has_box)
    assert "pemohon@dinas.go.id" in {label.text() for label in bench.box().findChildren(Label)}
    bench.box().close()
    opened.view.acts.buttons["open_case"].click()
    assert bench.jumps == [("cases", request.case_id)]


def test_another_is_closed_with_its_reason(bench: Bench, opened: OnlinePage, ask: Ask) -> None:
    request = ask("Iklan")
    opened.open_subject(request.id)
    bench.wait(lambda: "close" in opened.view.acts.buttons)
    opened.view.acts.buttons["close"].click()
    form = bench.box().form
    form.submit()
    bench.type(form.field("remark"), "Bukan permintaan")
    form.submit()
    bench.wait(lambda: opened.view.card and opened.view.card.request.state == "ditutup")


def test_one_is_typed_in(bench: Bench, opened: OnlinePage, picture: Picture) -> None:
    bench.press(Qt.Key.Key_N, opened, Qt.KeyboardModifier.ControlModifier)
    form = bench.box().form
    picture(bench.box(), "counter-daring-catat-1366x768")
    form.show_values({"source": "surat", "name": "Dedi", "detail": "Mohon legalisir", "email": "dedi"})
    bench.type(form.field("sent"), "20-11-2026")
    form.submit()
    assert "bukan alamat surel" in form.field("email").error.text()
    form.show_values({"email": "", "institution": "SDN 1"})
    form.submit()
    bench.wait(lambda: bench.toast == "Permintaan tercatat.")
    bench.wait(lambda: opened.view.card is not None)
    assert opened.view.card is not None
    assert opened.view.card.request.number == "D-0001/2026"
    bench.wait(lambda: opened.requests.selected == opened.view.card.request.id)  # type: ignore[union-attr]


def test_reception_takes_a_couriers_letter_and_answers_none(bench: Bench) -> None:
    """A letter was handed over at reception, which was not allowed to write it down."""
    bench.sign_in("rina", Role.RECEPTION, name="Rina")
    page = bench.open(OnlinePage)
    page.type_in()
    box = bench.box()
    assert isinstance(box, FormBox)
    letter = {"name": "Kepala SDN 7", "institution": "SDN 7", "detail": "Permohonan narasumber"}
    box.form.show_values({"source": OnlineSource.LETTER, **letter})
    box.form.submit()
    bench.wait(lambda: bench.toast == "Permintaan tercatat.")
    bench.wait(lambda: page.view.card is not None)
    assert page.load.isHidden()
    assert not {"take", "pass_on", "close"} & set(page.view.acts.buttons)
    assert page.view.reply is None or not page.view.reply.isVisible()
