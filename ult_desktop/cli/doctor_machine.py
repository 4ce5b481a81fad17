"""What this PC has: screen, sound, fonts. Qt is loaded here alone, and its absence is an answer too."""

import importlib
from collections.abc import Iterator

from ult_desktop.base.i18n import _
from ult_desktop.base.resources import resource
from ult_desktop.cli.doctor_line import CheckResult


def check_machine() -> Iterator[CheckResult]:
    """Fonts, screen and sound."""
    yield _fonts()
    try:
        senses = importlib.import_module("ult_desktop.ui.media_probe")
    except ImportError as error:
        yield CheckResult(
            "fail",
            _("Layar"),
            str(error),
            _("Pasang pustaka sistem Qt; `python3 dev.py setup` menyebutkannya."),
        )
        return
    screens, outputs = senses.look()
    todo = "" if screens else _("Jalankan dari desktop; kios, loket, dan layar TV perlu layar.")
    yield CheckResult("ok" if screens else "warn", _("Layar"), ", ".join(screens) or _("tidak ada"), todo)
    if outputs:
        yield CheckResult("ok", _("Suara"), ", ".join(outputs))
    else:
        yield CheckResult(
            "warn", _("Suara"), _("tidak ada perangkat suara"), _("Layar TV akan memanggil tanpa suara.")
        )


def _fonts() -> CheckResult:
    fonts = sorted(path.name for path in resource("fonts").glob("*.ttf"))
    if fonts:
        return CheckResult("ok", _("Huruf"), _("{n} berkas huruf").format(n=len(fonts)))
    return CheckResult("fail", _("Huruf"), _("huruf bawaan tidak ditemukan"), _("Pasang ulang program."))
