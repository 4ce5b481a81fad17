"""A line of Kesehatan in words: its row, and what is known of a station."""

from ult_desktop.base import _, formats, pgettext
from ult_desktop.core.offline import refused_letter
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.operations.health.board import HealthLine, HealthTopic
from ult_desktop.operations.health.stations import device_word, mode_word
from ult_desktop.ui.kit.detail import Fact
from ult_desktop.ui.kit.lists import Filter, ListRow, Tag

TROUBLE, STATIONS, OFFICE = "trouble", "stations", "office"
_TONES = {"ok": "ok", "warn": "warn", "fail": "danger"}
_TINTS = {"ok": "green", "warn": "amber", "fail": "orange"}
_ICONS = {"kiosk": "ticket", "counter": "monitor", "display": "tv"}


def level_word(level: str) -> str:
    return {"ok": _("baik"), "warn": _("perlu perhatian"), "fail": _("perbaiki sekarang")}[level]


def filters() -> tuple[Filter, ...]:
    return (
        Filter("", _("Semua")),
        Filter(TROUBLE, _("Perlu perhatian"), "danger"),
        Filter(STATIONS, pgettext("many", "Komputer")),
        Filter(OFFICE, _("Kantor")),
    )


def row_of(line: HealthLine) -> ListRow:
    groups = {STATIONS if line.topic is HealthTopic.STATION else OFFICE}
    if line.level != "ok":
        groups.add(TROUBLE)
    mode = line.station.mode if line.station else ""
    return ListRow(
        id=line.id,
        title=line.check,
        subtitle=line.found,
        icon=_ICONS.get(mode, "heart-pulse"),
        tint=_TINTS[line.level],
        tags=() if line.level == "ok" else (Tag(level_word(line.level), _TONES[line.level]),),
        groups=frozenset(groups),
        side_tone="danger" if line.level == "fail" else "",
    )


def facts_of(line: HealthLine, *, on_server: bool) -> list[Fact]:
    state = Fact(_("Keadaan"), level_word(line.level), _TONES[line.level])
    if line.station is None:
        return [state, Fact(_("Ditemukan"), line.found)]
    seen = Fact(_("Tanda hidup terakhir"), line.found.partition(";")[0])
    return [state, seen, *_station_facts(line.station, on_server=on_server)]


def _station_facts(station: StationStatus, *, on_server: bool) -> list[Fact]:
    health, clock = station.health, formats.format_fixed(abs(station.clock_offset_ms) / 1000, 1)
    share = _("laporan terakhir {ms} ms").format(ms=health.share_ms) if health.share_ms else ""
    disk = _("{n} GB kosong").format(n=health.disk_mb // 1000) if health.disk_mb else ""
    return [
        Fact(_("Jenis"), mode_word(station.mode)),
        Fact(_("Versi"), station.version),
        Fact(_("Loket"), str(health.counter or "")),
        Fact(_("Huruf"), station.letter, "danger" if refused_letter(station.letter) else ""),
        Fact(_("Printer"), device_word(station.printer)),
        Fact(_("Suara"), device_word(station.voice)),
        Fact(_("Disk"), disk),
        Fact(_("Folder laporan") if on_server else _("Folder cadangan"), _("ada") if health.backs_up else ""),
        Fact(_("Data kantor"), share),
        Fact(_("Selisih jam"), _("{s} detik").format(s=clock)),
    ]
