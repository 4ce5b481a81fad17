"""The group Standar Pelayanan: components are written, and printed as a leaflet and as the Maklumat."""

import pytest

from tests.office import store_of
from tests.reports.pdf_words import pages_and_words
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.settings.test_form_group import press
from tests.ui.counter.settings.test_rows_group import document, opened, save
from ult_desktop.base import i18n
from ult_desktop.core.office.standard import components_of
from ult_desktop.core.office.template import Words
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.counter.settings.lists_groups import StandardsGroup


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_components_are_written_and_printed(
    bench: Bench, picture: Picture, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    i18n.use_language("id")
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    group = opened(bench, StandardsGroup)
    group.form.field("completion").show_value((Words("Satu hari kerja"),))
    group.form.field("legal_basis").show_value(("UU 25/2009",))
    save(bench, group)
    first = document(bench).services[0]
    written = {each.field for each in components_of(first) if each.lines}
    assert {"completion", "legal_basis", "fee"} <= written
    i18n.use_language(language)
    picture(bench.frame, f"pengaturan-standar-{language}")
    i18n.use_language("id")
    group.leaflet_button.click()
    press(bench, "2  Berkas PDF")
    assert "Satuharikerja" in words(bench, f"Standar Pelayanan {first.name.indonesian}.pdf")
    assert "UU25/2009" not in words(bench, f"Standar Pelayanan {first.name.indonesian}.pdf")
    group.pledge_button.click()
    assert "siapmenerimasanksi" in words(bench, "Maklumat Pelayanan.pdf")


def test_a_service_that_another_pc_dropped_meanwhile_is_refused_in_words(bench: Bench) -> None:
    group = opened(bench, StandardsGroup)
    dropped = group.current
    assert dropped is not None
    group.leaflet_button.click()
    store_of(bench.office).write(
        lambda tx: tx.run("UPDATE service SET active = 0 WHERE prefix = ?", dropped.prefix)
    )
    press(bench, "2  Berkas PDF")
    bench.wait(lambda: bench.toast.startswith(f"Tidak ada layanan “{dropped.prefix}”."))


def words(bench: Bench, name: str) -> str:
    path = bench.folder / "ult-desktop" / name
    bench.wait(path.is_file)
    return pages_and_words(path.read_bytes())[1]
