"""The columns of a list, by what they hold: remembered for each source, guessed from the headers at first."""

import re
from collections.abc import Sequence

import msgspec

from ult_desktop.base import WordEnum, _

HEADER_WITHIN = 15  # rows in which the headers are looked for, below a title and who made the list
MIN_KNOWN = 2
MAX_ROWS = 50_000  # of one list
ROWS_NAMED = 10
LONGEST_HEADER = 300  # letters; a form's whole question can be a header


class RequestField(WordEnum):
    """The fields of a request."""

    EXTERNAL_ID = "nomor", "Nomor dari sumber"
    SENT_AT = "waktu", "Waktu dikirim"
    NAME = "nama", "Nama"
    INSTITUTION = "instansi", "Instansi"
    REGENCY = "kabupaten", "Kabupaten/Kota"
    PHONE = "telepon", "Telepon"
    EMAIL = "surel", "Surel"
    OCCUPATION = "jabatan", "Jabatan/Pekerjaan"
    SERVICE = "layanan", "Layanan"
    TOPIC = "perihal", "Perihal"
    DETAIL = "isi", "Isi permohonan"


REQUIRED = (RequestField.NAME, RequestField.DETAIL)


class ColumnMapping(msgspec.Struct, frozen=True):
    """A pair of a mapping: the header as the list writes it, and the field that it fills."""

    header: str
    field: RequestField


ColumnMappings = tuple[ColumnMapping, ...]


class RawRow(msgspec.Struct, frozen=True):
    """A row as it was read: its number in the list, first is 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A list as it was read: the headers, the rows under them, and what the reader noticed."""

    headers: tuple[str, ...]
    rows: tuple[RawRow, ...]
    notes: tuple[str, ...] = ()


# The headers of each field, the surest first. "No" alone is not here: it counts the list's own rows.
_KNOWN: dict[RequestField, tuple[str, ...]] = {
    RequestField.EXTERNAL_ID: (
        *("id permohonan", "nomor permohonan", "no permohonan", "nomor tiket", "no tiket", "kode tiket"),
        *("nomor antrean", "nomor antrian", "no antrean", "no antrian", "nomor registrasi", "no registrasi"),
        *("kode registrasi", "kode permohonan", "kode", "id", "ticket id", "message id", "nomor agenda"),
        *("no agenda", "external id"),
    ),
    RequestField.SENT_AT: (
        *("tanggal permohonan", "waktu permohonan", "tanggal pengajuan", "waktu pengajuan", "cap waktu"),
        *("timestamp", "tanggal masuk", "tanggal kirim", "waktu kirim", "tanggal surat", "tanggal", "waktu"),
        *("tgl", "date", "created at", "sent at"),
    ),
    RequestField.EMAIL: ("alamat email", "alamat surel", "alamat e mail", "email", "e mail", "surel"),
    RequestField.PHONE: (
        *("nomor telepon", "no telepon", "nomor hp", "no hp", "nomor whatsapp", "no whatsapp", "nomor wa"),
        *("no wa", "telepon", "whatsapp", "handphone", "hp", "wa", "phone", "kontak"),
    ),
    RequestField.INSTITUTION: (
        *(
            "asal instansi",
            "nama instansi",
            "unit kerja",
            "asal sekolah",
            "nama sekolah",
            "satuan pendidikan",
        ),
        *("instansi", "lembaga", "sekolah", "institution", "asal"),
    ),
    RequestField.REGENCY: ("kabupaten kota", "kab kota", "kabupaten", "kota", "wilayah", "regency"),
    RequestField.OCCUPATION: ("jabatan pekerjaan", "jabatan", "pekerjaan", "profesi", "occupation"),
    RequestField.SERVICE: ("jenis layanan", "layanan yang diminta", "kategori layanan", "layanan", "service"),
    RequestField.TOPIC: ("perihal", "judul", "topik", "subjek", "subject", "hal", "keperluan"),
    RequestField.NAME: (
        "nama lengkap",
        "nama pemohon",
        "nama pengirim",
        "nama",
        "pemohon",
        "pengirim",
        "name",
        "dari",
    ),
    RequestField.DETAIL: (
        *("isi permohonan", "uraian permohonan", "detail permohonan", "rincian permohonan", "isi pesan"),
        *("pertanyaan permasalahan", "pertanyaan", "permasalahan", "uraian", "rincian", "isi", "pesan"),
        *("permohonan", "detail", "message", "keterangan"),
    ),
}


def normalise_header(header: str) -> str:
    """Return a header in the form that is compared: small letters and digits, one space between words."""
    return " ".join(re.findall(r"[^\W_]+", header[:LONGEST_HEADER].casefold()))


def guess_columns(headers: Sequence[str]) -> ColumnMappings:
    """Return the columns that the headers name by themselves; each header and each field at most once."""
    found: dict[RequestField, str] = {}
    names = {header: plain for header in headers if (plain := normalise_header(header))}
    for tells in (str.__eq__, _contains):
        for field, known in _KNOWN.items():
            free = [header for header in names if header not in found.values()]
            header = next((header for word in known for header in free if tells(names[header], word)), None)
            if field not in found and header is not None:
                found[field] = header
    return tuple(ColumnMapping(header, field) for field, header in found.items())


# A header with such a word is about something else: a birth date is no time of sending, a consent no address.
_OTHERWISE = {
    "lahir",
    "ibu",
    "ayah",
    "wali",
    "kandung",
    "consent",
    "persetujuan",
    "birth",
    "expiry",
    "kedaluwarsa",
}


def _contains(header: str, word: str) -> bool:
    return len(word) > 2 and f" {word} " in f" {header} " and _OTHERWISE.isdisjoint(header.split())


def mapping_fits(mapping: ColumnMappings, headers: Sequence[str]) -> bool:
    """Return whether a mapping suits a list: all its columns are there, and no required field lacks one."""
    there = {normalise_header(header) for header in headers}
    return not missing_fields(mapping) and all(normalise_header(column.header) in there for column in mapping)


def missing_fields(mapping: ColumnMappings) -> tuple[RequestField, ...]:
    """Return the required fields for which a mapping has no column."""
    return tuple(field for field in REQUIRED if field not in {column.field for column in mapping})


def best_mapping(remembered: ColumnMappings, headers: Sequence[str]) -> ColumnMappings:
    """Return the remembered columns that the list has, and those that its other headers name."""
    there = {normalise_header(header) for header in headers}
    kept = tuple(column for column in remembered if normalise_header(column.header) in there)
    taken, used = {column.field for column in kept}, {normalise_header(column.header) for column in kept}
    free = [header for header in headers if normalise_header(header) not in used]
    return kept + tuple(column for column in guess_columns(free) if column.field not in taken)


def find_header(rows: Sequence[RawRow], remembered: ColumnMappings = ()) -> int:
    """Return the index of the row that holds the headers: titles and notes may precede it."""

    def known(place: int) -> int:
        cells = rows[place].cells
        there = {normalise_header(cell) for cell in cells}
        return len(guess_columns(cells)) + sum(
            normalise_header(column.header) in there for column in remembered
        )

    places = range(min(HEADER_WITHIN, len(rows)))
    best = max(places, key=known, default=0)
    if places and known(best) >= MIN_KNOWN:
        return best
    return next((place for place in places if sum(map(bool, rows[place].cells)) >= MIN_KNOWN), 0)


def split_headers(
    rows: Sequence[RawRow], remembered: ColumnMappings = (), notes: Sequence[str] = ()
) -> Table:
    """Split a list into its headers and the rows below them; empty rows are left out."""
    if not rows:
        return Table(headers=(), rows=(), notes=tuple(notes))
    place = find_header(rows, remembered)
    headers = tuple(" ".join(cell.split())[:LONGEST_HEADER] for cell in rows[place].cells)
    last = max((n for n, header in enumerate(headers, 1) if header), default=0)
    kept, left_out = list[RawRow](), list[RawRow]()
    for line in rows[place + 1 :]:
        if any(cell.strip() for cell in line.cells):
            (left_out if _is_no_record(line, headers) else kept).append(line)
    if left_out:
        numbers = ", ".join(str(line.number) for line in left_out[:ROWS_NAMED])
        words = _("Bukan data, dilewati (nomor kolom atau judul yang berulang): baris {rows}.")
        notes = (*notes, words.format(rows=numbers + ("…" if len(left_out) > ROWS_NAMED else "")))
    return Table(headers=headers[:last], rows=tuple(kept), notes=tuple(notes))


def _is_no_record(line: RawRow, headers: Sequence[str]) -> bool:
    """Return whether a row numbers the columns, as government tables do, or repeats the headers."""
    cells = [" ".join(cell.split()) for cell in line.cells]
    if cells == list(headers[: len(cells)]):
        return True
    numbers = [re.fullmatch(r"\(?(\d{1,3})\)?", cell) for cell in cells if cell]
    counted = [int(found[1]) for found in numbers if found]
    return len(counted) == len(numbers) >= MIN_KNOWN and counted == list(
        range(counted[0], counted[0] + len(counted))
    )
