"""What this PC has: screen, sound, fonts. Qt is loaded here alone, and its absence is an answer too."""

import importlib
from collections.abc import Iterator

from ult_desktop.cli.doctor_line import Line
from ult_desktop.i18n import _
from ult_desktop.resources import resource


def machine() -> Iterator[Line]:
    """Fonts, screen and sound."""
    yield _fonts()
    try:
        senses = importlib.import_module("ult_desktop.ui.senses")
    except ImportError as error:
        yield Line(
            "fail",
            _("Layar"),
            str(error),
            _("Pasang pustaka sistem Qt; `python3 dev.py setup` menyebutkannya."),
        )
        return
    screens, outputs = senses.look()
    todo = "" if screens else _("Jalankan dari desktop; kios, loket, dan layar TV perlu layar.")
    yield Line("ok" if screens else "warn", _("Layar"), ", ".join(screens) or _("tidak ada"), todo)
    if outputs:
        yield Line("ok", _("Suara"), ", ".join(outputs))
    else:
        yield Line(
            "warn", _("Suara"), _("tidak ada perangkat suara"), _("Layar TV akan memanggil tanpa suara.")
        )


def _fonts() -> Line:
    fonts = sorted(path.name for path in resource("fonts").glob("*.ttf"))
    if fonts:
        return Line("ok", _("Huruf"), _("{n} berkas huruf").format(n=len(fonts)))
    return Line("fail", _("Huruf"), _("huruf bawaan tidak ditemukan"), _("Pasang ulang program."))
