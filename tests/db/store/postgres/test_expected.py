"""Rights that the owner of a database took away from an office there are named by `verify`."""

from contextlib import closing
from pathlib import Path

import pytest

from tests import engines
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.postgres.engine import server_link
from ult_desktop.db.store.store import Store
from ult_desktop.db.verification import Finding, verify

pytestmark = pytest.mark.posix_only("postgresql")


_LAX = "$$ BEGIN RETURN OLD; END $$"
_KIOSKS_TICKET = (
    "GRANT SELECT, UPDATE (model_ms, paper, place, queued_at, remark, series, state, stood, told_ahead,"
    " turn_id, wait_high, wait_low) ON ticket TO ult_kiosk"
)


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
            ["ticket FOREIGN KEY (service_id) REFERENCES service(id)"],
        ),
        (
            "ALTER TABLE ticket DROP CONSTRAINT ticket_day_series_number_key",
            ["ticket UNIQUE (day, series, number)"],
        ),
        (
            "ALTER TABLE counter DROP CONSTRAINT counter_state_check",
            ["counter CHECK (state IN ('closed', 'open', 'paused'))"],
        ),
        ("ALTER TABLE station DROP CONSTRAINT station_pkey", ["station PRIMARY KEY (identity)"]),
        ("ALTER TABLE ticket ALTER label DROP NOT NULL", ["ticket.label NOT NULL"]),
        ("ALTER TABLE ticket ALTER id DROP DEFAULT", ["ticket.id DEFAULT"]),
        ("DROP INDEX turn_at_counter", ["turn_at_counter"]),
        (
            "ALTER INDEX turn_at_counter RENAME TO turn_of_ticket_at_counter",
            ["DROP INDEX turn_of_ticket_at_counter", "turn_at_counter"],
        ),
        ("ALTER TABLE event DISABLE TRIGGER event_is_append_only", ["event_is_append_only"]),
        ("DROP TABLE document_content", ["document_content"]),
        ("DROP FUNCTION json_valid(text) CASCADE", ["json_valid(said text)"]),
        (
            "DROP FUNCTION next_id(regclass) CASCADE; DROP FUNCTION event_is_kept() CASCADE",
            ["event_is_kept", "event_is_kept()", "next_id(of_table regclass)"],
        ),
        ("GRANT UPDATE ON event TO ult_counter", ["REVOKE UPDATE ON event FROM ult_counter"]),
        ("GRANT UPDATE (data) ON event TO PUBLIC", ["REVOKE UPDATE (data) ON event FROM PUBLIC"]),
        ("REVOKE INSERT ON ticket FROM ult_counter", ["GRANT INSERT ON ticket TO ult_counter"]),
        (
            "GRANT SELECT (password_hash), UPDATE ON officer TO ult_kiosk",
            ["REVOKE SELECT (password_hash), UPDATE ON officer FROM ult_kiosk"],
        ),
        (
            "REVOKE UPDATE, SELECT ON ticket FROM ult_kiosk; GRANT SELECT (id) ON ticket TO ult_kiosk",
            [_KIOSKS_TICKET, "REVOKE SELECT (id) ON ticket FROM ult_kiosk"],
        ),
        ("GRANT SELECT ON officer TO PUBLIC", ["REVOKE SELECT ON officer FROM PUBLIC"]),
        ("GRANT UPDATE, DELETE ON event TO pg_monitor", ["REVOKE DELETE, UPDATE ON event FROM pg_monitor"]),
        ("GRANT UPDATE (data) ON event TO pg_monitor", ["REVOKE UPDATE (data) ON event FROM pg_monitor"]),
        ("GRANT CREATE ON SCHEMA public TO PUBLIC", ["REVOKE CREATE ON SCHEMA public FROM PUBLIC"]),
        ("GRANT SELECT ON ticket TO pg_monitor", []),
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


_SERVICE = "ticket FOREIGN KEY (service_id) REFERENCES service(id)"
_DROP_SERVICE = "ALTER TABLE ticket DROP CONSTRAINT ticket_service_id_fkey"


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (
            (
                "ALTER TABLE counter DROP CONSTRAINT counter_state_check,"
                " ADD CONSTRAINT counter_state_check CHECK (state IN ('closed', 'open', 'paused', 'gone'))"
            ),
            [
                "ALTER TABLE counter DROP CONSTRAINT counter_state_check",
                "counter CHECK (state IN ('closed', 'open', 'paused'))",
            ],
        ),
        (
            f"{_DROP_SERVICE}, ADD FOREIGN KEY (service_id) REFERENCES service NOT VALID",
            [_DROP_SERVICE, _SERVICE],
        ),
        (
            f"{_DROP_SERVICE}, ADD FOREIGN KEY (service_id) REFERENCES service ON DELETE CASCADE",
            [_DROP_SERVICE, _SERVICE],
        ),
        (
            (
                "ALTER TABLE ticket DROP CONSTRAINT ticket_day_series_number_key,"
                " ADD CONSTRAINT ticket_day_series_number_key UNIQUE (day, series, number, id)"
            ),
            [
                "ALTER TABLE ticket DROP CONSTRAINT ticket_day_series_number_key",
                "ticket UNIQUE (day, series, number)",
            ],
        ),
        (
            (
                "ALTER TABLE ticket ALTER number TYPE integer, ALTER remark SET DEFAULT '-';"
                'ALTER TABLE guest ALTER email TYPE text COLLATE "und-x-icu"'
            ),
            ["guest.email text", "ticket.number bigint", "ticket.remark DEFAULT"],
        ),
        (
            (
                "DROP INDEX turn_at_counter, turn_of_ticket, badge_open, turn_by_ticket, turn_today;"
                "CREATE INDEX turn_at_counter ON turn (counter) WHERE ended_at IS NULL;"
                "CREATE UNIQUE INDEX turn_of_ticket ON turn (ticket_id) WHERE ended_at IS NULL AND calls > 1;"
                "CREATE UNIQUE INDEX badge_open ON badge_loan (number) WHERE returned_at IS NULL;"
                "CREATE INDEX turn_by_ticket ON turn (ticket_id DESC);"
                "CREATE INDEX turn_today ON turn USING brin (day, counter, called_at)"
            ),
            ["badge_open", "turn_at_counter", "turn_by_ticket", "turn_of_ticket", "turn_today"],
        ),
        (
            (
                f"CREATE OR REPLACE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS {_LAX};"
                "CREATE OR REPLACE FUNCTION json_valid(said text) RETURNS boolean LANGUAGE sql IMMUTABLE"
                " STRICT AS 'SELECT true';"
                "ALTER FUNCTION next_id(regclass) SECURITY DEFINER;"
                "CREATE OR REPLACE AGGREGATE group_concat(text, text) (SFUNC = joined, STYPE = text,"
                " FINALFUNC = in_braces)"
            ),
            [
                "event_is_kept()",
                "group_concat(text, text)",
                "json_valid(said text)",
                "next_id(of_table regclass)",
            ],
        ),
        (
            (
                "CREATE OR REPLACE TRIGGER event_is_kept BEFORE DELETE ON event FOR EACH ROW"
                " WHEN (OLD.seq < 0) EXECUTE FUNCTION event_is_kept();"
                "CREATE OR REPLACE TRIGGER event_is_append_only BEFORE INSERT ON event FOR EACH ROW"
                " EXECUTE FUNCTION event_is_append_only()"
            ),
            ["event_is_append_only", "event_is_kept"],
        ),
        (
            (
                "ALTER TABLE ticket ADD CHECK (label <> 'A013');"
                "CREATE TRIGGER of_nobody BEFORE UPDATE ON ticket FOR EACH ROW"
                " EXECUTE FUNCTION event_is_kept();"
                'CREATE RULE "Of theirs" AS ON INSERT TO guest DO INSTEAD NOTHING;'
                "CREATE UNIQUE INDEX one_label ON ticket (label);"
                'ALTER TABLE guest ADD "Of theirs" integer NOT NULL DEFAULT 1'
            ),
            [
                'ALTER TABLE guest ALTER "Of theirs" DROP NOT NULL',
                "ALTER TABLE ticket DROP CONSTRAINT ticket_label_check",
                "DROP INDEX one_label",
                'DROP RULE "Of theirs" ON guest',
                "DROP TRIGGER of_nobody ON ticket",
            ],
        ),
        (
            "ALTER TABLE document_content SET UNLOGGED; ALTER TABLE guest ENABLE ROW LEVEL SECURITY",
            ["document_content SET LOGGED", "guest DISABLE ROW LEVEL SECURITY"],
        ),
    ],
)
def test_what_was_put_in_the_place_of_something_is_named(place: Path, done: str, told: list[str]) -> None:
    with closing(engine_at(place).open(place)) as link:
        link.execute(done)
        assert list(engine_at(place).missing_schema(link)) == told


def test_what_means_the_same_in_other_words_is_the_same(place: Path) -> None:
    with closing(engine_at(place).open(place)) as link:
        link.execute(
            "ALTER TABLE counter DROP CONSTRAINT counter_state_check,"
            " ADD CONSTRAINT another CHECK (((state = ANY ('{closed,open,paused}'))));"
            "ALTER TABLE ticket DROP CONSTRAINT ticket_service_id_fkey,"
            " ADD CONSTRAINT other FOREIGN KEY (service_id) REFERENCES service;"
            "CREATE INDEX of_an_administrator ON ticket (label);"
            'ALTER TABLE ticket ADD "Of theirs" integer DEFAULT 1;'
            'CREATE TABLE of_theirs (id integer CHECK (id > 1), "Of theirs" integer CHECK ("Of theirs" > 1));'
            "GRANT SELECT, INSERT, UPDATE, DELETE ON of_theirs TO ult_counter"
        )
        assert engine_at(place).missing_schema(link) == ()


def test_an_operator_that_looks_like_a_place_for_a_value_disturbs_nothing(place: Path) -> None:
    with closing(engine_at(place).open(place)) as opened:
        link = server_link(opened)
        link.ask("ALTER TABLE ticket ADD CHECK (NOT CAST('{}' AS jsonb) ? label)")
        assert engine_at(place).missing_schema(link) == (
            "ALTER TABLE ticket DROP CONSTRAINT ticket_label_check",
        )


def test_a_counter_can_look_too(place: Path) -> None:
    assert findings(engines.as_station(place, "counter")) == ()
