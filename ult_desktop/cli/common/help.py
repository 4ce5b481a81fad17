"""The help of the command line: its layout, keys to choose, and the words of each parameter."""

from collections.abc import Iterable
from copy import copy
from enum import StrEnum
from typing import TypeVar

import click
from typing_extensions import override

from ult_desktop.base import WordEnum, _


class _Param(WordEnum):
    """The names in the commands alone; an argument's is in capitals in the usage line."""

    ABSENT = "absent", "Nama masuk petugas yang berhalangan."
    ACCESS = "access", "Cara memperoleh informasinya."
    ACTION = "action", "on: kunci; off: lepaskan; show: sebut tingkatnya."
    ADDRESS = "address", "Alamat pemohon."
    ALERT = "alert_id", "Nomor antrean tamunya, atau nomor panggilan dari daftarnya."
    ANOTHER = "another", "Permohonan lain dari pengunjung yang sama."
    ANSWER = "answer", "Isi jawaban."
    ANSWERS = "answers", "Jawaban sebuah unsur; sekali untuk setiap unsur."
    APPLICANT = "applicant", "Jenis pemohon."
    APPOINTMENT = "appointment_id", "Kode janji temu, atau nomornya."
    ARGS = "args", "Pilihan lain untuk MODE."
    AT = "at", "Tanggal dan jam, misalnya “2026-11-24 10:00”."
    BREACH = "breach_id", "Nomor insiden."
    CALL = "call_id", "Nomor permohonan penelepon, atau nomor telepon dari daftarnya."
    CAN_SOLVE = "can_solve", "true: dapat diselesaikan di sini; false: perlu unit lain."
    CASE = "case_id", "Nomor permohonan (0012/ULT/2026), atau nomor permintaan daring (D-0012/2026)."
    CHANGES = "changes", "Berkas yang ditulis `setup share`: apa yang diubahnya."
    CODE = "code", "Kode pada karcis janji temu."
    COMPLAINT_CLASS = "complaint_class", "Kunci jenis pengaduan dari daftar kantor."
    CONDITION = "condition", "Keadaan alat."
    CONTACT = "contact", "Telepon, surel, atau alamat untuk dihubungi."
    COPY_BY = "copy_by", "Cara salinan diterima."
    COPY_FORM = "copy_form", "Bentuk salinan."
    COST = "cost", "Biaya salinan."
    COUNT = "count", "Berapa nomor diambil."
    COUNTER = "counter", "Nomor loket."
    DATA = "data", "Data pribadi apa yang terkena."
    DATABASE = "database", "Berkas kantor."
    DATE = "date", "Tanggal surat, misalnya 2026-11-20."
    DAY = "day", "Tanggal, misalnya 2026-11-24."
    DAYS = "days", "Jumlah hari kerja."
    DECISION = "decision", "Keputusan PPID."
    DELEGATE = "delegate", "Nama masuk petugas penggantinya."
    DELEGATION = "delegation_id", "Nomor penugasan."
    DELIVERY = "delivery", "Nomor permohonan (penyampaian terakhir), atau nomor penyampaian."
    DETAIL = "detail", "Isi permohonan dengan kata-kata."
    DEVIATION = "deviation_id", "Nomor penyimpangan dari daftarnya."
    DEVICE = "device_id", "Nama alat, atau nomornya."
    DOCUMENT = "document", "Nomor berkas."
    DOCUMENTS = "documents", "Nomor berkas yang disertakan; boleh berulang."
    DOCUMENT_ID = "document_id", "Nomor berkas yang sudah dilampirkan."
    DUE = "due", "Hari terakhirnya, misalnya 2027-03-31."
    DUE_DAYS = "due_days", "Tenggat dalam hari kerja; tanpa ini menurut prosedur."
    ELEMENT = "element", "Kunci unsurnya, misalnya sarana."
    EMAIL = "email", "Alamat surel."
    ENDING = "ending", "Bagaimana kunjungan berakhir."
    ESCALATION = "escalation_id", "Nomor permohonan yang diteruskan, atau nomor eskalasi."
    ESCORT = "escort_id", "Nomor antrean tamunya, atau nomor pendampingan."
    FAQ = "faq_id", "Nomor dalam bank jawaban."
    FIELD = "field", "Isian buku tamu."
    FILE = "file", "Berkasnya."
    FIRST = "first", "Hari pertama, misalnya 2026-11-23."
    FOLDER = "folder", "Foldernya."
    FROM_PLACE = "from_place", "Dari mana."
    GROUND = "ground", "Kunci dasar pengecualian dari daftar kantor."
    GROUNDS = "grounds", "Kelompok rentan."
    HANDLING = "handling", "Yang sudah dilakukan."
    HAPPENED = "happened", "Kapan dan bagaimana terjadi."
    HELD = "held", "Dikuasai kantor ini?"
    HELD_BY = "held_by", "Badan publik yang menguasainya."
    HELP = "help", "Bantuan yang diminta; boleh berulang."
    HOW = "how", "Caranya."
    IMPORT = "import_id", "Nomor impor dari daftarnya."
    IMPROVEMENT = "improvement_id", "Nomor rencana dari daftarnya."
    INSTALLER = "installer", "Pemasang program, .exe, .msi atau .deb."
    INSTITUTION = "institution", "Instansi."
    INSTRUCTION = "instruction", "Pesan kepada penerimanya."
    ISSUER = "issuer", "Penerbit surat."
    ITEMS = "items", "Nama perlengkapan seperti dalam prosedurnya."
    JSON_FILE = "json_file", "Tulis JSON ke berkas ini."
    KEY = "key", "Kuncinya dalam daftar kantor."
    KIND = "kind", "Jenisnya."
    KNOWN_AT = "known_at", "Kapan diketahui, misalnya “2026-11-23 09:00”; tanpa ini sekarang."
    LABEL = "label", "Nama alat, misalnya “Kursi roda 2”."
    LAST = "last", "Hari terakhir, misalnya 2026-11-24."
    LAW = "law", "Dasar hukumnya."
    LEG = "leg", "Bagian jalan yang didampingi."
    LESSON = "lesson", "Perbaikan supaya tidak terulang."
    LETTER_DATE = "letter_date", "Tanggal surat tugas, misalnya 2026-11-20."
    LETTER_NUMBER = "letter_number", "Nomor surat tugas."
    LOAN = "loan_id", "Nomor antrean tamunya, atau nomor peminjaman."
    LOGIN = "login", "Nama masuk petugas."
    MISSING = "missing", "Syarat yang kurang; boleh berulang."
    MODE = "mode", "Kios, loket, atau layar TV."
    NAME = "name", "Namanya."
    NOTE = "note", "Catatan."
    NUMBER = "number", "Nomornya."
    OBJECTION = "objection_id", "Nomor keberatan."
    OCCUPATION = "occupation", "Pekerjaan."
    OFFICER = "officer_id", "Nama masuk petugas."
    OUTCOME = "outcome", "Hasilnya."
    PACKAGE = "package", "Berkas paket pembaruan."
    PDF = "pdf", "Tulis PDF ke berkas ini."
    PERIOD = "period", "Bulan (2026-11), triwulan (2026-T4), atau tahun (2026)."
    PERSONS = "persons", "Berapa orang yang datanya terkena."
    PHONE = "phone", "Nomor telepon."
    PLACE = "place", "Tempat."
    POSITION = "position", "Kasus posisi."
    PRINCIPAL = "principal", "Siapa yang diwakili."
    PROCEDURE = "procedure", "Nama prosedur, atau berkas .toml."
    PROCEDURE_ID = "procedure_id", "Nama prosedur."
    PROGRAMME = "programme", "Yang akan dilakukan."
    PROGRESS = "progress", "Sudah sampai mana."
    PROOF = "proof", "Bukti penyampaian, misalnya nomor resi."
    PROPERTIES = "properties", "ROLE, DATABASE, COUNTER, PRINTER, UPDATEKEY seperti di panduan TI."
    PROXY = "proxy", "Nama kuasanya."
    PURPOSE = "purpose", "Keperluan atau tujuan."
    QUESTION = "question", "Isi pertanyaan."
    READY_IN = "ready_in", "Kapan informasinya siap."
    REASON = "reason", "Alasan."
    RECEIPT = "receipt", "Buat tanda terima."
    RECEIVED_AT = "received_at", "Kapan diterima, misalnya “2026-11-23 09:00”; tanpa ini sekarang."
    RECIPIENT = "recipient", "Siapa yang menerima."
    RECOVERY = "recovery", "Pemulihan yang dilakukan."
    REDACTION = "redaction", "Bagian yang dihitamkan dan alasannya."
    REGENCY = "regency", "Kabupaten atau kota."
    RELATION = "relation", "Hubungan dengan yang diwakili."
    REMARK = "remark", "Catatan."
    REQUEST = "request", "Nomor permintaan."
    REQUEST_ID = "request_id", "Nomor permintaan, pendaftaran, atau permohonannya."
    RESPONSIBLE = "responsible", "Penanggung jawabnya."
    RESULT = "result", "Hasil telepon balik."
    ROLE = "role", "Peran petugas."
    ROLES = "roles", "Peran petugas; boleh berulang."
    SCAN = "scan", "Berkas pindaian (PDF, JPEG, PNG)."
    SERVICE = "service", "Awalan atau nama layanan."
    SERVICE_ID = "service_id", "Awalan atau nama layanan."
    SORT = "sort", "Jenis catatan."
    SOURCE = "source", "Berkas atau folder cadangan."
    STATE = "state", "Hanya yang keadaannya ini."
    STEP = "step", "Nomor langkah dalam prosedurnya."
    SUBJECT = "subject", "Perihal surat."
    SUB_REASON = "sub_reason", "Mengapa tidak tersedia."
    TAGS = "tags", "Kata kunci untuk pencarian."
    TARGET = "target", "Ke berkas ini."
    TEXT = "text", "Teks yang dicari atau dicatat."
    TICKET = "ticket_id", "Nomor antrean hari ini (A012), atau kode pada karcisnya."
    TITLE = "title", "Judul."
    TO = "to", "Meja yang dituju."
    TOLD = "told", "Bagaimana jawabannya disampaikan."
    TOPIC = "topic", "Topik."
    TO_COUNTER = "to_counter", "Nomor loket yang dituju."
    TO_OFFICER = "to_officer_id", "Nama masuk petugas yang dituju."
    TO_PLACE = "to_place", "Ke mana."
    TRAVELLER = "traveller", "Nama pelaksana perjalanan dinas."
    UNFOUNDED = "unfounded", "Ternyata bukan kegagalan pelindungan data."
    UNIT = "unit", "Nama unit terkait."
    VALUE = "value", "Isi yang benar."
    VERDICT = "verdict", "Putusan atas penjelasannya."
    VERSION = "version", "Nomor versi, misalnya 1.2.0."
    VISIT = "visit", "Nomor antrean hari ini (A012), nomor permohonan, atau nomor kunjungan."
    VISITOR = "visitor", "Di mana pengunjungnya."
    VISITS = "visits", "Nomor antrean atau nomor kunjungan; boleh beberapa."
    VISIT_ID = "visit_id", "Nomor antrean hari ini (A012), nomor permohonan, atau nomor kunjungan."
    WANTED = "wanted", "Informasi yang diminta."
    WANTS_PAPER = "wants_paper", "Cetak karcis."
    WAY = "way", "Cara penyampaian."
    WHAT = "what", "Apa yang terjadi."
    WHICH = "which", "Nama prosedur, atau berkas .toml."
    WHOM = "whom", "Kepada siapa."
    WITHDRAWN = "withdrawn", "Ditarik oleh pemohon."
    WORDS = "words", "Yang diminta, dengan kata-kata pemohon."
    YEAR = "year", "Tahun, misalnya 2026."


def param_word(name: str) -> str:
    """Empty for a name that is not known."""
    return _Param(name).word if name in set(_Param) else ""


AnyCommand = TypeVar("AnyCommand", bound=click.Command)


class KeyChoice(click.Choice[str]):
    """A choice of keys; help shows their words."""

    def __init__(self, keys: Iterable[StrEnum]) -> None:
        self.keys = tuple(keys)
        super().__init__([key.value for key in self.keys])

    @override
    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Convert a key; an empty text is none, and is accepted where it is the default."""
        if value == "" and param is not None and param.default == "":
            return ""
        return super().convert(value, param, ctx)

    def meanings(self) -> str:
        """Return every key, with its word where that is another."""
        words = {key.value: str(getattr(key, "word", key)) for key in self.keys}
        return "; ".join(
            key if word.casefold() == key.replace("_", " ") else f"{key} = {word}"
            for key, word in words.items()
        )


class SpokenCommand(click.Command):
    """Its help is written in Indonesian, and read in the language in force."""

    @override
    def get_help(self, ctx: click.Context) -> str:
        return click.Command.get_help(_spoken(self), ctx)

    @override
    def get_usage(self, ctx: click.Context) -> str:
        return click.Command.get_usage(_spoken(self), ctx)

    @override
    def get_short_help_str(self, limit: int = 45) -> str:
        return click.Command.get_short_help_str(_spoken(self), limit)


class SpokenGroup(SpokenCommand, click.Group):
    """A group that is like `SpokenCommand`, with such commands."""

    command_class = SpokenCommand


def _spoken(command: AnyCommand) -> AnyCommand:
    said = copy(command)
    said.help = _(command.help or "")
    said.options_metavar = _("[PILIHAN]")
    if isinstance(said, click.Group):
        said.subcommand_metavar = _("PERINTAH [ARGUMEN]...")
    said.params = [_with_help(param) for param in command.params]
    return said


def _with_help(param: click.Parameter) -> click.Parameter:
    said = copy(param)
    words = _(param.help) if param.help else param_word(param.name or "")
    meanings = param.type.meanings() if isinstance(param.type, KeyChoice) else ""
    said.help = " ".join(filter(None, (words, meanings)))
    if isinstance(param, click.Option) and param.metavar is None:
        said.metavar = _values().get(param.type.name)
    return said


def _values() -> dict[str, str]:
    """Return the word for what an option takes, by click's name for it."""
    numbers = dict.fromkeys(("integer", "integer range", "float range"), _("ANGKA"))
    moments = {"date": _("TANGGAL"), "time": _("JAM"), "moment": _("WAKTU")}
    return {"text": _("TEKS"), **moments, **numbers}
