"""The page Penyimpangan: written down, explained, reviewed, and the daily equipment check."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.office import store_of
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import rows_of
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.commands import ExplainDeviation
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.office.working_time import WorkedTime
from ult_desktop.core.procedures.commands import RecordMissingInput
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.visits.commands import EndVisit, SignGuestBook, WelcomeVisitor
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.accountability import deviations
from ult_desktop.db.procedures import marks
from ult_desktop.ui.counter.accountability.deviations_page import DeviationsPage, facts_of
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast


def visit(bench: Bench) -> int:
    """A helpdesk visitor is welcomed by security."""
    made: int = bench.do(WelcomeVisitor(), bench.office.sign_in("joko", "rahasia-kita")).id
    return made


def missing(bench: Bench) -> None:
    """Nina found the guest book missing."""
    bench.sign_in("nina", Role.RECEPTION)
    bench.do(RecordMissingInput(visit_id=visit(bench), step=1, items=("Buku Tamu",)))


def explained(bench: Bench) -> None:
    missing(bench)
    command = ExplainDeviation(deviation_id=1, cause="Habis", correction="Dibeli", responsible="nina")
    bench.do(command)


def first(bench: Bench) -> Deviation:
    return bench.office.read(lambda tx: deviations.get(tx, 1))


def opened(bench: Bench, **look: object) -> DeviationsPage:
    page = bench.open(DeviationsPage, **look)  # type: ignore[arg-type]
    bench.wait(lambda: page.list.count > 0)
    page.list.choose(page._board.deviations[0].id)
    return page


def form_box(bench: Bench) -> FormBox:
    box = bench.box()
    assert isinstance(box, FormBox)
    return box


def test_an_officer_explains(bench: Bench) -> None:
    missing(bench)
    page = opened(bench)
    bench.act(page.detail, "explain")
    box = form_box(bench)
    assert box.form.field("responsible").value() == "nina"
    bench.type(box.form.field("cause"), "Habis")
    bench.type(box.form.field("correction"), "Dibeli")
    box.form.submit()
    bench.wait(lambda: bench.toast == "Penjelasan tersimpan.")
    assert first(bench).state is DeviationState.EXPLAINED
    bench.wait(lambda: page.chosen is not None and page.chosen.correction == "Dibeli")


def test_an_explanation_begun_is_there_when_the_box_opens_again(bench: Bench) -> None:
    """Thrown away, what the office knew comes back, not an empty form."""
    explained(bench)
    page = opened(bench)
    bench.act(page.detail, "explain")
    box = form_box(bench)
    bench.type(box.form.field("cause"), "Gudang: ")
    box.reject()
    bench.wait(lambda: not bench.has_box())
    bench.act(page.detail, "explain")
    again = form_box(bench)
    bench.wait(lambda: again.form.field("cause").value() == "Gudang: Habis")
    assert again.form.note.isVisible()
    again.form.note.answered.emit()
    assert (again.form.field("cause").value(), again.form.field("responsible").value()) == ("Habis", "nina")
    again.reject()


def test_a_remark_begun_is_there_too(bench: Bench) -> None:
    explained(bench)
    bench.sign_in("kepala")
    page = opened(bench)
    bench.act(page.detail, "follow_up")
    bench.type(form_box(bench).form.field("remark"), "Sediakan")
    form_box(bench).reject()
    bench.wait(lambda: not bench.has_box())
    bench.act(page.detail, "follow_up")
    again = form_box(bench)
    bench.wait(lambda: again.form.field("remark").value() == "Sediakan")
    again.reject()


@pytest.mark.parametrize(
    ("roles", "names"),
    [((Role.RECEPTION,), ["explain"]), ((Role.HEAD,), ["explain", "accept", "follow_up", "false"])],
)
def test_only_the_head_reviews(bench: Bench, roles: tuple[Role, ...], names: list[str]) -> None:
    explained(bench)
    bench.sign_in("penguji", *roles)
    page = opened(bench)
    found = page.chosen
    assert found is not None
    offered = page._actions(found)
    assert [action.name for action in offered] == names
    assert [action.name for action in offered if action.role == "primary"] == [names[len(names) > 1]]


def test_the_head_has_it_followed_up_and_then_accepts(bench: Bench) -> None:
    explained(bench)
    bench.sign_in("kepala")
    page = opened(bench)
    bench.act(page.detail, "follow_up")
    bench.type(bench.box().form.field("remark"), "Sediakan cadangan")
    bench.box().form.submit()
    bench.wait(lambda: bench.toast == "Tindak lanjut tercatat.")
    bench.wait(lambda: page.chosen is not None and page.chosen.remark == "Sediakan cadangan")
    bench.act(page.detail, "accept")
    bench.wait(lambda: bench.toast == "Penjelasan diterima.")
    assert first(bench).state is DeviationState.ACCEPTED
    bench.wait(lambda: page.chosen is not None and page._actions(page.chosen) == [])


def test_whoever_looks_writes_down_what_is_late(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    asked = visit(bench)
    bench.do(SignGuestBook(visit_id=asked, name="Dedi"))
    for event in (StepEvent.IDENTITY_VERIFIED, StepEvent.HANDED_OVER):
        mark = Mark(at=bench.clock.now, event=event)
        store_of(bench.office).write(lambda tx, m=mark: marks.add(tx, asked, m, "uji"))  # type: ignore[misc]
    bench.set_time("2026-11-26 08:00")
    page = opened(bench)
    assert page.chosen is not None
    assert (page.chosen.step, page.chosen.standard) == (4, "1 hari kerja")
    assert bench.office.read(deviations.count_open) == 1


def test_the_daily_check_of_equipment(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = bench.open(DeviationsPage)
    page.check_button.click()
    bench.wait(lambda: [box for box in bench.frame.findChildren(Box) if box.isVisible()])
    bench.box().keys["1"].click()
    bench.wait(lambda: isinstance(bench.box(), FormBox))
    box = form_box(bench)
    box.form.field("broken").show_value(("CCTV",))
    box.form.submit()
    bench.wait(lambda: bench.toast == "Pemeriksaan perlengkapan tercatat.")
    assert first(bench).item == "CCTV"
    bench.wait(lambda: page.list.count == 1)
    page.check_button.click()
    bench.wait(lambda: [box for box in bench.frame.findChildren(Box) if box.isVisible()])
    assert bench.box().keys["1"].text() == "1  Layanan Helpdesk · diperiksa 09.41 oleh Nina Kartika"
    bench.box().keys["1"].click()
    bench.wait(lambda: isinstance(bench.box(), FormBox))
    assert form_box(bench).form.values()["broken"] == ("CCTV",)
    bench.box().reject()


def test_nothing_chosen_is_nothing_done(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = bench.open(DeviationsPage)
    assert page.detail.is_empty
    assert page.detail.acts.buttons == {}
    assert [box for box in bench.frame.findChildren(Box) if box.isVisible()] == []


def test_who_acted_for_whom_and_how_long_it_took() -> None:
    late = Deviation(
        id=1, kind=DeviationKind.TIME, state=DeviationState.OPEN, day="2026-11-23", made_at=0, visit_id=7,
        label="A012", procedure_id="p", procedure_version=1, title="Tatap Muka", step=2, activity="Tanya",
        standard="3 menit", spent=WorkedTime(days=1, minutes=35), item="", officer="Nina", acting_for="Siti",
        cause="", correction="", responsible="", explained_at=None, explained_by="", reviewed_at=None,
        reviewed_by="", remark="",
    )  # fmt: skip
    shown = {fact.name: fact.value for fact in facts_of(late, datetime(2026, 11, 23, tzinfo=UTC))}
    assert shown["Petugas"] == "Nina atas nama Siti"
    assert (shown["Waktu baku"], shown["Terpakai (jam kantor)"]) == ("3 menit", "1 hari kerja 35 menit")


def test_another_page_sends_somebody_here_and_the_rail_counts(bench: Bench) -> None:
    missing(bench)
    page = bench.open(DeviationsPage)
    bench.wait(lambda: page.list.count == 1)
    page.open_subject(1)
    assert page.chosen is not None
    assert bench.waiting(page) == 1


def test_the_badge_counts_what_is_mine_and_a_filter_shows_it(bench: Bench) -> None:
    missing(bench)
    assert bench.waiting(bench.open(DeviationsPage)) == 1
    for login, role, count in (("kepala", Role.HEAD, 1), ("joko", Role.SECURITY, 0)):
        bench.sign_in(login, role)
        assert bench.waiting(bench.open(DeviationsPage)) == count
    bench.sign_in("nina")
    page = opened(bench)
    assert [("mine" in row.groups) for row in rows_of(page.list.model)] == [True]


@pytest.mark.parametrize(("size", "contrast"), [((1366, 768), "kontras"), ((1920, 1080), "light")])
def test_pictures(bench: Bench, picture: Picture, size: tuple[int, int], contrast: Contrast) -> None:
    explained(bench)
    second = visit(bench)
    bench.do(SignGuestBook(visit_id=second, name="Dedi"))
    bench.do(EndVisit(visit_id=second, ending=Ending.DONE))
    bench.sign_in("kepala")
    page = opened(bench, size=size, contrast=contrast)
    page.list.choose(1)
    picture(bench.window, f"penyimpangan-{size[0]}x{size[1]}-{contrast}")


def three_missing(bench: Bench) -> None:
    """The guest book was missing for three visitors."""
    bench.sign_in("nina", Role.RECEPTION)
    for _n in range(3):
        bench.do(RecordMissingInput(visit_id=visit(bench), step=1, items=("Buku Tamu",)))


def test_all_of_the_same_cause_are_explained_at_once(bench: Bench, picture: Picture) -> None:
    three_missing(bench)
    page = opened(bench)
    bench.act(page.detail, "explain")
    bench.box().keys["1"].click()
    box = form_box(bench)
    bench.type(box.form.field("cause"), "Habis")
    bench.type(box.form.field("correction"), "Dibeli")
    picture(box, "deviations-explain-alike")
    box.form.submit()
    bench.wait(lambda: bench.toast == "Penjelasan tersimpan.")
    found = bench.office.read(deviations.waiting)
    assert [each.state for each in found] == [DeviationState.EXPLAINED] * 3


def test_the_head_marks_one_as_false(bench: Bench, picture: Picture) -> None:
    three_missing(bench)
    bench.sign_in("kepala")
    page = opened(bench)
    bench.act(page.detail, "false")
    bench.box().keys["2"].click()
    box = form_box(bench)
    bench.type(box.form.field("reason"), "Buku tamu ada di meja sebelah")
    box.form.submit()
    bench.wait(lambda: page.chosen is not None and page.chosen.is_false)
    assert page._actions(page.chosen) == [] if page.chosen else False
    picture(page, "deviations-false")
    assert bench.office.read(deviations.count_open) == 2


@pytest.mark.parametrize(
    ("key", "first"), [("1", " November 2026"), ("2", " Oktober 2026"), ("3", " 1 Januari – ")]
)
def test_the_report_of_a_period_on_paper(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, first: str
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    missing(bench)
    page = opened(bench)
    page.report_button.click()
    bench.box().keys[key].click()
    bench.box().keys["1"].click()
    bench.wait(lambda: bench.toast.startswith("Tersimpan"))
    (paper,) = tmp_path.rglob("Laporan *.pdf")
    assert first in paper.name


def test_the_register_as_a_workbook_and_a_list(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    missing(bench)
    page = opened(bench)
    for key, suffix in (("2", "xlsx"), ("3", "csv")):
        page.report_button.click()
        bench.box().keys["1"].click()
        picture(bench.box(), "deviations-report-forms")
        bench.box().keys[key].click()
        bench.wait(lambda end=suffix: list(tmp_path.rglob(f"Laporan *.{end}")))  # type: ignore[misc]
    (listed,) = tmp_path.rglob("*.csv")
    told = listed.read_text("utf-8-sig")
    assert all(
        f";{cell};" in told
        for cell in ("Perlengkapan yang kurang: Buku Tamu (langkah 1)", "Buku Tamu", "Nina Kartika")
    )
