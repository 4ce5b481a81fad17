"""The group Kesehatan of Pengaturan: the checks of the office and its stations, and the acts that help."""

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from ult_desktop.base import _, formats, pgettext
from ult_desktop.core import connection
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.commands import ReplaceStation, StationPart, TryStation
from ult_desktop.core.offline import refused_letter
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.core.sheet import trial_sheet
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.core.updates.commands import ExcuseStation, ReleaseUpdate
from ult_desktop.core.updates.rollout import lacking_stations, version_under_way
from ult_desktop.operations.health.board import HealthLine, HealthTopic, health_lines
from ult_desktop.operations.health.stations import device_word, mode_word
from ult_desktop.operations.office.station_trials import triable_parts
from ult_desktop.operations.updates.rollout import Rollout, read_rollout
from ult_desktop.ui.counter.access import key_boxes
from ult_desktop.ui.counter.health.file_care import FileCare
from ult_desktop.ui.counter.health.health_watch import offer_to_move_deadlines
from ult_desktop.ui.counter.pages import ListGroup
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.detail import DetailAction, Fact
from ult_desktop.ui.kit.lists import Filter, ListRow, Tag

TROUBLE, STATIONS, OFFICE = "trouble", "stations", "office"
_TONES = {"ok": "ok", "warn": "warn", "fail": "danger"}
_TINTS = {"ok": "green", "warn": "amber", "fail": "orange"}
_MODE_ICONS = {"kiosk": "ticket", "counter": "monitor", "display": "tv"}


def level_word(level: str) -> str:
    return {"ok": _("baik"), "warn": _("perlu perhatian"), "fail": _("perbaiki sekarang")}[level]


def filters() -> tuple[Filter, ...]:
    return (
        Filter("", _("Semua")),
        Filter(TROUBLE, _("Perlu perhatian"), "danger"),
        Filter(STATIONS, pgettext("many", "Komputer")),
        Filter(OFFICE, _("Kantor")),
    )


def facts_of(line: HealthLine, *, on_server: bool) -> list[Fact]:
    state = Fact(_("Keadaan"), level_word(line.level), _TONES[line.level])
    if line.station is None:
        return [state, Fact(_("Ditemukan"), line.found)]
    # What was found of a station begins with its last sign of life; other remarks follow after "; ".
    last_sign = Fact(_("Tanda hidup terakhir"), line.found.partition(";")[0])
    return [state, last_sign, *_station_facts(line.station, on_server=on_server)]


def _station_facts(station: StationStatus, *, on_server: bool) -> list[Fact]:
    health, clock_offset_s = station.health, formats.format_fixed(abs(station.clock_offset_ms) / 1000, 1)
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
        Fact(_("Daftar tertinggal"), station.left_lists, "warn" if station.left_lists else ""),
        Fact(_("Tidak tampil"), station.unshown_media, "warn" if station.unshown_media else ""),
        Fact(_("Selisih jam"), _("{s} detik").format(s=clock_offset_s)),
    ]


_PART_ICONS = {
    StationPart.PRINTER: "printer",
    StationPart.VOICE: "volume-2",
    StationPart.GUIDANCE: "volume-2",
    StationPart.BACKUP: "save",
}
_TOPICS_WITH_A_GROUP = (HealthTopic.PROCEDURES, HealthTopic.IDENTITY, HealthTopic.OFFICERS)


class HealthGroup(ListGroup[HealthLine]):
    """The group of checks. While in sight it checks again each minute, and when the officer presses F5."""

    name, icon_name, group = "health", "heart-pulse", "people"
    needs = frozenset({Permission.MANAGE_OFFICE})
    title = staticmethod(lambda: _("Kesehatan"))

    @override
    def build(self) -> None:
        self._checked_at = 0
        self._stations: list[StationStatus] = []
        self.care = FileCare(self.host, self)
        self.care.done.connect(self.check_again)
        self.add_list(
            _("Cari pemeriksaan …"),
            filters(),
            (_("Belum ada komputer."), "heart-pulse"),
            (_("Pilih baris di daftar."), "heart-pulse"),
        )
        self.again_button = self.add_head_button(_("Periksa lagi"), "refresh-cw", self.check_again, "primary")
        self.key("F5", self.check_again)

    @override
    def refresh(self) -> None:
        """Check again, at most once a minute, however often the office changes."""
        if self.host.stamp() - self._checked_at >= MINUTE_MS:
            self.check_again()

    def check_again(self) -> None:
        self._checked_at = self.host.stamp()
        self.fetch(health_lines, self._show)

    def _show(self, lines: tuple[HealthLine, ...]) -> None:
        self._stations = [line.station for line in lines if line.station is not None]
        self.show_records(lines)

    @override
    def row_of(self, record: HealthLine) -> ListRow:
        groups = {STATIONS if record.topic is HealthTopic.STATION else OFFICE}
        if record.level != "ok":
            groups.add(TROUBLE)
        mode = record.station.mode if record.station else ""
        return ListRow(
            id=record.id,
            title=record.check,
            subtitle=record.found,
            icon=_MODE_ICONS.get(mode, "heart-pulse"),
            tint=_TINTS[record.level],
            tags=() if record.level == "ok" else (Tag(level_word(record.level), _TONES[record.level]),),
            groups=frozenset(groups),
            side_tone="danger" if record.level == "fail" else "",
        )

    @override
    def show_record(self, record: HealthLine) -> None:
        actions = self._actions(record)
        # Buttons that do what helps replace the words that say it.
        has_remedy = actions and record.topic is not HealthTopic.STATION
        self.detail.show_head(record.check, "" if has_remedy else record.todo)
        self.detail.show_facts(facts_of(record, on_server=self.host.is_on_server))
        self.detail.show_actions(actions)

    def _actions(self, line: HealthLine) -> list[DetailAction]:
        if line.station is not None:
            return self._station_actions(line.station)
        if line.topic is HealthTopic.BACK_UP:
            return self._file_actions()
        # No window sets the time of a PC or of the share.
        if line.level == "ok" or line.topic is HealthTopic.TIME:
            return []
        if line.topic is HealthTopic.UPDATE:
            return self._update_actions()
        if line.topic is HealthTopic.KEYS:
            keys = partial(key_boxes.choose_key_act, self.host)
            return [DetailAction("keys", _("Kunci data …"), "lock", keys, "primary")]
        if line.topic is HealthTopic.DEADLINES:
            move = partial(offer_to_move_deadlines, self.host, self.check_again)
            return [DetailAction("follow", _("Pindahkan tenggat …"), "calendar-days", move, "primary")]
        if line.topic in _TOPICS_WITH_A_GROUP:
            # The topic has the name of the group of Pengaturan in which it is set.
            go = partial(self.host.open_page, "settings", str(line.topic))
            return [DetailAction("go", _("Buka pengaturannya"), "settings", go, "primary")]
        # The topic left is PRIVACY.
        go = partial(self.host.open_page, "retention")
        return [DetailAction("go", _("Buka halaman Retensi data"), "hourglass", go, "primary")]

    def _file_actions(self) -> list[DetailAction]:
        care, why_not = self.care, self.care.why_no_check
        verify = DetailAction("verify", _("Periksa data kantor"), "database", care.verify, why_not=why_not)
        if self.host.is_on_server:
            return [verify]
        back_up: Callable[[], object] = care.back_up
        why_no_backup = care.why_no_backup
        backup_stations = [
            station for station in self._stations if station.health.backs_up and self._is_at_work(station)
        ]
        if backup_stations and not care.has_backup_folder:  # then one of them makes the backup
            back_up, why_no_backup = (
                partial(self._ask_station_to_try, backup_stations[0], StationPart.BACKUP),
                "",
            )
        restore = _("Pulihkan dari cadangan …")
        return [
            DetailAction("back_up", StationPart.BACKUP.word, "save", back_up, "primary", why_no_backup),
            verify,
            DetailAction("drill", _("Uji pemulihan"), "shield-check", care.drill, why_not=care.why_no_drill),
            DetailAction("restore", restore, "rotate-ccw", care.restore, why_not=why_not),
        ]

    def _station_actions(self, station: StationStatus) -> list[DetailAction]:
        if self.host.setup is not None and station.name == self.host.setup.name:
            why_not = "" if self.host.can_print else _("Komputer ini tanpa printer karcis.")
            return [
                DetailAction("print", _("Cetak percobaan"), "printer", self._print_trial, why_not=why_not)
            ]
        if self._is_at_work(station):
            return [
                DetailAction(
                    part.value, part.word, _PART_ICONS[part], partial(self._ask_station_to_try, station, part)
                )
                for part in triable_parts(station)
            ]
        ask = partial(self._ask_to_replace, station)
        return [DetailAction("replace", _("Ganti komputer ini …"), "monitor", ask)]

    def _is_at_work(self, station: StationStatus) -> bool:
        return self.host.stamp() - station.seen_at < connection.GONE_MS

    def _update_actions(self) -> list[DetailAction]:
        let_all, excuse = _("Izinkan semua menyusul"), _("Jangan tunggu …")
        return [
            DetailAction("release", let_all, "check", partial(self._read_rollout, self._let_all), "primary"),
            DetailAction("excuse", excuse, "monitor", partial(self._read_rollout, self._excuse)),
        ]

    def _read_rollout(self, then: Callable[[Rollout], object]) -> None:
        self.host.read(lambda office: office.read(read_rollout), then)

    def _let_all(self, rollout: Rollout) -> None:
        """Let all PCs install the update at their next start, before the first one has run it for a day."""
        version = version_under_way(rollout.marks, rollout.stations)
        message = _("Semua komputer memasang versi {version} saat dinyalakan lagi.").format(version=version)
        self.host.perform(ReleaseUpdate(version=version), lambda _done: self.check_again(), message)

    def _excuse(self, rollout: Rollout) -> None:
        """Ask which PC the update shall no longer wait for. Only PCs without the package can be chosen."""
        version = version_under_way(rollout.marks, rollout.stations)
        lacking = lacking_stations(version, rollout.marks, rollout.stations, self.host.stamp())
        names = [station.name for station in lacking]
        if not names:
            self.host.tell(_("Paketnya sudah sampai di semua komputer."))
            return

        def excuse(name: str) -> None:
            message = _("{name} tidak ditunggu lagi.").format(name=name)
            command = ExcuseStation(version=version, name=name)
            self.host.perform(command, lambda _done: self.check_again(), message)

        options = [(name, name) for name in names]
        dialogs.choose(self.host.window, self.theme, _("Jangan tunggu komputer mana?"), options, excuse)

    def _print_trial(self) -> None:
        self.host.print_paper(trial_sheet(self.host.stamp()))
        self.host.tell(_("Dikirim ke printer."))

    def _ask_station_to_try(self, station: StationStatus, part: StationPart) -> None:
        message = _("{name} diminta; terjadi dalam setengah menit.").format(name=station.name)
        self.host.perform(TryStation(identity=station.identity, part=part), message=message)

    def _ask_to_replace(self, station: StationStatus) -> None:
        message = _("{name} diganti: namanya bebas untuk komputer baru.").format(name=station.name)
        replace = ReplaceStation(identity=station.identity)
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Ganti {name}?").format(name=station.name),
            _(
                "Hanya bila komputer itu mati atau dibawa pergi. Komputer baru disiapkan dengan nama yang"
                " sama; hurufnya berpindah sehari kemudian, sebab karcis lama mungkin masih di tangan orang."
                " Jurnal komputer lama ada di disknya dan, sampai lima menit sebelum mati, di folder bersama."
                " Bila hidup lagi, yang dicatatnya selama terputus diterima, selain itu ditolak."
            ),
            (_("Ganti"), lambda: self.host.perform(replace, lambda _done: self.check_again(), message)),
        )
