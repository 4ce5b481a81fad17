"""The memory of this PC about its probes with others."""

from pathlib import Path

from ult_desktop.db.lock_check.probe_round import FRESH_MS, Proof, ProofRecord, describe_failed_proof

BAD = Proof(host="pc-2", station="loket-2", ok=False, at=1_000)
GOOD = Proof(host="pc-3", station="tv", ok=True, at=1_000)


def test_each_computer_and_each_folder_has_its_own(tmp_path: Path) -> None:
    record = ProofRecord(tmp_path / "a" / "office.db", tmp_path / "own")
    assert record.read() == {}
    record.write(BAD)
    record.write(GOOD)
    assert record.read() == {"pc-2": BAD, "pc-3": GOOD}
    assert ProofRecord(tmp_path / "b" / "office.db", tmp_path / "own").read() == {}


def test_a_failure_counts_while_it_is_fresh(tmp_path: Path) -> None:
    record = ProofRecord(tmp_path / "office.db", tmp_path)
    record.write(GOOD)
    assert record.failure(1_000) is None
    record.write(BAD)
    assert record.failure(1_000 + FRESH_MS - 1) == BAD
    assert record.failure(1_000 + FRESH_MS) is None


def test_a_broken_record_is_none(tmp_path: Path) -> None:
    record = ProofRecord(tmp_path / "office.db", tmp_path)
    record.write(BAD)
    (path,) = tmp_path.glob("stations-*.json")
    path.write_text("[]")
    assert record.read() == {}
    record.write(GOOD)
    assert record.read() == {"pc-3": GOOD}


def test_the_words_name_the_other_and_the_way_out() -> None:
    told = describe_failed_proof(BAD)
    assert "pc-2 (loket-2)" in told.what
    assert "tidak menulis" in told.safe
    assert "nobrl" in told.todo
    assert "doctor" in told.todo
