"""The folder of proofs of an instrument: a page for each indicator, a cover, and what changed."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from ult_desktop.base import _
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.core.sheet import Letterhead, SheetRow


class ProofFile(Struct, frozen=True, kw_only=True):
    """An attached photo, or a scan (PDF) that lies beside its page; `label` is its number or its file."""

    document_id: int
    label: str
    words: str
    is_scan: bool = False


class ProofPage(Struct, frozen=True, kw_only=True):
    """The page of an indicator: the office's estimate with its reasons, tables, recorded rows, files."""

    path: str
    title: str
    subtitle: str
    facts: tuple[SheetRow, ...]
    parts: tuple[ReportPart, ...]
    files: tuple[ProofFile, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The names of its files in the folder: its own, then those of its scans."""
        return (self.path, *(file.label for file in self.files if file.is_scan))


class ProofState(Struct, frozen=True, kw_only=True):
    """The state of an indicator in a folder: its level, and in words the proof that is `there` or missing."""

    number: int
    title: str
    level: int
    there: tuple[str, ...]
    missing: tuple[str, ...]


class FolderRecord(Struct, frozen=True, kw_only=True):
    """The record in a folder of what it holds, for other programs and for the folder's next version."""

    instrument: str
    version: int
    made_on: date
    states: tuple[ProofState, ...]
    files: tuple[str, ...]


class ProofFolder(Struct, frozen=True, kw_only=True):
    """The folder as data. `cover` and `missing` are the tables of two papers, `words` are on the cover."""

    name: str
    office: Letterhead
    title: str
    edition: str
    words: tuple[str, ...]
    cover: ReportPart
    missing: ReportPart
    pages: tuple[ProofPage, ...]
    sources: tuple[str, ...]
    record: FolderRecord


def folder_changes(before: FolderRecord, now: FolderRecord) -> Iterator[str]:
    """Yield in words what differs between two versions of a folder, indicator by indicator."""
    earlier = {state.number: state for state in before.states}
    for state in now.states:
        old = earlier.pop(state.number, None)
        name = f"{state.number}. {state.title}"
        if old is None:
            yield _("{indicator}: indikator baru").format(indicator=name)
            continue
        if old.level != state.level:
            yield _("{indicator}: perkiraan {before} → {now}").format(
                indicator=name, before=old.level, now=state.level
            )
        for words in state.there:
            if words not in old.there:
                yield _("{indicator}: bukti baru, {proof}").format(indicator=name, proof=words)
        for words in old.there:
            if words not in state.there:
                yield _("{indicator}: tidak ada lagi, {proof}").format(indicator=name, proof=words)
    for old in earlier.values():
        yield _("{indicator}: indikator tidak ada lagi").format(indicator=f"{old.number}. {old.title}")
