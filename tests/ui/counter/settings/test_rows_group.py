"""Groups that are lists: services, categories and counters are added, changed, ordered and taken away."""

from typing import TypeVar

import msgspec
import pytest

from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.settings.test_form_group import difference, lines, press
from ult_desktop.core.office.commands import ChangeOffice
from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.template import CategoryTemplate, OfficeTemplate, Words
from ult_desktop.operations.office.office_changes import office_document
from ult_desktop.ui.counter.settings.lists_groups import (
    CategoriesGroup,
    CountersGroup,
    RowsGroup,
    ServicesGroup,
)
from ult_desktop.ui.counter.settings.page import SettingsPage

G = TypeVar("G", bound=RowsGroup)  # type: ignore[type-arg]


def document(bench: Bench) -> OfficeTemplate:
    return bench.office.read(office_document)


def opened(bench: Bench, kind: type[G]) -> G:
    bench.sign_in("admin")
    page = bench.open(SettingsPage)
    page.choose(kind.name)
    group = page.chosen
    assert isinstance(group, kind)
    bench.wait(lambda: group.document is not None)
    return group


def save(bench: Bench, group: G) -> list[tuple[str, str]]:
    """Return the words of the difference; it is saved when this returns."""
    group.note.hide()
    group.form.verb.click()
    told = lines(difference(bench))
    press(bench, "Simpan")
    bench.wait(lambda: not group.note.isHidden())
    return told


def test_a_service_changes_its_words(bench: Bench) -> None:
    group = opened(bench, ServicesGroup)
    first = document(bench).services[0]
    group.form.field("name").show_value(Words("Informasi", "Information"))
    group.form.field("minutes").show_value(12)
    group.form.field("channels").show_value(("tatap_muka", "daring"))
    told = save(bench, group)
    assert (f"Layanan {first.prefix}: Ditawarkan lewat", "– → tatap_muka; daring") in told
    assert (f"Layanan {first.prefix}: Lama layanan (menit)", f"{first.minutes} → 12") in told
    changed = document(bench).services[0]
    assert (changed.name, changed.minutes, changed.icon) == (
        Words("Informasi", "Information"),
        12,
        first.icon,
    )
    group.note.button.click()
    bench.wait(lambda: document(bench).services[0] == first)
    bench.wait(lambda: group.form.field("minutes").value() == first.minutes)


def test_a_service_is_added_moved_and_retired(bench: Bench) -> None:
    group = opened(bench, ServicesGroup)
    before = [each.prefix for each in document(bench).services]
    group.new_button.click()
    form = group.form
    prefix = form.field("prefix").value()
    assert prefix not in before
    assert form.field("prefix").editor.isEnabled()
    form.field("name").show_value(Words("Legalisasi"))
    form.field("icon").show_value("award")
    assert save(bench, group) == [(f"Layanan {prefix}", "– → Legalisasi")]
    assert [each.prefix for each in document(bench).services] == [*before, prefix]
    bench.wait(lambda: group.list.selected == prefix)
    assert not group.form.field("prefix").editor.isEnabled()
    group.note.hide()
    group.up_button.click()
    assert lines(difference(bench))[0][0] == "Layanan: urutan"
    press(bench, "Simpan")
    bench.wait(lambda: document(bench).services[-2].prefix == prefix)
    bench.wait(lambda: not group.note.isHidden() and group.current is not None)
    group.drop_button.click()
    assert lines(difference(bench)) == [(f"Layanan {prefix}", "Legalisasi → –")]
    press(bench, "Simpan")
    bench.wait(lambda: [each.prefix for each in document(bench).services] == before)


def test_another_row_is_chosen_when_the_first_one_is_settled(bench: Bench) -> None:
    group = opened(bench, ServicesGroup)
    first, second = (each.prefix for each in document(bench).services[:2])
    group.form.field("minutes").show_value(99)
    group.open_subject(second)
    press(bench, "Kembali")
    assert (group.list.selected, group.form.field("minutes").value()) == (first, 99)
    group.open_subject(second)
    press(bench, "Buang")
    assert group.list.selected == second
    group.form.field("minutes").show_value(7)
    group.open_subject(first)
    press(bench, "Simpan")
    difference(bench)
    press(bench, "Simpan")
    bench.wait(lambda: document(bench).services[1].minutes == 7)
    bench.wait(lambda: group.current is not None and group.current.prefix == first)
    assert group.list.selected == first


def test_categories_begin_and_end(bench: Bench) -> None:
    group = opened(bench, CategoriesGroup)
    assert group.list.count == len(document(bench).categories)
    group.new_button.click()
    group.form.show_values({"key": "uji", "name": Words("Uji"), "icon": "globe", "parent": ""})
    group.form.field("name").show_value(Words("Uji coba"))
    save(bench, group)
    assert document(bench).categories[-1].key == "uji"
    bench.wait(lambda: any(value == "uji" for value, _words in group._settings[-1].options))  # type: ignore[union-attr]


def test_a_category_in_use_is_not_taken_away(bench: Bench) -> None:
    office = document(bench)
    first = msgspec.structs.replace(office.services[0], category="uji")
    command = ChangeOffice(
        settings=msgspec.structs.replace(
            settings_of(office), categories=(CategoryTemplate(key="uji", name=Words("Uji")),)
        ),
        services=(first, *office.services[1:]),
        counters=office.counters,
    )
    bench.do(command, bench.sign_in("admin"))
    group = opened(bench, CategoriesGroup)
    assert group.heading.text() == "Uji"
    group.drop_button.click()
    assert "kategori tidak ada dalam berkas ini: uji" in group.form.refusal.words.text()


def test_counters_are_named_and_stay(bench: Bench) -> None:
    group = opened(bench, CountersGroup)
    assert group.drop_button.isHidden()
    prefix = document(bench).services[0].prefix
    group.form.field("serves").show_value((prefix,))
    group.form.field("name").show_value("Loket Depan")
    save(bench, group)
    counter = document(bench).counters[0]
    assert (counter.name, counter.serves) == ("Loket Depan", (prefix,))
    group.new_button.click()
    number = group.form.field("number").value()
    save(bench, group)
    assert document(bench).counters[-1].number == number


def put_away(bench: Bench, group: G) -> None:
    """Text typed in the last half second is kept too."""
    bench.wait(group.form.isVisible)
    group.form.hide()


def reopened(bench: Bench, group: G) -> G:
    """The page as a program shows it that was started anew, once the draft is back."""
    put_away(bench, group)
    again = opened(bench, type(group))
    bench.wait(lambda: again.is_dirty)
    return again


@pytest.mark.slow
def test_a_row_that_is_being_changed_outlives_the_program(bench: Bench) -> None:
    group = opened(bench, ServicesGroup)
    second = document(bench).services[1]
    group.open_subject(second.prefix)
    group.form.field("name").show_value(Words("Informasi", "Information"))
    group.form.field("requirements").show_value((Words("KTP", "Identity card"),))
    group = reopened(bench, group)
    assert (group.list.selected, group.form.note.isHidden()) == (second.prefix, False)
    assert group.form.changes == {
        "name": Words("Informasi", "Information"), "requirements": (Words("KTP", "Identity card"),),
    }  # fmt: skip
    group.form.leave.click()
    put_away(bench, group)
    group = opened(bench, ServicesGroup)
    bench.wait(lambda: group.list.selected is not None)
    assert group.form.note.isHidden(), "what was thrown away does not come back"


def test_a_new_row_outlives_the_program(bench: Bench) -> None:
    group = opened(bench, CountersGroup)
    group.new_button.click()
    number = group.form.field("number").value()
    group.form.field("name").show_value("Loket Baru")
    group = reopened(bench, group)
    assert (group.current, group.heading.text()) == (None, "Loket baru")
    assert group.form.field("number").value() == number
    save(bench, group)
    assert (document(bench).counters[-1].number, document(bench).counters[-1].name) == (number, "Loket Baru")
    bench.wait(lambda: not group.is_dirty)


def test_a_number_that_is_taken_is_refused_in_the_form(bench: Bench) -> None:
    group = opened(bench, CountersGroup)
    group.new_button.click()
    group.form.field("number").show_value(1)
    group.form.verb.click()
    assert "dipakai dua kali" in group.form.refusal.words.text()
    group.discard()
    assert group.current is not None
