"""The two ends of an archive in the log: its rows may leave the office file now; they have all left it."""

from ult_desktop.core.archive import Archive, ArchiveState
from ult_desktop.core.archive_asks import BeginArchive, EndArchive
from ult_desktop.core.roles import Permission
from ult_desktop.db import archives, events
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
