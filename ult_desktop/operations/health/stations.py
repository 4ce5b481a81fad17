"""The check of the stations by their last reports."""

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

_PRINTING = {"", "none", "ready", "paper_low", "unknown"}  # states of a printer that keeps nobody waiting
_SOUNDING = {"", "ready"}  # states of a voice that is not asked for, or heard


def present_stations(stations: Sequence[StationStatus], now: int) -> list[StationStatus]:
    """Return the stations that are the office's own at `now` (UTC ms), at work or switched off.

    Left out are replaced PCs, and PCs under whose former name another PC is at work now.
    """
    at_work = [station for station in stations if now - station.seen_at < connection.GONE_MS]
    names_at_work = {station.name for station in at_work}
    # The row of a PC that was renamed or exchanged stays in the file under its former name.
    return [
        station
        for station in stations
        if not station.replaced_at and (station in at_work or station.name not in names_at_work)
    ]


def check_stations(stations: Sequence[StationStatus], now: int) -> Iterator[CheckResult]:
    """Yield the result for each of the `present_stations`, in their order."""
    at_work = Counter(station.name for station in stations if now - station.seen_at < connection.GONE_MS)
    for station in present_stations(stations, now):
        state = connection.connection_of(now - station.seen_at)
        seen = _("{state}, terlihat {ago} lalu").format(
            state=connection.connection_word(state), ago=_span_words(now - station.seen_at)
        )
        letter = f" {station.letter}" if station.letter else ""
        devices = _("{mode} {version}, printer {printer}, suara {voice}").format(
            mode=f"{mode_word(station.mode)}{letter}",
            version=station.version,
            printer=device_word(station.printer),
            voice=device_word(station.voice),
        )
        level, todo = _judge(station, state, namesakes=at_work[station.name] - 1)
        yield CheckResult(level, station.name, f"{seen}; {devices}", todo)


def mode_word(mode: str) -> str:
    return {"kiosk": _("kios"), "counter": _("loket"), "display": _("layar TV")}.get(mode, mode)


def device_word(state: str) -> str:
    """Return the words for the state of a printer or a voice, as its station reported it."""
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


def _judge(station: StationStatus, state: connection.Connection, namesakes: int) -> tuple[str, str]:
    """Return the level of a station, and what to do. `namesakes` counts other PCs at work under its name."""
    # This comes first: the PC's last report may be weeks old.
    if state is connection.Connection.OFFLINE:
        return "warn", _("Bila seharusnya bekerja: nyalakan PC itu, periksa jaringannya.")
    if letter := refused_letter(station.letter):
        words = _("Huruf {letter} sudah dipakai kios lain: ganti di PC itu (Pengaturan, Komputer ini).")
        return "fail", words.format(letter=letter)
    if namesakes > 0:
        words = _("{n} komputer bernama {name}: beri masing-masing nama sendiri (Pengaturan, Komputer ini).")
        return "fail", words.format(n=namesakes + 1, name=station.name)
    if station.version != __version__:
        return "warn", _("Pasang versi yang sama di semua komputer.")
    if abs(station.clock_offset_ms) > WRONG_CLOCK_MS:
        return "warn", _("Jam komputer itu salah; setel otomatis.")
    if station.left_lists:
        words = _("Daftar menunggu petugas: {names}. Impor sekali lewat Permohonan, atau perbaiki berkasnya.")
        return "warn", words.format(names="; ".join(station.left_lists.splitlines()))
    if station.unshown_media:
        return "warn", f"{unshown_words(station.unshown_media.splitlines())} {unshown_advice()}"
    if trouble := _device_trouble(station):
        return "warn", trouble
    if state is connection.Connection.RECONNECTING:
        return "warn", _("Sambungan PC itu lambat atau baru terputus.")
    return "ok", ""


def _device_trouble(station: StationStatus) -> str:
    """Return what is wrong with the printer or the voice of a station; "" if nothing is."""
    if station.printer not in _PRINTING:
        return _("Printer: {state}.").format(state=device_word(station.printer))
    if station.voice not in _SOUNDING:
        return _("Suara: {state}.").format(state=device_word(station.voice))
    return ""


def _span_words(ms: int) -> str:
    """Return a span in seconds up to two minutes, minutes up to two hours, then hours, then days."""
    if ms < 2 * stamps.MINUTE_MS:
        return counted("{n} detik", max(0, ms // 1000))
    if ms < 120 * stamps.MINUTE_MS:
        return counted("{n} menit", ms // stamps.MINUTE_MS)
    if ms < 2 * stamps.DAY_MS:
        return counted("{n} jam", ms // (60 * stamps.MINUTE_MS))
    return counted("{n} hari", ms // stamps.DAY_MS)
