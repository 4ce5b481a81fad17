"""The import assistant: file, columns, preview, progress, report; stopped, refused, cut off."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.counter.online.conftest import LIST
from tests.ui.counter.pages.bench import Bench
from ult_desktop.base.errors import UserError
from ult_desktop.core.online.mapping import RequestField
from ult_desktop.core.online.online_request import OnlineSource, OnlineState
from ult_desktop.db import online_requests
from ult_desktop.ui.counter.online.import_panel import ImportPanel
from ult_desktop.ui.counter.online.page import OnlinePage

ROWS = "S-1;Dedi Kurniawan;SMPN 1;dedi@e.id;Mohon data\nS-2;Ani;SDN 2;ani;Mohon\n;Citra;;;Mohon narasumber\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "sempena-november.csv"
    path.write_text(LIST + ROWS, encoding="utf-8")
    return path


@pytest.fixture
def panel(bench: Bench, opened: OnlinePage) -> ImportPanel:
    opened.load.click()
    assert opened.lists.isVisible()
    return opened.lists


def choose(bench: Bench, panel: ImportPanel, path: Path) -> None:
    panel.start.show_values({"path": path})
    panel.start.submit()


def to_plan(bench: Bench, panel: ImportPanel, path: Path) -> None:
    """Up to the preview, with the columns as they are guessed."""
    choose(bench, panel, path)
    bench.wait(lambda: panel.mapping is not None and panel.mapping.isVisible())
    assert panel.mapping is not None
    panel.mapping.submit()
    bench.wait(panel.plan.isVisible)


def new(bench: Bench) -> int:
    return bench.office.read(online_requests.open_counts).get(OnlineState.NEW, 0)


def test_from_file_to_inbox(bench: Bench, opened: OnlinePage, panel: ImportPanel, listed: Path) -> None:
    to_plan(bench, panel, listed)
    plan = panel.plan
    assert plan.words.text() == "sempena-november.csv: 2 permintaan baru, 0 sudah ada, 1 baris ditolak"
    assert plan.rows.count == 3
    plan.rows.filters.choose("refused")
    assert plan.rows.model._rows[0].title == "Email: bukan alamat surel"
    plan.verb.click()
    bench.wait(plan.finish.isVisible)
    assert plan.words.text() == "2 permintaan baru, 0 sudah ada, 1 baris ditolak"
    plan.save.click()
    bench.wait(lambda: "ditolak.csv" in bench.toast)
    assert "bukan alamat surel" in Path(f"{listed}.ditolak.csv").read_text("utf-8-sig")
    plan.finish.click()
    bench.wait(lambda: opened.requests.count == 2)
    assert not opened.lists.isVisible()


def test_remembered_columns_lead_straight_to_the_preview(
    bench: Bench, opened: OnlinePage, panel: ImportPanel, listed: Path
) -> None:
    to_plan(bench, panel, listed)
    panel.plan.verb.click()
    bench.wait(panel.plan.finish.isVisible)
    panel.plan.finish.click()
    opened.load.click()
    choose(bench, panel, listed)
    bench.wait(panel.plan.isVisible)
    assert "0 permintaan baru, 2 sudah ada" in panel.plan.words.text()
    assert not panel.plan.verb.isEnabled()
    panel.plan.columns.click()
    assert panel.mapping is not None
    assert panel.mapping.isVisible()
    panel.plan._show_stage(before=True)
    panel.mapping.left.emit()
    assert panel.start.isVisible()


def test_columns_are_chosen_once_each(bench: Bench, panel: ImportPanel, tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    path.write_text("Siapa;Apa;;Panjang\nDedi;Data;x;" + "y" * 90 + "\n", encoding="utf-8")
    choose(bench, panel, path)
    bench.wait(lambda: panel.mapping is not None and panel.mapping.isVisible())
    form = panel.mapping
    assert form is not None
    form.submit()
    assert form.field("nama").error.text() == "Pilih kolomnya."
    form.show_values({RequestField.NAME.value: "Siapa", RequestField.DETAIL.value: "Siapa"})
    form.submit()
    assert "sudah dipakai" in form.field("nama").error.text()
    form.show_values({RequestField.DETAIL.value: "Apa"})
    form.submit()
    bench.wait(panel.plan.isVisible)
    assert "1 permintaan baru" in panel.plan.words.text()


def test_what_is_no_list_says_why(bench: Bench, panel: ImportPanel, tmp_path: Path) -> None:
    path = tmp_path / "gambar.csv"
    path.write_bytes(b"%PDF-1.7")
    choose(bench, panel, path)
    bench.wait(panel.start.refusal.isVisible)
    assert "bukan CSV, XLSX, atau JSON" in panel.start.refusal.words.text()
    assert panel.start.verb.isEnabled()
    panel.start.set_busy(busy=True)
    bench.host.lost.emit()
    assert panel.start.verb.isEnabled()  # the share is gone: it can be asked again


def many(tmp_path: Path, count: int) -> Path:
    path = tmp_path / "banyak.csv"
    rows = "".join(f"S-{n};Nama {n};SDN;n{n}@e.id;Mohon data\n" for n in range(count))
    path.write_text(LIST + rows, encoding="utf-8")
    return path


def test_it_is_stopped_between_two_batches(bench: Bench, panel: ImportPanel, tmp_path: Path) -> None:
    to_plan(bench, panel, many(tmp_path, 400))
    panel.plan.verb.click()
    bench.wait(lambda: panel.plan.progress.value() >= 1)
    panel.plan.stop.click()
    bench.wait(panel.plan.finish.isVisible)
    assert panel.plan.words.text().startswith("Dihentikan.")
    assert 0 < new(bench) < 400


def test_a_refused_batch_is_tried_again(
    bench: Bench, panel: ImportPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_plan(bench, panel, many(tmp_path, 60))
    run, desk = panel.plan.run, panel.plan.run._host
    perform = type(desk).perform

    def cut_off(*given: object, form: object = None, **more: object) -> None:
        desk._refused(run.form, None, UserError("Sambungan terputus.", todo="Coba lagi."))

    with monkeypatch.context() as patch:
        patch.setattr(desk, "perform", cut_off)
        run.start(panel.plan._draft.plan.commands())  # type: ignore[union-attr]
        assert run.form.isVisible()
        assert "Sambungan terputus." in run.form.refusal.words.text()
    assert type(desk).perform is perform
    run.form.verb.click()
    bench.wait(panel.plan.finish.isVisible)
    assert new(bench) == 60


def test_back_without_importing(bench: Bench, opened: OnlinePage, panel: ImportPanel, listed: Path) -> None:
    to_plan(bench, panel, listed)
    draft = panel.plan._draft
    assert draft is not None
    panel.plan._draft = replace(draft, path=listed / "di-dalam-berkas" / "x.csv")
    panel.plan.save.click()
    bench.wait(panel.plan.trouble.isVisible)
    assert "tidak dapat ditulis" in panel.plan.trouble.words.text()
    panel.plan.run.form.show_refusal(UserError("Sambungan terputus."))
    panel.plan.stop.click()
    assert panel.plan.finish.isVisible()
    panel.plan.back.click()
    bench.wait(opened.requests.isVisible)
    assert new(bench) == 0
    assert panel.start.field("source").value() == OnlineSource.SEMPENA
    for late in (panel._show_mapping, lambda: panel._choose_columns({})):
        late()  # what was left does nothing
