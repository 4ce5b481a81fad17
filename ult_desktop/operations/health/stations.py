"""The stations that ever reported themselves, judged."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ult_desktop import __version__
from ult_desktop.base import _, counted
from ult_desktop.core import connection, stamps
from ult_desktop.core.offline import refused_letter
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.core.station_health import unshown_advice, unshown_words
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.office.place import WRONG_CLOCK_MS


def present(stations: Sequence[StationStatus], now: int) -> list[StationStatus]:
    """Return the stations that are the office's own at `now` (UTC ms).

    A replaced PC is left out. So is a PC that had a name under which another PC is at work now.
    """
    here = [each for each in stations if now - each.seen_at < connection.GONE_MS]
    names = {each.name for each in here}
    # The row of a PC that was renamed or exchanged stays in the file under its former name.
    return [each for each in stations if not each.replaced_at and (each in here or each.name not in names)]


def check_stations(stations: Sequence[StationStatus], now: int) -> Iterator[CheckResult]:
    """Yield a line for each station that is `present`, in their order.

    A station that is switched off is no fault.
    """
    at_work = Counter(each.name for each in stations if now - each.seen_at < connection.GONE_MS)
    for each in present(stations, now):
        state = connection.connection_of(now - each.seen_at)
        seen = _("{state}, terlihat {ago} lalu").format(
            state=connection.connection_word(state), ago=_ago(now - each.seen_at)
        )
        letter = f" {each.letter}" if each.letter else ""
        devices = _("{mode} {version}, printer {printer}, suara {voice}").format(
            mode=f"{mode_word(each.mode)}{letter}",
            version=each.version,
            printer=device_word(each.printer),
            voice=device_word(each.voice),
        )
        level, todo = _judged(each, state, namesakes=at_work[each.name] - 1)
        yield CheckResult(level, each.name, f"{seen}; {devices}", todo)


def mode_word(mode: str) -> str:
    return {"kiosk": _("kios"), "counter": _("loket"), "display": _("layar TV")}.get(mode, mode)


def device_word(state: str) -> str:
    """Return in words the state of a printer or a voice, as its station reported it."""
    words = {
        "": "-",
        "none": _("tidak ada"),
        "ready": _("siap"),
        "unknown": _("tanpa laporan"),
        "paper_low": _("kertas hampir habis"),
        "paper_out": _("kertas habis"),
        "cover_open": _("tutup terbuka"),
        "offline": _("mati atau macet"),
        "no_answer": _("tidak menjawab"),
        "paused": _("dijeda di Windows"),
        "missing": _("tidak ditemukan"),
        "silent": _("tidak ada perangkat suara"),
        "no_multimedia": _("tidak ada perangkat suara"),
        "no_chime": _("berkas bunyi hilang"),
        "no_pack": _("paket suara hilang"),
        "incomplete_pack": _("paket suara tidak lengkap"),
        "no_system_voice": _("suara sistem tidak ada"),
        "stuck": _("macet"),
    }
    return words.get(state, state)


def _judged(each: StationStatus, state: connection.Connection, namesakes: int) -> tuple[str, str]:
    # This comes first: what the PC last reported may be weeks old.
    if state is connection.Connection.OFFLINE:
        return "warn", _("Bila seharusnya bekerja: nyalakan PC itu, periksa jaringannya.")
    if letter := refused_letter(each.letter):
        words = _("Huruf {letter} sudah dipakai kios lain: ganti di PC itu (Pengaturan, Komputer ini).")
        return "fail", words.format(letter=letter)
    if namesakes > 0:
        words = _("{n} komputer bernama {name}: beri masing-masing nama sendiri (Pengaturan, Komputer ini).")
        return "fail", words.format(n=namesakes + 1, name=each.name)
    if each.version != __version__:
        return "warn", _("Pasang versi yang sama di semua komputer.")
    if abs(each.clock_offset_ms) > WRONG_CLOCK_MS:
        return "warn", _("Jam komputer itu salah; setel otomatis.")
    if each.left_lists:
        words = _("Daftar menunggu petugas: {names}. Impor sekali lewat Permohonan, atau perbaiki berkasnya.")
        return "warn", words.format(names="; ".join(each.left_lists.splitlines()))
    if each.unshown_media:
        return "warn", f"{unshown_words(each.unshown_media.splitlines())} {unshown_advice()}"
    if state is connection.Connection.RECONNECTING:
        return "warn", _("Sambungan PC itu lambat atau baru terputus.")
    return "ok", ""


def _ago(ms: int) -> str:
    """Return a span in seconds up to two minutes, minutes up to two hours, then hours, then days."""
    if ms < 2 * stamps.MINUTE_MS:
        return counted("{n} detik", max(0, ms // 1000))
    if ms < 120 * stamps.MINUTE_MS:
        return counted("{n} menit", ms // stamps.MINUTE_MS)
    if ms < 2 * stamps.DAY_MS:
        return counted("{n} jam", ms // (60 * stamps.MINUTE_MS))
    return counted("{n} hari", ms // stamps.DAY_MS)
