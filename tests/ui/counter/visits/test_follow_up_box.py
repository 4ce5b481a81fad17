"""The box in which a request from before is found for a visitor who comes again."""

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.visits.reception_bench import ReceptionBench
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.ui.counter.visits.visit_boxes import FollowUpBox


def test_it_is_found_by_its_number_and_stands_with_the_visit(bench: Bench, picture: Picture) -> None:
    front = bench.sign_in("fitri", Role.FRONT_OFFICE, name="Fitri Loket")
    reception = ReceptionBench(bench)
    for name, detail in (("Ani Guru", "Tunjangan belum cair"), ("Budi Kepala", "Legalisir ijazah")):
        earlier = reception.welcome()
        bench.do(SignGuestBook(visit_id=earlier.id, name=name, institution="SDN 1 Tarakan"), front)
        bench.do(OpenCase(visit_id=earlier.id, detail=detail), front)
    reception.open()
    reception.press("follow_up")
    box = bench.box()
    assert isinstance(box, FollowUpBox)
    bench.wait(lambda: box.rows.count == 2)
    picture(box, "tamu-lanjutan")
    box.name_button.click()  # nothing is chosen yet
    box.rows.search.setText("0002/ULT")
    bench.wait(lambda: box.rows.count == 1)
    box.rows.choose(2)
    bench.wait(box.name_button.isEnabled)
    box.name_button.click()
    bench.wait(lambda: bench.toast == "Tercatat sebagai lanjutan.")
    assert reception.card().case_number == "0002/ULT/2026"
    bench.wait(lambda: "follow_up" not in {each.name for each in reception.page.acts.actions()})
