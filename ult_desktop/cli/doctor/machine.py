"""One line of `doctor`, and this PC: screen, sound, fonts. Qt is loaded here alone, and may be absent."""

import importlib
from collections.abc import Iterator
from typing import NamedTuple

from ult_desktop.base import _
from ult_desktop.base.resources import resource


class CheckResult(NamedTuple):
    """One check: `level` is "ok", "warn" or "fail"; `todo` is empty when all is well."""

    level: str
    check: str
    found: str
    todo: str = ""


def check_machine() -> Iterator[CheckResult]:
    """Fonts, screen and sound."""
    yield _fonts()
    try:
        media = importlib.import_module("ult_desktop.ui.media_probe")
    except ImportError as error:
        yield CheckResult(
            "fail",
            _("Layar"),
            str(error),
            _("Pasang pustaka sistem Qt; `python3 dev.py setup` menyebutkannya."),
        )
        return
    screens, outputs = media.probe_media()
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
