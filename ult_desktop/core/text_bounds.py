"""The bounds on the length of a command's text and on its numbers: more than anybody needs is refused.

Every command passes here before it is journalled (`operations.sealing`), so a new field is bounded without
further code. What older journals hold is repeated as it is.
"""

from collections.abc import Iterator

import msgspec

from ult_desktop.base import UserError, WordEnum, _
from ult_desktop.core.command import Command

LINE, TEXT = 500, 20_000
"""Letters of a name or another single line, and of anything else."""
LARGEST = 2**63
"""No row holds a number beyond it."""
_LINES = frozenset(
    (
        *("absent", "branch", "code", "complaint_class", "contact", "date", "day", "delegate", "email"),
        *(
            "external_id",
            "file",
            "from_place",
            "institution",
            "issuer",
            "key",
            "kind",
            "label",
            "letter_date",
        ),
        *("letter_number", "login", "media_type", "name", "nip", "number", "number_tail", "occupation"),
        *("ordered_by", "phone", "place", "prefix", "principal", "procedure_id", "recipient", "regency"),
        *("relation", "roles", "series", "service", "sha256", "sub_reason", "to_place", "topic", "traveller"),
    )
)


class FieldName(WordEnum):
    """The names that people use for the fields that they fill in."""

    ABSENT = "absent", "Petugas yang berhalangan"
    ADDRESS = "address", "Alamat"
    ANSWER = "answer", "Jawaban"
    BRANCH = "branch", "Cabang"
    BUDGET = "budget", "Anggaran"
    CAUSE = "cause", "Penyebab"
    CODE = "code", "Kode"
    COMPLAINT_CLASS = "complaint_class", "Jenis pengaduan"
    CONTACT = "contact", "Kontak"
    CORRECTION = "correction", "Perbaikan"
    COST = "cost", "Biaya"
    DATA = "data", "Data yang terkena"
    DATE = "date", "Tanggal"
    DELEGATE = "delegate", "Petugas pengganti"
    DETAIL = "detail", "Uraian"
    DISPUTES = "disputes", "Sengketa"
    ELEMENT = "element", "Unsur"
    EMAIL = "email", "Surel"
    FACILITIES = "facilities", "Sarana dan prasarana"
    FILE = "file", "Berkas"
    FROM_PLACE = "from_place", "Dari"
    GROUND = "ground", "Alasan penolakan"
    HANDLING = "handling", "Penanganan"
    HAPPENED = "happened", "Kejadian"
    HELD_BY = "held_by", "Dikuasai oleh"
    HOW = "how", "Cara"
    INSTITUTION = "institution", "Instansi"
    INSTRUCTION = "instruction", "Petunjuk"
    ISSUER = "issuer", "Penerbit"
    ITEMS = "items", "Butir"
    KEY = "key", "Kode"
    KIND = "kind", "Jenis"
    LABEL = "label", "Nomor"
    LAW = "law", "Dasar hukum"
    LESSON = "lesson", "Pelajaran"
    LETTER_DATE = "letter_date", "Tanggal surat"
    LETTER_NUMBER = "letter_number", "Nomor surat"
    LOGIN = "login", "Nama masuk"
    MEETS = "meets", "Bertemu dengan"
    MISSING = "missing", "Kekurangan"
    NAME = "name", "Nama"
    NOTE = "note", "Catatan"
    NOTES = "notes", "Catatan"
    NUMBER = "number", "Nomor"
    NUMBER_TAIL = "number_tail", "Akhir nomor kartu"
    OBSTACLES = "obstacles", "Kendala"
    OCCUPATION = "occupation", "Pekerjaan"
    ORDERED_BY = "ordered_by", "Ditugaskan oleh"
    ORIGIN = "origin", "Asal"
    PERIOD = "period", "Periode"
    PHONE = "phone", "Telepon"
    PLACE = "place", "Tempat"
    POLICY = "policy", "Kebijakan"
    POSITION = "position", "Sikap atas keberatan"
    PRINCIPAL = "principal", "Yang diwakili"
    PROGRAMME = "programme", "Program"
    PROOF = "proof", "Bukti"
    PROXY = "proxy", "Kuasa"
    PURPOSE = "purpose", "Keperluan"
    QUESTION = "question", "Pertanyaan"
    READY_IN = "ready_in", "Siap dalam"
    REASON = "reason", "Alasan"
    RECIPIENT = "recipient", "Penerima"
    RECOMMENDATIONS = "recommendations", "Rekomendasi"
    RECOVERY = "recovery", "Pemulihan"
    REDACTION = "redaction", "Bagian yang dihitamkan"
    REGENCY = "regency", "Kabupaten/kota"
    RELATION = "relation", "Hubungan"
    REMARK = "remark", "Catatan"
    RESPONSIBLE = "responsible", "Penanggung jawab"
    RESULT = "result", "Hasil"
    STAFF = "staff", "Sumber daya manusia"
    SUBJECT = "subject", "Perihal"
    SUGGESTION = "suggestion", "Saran"
    SUPPORTING = "supporting", "Data pendukung"
    TAGS = "tags", "Kata kunci"
    TEXT = "text", "Teks"
    TITLE = "title", "Judul"
    TO_PLACE = "to_place", "Ke"
    TOLD = "told", "Yang disampaikan"
    TRAVELLER = "traveller", "Pelaksana perjalanan"
    UNIT = "unit", "Unit"
    VALUE = "value", "Isi yang benar"
    WANTED = "wanted", "Informasi yang diminta"
    WHAT = "what", "Apa yang terjadi"
    WORDS = "words", "Isi permintaan"


def require_bounded(command: Command) -> None:
    """Check the command.

    Raises UserError that names the field, and its bound, when a text is too long or a number too large.
    """
    for name, value in _leaves(command, ""):
        if isinstance(value, str | bytes) and len(value) > bound_of(name):
            raise _refused(
                _("Isian “{field}” terlalu panjang: {n} huruf, paling banyak {most}.").format(
                    field=field_words(name), n=len(value), most=bound_of(name)
                ),
                _("Pendekkan isian itu, atau lampirkan sebagai dokumen."),
            )
        if isinstance(value, int) and not -LARGEST <= value < LARGEST:
            raise _refused(
                _("Angka pada isian “{field}” terlalu besar.").format(field=field_words(name)),
                _("Periksa nomor itu, lalu ulangi."),
            )


def bound_of(field: str) -> int:
    """Return how many letters a field of that name may have, in any command."""
    return LINE if field in _LINES else TEXT


def field_words(field: str) -> str:
    """Return the name that people use for a field; a field that only files have keeps its name there."""
    return next((each.word for each in FieldName if each == field), field)


def _leaves(value: object, name: str) -> Iterator[tuple[str, object]]:
    """Yield every text and number of a command, with the name of the field that holds it."""
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _leaves(getattr(value, field), field)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield name, key
            yield from _leaves(each, name)
    elif isinstance(value, list | tuple | frozenset):
        for each in value:
            yield from _leaves(each, name)
    else:
        yield name, value


def _refused(what: str, todo: str) -> UserError:
    return UserError(what, _("Tidak ada yang berubah; yang diketik tetap ada di formulir."), todo)
