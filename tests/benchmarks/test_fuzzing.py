"""Every reader of outside bytes under bytes of any kind; the long run is `python -m benchmarks fuzz`."""

import pytest
from hypothesis import example, given, strategies as st

from benchmarks.fuzzing.targets import TARGETS, feed
from tests.examples import examples

DEEP = b"[" * 5000
EDITS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 12), st.binary(max_size=6)), max_size=3)


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_read(name: str) -> None:
    for seed in TARGETS[name].seeds:
        feed(name, seed)


@pytest.mark.parametrize("name", TARGETS)
@examples(25)
@given(edits=EDITS)
def test_good_bytes_with_broken_places(name: str, edits: list[tuple[int, int, bytes]]) -> None:
    data = TARGETS[name].seeds[0]
    for place, length, junk in edits:
        at = place % len(data)
        data = data[:at] + junk + data[at + length :] or b" "
    feed(name, data)


@pytest.mark.parametrize("name", TARGETS)
@examples(25)
@given(data=st.one_of(st.binary(max_size=80), st.text(max_size=60).map(str.encode)))
@example(data=b"")
@example(data=DEEP)
@example(data=b'{"x":' + DEEP)
@example(data=b'{"pc-2":{"host":"a","station":"b","ok":true,"at":1,"x":' + DEEP)
@example(data=b'{"at":' + b"9" * 5000 + b"}")
def test_bytes_of_any_kind(name: str, data: bytes) -> None:
    feed(name, data)
