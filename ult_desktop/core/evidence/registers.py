"""The registers of evidence: the fields of their rows, and the lists of choices for these fields."""

from collections.abc import Iterable
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct

from ult_desktop.base import WordEnum, _
from ult_desktop.core.evidence.figures import EvidenceFigure
from ult_desktop.core.office.template import Filled, require_unique, with_keys

Key = Annotated[
    str, Meta(pattern=r"^[a-z0-9][a-z0-9_]*$", description="huruf kecil tanpa spasi, misalnya parking")
]


class Register(WordEnum):
    """A register that the office keeps as evidence."""

    DOCUMENT = "document", "Dokumen dan SK"
    FACILITY = "facility", "Sarana"
    PUBLICATION = "publication", "Publikasi"
    MEETING = "meeting", "Forum Konsultasi Publik"
    REVIEW = "review", "Tinjauan standar"
    TRAINING = "training", "Pelatihan dan penghargaan"
    INNOVATION = "innovation", "Inovasi"
    COMPENSATION = "compensation", "Kompensasi"
    ELSEWHERE = "elsewhere", "Pengaduan di tempat lain"


class EvidenceRecord(Struct, frozen=True, kw_only=True):
    """A row of a register. Days are ISO, "" where none was said; `item` and `kinds` are keys of its lists.

    `document_id` is the photo or scan. A withdrawn row (`retired`) is kept, and counts for nothing.
    """

    id: int
    register: Register
    item: str = ""
    kinds: tuple[str, ...] = ()
    title: str = ""
    day: str = ""
    until: str = ""
    service_id: int | None = None
    persons: int | None = None
    received: int | None = None
    settled: int | None = None
    note: str = ""
    document_id: int | None = None
    retired: bool = False
    recorded_at: int = 0
    recorded_by: str = ""


class RegisterField(NamedTuple):
    """A field of a register's rows; `words` is its name there, "" for that of the data dictionary."""

    name: str
    words: str = ""
    required: bool = False


def fields_of(register: Register) -> tuple[RegisterField, ...]:
    """Return the fields of a register's rows, in the order of its form."""
    item, note = RegisterField("item", required=True), RegisterField("note")
    proof = RegisterField("document_id", _("Foto atau pindaian"))

    def day(words: str) -> RegisterField:
        return RegisterField("day", words, required=True)

    def title(words: str, *, required: bool = False) -> RegisterField:
        return RegisterField("title", words, required)

    return {
        Register.DOCUMENT: (
            item, title(_("Nomor dan judul"), required=True), day(_("Tanggal dokumen")),
            RegisterField("until", _("Berlaku sampai")), note, proof,
        ),
        Register.FACILITY: (item, title(_("Tempat")), day(_("Tanggal foto")), note, proof),
        Register.PUBLICATION: (
            item, RegisterField("kinds", _("Isinya"), required=True), title(_("Tempat atau alamat")),
            day(_("Tayang sejak")), RegisterField("until", _("Tayang sampai")), note, proof,
        ),
        Register.MEETING: (
            title(_("Pokok pembicaraan"), required=True), day(_("Tanggal pertemuan")),
            RegisterField("kinds", _("Unsur peserta"), required=True),
            RegisterField("persons", _("Jumlah peserta")), RegisterField("note", _("Yang disepakati")), proof,
        ),
        Register.REVIEW: (
            RegisterField("service_id", _("Layanan"), required=True), item, day(_("Tanggal tinjauan")),
            RegisterField("note", _("Tindak lanjut")), proof,
        ),
        Register.TRAINING: (
            item, title(_("Nama kegiatan"), required=True), day(_("Tanggal")),
            RegisterField("persons", _("Jumlah petugas")), note, proof,
        ),
        Register.INNOVATION: (item, title(_("Nama inovasi"), required=True), day(_("Tanggal")), note, proof),
        Register.COMPENSATION: (
            title(_("Nomor permohonan atau antrean"), required=True),
            RegisterField("note", _("Standar yang terlewat dan sebabnya"), required=True),
            day(_("Pengguna diberi tahu")), item, RegisterField("until", _("Diberikan pada")), proof,
        ),
        Register.ELSEWHERE: (
            item, day(_("Hari terakhir periodenya")), RegisterField("received", required=True),
            RegisterField("settled", required=True), note, proof,
        ),
    }[register]  # fmt: skip


class ListItem(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A choice of a list. `fact` is a figure of the program that proves it without a row, if it is not 0.

    `form` says whether a medium is printed or electronic; "" for what is no medium.
    """

    key: Key
    name: Filled
    fact: EvidenceFigure | None = None
    form: Literal["", "print", "electronic"] = ""


class EvidenceList(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A list of choices for a field of a register's rows: `item` takes one, `kinds` several.

    A row counts for `months` after its day; 0: always.
    """

    key: Key
    register: Register
    name: Filled
    items: Annotated[tuple[ListItem, ...], Meta(min_length=1)]
    field: Literal["item", "kinds"] = "item"
    months: Annotated[int, Meta(ge=0, le=120)] = 0

    def path(self, item: ListItem) -> str:
        """Return the key of an item among all lists."""
        return f"{self.key}.{item.key}"


class EvidenceLists(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The lists of all registers. Raises ValueError when a key is there twice."""

    lists: Annotated[tuple[EvidenceList, ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        list_keys = [evidence_list.key for evidence_list in self.lists]
        require_unique(_("kunci"), with_keys("lists", "key", list_keys))
        for index, evidence_list in enumerate(self.lists):
            item_keys = with_keys("items", "key", [item.key for item in evidence_list.items])
            keys = [(("lists", index, *where), key) for where, key in item_keys]
            require_unique(_("kunci"), keys)

    def find(self, key: str) -> EvidenceList | None:
        return next((evidence_list for evidence_list in self.lists if evidence_list.key == key), None)

    def item(self, path: str) -> ListItem | None:
        """Find an item by its key among all lists ("documents.standard")."""
        key, _dot, name = path.partition(".")
        evidence_list = self.find(key)
        if evidence_list is None:
            return None
        return next((item for item in evidence_list.items if item.key == name), None)

    def words(self, path: str) -> str:
        """Return the name of an item by its key among all lists; a key that no list has is returned."""
        item = self.item(path)
        return item.name if item else path

    def choices(
        self, register: Register, field: str, preferred: tuple[str, ...] = ()
    ) -> tuple[tuple[str, str], ...]:
        """Return the keys and names of the choices for a field of a register.

        If some lists of the register have `preferred` keys, the choices are those of these lists alone.
        """
        fitting = [
            evidence_list
            for evidence_list in self.lists
            if evidence_list.register is register and evidence_list.field == field
        ]
        lists = [evidence_list for evidence_list in fitting if evidence_list.key in preferred] or fitting
        choices = []
        for evidence_list in lists:
            prefix = f"{evidence_list.name}: " if len(lists) > 1 else ""
            choices += [(evidence_list.path(item), prefix + item.name) for item in evidence_list.items]
        return tuple(choices)


def complaints_elsewhere(records: Iterable[EvidenceRecord], year: int) -> tuple[EvidenceRecord, ...]:
    """Return the rows of a year about complaints that were made elsewhere."""
    return tuple(
        record
        for record in records
        if record.register is Register.ELSEWHERE and not record.retired and record.day.startswith(str(year))
    )


def record_summary(record: EvidenceRecord, lists: EvidenceLists) -> str:
    """Return a row in one line: its item (or register), title, kinds and counts, without its day."""
    kinds = ", ".join(lists.words(kind) for kind in record.kinds)
    counts = (
        _("{n} masuk, {m} selesai").format(n=record.received, m=record.settled)
        if record.received is not None
        else ""
    )
    subject = lists.words(record.item) if record.item else record.register.word
    return " · ".join(filter(None, [subject, record.title, kinds, counts]))
