"""The record of processing (RoPA) and the impact assessment (DPIA), filled from the office's own settings.

UU 27/2022 Pasal 31 and 34 demand them. A fact that the program cannot know is a dotted line for a pen.
"""

from collections.abc import Iterator

from ult_desktop import __version__
from ult_desktop.base import _, counted, formats
from ult_desktop.core import stamps
from ult_desktop.core.access.roles import PERMISSIONS, Permission, Role
from ult_desktop.core.fields import row_words
from ult_desktop.core.office.retention_schedule import (
    RetentionKind,
    Schedule,
    months_before,
    months_words,
    retention_words,
)
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import PrivacyWords
from ult_desktop.core.person import ApplicantFields, GuestFields
from ult_desktop.core.privacy.subject_words import part_word
from ult_desktop.core.sheet import Cells, Sheet, SheetRow
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.backup import backup_folder, upkeep
from ult_desktop.db.office import office
from ult_desktop.db.privacy import processing, retention
from ult_desktop.db.store.journal import KEPT_MS
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import readers
from ult_desktop.operations.privacy.retention import is_due
from ult_desktop.operations.sheets import dated_signature, letterhead

BLANK = "." * 60
_YEAR = 12  # months


def ropa_sheet(tx: Transaction, now: int) -> Sheet:
    """Return the record of the office's processing, a line for each kind of data. `now` is UTC ms."""
    settings = office.load(tx).settings
    lines = (*_scheduled_kinds(settings.retention), *_kinds_outside_schedule(settings))
    heads = (
        _("No."),
        _("Kegiatan"),
        _("Data pribadi"),
        _("Tujuan"),
        _("Dasar (Pasal 20)"),
        _("Disimpan"),
        _("Di berkas"),
    )
    return Sheet(
        office=letterhead(settings),
        title=_("Rekaman Kegiatan Pemrosesan Data Pribadi"),
        number=_day(settings, now),
        facts=(
            *_controller(settings),
            SheetRow(_("Yang boleh membuka"), _roles_that_may_open()),
            SheetRow(
                _("Penerima di luar kantor"), f"{_('instansi yang dituju disposisi atau rujukan:')} {BLANK}"
            ),
            SheetRow(
                _("Ke luar negeri (Pasal 56)"),
                _("tidak: program bekerja di jaringan kantor dan tidak mengirim apa pun ke internet"),
            ),
            SheetRow(_("Prosesor (Pasal 51)"), f"{_('pihak yang mengurus komputer atau cadangan:')} {BLANK}"),
        ),
        rows=tuple(SheetRow(line[0], "\n".join(line[1:])) for line in lines),
        table=(Cells(heads), *(Cells((str(n), *line)) for n, line in enumerate(lines, 1))),
        notes=(
            _(
                "Disusun dari setelan kantor menurut Pasal 31 UU Nomor 27 Tahun 2022. Cetak lagi bila jadwal"
                " retensi, peran, atau layanan berubah; yang bertitik diisi kantor."
            ),
        ),
        signatures=(_("Pejabat pelindungan data"), dated_signature(settings, now)),
        numbered=True,
    )


def _controller(settings: OfficeSettings) -> tuple[SheetRow, ...]:
    identity = settings.office
    address = " · ".join(filter(None, (identity.address, identity.phone)))
    return (
        SheetRow(_("Pengendali data"), identity.name),
        SheetRow(_("Alamat"), address or BLANK),
        SheetRow(_("Penanggung jawab"), identity.head or BLANK),
        SheetRow(_("PPID"), identity.ppid or BLANK),
        SheetRow(_("Pejabat pelindungan data"), f"{_('nama dan kontak (Pasal 53):')} {BLANK}"),
        SheetRow(_("Sistem"), f"ULT Desktop {__version__}"),
    )


def _roles_that_may_open() -> str:
    """Return the words for the roles that may open sealed data."""
    return ", ".join(role.word for role in Role if Permission.OPEN_PERSONAL in PERMISSIONS[role])


def _scheduled_kinds(schedule: Schedule) -> Iterator[tuple[str, ...]]:
    """Yield a line for each kind of the schedule, with the fields that the schedule erases."""
    for kind in RetentionKind:
        columns = dict.fromkeys(map(_column_words, retention.places_of(kind)))
        purpose, ground = _purpose_and_ground(kind)
        kept_for = retention_words(schedule.months(kind))
        yield kind.word, "; ".join(columns), purpose, ground, kept_for, _sealed_words(kind)


_ERASED_APART = frozenset({"phone", "email", "letter_number", "letter_date"})
_ERASED_TOGETHER = {
    "guest.name": tuple(name for name in GuestFields.__struct_fields__ if name not in _ERASED_APART),
    "guest.phone": ("phone", "email"),
    "information_request.name": ApplicantFields.__struct_fields__,
    "document.sha256": (),
}
"""The fields of a line that are erased together, by the column that stands for them."""


def _column_words(path: str) -> str:
    """Return the words for a column ("table.column") and those that are erased together with it."""
    table, column = path.split(".")
    fields = ", ".join(map(row_words, _ERASED_TOGETHER.get(path, (column,))))
    return ": ".join(filter(None, (part_word(table), fields)))


def _purpose_and_ground(kind: RetentionKind) -> tuple[str, str]:
    """Return the words for the purpose of a kind's processing, and for its legal ground (Pasal 20)."""
    service, duty = _("pelayanan publik (huruf e)"), _("kewajiban hukum (huruf c)")
    return {
        RetentionKind.CONTACT: (_("menghubungi tamu tentang layanannya"), service),
        RetentionKind.CALLER: (_("menjawab dan menelepon balik"), service),
        RetentionKind.REQUESTER: (_("menjawab permintaan daring"), service),
        RetentionKind.NAME: (_("buku tamu, pemanggilan, dan laporan layanan"), service),
        RetentionKind.REMEMBERED: (
            _("mengenali tamu yang datang lagi"),
            _("persetujuan, dapat ditarik (huruf a)"),
        ),
        RetentionKind.IDENTITY: (_("memeriksa identitas; hanya empat angka terakhir"), service),
        RetentionKind.LETTER: (_("membuktikan kewenangan dan penugasan"), service),
        RetentionKind.DELIVERY: (_("membuktikan jawaban diterima"), service),
        RetentionKind.CASE: (_("mengerjakan dan menjawab permohonan"), service),
        RetentionKind.PPID: (_("register permohonan informasi publik"), f"{duty}, UU 14/2008"),
        RetentionKind.DESK: (_("laporan keamanan dan resepsionis"), service),
        RetentionKind.REGISTER: (_("memenuhi hak subjek data"), f"{duty}, UU 27/2022"),
    }[kind]


def _sealed_words(kind: RetentionKind) -> str:
    """Return whether the office file holds the kind sealed."""
    if kind in (RetentionKind.NAME, RetentionKind.CASE, RetentionKind.DESK):
        return _("terbuka bagi petugas")
    if kind in (RetentionKind.REMEMBERED, RetentionKind.PPID, RetentionKind.REGISTER):
        return _("kontak disegel, nama terbuka")
    return _("disegel")


def _kinds_outside_schedule(settings: OfficeSettings) -> Iterator[tuple[str, ...]]:
    """Yield a line for each kind of data that is erased by another rule than the schedule, or never."""
    service, work = _("pelayanan publik (huruf e)"), _("hubungan kerja dan kewajiban hukum (huruf b, c)")
    yield (
        _("Kelompok rentan (data spesifik)"),
        _("kelompok dan bantuan yang diminta, disampaikan sukarela"),
        _("mendahulukan dan mendampingi"),
        service,
        counted("{n} hari", settings.care.keep_days),
        _("disegel; bantuan yang diminta terbuka"),
    )
    yield (
        _("Petugas"),
        _("nama, nama masuk, peran, kata sandi teracak, kualifikasi, waktu kerja"),
        _("masuk, wewenang, dan pertanggungjawaban"),
        work,
        _("selama kantor memakai program ini"),
        _("terbuka"),
    )
    yield (
        _("Catatan kejadian"),
        _("siapa berbuat apa dan kapan; tamu hanya nomor baris"),
        _("bukti dan pengawasan"),
        work,
        _("selama kantor memakai program ini"),
        _("terbuka, tanpa nama tamu"),
    )
    yield (
        _("Survei Kepuasan Masyarakat"),
        _("jawaban dan ciri umum, tanpa nama, nomor, dan jam"),
        _("mutu layanan"),
        service,
        _("seterusnya"),
        _("terbuka, tidak menunjuk orang"),
    )
    yield (
        _("Jurnal stasiun dan cadangan"),
        _("salinan semua di atas"),
        _("memulihkan kantor"),
        service,
        _("jurnal {days} hari; cadangan sampai {months}").format(
            days=KEPT_MS // DAY_MS, months=months_words(_YEAR)
        ),
        _("yang disegel tetap disegel"),
    )


def dpia_sheet(tx: Transaction, now: int) -> Sheet:
    """Return the assessment of the impact on the people whose data the office has. `now` is UTC ms.

    The sheet says what guards against each risk in this office now. The office itself writes how likely and
    how grave a risk is.
    """
    settings = office.load(tx).settings
    since = months_before(now, _YEAR, settings.office.zone)
    year = processing.figures_since(tx, since)
    appraisal = _("Kemungkinan: ........ Dampak: ........ Sisa risiko: ........")
    lines = (
        *_signs_of_high_risk(settings, year),
        *_necessity(tx, settings, now),
        *(
            (number, risk, f"{safeguard}\n{appraisal}")
            for number, risk, safeguard in _risks(tx, settings, year, now)
        ),
        ("D1", _("Pendapat pejabat pelindungan data atau PPID"), BLANK),
        ("D2", _("Pendapat pengguna layanan, bila diminta"), BLANK),
        ("D3", _("Tindakan tambahan, penanggung jawab, tenggat"), f"{BLANK}\n{BLANK}"),
        ("D4", _("Keputusan kepala, dan kapan ditinjau lagi"), BLANK),
    )
    return Sheet(
        office=letterhead(settings),
        title=_("Penilaian Dampak Pelindungan Data Pribadi"),
        number=_day(settings, now),
        facts=_controller(settings),
        rows=tuple(SheetRow(f"{number} {head}", text) for number, head, text in lines),
        table=(
            Cells((_("No."), _("Pertanyaan atau risiko"), _("Di kantor ini"))),
            *(Cells(line) for line in lines),
        ),
        notes=(
            _(
                "Disusun dari setelan dan catatan kantor menurut Pasal 34 UU Nomor 27 Tahun 2022; yang"
                " bertitik diisi kantor. A: apakah berisiko tinggi. B: keperluan. C: risiko dan yang"
                " menahannya. D: keputusan."
            ),
        ),
        signatures=(_("Pejabat pelindungan data"), dated_signature(settings, now)),
        numbered=True,
    )


def _signs_of_high_risk(
    settings: OfficeSettings, year: processing.ProcessingFigures
) -> Iterator[tuple[str, str, str]]:
    """Yield the seven signs of a high risk (Pasal 34 (2)), and a line for the conclusion."""
    yield (
        "A1",
        _("Keputusan otomatis dengan akibat hukum"),
        _("Tidak. Urutan antrean mengikuti aturan yang sama bagi semua; tentang orang diputuskan petugas."),
    )
    yield (
        "A2",
        _("Data yang bersifat spesifik"),
        _(
            "Ya, sedikit: kelompok rentan dan bantuannya, disampaikan sukarela, dihapus sesudah {n} hari."
            " Data anak bila pemohonnya anak."
        ).format(n=settings.care.keep_days),
    )
    yield (
        "A3",
        _("Skala besar"),
        "{} {}".format(
            counted("{n} kunjungan dalam 12 bulan terakhir.", year.visits), _("Penilaian kantor: ........")
        ),
    )
    yield (
        "A4",
        _("Evaluasi, penskoran, pemantauan sistematis"),
        _("Tamu tidak dinilai. Waktu layanan diukur untuk mutu baku; survei tanpa nama."),
    )
    yield (
        "A5",
        _("Pencocokan atau penggabungan data"),
        _("Hanya tamu yang setuju diingat, lewat nomor telepon utuh; permintaan daring diimpor."),
    )
    yield (
        "A6",
        _("Teknologi baru"),
        _("Tidak: jaringan kantor, tanpa internet, pengenalan wajah, atau kecerdasan buatan."),
    )
    yield (
        "A7",
        _("Membatasi hak subjek data"),
        counted("Tidak. Register dengan batas 3×24 jam; {n} permintaan dalam 12 bulan.", year.requests),
    )
    yield "A8", _("Kesimpulan: berisiko tinggi atau tidak, dan alasannya"), BLANK


def _necessity(tx: Transaction, settings: OfficeSettings, now: int) -> Iterator[tuple[str, str, str]]:
    """Yield why the data is needed, what people are told, and when it is erased."""
    yield "B1", _("Dasar dan tujuan"), _("Lihat Rekaman Kegiatan Pemrosesan, dicetak bersama lembar ini.")
    yield (
        "B2",
        _("Tidak lebih dari yang perlu"),
        _("Nomor identitas hanya empat angka terakhir; yang tidak bertanda wajib boleh dikosongkan."),
    )
    has_own_notice = settings.privacy != PrivacyWords()
    yield (
        "B3",
        _("Pemberitahuan (Pasal 21)"),
        _("Naskah kantor sendiri, di tiap tempat data diketik.")
        if has_own_notice
        else _("Naskah yang disertakan program, di tiap tempat data diketik. Diperiksa kantor: ........"),
    )
    runs = retention.last_runs(tx)
    last_run = _day(settings, runs[0].began_at) if runs else _("belum pernah")
    due = _("ada yang jatuh tempo") if is_due(tx, now) else _("tidak ada yang jatuh tempo")
    yield (
        "B4",
        _("Dihapus pada waktunya (Pasal 42–44)"),
        _("Jadwal per jenis data; penghapusan terakhir {last}; sekarang {due}.").format(
            last=last_run, due=due
        ),
    )


def _risks(
    tx: Transaction, settings: OfficeSettings, year: processing.ProcessingFigures, now: int
) -> Iterator[tuple[str, str, str]]:
    """Yield each risk's number, the risk, and what guards against it in this office."""
    keys = readers.key_status(tx, now)
    yield (
        "C1",
        _("Orang lain melihat atau mendengar data di ruang layanan"),
        _("Karcis, suara, dan layar TV hanya menyebut nomor; kios kembali ke awal; loket mengunci sendiri."),
    )
    yield (
        "C2",
        _("Petugas membuka data tanpa keperluan"),
        _("Hanya {roles}. {holders} Tiap pembukaan dicatat: {n} dalam 12 bulan.").format(
            roles=_roles_that_may_open(),
            holders=counted("{n} petugas memegang kunci.", len([*filter(keys.opens_all, keys.officers)])),
            n=formats.format_number(year.openings),
        ),
    )
    yield (
        "C3",
        _("PC, berkas kantor, atau disk cadangan dicuri"),
        _(
            "Telepon, surel, alamat, dan surat disegel; kode pemulihan {code}. Nama dan isi permohonan tidak"
            " disegel: enkripsi disk tiap PC dan server ........"
        ).format(code=_("ada") if keys.has_code else _("belum ada")),
    )
    yield (
        "C4",
        _("Berkas diubah diam-diam di foldernya"),
        _("Catatan berantai, saksi di tiap PC dan cadangan. Akun yang boleh menulis di folder: ........"),
    )
    yield "C5", _("Data hilang"), _backup_words(tx, settings)
    yield (
        "C6",
        _("Data yang sudah dihapus masih ada di salinan"),
        _(
            "Cadangan memuatnya sampai {months}, jurnal {days} hari. Disk cadangan disimpan di: ........"
        ).format(months=months_words(backup_folder.MONTHLY_DAYS // 30), days=KEPT_MS // DAY_MS),
    )
    yield (
        "C7",
        _("Berkas yang disimpan, dicetak, atau diimpor"),
        _("Tidak dihapus oleh program. Tata cara kantor: ........"),
    )
    yield (
        "C8",
        _("Data keliru atau tertukar orang"),
        _("Perbaikan lewat register subjek data; suntingan dua petugas tidak saling menimpa."),
    )
    yield (
        "C9",
        _("Kegagalan pelindungan"),
        counted("Register dengan batas 3×24 jam (Pasal 46); {n} insiden dalam 12 bulan.", year.breaches),
    )
    yield (
        "C10",
        _("Program atau pembaruan palsu"),
        _("Pembaruan hanya dengan tanda tangan kunci kantor. Sumber pemasang diperiksa oleh: ........"),
    )


def _backup_words(tx: Transaction, settings: OfficeSettings) -> str:
    """Return when the office's last backup and restore drill were."""
    if not tx.engine.has_file:
        return _("Cadangan di server (pg_dump), oleh: ........ Terakhir diuji: ........")
    parts = []
    for task, word in ((upkeep.BACKUP, _("Cadangan terakhir")), (upkeep.DRILL, _("uji pemulihan"))):
        rows = upkeep.all_of(tx, task)
        at = rows[0].done_at if rows else 0
        parts.append(f"{word}: {_day(settings, at) if at else _('belum pernah')}")
    return "; ".join(parts) + "."


def _day(settings: OfficeSettings, at: int) -> str:
    return formats.format_date(stamps.to_datetime(at, settings.office.zone), "long")
