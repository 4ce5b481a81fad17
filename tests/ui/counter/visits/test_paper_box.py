"""A visit that was written on paper is typed in on the page Tamu."""

from datetime import date, time

import pytest

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.cases.case import CaseOutcome
from ult_desktop.db.visits import guests
from ult_desktop.ui.counter.visits.guests_page import GuestsPage, PaperBox
from ult_desktop.ui.counter.visits.visit_view import visit_row, visit_story, visit_tags
from ult_desktop.ui.kit.theme import Contrast

TODAY = date(2026, 11, 23)
WRITTEN = {
    "came": time(8, 0),
    "served": time(8, 10),
    "left": time(8, 30),
    "name": "Maria Ulfa",
    "institution": "SDN 001",
    "served_by": "siti",
    "detail": "Data pokok sekolah",
    "outcome": CaseOutcome.AVAILABLE,
    "answer": "Salinannya diserahkan",
}


def opened(bench: Bench, **look: object) -> PaperBox:
    bench.sign_in("siti")
    page = bench.open(GuestsPage, **look)  # type: ignore[arg-type]
    page.papers_button.click()
    bench.box().keys["4"].click()
    bench.wait(bench.has_box)
    box = bench.box()
    assert isinstance(box, PaperBox)
    return box


def test_the_paper_is_typed_in_and_marked(bench: Bench) -> None:
    box = opened(bench)
    assert box.form.field("day").value() == TODAY
    box.form.show_values(WRITTEN)
    box.form.submit()
    bench.wait(lambda: bench.toast == "Tercatat belakangan.")
    (row,) = bench.office.read(lambda tx: guests.of_day(tx, TODAY.isoformat()))
    assert next(tag.text for tag in visit_row(row, bench.now()).tags) == "dicatat belakangan"
    card = bench.office.read(lambda tx: guests.visit_card(tx, row.id))
    assert card is not None
    assert "dicatat belakangan" in [tag.text for tag in visit_tags(card)]
    story = [(entry.what, entry.who) for entry in visit_story(card, bench.now())]
    assert ("Dicatat belakangan dari kertas", "Siti Rahmawati") in story


def test_without_an_outcome_the_case_goes_on(bench: Bench) -> None:
    box = opened(bench)
    box.form.show_values({**WRITTEN, "outcome": None, "left": None})
    assert not box.form.field("answer").is_shown
    box.form.submit()
    bench.wait(lambda: bench.toast == "Tercatat belakangan.")
    (row,) = bench.office.read(lambda tx: guests.of_day(tx, TODAY.isoformat()))
    assert (row.ended_at, row.case_number) == (None, "0001/ULT/2026")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"served": time(7, 59)}, "served"),
        ({"left": time(8, 9)}, "left"),
        ({"left": None}, "left"),
        ({"detail": ""}, "detail"),
    ],
)
def test_what_the_box_refuses(bench: Bench, changes: dict[str, object], field: str) -> None:
    box = opened(bench)
    box.form.show_values({**WRITTEN, **changes})
    box.form.submit()
    assert box.form.field(field).error.text()
    box.reject()


@pytest.mark.parametrize("contrast", ["light", "kontras"])
def test_pictures(bench: Bench, picture: Picture, contrast: Contrast) -> None:
    bench.sign_in("siti")
    page = bench.open(GuestsPage, contrast=contrast)
    page.papers_button.click()
    bench.box().keys["4"].click()
    bench.wait(bench.has_box)
    bench.box().form.show_values(WRITTEN)
    picture(bench.box(), f"dari-kertas-{contrast}")
    bench.box().form.submit()
    bench.wait(lambda: bench.toast == "Tercatat belakangan.")
    page.visits.filters.chosen.emit("")
    bench.wait(lambda: page.visits.count)
    page.open_subject(1)
    bench.wait(page.view.story.isVisible)
    picture(bench.window, f"tamu-dicatat-belakangan-{contrast}")
