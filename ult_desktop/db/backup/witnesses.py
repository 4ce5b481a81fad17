"""The witnesses outside an office file that know its log: the journals of all PCs and the backups.

The chain shows that a log hangs together. A person who can write to the file can write a whole new chain, or
leave out its end. Each witness knows the number and the hash of an event (docs/store.md, rule 9).
"""

import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.event import Anchor, AnchorCheck, Verdict
from ult_desktop.core.recorded_requests import JournalRecord
from ult_desktop.db.backup import anchors, backup, backup_folder, carrying, journals, upkeep
from ult_desktop.db.office import office
from ult_desktop.db.store import errors, events
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.verification import MOST_OF_A_CHECK, Finding, VerificationResult

log = logging.getLogger(__name__)


def anchors_of_backups(homes: Iterable[Path], office_uid: str) -> tuple[anchors.KnownAnchor, ...]:
    """List the end of the log of each of the office's backups.

    Backups that cannot be read are left out; `backup --list` reports them.
    """

    def end_of_log(tx: Transaction) -> Anchor | None:
        if office.uid_of(tx) != office_uid:
            return None
        return events.last_anchor(tx, events.count_restores(tx))

    known = []
    for home in homes:
        for stored in list_readable(home):
            end = backup.query_copy(stored.path, end_of_log)
            if end is not None:
                known.append(anchors.from_source(end, stored.path.name))
    return tuple(known)


def list_readable(home: Path) -> tuple[backup_folder.StoredBackup, ...]:
    """List the backups in a folder, the newest first; where the disk fails, log that and list none."""
    try:
        return backup_folder.list_backups(home)
    except UserError as error:
        log.warning("%s", error.what)
        return ()


def homes_of_backups(tx: Transaction) -> tuple[Path, ...]:
    """List the folders of the last backups and of carried journals that this PC can reach."""
    backups = {Path(row.place).parent for row in upkeep.all_of(tx, upkeep.BACKUP) if row.place}
    carried = {Path(row.place) for row in upkeep.all_of(tx, upkeep.JOURNALS) if row.place}
    return tuple(sorted(home for home in backups | carried if os.access(home, os.R_OK)))


def anchors_on_backup_disks(homes: Iterable[Path], office_uid: str) -> Iterator[anchors.KnownAnchor]:
    """Yield what the stations' journals knew of the log when they were carried to these folders."""
    words = _("{station} di disk cadangan")
    for home in homes:
        for anchor in anchors.read_on_share(carrying.journals_in(home), office_uid):
            yield anchors.from_source(anchor, words.format(station=anchor.source))


def compare_anchors(read: Reader, known: Iterable[anchors.KnownAnchor]) -> tuple[AnchorCheck, ...]:
    """Compare each anchor with the log, in a transaction of its own."""
    return tuple(read(partial(_compare, anchor=anchor)) for anchor in known)


def _compare(tx: Transaction, anchor: anchors.KnownAnchor) -> AnchorCheck:
    return AnchorCheck(
        source=anchor.source,
        seq=anchor.seq,
        chain=anchor.chain,
        restores=anchor.restores,
        verdict=_verdict(tx, anchor),
    )


def _verdict(tx: Transaction, anchor: Anchor) -> Verdict:
    if events.has_event(tx, anchor):
        return Verdict.AGREES
    if events.count_restores(tx) > anchor.restores:
        return Verdict.REBUILT
    # A log that ends before the event is an older copy; a log with another event in its place was rewritten.
    # A person acts differently in each case.
    return Verdict.MISSING if anchor.seq > events.last_seq(tx) else Verdict.OTHER


def journal_records(office_file: Path, own_folder: Path, office_uid: str) -> Iterator[JournalRecord]:
    """Yield the records of the journals of this PC (in `own_folder`) and of those on the share."""
    for path in sorted(own_folder.glob("journal-*.db")):
        try:
            yield from journals.read_local(path, office_uid)
        except (OSError, sqlite3.Error, *errors.UNREADABLE) as error:
            log.warning("%s: %s", path, error)
    share = journals.folder_of(office_file)
    if share.is_dir():
        yield from (record for record in journals.read_day_files(share) if record.office == office_uid)


def missing_from_log(
    read: Reader, records: Iterable[JournalRecord], checks: Sequence[AnchorCheck]
) -> tuple[JournalRecord, ...]:
    """List the acknowledged records that the log does not know.

    A record before an event that a witness confirmed need not be looked for: the chain covers it.
    """
    restores = read(events.count_restores)
    # Each hash covers all entries before it, so a confirmed one speaks for them.
    proved_seq = max((check.seq for check in checks if check.verdict is Verdict.AGREES), default=0)
    lost = dict[str, JournalRecord]()
    for record in records:
        result = record.journal_result
        if result is None or (result.restores, result.seq) <= (restores, proved_seq):
            continue
        if read(partial(events.result_of, request=record.request)) is None:
            lost[record.request] = record
    return tuple(lost.values())


def with_witnesses(
    verdict: VerificationResult, checks: Sequence[AnchorCheck], lost: Sequence[JournalRecord]
) -> VerificationResult:
    """Add the witnesses to a verification; one that contradicts the log, and a lost record, is a finding."""
    findings = [*verdict.findings]
    findings.extend(Finding("witness", check.words) for check in checks if check.verdict.contradicts)
    words = _("{station}: {what} (catatan {seq}) tidak ada")
    for record in lost[:MOST_OF_A_CHECK]:
        result = record.journal_result
        label, seq = (result.label, result.seq) if result else ("", 0)
        what = f"{record.name} {label}".strip()
        findings.append(Finding("acknowledged", words.format(station=record.station, what=what, seq=seq)))
    return msgspec.structs.replace(verdict, ok=not findings, findings=tuple(findings), anchors=tuple(checks))


def with_paper(read: Reader, verdict: VerificationResult, seq: int, digits: str) -> VerificationResult:
    """Add a day's printed sheet as a witness: it has the first `digits` of the hash of the event `seq`."""
    chain, last_seq = read(lambda tx: (events.chain_at(tx, seq), events.last_seq(tx)))
    agrees = seq <= last_seq and chain.startswith(digits)
    sheet_verdict = Verdict.AGREES
    if not agrees:
        sheet_verdict = Verdict.MISSING if seq > last_seq else Verdict.OTHER
    check = AnchorCheck(source=_("lembar hari"), seq=seq, chain=digits, restores=0, verdict=sheet_verdict)
    findings = () if agrees else (Finding("witness", check.words),)
    return msgspec.structs.replace(
        verdict,
        ok=verdict.ok and agrees,
        findings=(*verdict.findings, *findings),
        anchors=(*verdict.anchors, check),
    )
