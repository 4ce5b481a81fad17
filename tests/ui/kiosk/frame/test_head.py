"""The kiosk's head: names of any length."""

from tests.ui.conftest import Show
from tests.ui.kit.widgets.sample import now
from ult_desktop.ui.kiosk.frame.head import KioskHead
from ult_desktop.ui.kit.theme import Theme


def test_long_names_do_not_make_it_grow(show: Show) -> None:
    head = KioskHead(Theme("kiosk"), now)
    head.show_names("Unit Layanan Terpadu " * 5, "BPMP Provinsi Kalimantan Utara " * 5)
    show(head, 600, 240)
    assert head.unit_label.is_cut()
    assert head.unit_label.toolTip() == head.unit_label.text()
