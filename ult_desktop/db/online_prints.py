"""The fingerprints of the requests of an older file, made anew."""

from sqlite_utils import Database

from ult_desktop.core.online import OnlineRow, fingerprint

_SAID = (
    "SELECT r.id, r.sent_at, g.name, g.institution, r.topic, c.detail FROM online_request r"
    " JOIN guest g ON g.visit_id = r.visit_id JOIN casefile c ON c.id = r.case_id"
)


def new_fingerprints(db: Database) -> list[tuple[int, str]]:
    """Id and fingerprint of every request, as what is known of it now has it."""
    return [
        (
            number,
            fingerprint(
                OnlineRow(name=name, detail=detail, sent_at=sent_at, institution=institution, topic=topic)
            ),
        )
        for number, sent_at, name, institution, topic, detail in db.execute(_SAID).fetchall()
    ]
