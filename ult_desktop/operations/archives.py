"""The two ends of an archive in the log: its rows may leave the office file now; they have all left it.

And of each change of a finished one: the file that it becomes is ready; it has taken its place.
"""

from ult_desktop.core.archive import Archive, ArchiveChange, ArchiveState
from ult_desktop.core.archive_asks import BeginArchive, BeginArchiveErasure, EndArchive, EndArchiveChange
from ult_desktop.core.roles import Permission
from ult_desktop.core.subjects import archived_visit_word as subject_visit_word
from ult_desktop.db import (
    archive_changes,
    archive_file,
    archives,
    documents,
    events,
    retention,
    subject_archives,
    subjects,
)
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.finding import nothing_changed


def _answer(tx: Transaction, year: int) -> Archive | None:
    return archives.find(tx, year)


@performs(BeginArchive, needs=Permission.MANAGE_OFFICE, answer=_answer)
def begin_archive(ask: BeginArchive, tx: Transaction, moment: Moment) -> Done:
    """From here on the log's beginning may be deleted, as far as the archive holds it: its hash must fit.

    One that was begun and got no further is begun anew: its file may be gone, and nothing was in it alone.
    """
    facts = ask.facts
    former = archives.find(tx, facts.year)
    if former is not None and archives.is_untouched(tx, former):
        archives.forget(tx, facts.year)
    if archives.find(tx, facts.year) is not None or archives.moving(tx) is not None:
        raise nothing_changed(_("Sebuah tahun sedang atau sudah diarsipkan."), _("ult-desktop archive list"))
    begin = events.start(tx)
    last = begin.chain if facts.last_seq == begin.seq else events.chain_at(tx, facts.last_seq)
    continues = (begin.seq + 1, begin.chain) == (facts.first_seq, facts.first_hash)
    if not continues or last != facts.last_hash or facts.last_seq >= events.last_seq(tx):
        raise nothing_changed(
            _("Arsip {year} tidak bersambung dengan catatan kantor.").format(year=facts.year),
            _("Ulangi perintahnya; bila tetap begitu, jalankan `ult-desktop verify`."),
        )
    archives.insert(tx, facts, moment.at)
    data = {"log": [facts.first_seq, facts.last_seq], "hash": facts.last_hash, "digest": facts.digest}
    return Done("archive.begun", "archive", facts.year, data)


@performs(EndArchive, needs=Permission.MANAGE_OFFICE, answer=_answer)
def end_archive(ask: EndArchive, tx: Transaction, moment: Moment) -> Done:
    """Not while the office file still has the log of that year: a replay on an old backup must not say so."""
    known = archives.find(tx, ask.year)
    if known is None or known.state is ArchiveState.DONE or events.start(tx).seq < known.facts.last_seq:
        raise nothing_changed(
            _("Pengarsipan {year} belum sampai di akhirnya.").format(year=ask.year),
            _("Jalankan lagi: ult-desktop archive {year}.").format(year=ask.year),
        )
    archives.set_content(tx, ask.year, ask.digest, ask.counts)
    archives.end(tx, ask.year, moment.at)
    return Done(
        "archive.ended",
        "archive",
        ask.year,
        {"digest": ask.digest, "visits": ask.counts.visits, "rows": ask.counts.rows},
    )


@performs(BeginArchiveErasure, needs=Permission.RUN_RETENTION, answer=_answer)
def begin_archive_erasure(ask: BeginArchiveErasure, tx: Transaction, moment: Moment) -> Done:
    """Until the end both hashes are right: whichever file lies there when the PC dies is the archive."""
    change = ask.change
    known = archives.find(tx, change.year)
    if known is None or known.state is not ArchiveState.DONE:
        raise nothing_changed(_("Arsip {year} belum selesai dibuat.").format(year=change.year))
    if change.former not in {known.facts.digest, *archive_changes.states(tx, change.year)}:
        raise nothing_changed(
            _("Arsip {year} sementara itu diubah stasiun lain.").format(year=change.year),
            _("Ulangi perintahnya."),
        )
    archive_changes.begin(tx, change, moment.at, ask.run_id)
    retention.doom_files(tx, ask.files)
    data = {"former": change.former, "digest": change.digest}
    return Done("archive.changing", "archive", change.year, data)


@performs(EndArchiveChange, needs=Permission.TICK_STEPS, answer=_answer)
def end_archive_change(ask: EndArchiveChange, tx: Transaction, moment: Moment) -> Done:
    """Whoever finds the file in its place may say so: it is looked at."""
    begun = archive_changes.begun_of(tx, ask.year)
    if begun is None or ask.digest != begun.change.digest or not _lies_there(tx, begun.change):
        raise nothing_changed(_("Arsip {year} tidak sedang diubah.").format(year=ask.year))
    archive_changes.end(tx, begun, moment.at)
    for request_id, visit_id in subject_archives.note_erased(tx, ask.year, begun.change.visits, moment.at):
        _note_erased(tx, moment, request_id, subject_visit_word(ask.year, visit_id))
    counts = begun.change.erased
    return Done("archive.erased", "archive", ask.year, {"counts": counts, "digest": ask.digest})


def _note_erased(tx: Transaction, moment: Moment, request_id: int, field: str) -> None:
    """A line in the register of the request that asked for it."""
    subjects.note(
        tx,
        subjects.NewAct(
            request_id=request_id,
            at=moment.at,
            officer_id=moment.by.officer_id,
            act="erased",
            field=field,
        ),
    )


def _lies_there(tx: Transaction, change: ArchiveChange) -> bool:
    with archive_file.opened(archives.path_of(documents.file_of(tx), change.year)) as archived:
        return archives.facts_in(archived).digest == change.digest
