"""What the owner of a database took away from an office there, `verify` names."""

from contextlib import closing
from pathlib import Path

import pytest

from tests import engines
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.postgres import expected
from ult_desktop.db.store.server_address import address_in
from ult_desktop.db.store.store import Store
from ult_desktop.db.verification import Finding, verify

pytestmark = pytest.mark.posix_only("postgresql")


_LAX = "$$ BEGIN RETURN OLD; END $$"


def findings(place: Path) -> tuple[Finding, ...]:
    with closing(Store(place)) as store:
        return verify(store.read, lambda _tx: True).findings


def test_an_office_as_it_was_made_lacks_nothing(place: Path) -> None:
    assert findings(place) == ()


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (
            "ALTER TABLE ticket DROP CONSTRAINT ticket_service_id_fkey",
            ["ticket FOREIGN KEY (service_id) REFERENCES service (id)"],
        ),
        (
            "ALTER TABLE ticket DROP CONSTRAINT ticket_day_series_number_key",
            ["ticket UNIQUE (day, series, number)"],
        ),
        (
            (
                "ALTER TABLE ticket DROP CONSTRAINT ticket_service_id_fkey,"
                " ADD FOREIGN KEY (service_id) REFERENCES service (id) NOT VALID"
            ),
            ["ticket FOREIGN KEY (service_id) REFERENCES service (id)"],
        ),
        ("ALTER TABLE counter DROP CONSTRAINT counter_state_check", ["counter CHECK"]),
        ("ALTER TABLE station DROP CONSTRAINT station_by_identity_pkey", ["station PRIMARY KEY (identity)"]),
        ("ALTER TABLE ticket ALTER label DROP NOT NULL", ["ticket.label NOT NULL"]),
        ("ALTER TABLE ticket ALTER id DROP DEFAULT", ["ticket.id DEFAULT next_id"]),
        ("ALTER TABLE ticket ALTER number TYPE integer", ["ticket.number bigint"]),
        ("DROP INDEX turn_at_counter", ["turn_at_counter"]),
        ("ALTER INDEX turn_at_counter RENAME TO turn_of_ticket_at_counter", ["turn_at_counter"]),
        ("ALTER TABLE ticket ADD CHECK (label <> 'A013')", ["ticket CHECK"]),
        ("ALTER TABLE event DISABLE TRIGGER event_is_append_only", ["event_is_append_only"]),
        (
            f"CREATE OR REPLACE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS {_LAX}",
            ["event_is_kept", "event_is_kept()"],
        ),
        ("DROP TABLE document_content", ["document_content PRIMARY KEY (sha256)"]),
        ("GRANT UPDATE ON event TO ult_station", ["REVOKE UPDATE ON event"]),
        ("GRANT UPDATE (data) ON event TO PUBLIC", ["REVOKE UPDATE ON event"]),
        ("REVOKE INSERT ON ticket FROM ult_station", ["GRANT INSERT ON ticket"]),
    ],
)
def test_what_was_taken_away_is_named(place: Path, done: str, told: list[str]) -> None:
    with closing(engine_at(place).open(place)) as link:
        link.execute(done)
        lacking = engine_at(place).missing_schema(link)
    assert list(lacking) == told
    assert [Finding("schema", each) for each in told] == [
        each for each in findings(place) if each.check == "schema"
    ]


def test_a_server_without_a_role_for_stations_lacks_none_of_its_rights(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expected, "STATIONS", "nobody_is_called_so")
    assert findings(place) == ()


def test_a_station_can_look_too(place: Path, tmp_path: Path) -> None:
    cluster, name = engines.server(), f"looks_{tmp_path.name.replace('-', '_')}"
    cluster.run(f"CREATE ROLE {name} LOGIN PASSWORD 'rahasia' IN ROLE ult_station")
    other = tmp_path / "stasiun.postgresql"
    other.write_text(f"postgresql://{name}:rahasia@{address_in(place).rpartition('@')[2]}")
    assert findings(other) == ()
    cluster.run(f"DROP ROLE {name}")
