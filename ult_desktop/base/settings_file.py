"""The reading of a TOML file into a typed record, or an error that names the line and the expected form."""

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ult_desktop.base.errors import UserError, WrongSettings
from ult_desktop.base.i18n import _
from ult_desktop.base.late import late
from ult_desktop.base.toml_lines import Contradiction, Keys, line_of

if TYPE_CHECKING:
    import difflib
else:
    difflib = late("difflib")

T = TypeVar("T")
_AT_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_PATH_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
MAX_BYTES = 256_000  # the largest shipped file has a twentieth of it
# WORKAROUND tomllib's time for a dotted key grows with the square of its parts:
# https://github.com/python/cpython/issues/149231. It can go when every Python that the program runs on
# bounds them itself.
MAX_DOTS = 500  # of one line


def read_settings(path: Path, kind: type[T]) -> T:
    """Return the file as a `kind`. Raises UserError naming file, line, key and the expected form."""
    text = _read_text(path)
    _require_quick_to_parse(path, text)
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except msgspec.ValidationError as error:
        if isinstance(contradiction := error.__cause__, Contradiction):
            where = (*_path_in(str(error)), *contradiction.where)
            raise _error_at(path, text, where, str(contradiction), contradiction.todo) from error
        raise _wrong_value_error(path, text, kind, str(error)) from error
    # From tomllib, also for a number of 5000 digits and for a file that is nested too deep.
    except (ValueError, RecursionError) as error:
        raise _malformed_error(path, text, str(error)) from error


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            # One byte more than may be: a file of gigabytes is refused without being read.
            data = file.read(MAX_BYTES + 1)
        # Notepad writes a mark at the beginning, which "utf-8-sig" drops. All line ends are made the same, so
        # that the line of a fault is the line in an editor.
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError as error:
        raise UserError(
            _("Berkas pengaturan {path} tidak ada.").format(path=path), todo=_("Periksa nama dan foldernya.")
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise WrongSettings(
            _("Berkas {path}, baris {line}: ada huruf yang bukan UTF-8.").format(path=path, line=line),
            todo=_("Simpan ulang berkas itu sebagai UTF-8."),
        ) from error
    except OSError as error:
        raise UserError(
            _("Berkas pengaturan {path} tidak dapat dibaca.").format(path=path),
            todo=_("Pastikan itu sebuah berkas dan Anda berhak membacanya."),
        ) from error


def _require_quick_to_parse(path: Path, text: str) -> None:
    """Refuse a text that tomllib would parse for minutes."""
    if len(text) > MAX_BYTES:
        raise WrongSettings(
            _("Berkas {path} terlalu besar untuk berkas pengaturan.").format(path=path),
            todo=_("Periksa apakah itu berkas yang dimaksud."),
        )
    for number, line in enumerate(text.splitlines(), start=1):
        if line.count(".") > MAX_DOTS:
            raise _malformed_error(path, text, f"(at line {number}, column 1)")


def _malformed_error(path: Path, text: str, message: str) -> UserError:
    match = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = match.groups() if match else (str(text.count("\n") + 1), "1")
    is_double = "overwrite" in message or "twice" in message
    problem = _("ditulis dua kali") if is_double else _("ini bukan TOML yang benar")
    return WrongSettings(
        _("Berkas {path}, baris {line}, kolom {column}: {problem}.").format(
            path=path, line=line, column=column, problem=problem
        ),
        todo=_(
            'Bentuk yang benar: kunci = nilai, teks di antara tanda kutip "…", '
            "bagian di antara [ ]; jalur Windows di antara kutip tunggal '…'."
        ),
    )


def contradiction_refusal(path: Path, contradiction: Contradiction) -> UserError:
    """Return the refusal of a file whose parts contradict what the program knows, with the line."""
    return _error_at(path, _read_text(path), contradiction.where, str(contradiction), contradiction.todo)


def _error_at(path: Path, text: str, where: Keys, problem: str, todo: str) -> UserError:
    """Return the error about the key `where`, with its line."""
    parts = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in where)
    return WrongSettings(
        _("Berkas {path}, baris {line}: {key}: {problem}.").format(
            path=path,
            line=line_of(where, text),
            key="".join(parts).removeprefix(".") or _("isi berkas"),
            problem=problem,
        ),
        todo=todo,
    )


def _path_in(message: str) -> Keys:
    """Return the path of the key at which msgspec found the fault, as its message names it."""
    at = _AT_PATH.search(message)
    return tuple(
        int(index) if index else name for name, index in _PATH_STEP.findall(at["path"] if at else "")
    )


def _wrong_value_error(path: Path, text: str, kind: type[Any], message: str) -> UserError:
    at, where = _AT_PATH.search(message), _path_in(message)
    problem = message[: at.start()] if at else message
    # The schema is made of the type itself, so the words of an error cannot differ from what is checked.
    form = _form_at(msgspec.json.schema(kind), where)
    field = re.search(r"field `([^`]+)`", problem)
    wrong: Keys = (*where, field[1]) if field else where
    return _error_at(path, text, wrong, _problem_words(problem, wrong, form), _expected_words(form))


def _problem_words(message: str, where: Keys, form: dict[str, Any]) -> str:
    """Return the English sentence of msgspec in the user's words."""
    if message.startswith("Object contains unknown field"):
        near = difflib.get_close_matches(str(where[-1]), form.get("properties", {}), 1)
        hint = _(" (maksudnya “{name}”?)").format(name=near[0]) if near else ""
        return _("kunci ini tidak dikenal") + hint
    if message.startswith("Object missing required field"):
        return _("kunci ini wajib ada")
    if message.startswith("Expected `") and ", got `" in message:
        wanted, got = re.findall(r"`([^`]+)`", message)[:2]
        return _("seharusnya {wanted}, bukan {got}").format(wanted=_type_words(wanted), got=_type_words(got))
    if message.startswith(("Expected ", "Invalid ")):
        return _("nilai ini tidak diterima")
    return message


def _type_words(kinds: str) -> str:
    words = {
        "int": _("bilangan bulat"),
        "float": _("bilangan"),
        "str": _("teks di antara tanda kutip"),
        "bool": _("true atau false"),
        "array": _("daftar di antara [ ]"),
        "object": _("bagian dengan kunci-kunci"),
        "date": _("tanggal seperti 2026-11-21"),
        "null": _("kosong"),
    }
    known = [words.get(name.strip(), name.strip()) for name in kinds.split("|")]
    return _(" atau ").join(word for word in known if word != words["null"])


def _expected_words(form: dict[str, Any]) -> str:
    """Return the expected form, read off the type itself, so that no second list can go stale."""
    if "enum" in form:
        return _("Yang diterima: {values}.").format(
            values=", ".join(json.dumps(value) for value in form["enum"])
        )
    if "description" in form and form.get("type") != "object":
        return _("Bentuknya: {form}.").format(form=_(form["description"]))
    if "minimum" in form and "maximum" in form:
        return _("Yang diterima: {low} sampai {high}.").format(low=form["minimum"], high=form["maximum"])
    if "minimum" in form:
        return _("Paling kecil {low}.").format(low=form["minimum"])
    if form.get("minLength") or form.get("minItems"):
        return _("Tidak boleh kosong.")
    if form.get("type") == "object" and form.get("properties"):
        return _("Kunci yang dikenal: {names}.").format(names=", ".join(form["properties"]))
    return ""


def _form_at(schema: dict[str, Any], where: Keys) -> dict[str, Any]:
    """Return the part of the type's JSON schema that describes the value at `where`."""
    node = schema
    for step in (None, *where):  # None is the document itself: its schema is a reference, too
        if isinstance(step, int):
            node = node.get("items", {})
        elif step is not None:
            node = node.get("properties", {}).get(step, {})
        node = next((kind for kind in node.get("anyOf", ()) if kind.get("type") != "null"), node)
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return node
