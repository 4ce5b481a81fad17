"""The groups of Pengaturan that are about the office as a whole."""

from collections.abc import Iterable
from functools import partial

import msgspec
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _, language, pgettext
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.retention_schedule import RetentionKind
from ult_desktop.core.office.template import AbsenceRule, OfficeTemplate
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.ui.counter.settings.form_group import OfficeForm, PreviewPane, Setting, SettingRows
from ult_desktop.ui.kit import Theme, forms, layouts

DESK_ROLES = (Role.SECURITY, Role.RECEPTION, Role.FRONT_OFFICE, Role.HELPDESK)
_ASK, _NOBODY = "ask", "nobody"


def absence_words(passes_to: Role | None) -> str:
    return (
        _("langkahnya gugur") if passes_to is None else _("dialihkan ke {role}").format(role=passes_to.word)
    )


class AbsencesField(forms.Field[tuple[AbsenceRule, ...]]):
    """The field for what becomes of a role's steps on a day when nobody with that role is at work.

    It asks about `DESK_ROLES`, and leaves the rules of other roles unchanged.
    """

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        super().__init__(theme, name, label)
        self._others: tuple[AbsenceRule, ...] = ()
        self.choices: dict[Role, forms.ChoiceField] = {}
        for role in DESK_ROLES:
            others = [(other, absence_words(other)) for other in DESK_ROLES if other is not role]
            options = [(_ASK, _("tanyakan setiap hari")), (_NOBODY, absence_words(None)), *others]
            self.choices[role] = forms.ChoiceField(theme, role.value, role.word, options)
        whole = QWidget()
        grid = layouts.Grid(theme, whole, gap=8)
        for number, choice in enumerate(self.choices.values()):
            grid.addWidget(choice, number // 2, number % 2)
            choice.changed.connect(self.changed)
        self.put(next(iter(self.choices.values())).editor, whole)
        for choice in self.choices.values():
            choice.editor.setAccessibleName(f"{label}: {choice.label}")

    @override
    def value(self) -> tuple[AbsenceRule, ...]:
        rules = list(self._others)
        for role, choice in self.choices.items():
            answer = choice.value()  # a Role, _NOBODY or _ASK
            if answer != _ASK:
                rules.append(AbsenceRule(role=role, passes_to=answer if isinstance(answer, Role) else None))
        return tuple(rules)

    @override
    def show_value(self, value: Iterable[AbsenceRule] | None) -> None:
        rules = tuple(value or ())
        self._others = tuple(rule for rule in rules if rule.role not in DESK_ROLES)
        answers: dict[Role, object] = {rule.role: rule.passes_to or _NOBODY for rule in rules}
        for role, choice in self.choices.items():
            choice.show_value(answers.get(role, _ASK))

    @override
    def show_draft_value(self, kept: object) -> None:
        self.show_value(msgspec.convert(kept, tuple[AbsenceRule, ...]))


ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
UNITS = ("Unit Terkait", "Unit Utama")


def zone_words() -> tuple[tuple[str, str], ...]:
    names = (_("WIB (Jawa, Sumatra)"), _("WIB (Kalimantan Barat dan Tengah)"), "WITA", "WIT")
    return tuple(zip(ZONES, names, strict=True))


class IdentityGroup(OfficeForm):
    """The identity of the office, for ticket, screens and letters."""

    name, icon_name = "identity", "building-2"
    title = staticmethod(lambda: _("Kantor"))

    @override
    def settings(self) -> SettingRows:
        return (
            (
                Setting("office.name", _("Nama kantor")),
                Setting("office.unit", _("Nama unit layanan"), _("Baris pertama karcis dan layar.")),
            ),
            (
                Setting("office.short_name", _("Nama pendek")),
                Setting("office.province", _("Provinsi")),
                Setting("office.code", _("Kode kantor"), _("Kode satker, untuk rekap antarkantor.")),
            ),
            Setting(
                "office.logo",
                _("Logo kantor"),
                _("Di kios, layar lobi, karcis, dan setiap lembar. Tanpa logo: lambang netral."),
                make=forms.LogoField,
            ),
            Setting("office.address", _("Alamat")),
            (Setting("office.phone", _("Telepon")), Setting("office.portal", _("Situs atau surel"))),
            (
                Setting("office.lapor", _("SP4N-LAPOR"), _("Di bukti pengaduan dan halaman layanannya.")),
                Setting("office.wbs", _("Pelaporan pelanggaran (WBS)")),
                Setting("office.upg", _("Unit pengendalian gratifikasi (UPG)")),
            ),
            (
                Setting("office.city", _("Kota"), _("Di depan tanggal surat.")),
                Setting("office.timezone", _("Zona waktu"), options=zone_words()),
            ),
            (
                Setting("office.head", _("Nama kepala kantor"), _("Menandatangani laporan dan surat.")),
                Setting("office.head_nip", _("NIP kepala kantor")),
            ),
            (
                Setting("office.ppid", _("Nama PPID"), _("Menandatangani pemberitahuan tertulis.")),
                Setting("office.ppid_nip", _("NIP PPID")),
            ),
            Setting(
                "office.letterhead",
                _("Kop surat, satu baris tiap baris"),
                _("Di kepala setiap lembar yang dicetak. Kosong: nama kantor, unit, dan alamat."),
                rows=3,
            ),
            Setting(
                "cases.related_unit",
                _("Nama unit terkait"),
                _("Dipakai di kotak masuk, lembar disposisi, dan riwayat permohonan."),
                make=lambda theme, name, words: forms.ChoiceField(
                    theme, name, words, [(unit, unit) for unit in UNITS], required=True, free=True
                ),
            ),
            Setting(
                "office.ticket_notes",
                _("Kalimat di bawah karcis, satu tiap baris"),
                _("Paling banyak 4. Kosong: kalimat bawaan."),
                rows=2,
            ),
        )

    @override
    def make_preview(self) -> QWidget | None:
        if self.host.previews is None:
            return None
        self.pane = PreviewPane(self.theme, _("Karcis"))
        self.pane.setFixedWidth(self.theme.px(_PAPER_WIDTH))
        return self.pane

    @override
    def show_filled_in(self, document: OfficeTemplate) -> None:
        if self.host.previews is not None:
            self.pane.show_picture(partial(self.host.previews.ticket, document, self.host.now()))


_PAPER_WIDTH = 280  # base pixels


class HoursGroup(OfficeForm):
    """The opening hours of a usual week."""

    name, icon_name = "hours", "clock"
    title = staticmethod(lambda: _("Jam layanan"))

    @override
    def settings(self) -> SettingRows:
        return (
            Setting(
                "hours", _("Jam buka"), _("Tulis jam seperti 08.00-12.00, 12.30-15.00; kosong berarti tutup.")
            ),
            Setting("cuti_bersama_works", _("Kantor buka pada setiap cuti bersama")),
        )


class QueueGroup(OfficeForm):
    """The rules of how numbers are given and called, and how long an answer may take."""

    name, icon_name = "queue-rules", "list-ordered"
    title = staticmethod(lambda: _("Aturan antrean"))

    @override
    def settings(self) -> SettingRows:
        return (
            (
                Setting("calling.max_calls", _("Panggilan sebelum tidak hadir")),
                Setting("calling.reinsert_after", _("Kembali di belakang sekian nomor")),
                Setting("calling.digits", _("Angka pada nomor"), _("3: A012")),
            ),
            (
                Setting("calling.walking_seconds", _("Waktu berjalan ke loket (detik)")),
                Setting("calling.walking_seconds_priority", _("Waktu berjalan, prioritas (detik)")),
            ),
            (
                Setting("calling.priority_series", _("Huruf nomor prioritas")),
                Setting("calling.priority_share", _("Nomor prioritas berturut-turut")),
                Setting("calling.regular_share", _("Nomor biasa berturut-turut")),
            ),
            (
                Setting("calling.priority_counter_run", _("Berturut-turut di loket prioritas")),
                Setting("cases.days", _("Waktu menjawab permohonan (hari kerja)")),
                Setting("cases.escalation_days", _("Waktu menjawab eskalasi (hari kerja)")),
            ),
            (
                Setting("cases.seats", _("Janji temu tiap setengah jam")),
                Setting("cases.reschedule_days", _("Penjadwalan ulang paling lama (hari kerja)")),
            ),
            (
                Setting(
                    "calling.given",
                    _("Yang diberikan tanpa permohonan, satu tiap baris"),
                    _("Paling banyak 5; langkah POS-nya tercatat. Yang pertama sudah terpilih saat selesai."),
                ),
                Setting(
                    "calling.outcomes",
                    _("Hasil lain, yang perlu permohonan, satu tiap baris"),
                    _("Paling banyak 4; tanpa permohonan langkahnya tercatat terlewat."),
                ),
            ),
            Setting(
                "calling.reasons",
                _("Alasan yang ditawarkan saat ada yang terlewat, satu tiap baris"),
                _("Paling banyak 9; petugas memilihnya dengan angka, atau menulis sendiri."),
            ),
            Setting(
                "absences",
                _("Hari tanpa petugas"),
                _("Langkah POS siapa yang gugur atau dialihkan bila perannya tidak ada yang masuk."),
                make=AbsencesField,
            ),
        )


def _make_text_field(theme: Theme, name: str, words: str) -> forms.Field:
    return forms.TextField(theme, name, words, rows=3)


class TextsGroup(OfficeForm):
    """The texts of the screens, of officers on the telephone, and of notices about personal data."""

    name, icon_name, preview_below = "texts", "type", True
    title = staticmethod(lambda: pgettext("many", "Teks"))

    @override
    def settings(self) -> SettingRows:
        placeholders = _(
            "Kosong: naskah prosedurnya. Terisi sendiri: {waktu}, {nama_petugas}, {unit}, {kantor}."
        )
        usual = _("Kosong: pemberitahuan bawaan.")
        return (
            (
                Setting("greeting.morning", _("Selamat pagi mulai")),
                Setting("greeting.noon", _("Selamat siang mulai")),
                Setting("greeting.afternoon", _("Selamat sore mulai")),
                Setting("greeting.evening", _("Selamat malam mulai")),
            ),
            Setting(
                "running_text",
                _("Teks berjalan layar lobi, satu kalimat tiap baris"),
                _("Berjalan di bawah layar lobi, satu kalimat sesudah yang lain."),
                rows=5,
            ),
            Setting(
                "office.pledge",
                _("Maklumat, satu kalimat tiap baris"),
                _("Kosong: tiga kalimat bawaan."),
                rows=3,
            ),
            (
                Setting("phone.opening", _("Telepon: salam pembuka"), placeholders, make=_make_text_field),
                Setting("phone.closing", _("Telepon: salam penutup"), make=_make_text_field),
            ),
            (
                Setting("phone.call_back", _("Telepon: salam saat menelepon balik"), make=_make_text_field),
                Setting("privacy.spoken", _("Telepon: pemberitahuan privasi"), usual, make=_make_text_field),
            ),
            (
                Setting(
                    "privacy.notice",
                    _("Pemberitahuan privasi di samping buku tamu"),
                    _("Kosong: pemberitahuan bawaan. Setiap kunjungan mencatat naskah yang ditunjukkan."),
                    make=_make_text_field,
                ),
                Setting("privacy.notice_en", _("Pemberitahuan privasi (Inggris)"), make=_make_text_field),
            ),
        )

    @override
    def make_preview(self) -> QWidget | None:
        if self.host.previews is None:
            return None
        self.pane = PreviewPane(self.theme, _("Layar lobi"))
        return self.pane

    @override
    def show_filled_in(self, document: OfficeTemplate) -> None:
        if self.host.previews is not None:
            picture = partial(self.host.previews.lobby, document, self.theme.contrast, self.host.now())
            self.pane.show_picture(picture)


class CareGroup(OfficeForm):
    """The seats for vulnerable visitors, and how long what they declared is kept."""

    name, icon_name = "care-rules", "accessibility"
    title = staticmethod(lambda: _("Pendampingan"))

    @override
    def settings(self) -> SettingRows:
        return (
            (
                Setting("care.priority_seats", _("Kursi prioritas di ruang tunggu")),
                Setting(
                    "care.keep_days",
                    _("Alasan prioritas disimpan (hari)"),
                    _("Sesudah itu yang dinyatakan pengunjung dihapus."),
                ),
            ),
        )


class SurveyGroup(OfficeForm):
    """The rules of how the satisfaction survey asks and counts."""

    name, icon_name = "survey-rules", "smile"
    title = staticmethod(lambda: _("Survei"))

    @override
    def settings(self) -> SettingRows:
        profile = [(question.key, question.name.within(language())) for question in questionnaire().profile]
        return (
            Setting(
                "office.survey_url",
                _("Alamat survei daring"),
                _("Tercetak sebagai QR di karcis; kosong: survei hanya di kios dan loket."),
            ),
            (
                Setting(
                    "survey.order",
                    _("Urutan unsur"),
                    options=(
                        ("unsur", _("seperti PermenPANRB 14/2017")),
                        ("kuesioner", _("seperti contoh kuesionernya")),
                    ),
                ),
                Setting(
                    "survey.weight",
                    _("Bobot tiap unsur"),
                    _("0,111 bila harus sama dengan lembar kerja atasan."),
                    options=(("1/9", _("tepat sepersembilan")), ("0.111", "0,111")),
                ),
            ),
            Setting("survey.profile", _("Pertanyaan tentang responden"), options=profile),
            Setting(
                "survey.least_shown",
                _("Responden paling sedikit agar hasil tampil"),
                _("Agar jawaban seorang pengunjung tidak terbaca dari hasilnya."),
            ),
        )


class PeriodsGroup(OfficeForm):
    """The periods for which personal data is kept. The page Retensi data erases what is due."""

    name, icon_name, group = "periods", "hourglass", "data"
    title = staticmethod(lambda: _("Masa simpan"))

    @override
    def settings(self) -> SettingRows:
        settings = [
            Setting(f"retention.{kind.value}", _("{kind} (bulan)").format(kind=kind.word))
            for kind in RetentionKind
        ]
        return tuple(zip(settings[::2], settings[1::2], strict=True))  # two next to each other
