"""Keeps the catalogues in step with the source: extract, update, compile. Run it after changing words.

Translations of words that are gone stay in the file as comments until a run with `--prune`.

The files carry no dates and no line numbers, so that a run without new words changes nothing.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ult_desktop.cli.program import program  # noqa: E402

CATALOGUES = ROOT / "resources" / "i18n"
DOMAIN = "ult_desktop"
CLICK = "click"
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_HEADERS = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")


def extract() -> Catalog:
    """Every word of the source, without where it stands, and of the command line's help."""
    catalogue = Catalog(project=DOMAIN, fuzzy=False)
    for path in sorted((ROOT / DOMAIN).rglob("*.py")):
        for words in words_of(path.read_text(encoding="utf-8")):
            catalogue.add(words.id, context=words.context or None)
    for words in help_of(program, click.Context(program)):
        catalogue.add(words)
    return catalogue


def help_of(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield what `--help` says of a command, its parameters and the commands below it."""
    if command.hidden:
        return
    yield from filter(None, (command.help, *(param.help for param in command.params)))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from help_of(below, context)


def extract_click() -> Catalog:
    """Return the words of the library that reads the command line, which has no Indonesian of its own."""
    catalogue = Catalog(project=CLICK, fuzzy=False)
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                texts = [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
                if node.func.id == "_" and texts:
                    catalogue.add(texts[0])
                elif node.func.id == "ngettext":
                    catalogue.add((texts[0], texts[1]))
    for words in ("required", "file", "directory", "path"):  # named by variables there
        catalogue.add(words)
    return catalogue


class Words(NamedTuple):
    """The words of a message in a catalogue: said of one and of many where the id is a pair."""

    id: str | tuple[str, str]
    context: str = ""


def words_of(source: str) -> Iterator[Words]:
    """Return the words that `marked` finds, and those of `counted`, its like and `pgettext`.

    Raises:
        TypeError: an f-string in `_()`, which no catalogue can hold.
    """
    for node in ast.walk(ast.parse(source)):
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        for each in marked(node):
            if isinstance(each, ast.JoinedStr):
                raise TypeError(f"f-string in _(): {ast.unparse(each)}")
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value:
                many = called in _COUNTED
                context = ast.literal_eval(node.args[0]) if called == _IN_CONTEXT else ""
                yield Words((each.value, each.value) if many else each.value, context)


_COUNTED, _IN_CONTEXT = ("counted", "counted_as", "plural_form"), "pgettext"


def marked(node: ast.AST) -> list[ast.expr]:
    """Return the words in `_("…")` and its kin, a `WordEnum`, a `Meta(description="…")`, a `DataField`."""
    if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "WordEnum" for base in node.bases):
        return [each.value.elts[1] for each in node.body if isinstance(each, ast.Assign)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in ("_", "translate", *_COUNTED):
            return node.args[:1]
        if node.func.id == _IN_CONTEXT:
            return node.args[1:2]
        if node.func.id == "Meta":
            return [each.value for each in node.keywords if each.arg == "description"]
        if node.func.id == "DataField":
            return [*node.args[:1], *(each.value for each in node.keywords if each.arg in ("help", "row"))]
    return []


def update(language: str, template: Catalog, *, domain: str = DOMAIN, prune: bool) -> Catalog:
    """Return the catalogue of `language` with the template's words; `prune` forgets words no longer used."""
    path = CATALOGUES / language / "LC_MESSAGES" / f"{domain}.po"
    old = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=language)
    fresh = Catalog(locale=language, project=domain, fuzzy=False)
    known = {_key(each): each for each in (*old.obsolete.values(), *old) if each.id and each.string}
    for message in template:
        if message.id:
            before = known.pop(_key(message), None)
            fresh.add(message.id, before.string if before else "", context=message.context)
    if not prune:
        fresh.obsolete.update(known)
    return fresh


def _key(message: Message) -> str:
    """Return a message's key: the same words of one and many, or in another context, are another message."""
    return f"{message.context or ''}|{message.id}"


def as_po(catalogue: Catalog) -> str:
    """Return the text of a .po file: sorted, our own short header, one message to a block."""
    buffer = BytesIO()
    write_po(buffer, catalogue, sort_output=True, omit_header=True, no_location=True, width=0)
    language = str(catalogue.locale) if catalogue.locale else ""
    lines = [f"Language: {language}", *_HEADERS] if language else list(_HEADERS)
    header = "".join(f'"{line}\\n"\n' for line in lines)
    return f'msgid ""\nmsgstr ""\n{header}\n{buffer.getvalue().decode().strip()}\n'


def as_mo(po_text: str, language: str) -> bytes:
    catalogue = read_po(BytesIO(po_text.encode()), locale=language)
    plain = Catalog(locale=language, fuzzy=False, creation_date=_NO_DATE, revision_date=_NO_DATE)
    for message in catalogue:
        if message.id and message.string:
            plain.add(message.id, message.string, context=message.context)
    buffer = BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


def missing(po_text: str) -> list[str]:
    """Words that have no translation yet, or not for one and for many alike."""
    catalogue = read_po(BytesIO(po_text.encode()))
    return [str(each.id) for each in catalogue if each.id and not _is_whole(each.string)]


def _is_whole(said: str | tuple[str, ...] | None) -> bool:
    return bool(said) and all((said,) if isinstance(said, str) else said or ())


def main(*, prune: bool) -> int:
    template = extract()
    files = {CATALOGUES / f"{DOMAIN}.pot": as_po(template).encode()}
    lacking: list[str] = []
    languages = sorted(path.parents[1].name for path in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    every = (*((each, DOMAIN, template) for each in languages), ("id", CLICK, extract_click()))
    for language, domain, catalogue in every:
        path = CATALOGUES / language / "LC_MESSAGES" / f"{domain}.po"
        text = as_po(update(language, catalogue, domain=domain, prune=prune))
        files |= {path: text.encode(), path.with_suffix(".mo"): as_mo(text, language)}
        lacking += missing(text)
    changed = [path for path, content in files.items() if _write(path, content)]
    for path in changed:
        sys.stdout.write(f"written: {path.relative_to(ROOT)}\n")
    for words in lacking:
        sys.stdout.write(f"not translated: {words}\n")
    return 0


def _write(path: Path, content: bytes) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


if __name__ == "__main__":
    raise SystemExit(main(prune="--prune" in sys.argv))
