"""The office's own lists: complaint classes, the answer bank."""

from tests.ui.conftest import Picture
from tests.ui.counter.cases.conftest import CaseBench
from tests.ui.shown import rows_of
from ult_desktop.core.access.roles import Role
from ult_desktop.db.cases import answer_bank
from ult_desktop.ui.counter.cases.page import CasesPage


def test_the_complaints_days_are_the_offices_own(bench: CaseBench) -> None:
    bench.sign_in("admin", Role.ADMIN)
    page = bench.open(CasesPage)
    page.classes_button.click()
    box = bench.top()
    bench.wait(lambda: box.rows.count)
    before = box.rows.count
    assert not box.edit_button.isEnabled()
    box.new_button.click()
    bench.submit("Jenis pengaduan tersimpan.", key="gratifikasi", name="Gratifikasi", days=10)
    bench.wait(lambda: box.rows.count == before + 1)
    assert {row.aside for row in rows_of(box.rows.model)} == {""}
    box.rows.choose("gratifikasi")
    box.rows.opened.emit("gratifikasi")
    bench.submit("Jenis pengaduan tersimpan.", days=7)
    found = bench.office.read(lambda tx: answer_bank.find_class(tx, "gratifikasi"))
    assert found is not None
    assert (found.name, found.days) == ("Gratifikasi", 7)
    bench.wait(lambda: box.records["gratifikasi"].days == 7)  # what is retired is what is seen
    box.retire_button.click()
    bench.press_in_box("Hapus")
    bench.wait(lambda: bench.toast.split("\n")[0] == "Jenis pengaduan dihapus.")
    bench.wait(lambda: box.rows.count == before)


def test_the_bank_is_kept_by_who_knows(bench: CaseBench, picture: Picture) -> None:
    bench.sign_in("bela")
    page = bench.open(CasesPage)
    page.bank_button.click()
    box = bench.top()
    picture(box, "counter-bank-jawaban-kosong")
    box.new_button.click()
    draft = {"question": "Kapan tunjangan profesi cair?", "tags": "TPG"}
    bench.submit("Tersimpan di bank jawaban.", **draft, answer="Triwulan IV dibayarkan bulan Desember.")
    bench.wait(lambda: box.rows.count == 1)
    box.rows.choose(1)
    picture(box, "counter-bank-jawaban")
    box.edit_button.click()
    bench.submit("Jawaban diperbarui.", answer="Bulan Desember.")
    bench.wait(lambda: box.answer.words.text() == "Bulan Desember.")
    bench.type(box.rows.search, "dapodik")
    bench.wait(lambda: box.rows.count == 0)
    box.rows.search.clear()
    bench.wait(lambda: box.rows.count == 1)
    box.rows.choose(1)
    box.retire_button.click()
    bench.press_in_box("Hapus")
    bench.wait(lambda: bench.toast == "Dihapus dari bank jawaban.")
    assert bench.office.read(lambda tx: answer_bank.search(tx, "")) == ()
