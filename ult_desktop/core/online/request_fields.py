"""The fields of a request that the columns of a list can hold, and the heads by which they are known."""

from ult_desktop.base import WordEnum
from ult_desktop.core.lists.columns import ListField, Shape


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
# The heads of each field, the surest first. "No" alone is not here: it counts the list's own rows.
_HEADS: dict[RequestField, tuple[str, ...]] = {
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
        *("no wa", "no hp wa", "no telp", "nomor telp", "no telp wa", "telepon wa", "telepon", "telp"),
        *("whatsapp", "handphone", "hp", "wa", "phone", "kontak"),
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
        *("permohonan", "detail", "message"),
    ),
}
# Heads that may name the field or another one: an officer is asked.
_DOUBTFUL = {RequestField.DETAIL: ("keterangan", "catatan"), RequestField.NAME: ("oleh", "user")}
_SHAPES = {RequestField.SENT_AT: Shape.DATE, RequestField.EMAIL: Shape.EMAIL, RequestField.PHONE: Shape.PHONE}


def request_fields() -> tuple[ListField, ...]:
    """Return the fields in the order in which heads are matched with them."""
    return tuple(
        ListField(
            key=field.value,
            words=field.word,
            names=names,
            doubtful=_DOUBTFUL.get(field, ()),
            needed=field in REQUIRED,
            shape=_SHAPES.get(field, Shape.TEXT),
        )
        for field, names in _HEADS.items()
    )
