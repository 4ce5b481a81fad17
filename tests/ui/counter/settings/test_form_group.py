"""Groups that are one form: filled in, compared in words, saved in one event, taken back."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.pictures import emblem, saved
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import facts_of
from ult_desktop.app import previews
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.office.logo import is_drawable
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import AbsenceRule
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store import events
from ult_desktop.ui.counter.frame.workspace import PageArea
from ult_desktop.ui.counter.pages.conflict_box import ConflictBox
from ult_desktop.ui.counter.pages.page import SettingsGroup
from ult_desktop.ui.counter.pages.page_host import Previews
from ult_desktop.ui.counter.settings.form_group import DifferenceBox, OfficeForm, PreviewPane
from ult_desktop.ui.counter.settings.office_groups import AbsencesField
from ult_desktop.ui.counter.settings.page import SettingsPage
from ult_desktop.ui.kit.forms import LogoField
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.button import Button


def settings(bench: Bench) -> OfficeSettings:
    return bench.office.read(office_rows.load).settings


def settle(bench: Bench, **fields: Any) -> None:  # noqa: ANN401  (any setting)
    bench.do(ChangeSettings(settings=msgspec.structs.replace(settings(bench), **fields)))


def opened(bench: Bench, name: str) -> OfficeForm:
    bench.sign_in("admin")
    page = bench.open(SettingsPage)
    page.choose(name)
    group = page.chosen
    assert isinstance(group, OfficeForm)
    bench.wait(lambda: group.document is not None)
    return group


def difference(bench: Bench) -> DifferenceBox:
    bench.wait(bench.has_box)
    box = bench.box()
    assert isinstance(box, DifferenceBox)
    return box


def lines(box: DifferenceBox) -> list[tuple[str, str]]:
    return facts_of(box.facts)


def press(bench: Bench, words: str) -> None:
    next(each for each in bench.box().findChildren(Button) if each.text() == words).click()


def test_what_changes_is_shown_then_saved_at_once_and_taken_back(bench: Bench) -> None:
    group = opened(bench, "queue-rules")
    begin = bench.office.read(events.last_seq)
    group.form.field("calling.max_calls").show_value(2)
    group.form.field("calling.outcomes").show_value(("Selesai",))
    group.form.verb.click()
    box = difference(bench)
    assert lines(box)[0] == ("Panggilan sebelum tidak hadir", "3 → 2")
    assert settings(bench).calling.max_calls == 3
    press(bench, "Simpan")
    bench.wait(lambda: not group.note.isHidden())
    assert (settings(bench).calling.max_calls, settings(bench).calling.outcomes) == (2, ("Selesai",))
    assert bench.office.read(events.last_seq) == begin + 1
    assert group.form.changes == {}
    group.note.button.click()
    bench.wait(lambda: bench.toast == "Perubahan diurungkan.")
    assert settings(bench).calling.max_calls == 3
    bench.wait(lambda: group.form.field("calling.max_calls").value() == 3)


def test_nothing_is_saved_without_consent_or_change(bench: Bench) -> None:
    group = opened(bench, "care-rules")
    group.form.verb.click()
    bench.wait(lambda: bench.toast == "Tidak ada yang berubah.")
    group.form.field("care.priority_seats").show_value(9)
    group.form.verb.click()
    difference(bench)
    press(bench, "Kembali")
    assert (settings(bench).care.priority_seats, group.is_dirty) == (4, True)
    group.form.leave.click()
    assert (group.form.field("care.priority_seats").value(), group.is_dirty) == (4, False)


def test_what_the_file_would_refuse_is_told_beside_the_field(bench: Bench) -> None:
    group = opened(bench, "queue-rules")
    group.form.field("calling.priority_series").show_value("prioritas")
    group.form.field("calling.digits").show_value(9)
    group.form.verb.click()
    told = {key: group.form.field(key).error.text() for key in ("calling.priority_series", "calling.digits")}
    assert told == {
        "calling.priority_series": "Bentuknya: satu atau dua huruf besar, misalnya A.",
        "calling.digits": "Tulis angka dari 2 sampai 4.",
    }
    assert not bench.has_box()


def test_what_contradicts_the_office_is_told_in_the_form(bench: Bench) -> None:
    group = opened(bench, "queue-rules")
    assert group.document is not None
    group.form.field("calling.priority_series").show_value(group.document.services[0].prefix)
    group.form.verb.click()
    bench.wait(lambda: "dipakai dua kali" in group.form.refusal.words.text())
    assert group.form.verb.isEnabled()


def test_others_may_change_another_part_meanwhile_and_of_the_same_one_is_chosen(
    bench: Bench, picture: Picture
) -> None:
    group = opened(bench, "texts")
    group.form.field("running_text").show_value(("Selamat datang",))
    settle(bench, cuti_bersama_works=True)
    group.form.verb.click()
    difference(bench)
    press(bench, "Simpan")
    bench.wait(lambda: settings(bench).running_text == ("Selamat datang",))
    assert settings(bench).cuti_bersama_works
    bench.wait(lambda: not group.note.isHidden())
    group.form.field("running_text").show_value(("Antre tertib",))
    settle(bench, running_text=("Tutup",))
    group.form.verb.click()
    bench.wait(lambda: bench.frame.findChildren(ConflictBox))
    (asked,) = bench.frame.findChildren(ConflictBox)
    picture(asked, "settings-dua-orang")
    assert settings(bench).running_text == ("Tutup",)
    asked.form.field("running_text").show_value("mine")
    asked.form.submit()
    running = "Teks berjalan layar lobi, satu kalimat tiap baris"
    assert lines(difference(bench)) == [(running, "Tutup → Antre tertib")]
    press(bench, "Simpan")
    bench.wait(lambda: settings(bench).running_text == ("Antre tertib",))


def test_who_saves_while_a_change_is_looked_at_is_merged_too(bench: Bench) -> None:
    group = opened(bench, "texts")
    group.form.field("running_text").show_value(("Selamat datang",))
    group.form.verb.click()
    difference(bench)
    settle(bench, cuti_bersama_works=True)
    press(bench, "Simpan")
    bench.wait(lambda: settings(bench).running_text == ("Selamat datang",))
    assert settings(bench).cuti_bersama_works


def test_a_logo_is_shown_before_it_is_saved(bench: Bench, tmp_path: Path, picture: Picture) -> None:
    bench.previews = Previews(previews.card_picture, previews.ticket_picture, previews.lobby_picture)
    group = opened(bench, "identity")
    bench.wait(lambda: is_drawn(group))
    field = group.form.field("office.logo")
    assert isinstance(field, LogoField)
    plain = group.findChildren(PreviewPane)[0].picture.pixmap().toImage()
    field.read(str(saved(tmp_path, emblem((600, 600)))))
    bench.wait(lambda: group.findChildren(PreviewPane)[0].picture.pixmap().toImage() != plain)
    picture(bench.frame, "settings-identity-logo")
    group.form.verb.click()
    ((name, change),) = lines(difference(bench))
    assert (name, change[:8]) == ("Logo kantor", "– → PNG ")
    press(bench, "Simpan")
    bench.wait(lambda: is_drawable(settings(bench).office.logo))


def reopened(bench: Bench, name: str) -> OfficeForm:
    """The page as a program shows it that was started anew."""
    before = bench.frame.findChild(SettingsPage)
    assert isinstance(before, SettingsPage)
    before.chosen.hide()  # what was typed in the last half second is kept too
    return opened(bench, name)


@pytest.mark.slow
def test_what_is_filled_in_outlives_the_program(bench: Bench) -> None:
    group = opened(bench, "queue-rules")
    group.form.field("calling.max_calls").show_value(5)
    field = group.form.field("absences")
    assert isinstance(field, AbsencesField)
    field.choices[Role.SECURITY].show_value("nobody")
    group = reopened(bench, "queue-rules")
    bench.wait(lambda: group.is_dirty)
    assert group.form.changes == {
        "calling.max_calls": 5, "absences": (AbsenceRule(role=Role.SECURITY),),
    }  # fmt: skip
    settle(bench, cuti_bersama_works=True)
    group.form.verb.click()
    assert len(lines(difference(bench))) == 2, "what others changed meanwhile stays"
    press(bench, "Simpan")
    bench.wait(lambda: settings(bench).calling.max_calls == 5)
    bench.wait(lambda: not group.is_dirty)
    again = reopened(bench, "queue-rules")
    bench.wait(lambda: again.document is not None)
    assert again.form.note.isHidden()
    assert not again.is_dirty


def test_the_page_saves_before_it_goes_on(bench: Bench) -> None:
    group = opened(bench, "identity")
    page = bench.frame.findChild(SettingsPage)
    assert isinstance(page, SettingsPage)
    group.form.field("office.phone").show_value("0551 2021")
    page.choose("hours")
    press(bench, "Simpan")
    difference(bench)
    press(bench, "Simpan")
    bench.wait(lambda: page.chosen_name == "hours")
    assert settings(bench).office.phone == "0551 2021"


def test_what_could_not_be_saved_on_leaving_is_not_left_at_the_next_save(bench: Bench) -> None:
    group = opened(bench, "queue-rules")
    page = bench.frame.findChild(SettingsPage)
    assert isinstance(page, SettingsPage)
    group.form.field("calling.digits").show_value(9)
    page.choose("hours")
    press(bench, "Simpan")
    assert not bench.has_box(), "the number is too high"
    group.form.field("calling.digits").show_value(4)
    group.form.verb.click()
    difference(bench)
    press(bench, "Simpan")
    bench.wait(lambda: not group.note.isHidden())
    assert page.chosen_name == "queue-rules"


def test_the_page_goes_on_when_the_office_has_already_what_was_filled_in(bench: Bench) -> None:
    group = opened(bench, "texts")
    page = bench.frame.findChild(SettingsPage)
    assert isinstance(page, SettingsPage)
    group.form.field("running_text").show_value(("Antre tertib",))
    settle(bench, running_text=("Antre tertib",))
    page.choose("hours")
    press(bench, "Simpan")
    bench.wait(lambda: page.chosen_name == "hours")
    assert bench.toast == "Tidak ada yang berubah."
    assert not group.is_dirty


def test_days_without_a_role(bench: Bench) -> None:
    group = opened(bench, "queue-rules")
    of_others = AbsenceRule(role=Role.PHONE)
    settle(bench, absences=(of_others,))
    bench.wait(lambda: group.document is not None and group.document.absences == (of_others,))
    field = group.form.field("absences")
    assert isinstance(field, AbsencesField)
    field.choices[Role.RECEPTION].show_value(Role.FRONT_OFFICE)
    field.choices[Role.SECURITY].show_value("nobody")
    group.form.verb.click()
    difference(bench)
    press(bench, "Simpan")
    rules = (
        of_others,
        AbsenceRule(role=Role.SECURITY),
        AbsenceRule(role=Role.RECEPTION, passes_to=Role.FRONT_OFFICE),
    )
    bench.wait(lambda: settings(bench).absences == rules)


SMALL, BANNER = (1280, 720), 72


def is_drawn(group: SettingsGroup) -> bool:
    """Whether every sample shows its picture."""
    return all(not pane.picture.pixmap().isNull() for pane in group.findChildren(PreviewPane))


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_look_of_every_group(bench: Bench, picture: Picture, language: str, contrast: Contrast) -> None:
    """On a smaller screen than officers are promised, and below a banner."""
    use_language(language)
    bench.previews = Previews(previews.card_picture, previews.ticket_picture, previews.lobby_picture)
    bench.sign_in("admin")
    page = SettingsPage(bench.make_desk(SMALL, contrast, None))
    area = PageArea(page.theme, page)
    bench.stand(area, (SMALL[0], SMALL[1] - BANNER))
    for name in page.buttons.buttons:
        page.choose(name)
        bench.wait(lambda: page.chosen._fetching._under_way == {})
        bench.wait(lambda: is_drawn(page.chosen))
        picture(bench.window, f"pengaturan-{name}-{language}-{contrast}")
        assert page.height() <= area.viewport().height(), f"{name}: its list and buttons scroll out of sight"
    assert bench.window.width() == SMALL[0], "a group wants more than the screen has"
