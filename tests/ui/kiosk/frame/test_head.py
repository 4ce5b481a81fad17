"""The kiosk's head: names of any length."""

from tests.ui.conftest import Show
from tests.ui.kit.widgets.sample import now
from tests.ui.look import assert_sound, settle
from ult_desktop.ui.kiosk.frame.shell import KioskHead
from ult_desktop.ui.kit.theme import Theme


def test_long_names_stand_in_lines_and_are_not_cut(show: Show) -> None:
    head = KioskHead(Theme("kiosk"), now)
    head.show_names("Unit Layanan Terpadu", "Balai Penjaminan Mutu Pendidikan Provinsi Kalimantan Utara")
    head.show_words("Layanan prioritas", "Sentuh layanan yang Anda perlukan.")
    show(head, 900, 700)
    head.arrange(upright=False, home=False, least=0, below=0)
    settle()
    assert_sound(head)
