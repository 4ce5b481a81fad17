"""The readers of outside bytes, each as a function of bytes: it reads, or refuses in words.

All else is a bug. The short tests give them bytes made by hypothesis, `python -m benchmarks fuzz` those that
coverage leads to.
"""

import io
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import xlsxwriter

from ult_desktop.base.config import load_station
from ult_desktop.base.errors import UserError
from ult_desktop.base.paths import resource
from ult_desktop.core.free_text import normalise_line
from ult_desktop.core.kiosk_code import LONGEST_CODE, plain_code
from ult_desktop.core.lists.commands import ListBatch
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.core.online.request_rows import RequestList
from ult_desktop.core.recorded_requests import JournalRecord
from ult_desktop.core.survey.answer_rows import AnswerList
from ult_desktop.core.survey.commands import ImportSurvey
from ult_desktop.db.backup import journals
from ult_desktop.db.lock_check.probe_round import ProofCard, ProofCardBox, ProofRecord
from ult_desktop.db.store import damage_flag
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import Deadline, PrinterDialogue, PrintOutcome
from ult_desktop.devices.voice.pack import load_pack
from ult_desktop.operations.lists.importing import ImportBasis, understand_file
from ult_desktop.operations.lists.list_files import parse_list
from ult_desktop.operations.office.office_files import load_office
from ult_desktop.operations.online.request_lists import RequestLists
from ult_desktop.operations.procedures.procedures import load_procedure
from ult_desktop.operations.survey.answer_lists import questionnaire, read_questionnaire, template_line

_FOLDER = tempfile.TemporaryDirectory(prefix="ult-fuzz-")
FOLDER = Path(_FOLDER.name)
NOW = 1_795_225_260_000
_BASIS = ImportBasis(RequestList(source=OnlineSource.EMAIL, zone=UTC, now=NOW), {})
_SURVEY_BASIS = ImportBasis(
    AnswerList(form=questionnaire(), zone=ZoneInfo("Asia/Makassar"), now=NOW, services={"a": 1}), {}
)
_BATCH = ListBatch(key="satu", file="daftar.csv")


class WrongError(Exception):
    """A reader took bytes for what they are not."""


def _require(holds: bool, words: str) -> None:
    if not holds:
        raise WrongError(words)


class Target(NamedTuple):
    """A target of fuzzing: `read` gets the bytes; `seeds` are good ones to begin with."""

    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]


class _Scripted:
    """A printer whose answers are given: one piece for each question."""

    can_answer = True

    def __init__(self, data: bytes) -> None:
        self._pieces = data.split(b"\n")

    def send(self, _data: bytes, _deadline: Deadline) -> None:
        pass

    def receive(self, _deadline: Deadline) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""

    def close(self) -> None:
        pass


def _written(name: str, data: bytes) -> Path:
    path = FOLDER / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def _list(ending: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> None:
        found = understand_file(parse_list(data, f"list{ending}"), _BASIS, {})
        command = RequestLists(OnlineSource.EMAIL).write_command([each.row for each in found.rows], _BATCH)
        msgspec.json.decode(msgspec.json.encode(command), type=type(command))

    return read


def _answers(data: bytes) -> None:
    found = understand_file(parse_list(data, "answers.csv"), _SURVEY_BASIS, {})
    msgspec.json.encode(ImportSurvey(rows=tuple(each.row for each in found.rows), batch=_BATCH))


def _workbook() -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Tanggal", "Nama", "Kontak", "Isi"])
        sheet.write_row(1, 0, ["20/11/2026", "Dedi", "081234567890", "Mohon data"])
    return held.getvalue()


def _toml(name: str, reader: Callable[[Path], object]) -> Callable[[bytes], object]:
    return lambda data: reader(_written(f"{name}.toml", data))


def _journal(data: bytes) -> None:
    _written("sticks/kios-1-20000.jsonl", data)
    for entry in journals.read_day_files(FOLDER / "sticks"):
        _require(isinstance(entry, JournalRecord), "an entry of another kind")


def _flag(data: bytes) -> None:
    office = FOLDER / "office.db"
    _written(damage_flag.flag_path(office).name, data)
    found = damage_flag.read_flag(office)
    _require(found is not None, "an unreadable flag is a flag")
    _require(str(damage_flag.describe_flag(office, found or damage_flag.DamageFlag())) != "", "no words")


def _card(data: bytes) -> None:
    box = ProofCardBox(FOLDER / "office.db", "kios", "pc-1")
    box.open()
    (box.folder / "pc-2.tv.json").write_bytes(data)
    for card in box.others():
        _require(box.round_file(card.host, card.round).parent == box.folder, "a file elsewhere")
        box.card_of(card)
    box.card_of(ProofCard(station="tv", host="pc-2"))


def _proof(data: bytes) -> None:
    record = ProofRecord(FOLDER / "office.db", FOLDER)
    record._path.write_bytes(data)  # noqa: SLF001  (its path is private)
    record.failure(NOW)


def _code(data: bytes) -> None:
    code = plain_code(data.decode("utf-8", "replace"))
    _require(len(code) <= LONGEST_CODE and code.isascii(), "no plain code")


def _typed(data: bytes) -> None:
    words = normalise_line(data.decode("utf-8", "replace"))
    _require(not any(unicodedata.category(letter) == "Cc" for letter in words), "a control character")


def _printer(data: bytes) -> None:
    result = PrinterDialogue(_Scripted(data), Deadline.after(0.001)).print(b"ticket", in_order=True)
    _require(result.outcome in PrintOutcome and result.state in PrinterState, "no result")


def _voice(data: bytes) -> None:
    folder = FOLDER / "voice"
    _written("voice/pack.toml", data)
    load_pack(folder)


_CSV = b"Tanggal;Nama;Kontak;Isi\n20/11/2026;Dedi;081234567890;Mohon data\n"
_ANSWERS = (
    f"{template_line()}\n1;20/11/2026;A;L;30;S1;Guru;{';'.join('4' * len(questionnaire().elements))};Baik\n"
).encode()
_JSON = b'[{"tanggal":"2026-11-20","nama":"Dedi","kontak":"081234567890","isi":"Data"}]'
_ENTRY = (
    b'{"request":"r1","office":"u","name":"IssueTicket","arguments":"{\\"service_id\\":1}","at":1,'
    b'"station":"kios-1","officer_id":null,"outcome":"done",'
    b'"result":"{\\"seq\\":9,\\"kind\\":\\"ticket.issued\\",\\"subject\\":9,\\"label\\":\\"A001\\"}"}\n'
)
_OFFICE = resource("offices", "bpmp-sumut.toml").read_bytes()
_PROCEDURE = next(resource("procedures").glob("*.toml")).read_bytes()
_SURVEY = resource("survey", "skm-14-2017.toml").read_bytes()
TARGETS: Mapping[str, Target] = {
    "code": Target(_code, (b"A012", b"K7QF3M9T2ABC")),
    "typed": Target(_typed, (b"Dedi Kurniawan",)),
    "station": Target(_toml("station", load_station), (b'database = "a"\n[sync]\npoll_seconds = 1.0\n',)),
    "office": Target(_toml("office", lambda path: load_office(str(path))), (_OFFICE,)),
    "procedure": Target(_toml("procedure", lambda path: load_procedure(str(path))), (_PROCEDURE,)),
    "questionnaire": Target(_toml("survey", read_questionnaire), (_SURVEY,)),
    "csv": Target(_list(".csv"), (_CSV,)),
    "xlsx": Target(_list(".xlsx"), (_workbook(),)),
    "answers": Target(_answers, (_ANSWERS,)),
    "json": Target(_list(".json"), (_JSON,)),
    "journal": Target(_journal, (_ENTRY,)),
    "flag": Target(_flag, (b'{"at":"x","station":"y","error":"z","check":["ok"]}',)),
    "card": Target(_card, (b'{"station":"tv","host":"pc-2","beat":1,"ask":"kios","round":"r","step":"s"}',)),
    "proof": Target(_proof, (b'{"pc-2":{"host":"pc-2","station":"tv","ok":false,"at":1}}',)),
    "printer": Target(_printer, (b"\x12\n\x12\n\x12\n\x00\n\x12",)),
    "voice": Target(_voice, (b'name = "x"\n',)),
}


def feed(name: str, data: bytes) -> None:
    """Let a target read `data`; raises what no reader may raise."""
    try:
        TARGETS[name].read(data)
    except UserError as told:
        _require(told.what != "", "refused without words")
