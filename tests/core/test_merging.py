"""Two edits of one record are merged by field; where both changed a field differently, it is said."""

from hypothesis import given, strategies as st

from ult_desktop.core.merging import merge
from ult_desktop.core.person import GuestFields

SEEN = GuestFields(name="Ani", institution="SDN 1")
guests = st.builds(
    GuestFields, name=st.sampled_from("ab"), institution=st.sampled_from("ab"), phone=st.sampled_from("ab")
)


def test_what_only_one_changed_is_kept_of_both() -> None:
    now, mine = GuestFields(name="Ani", institution="SDN 1", phone="081234567678"), GuestFields(name="Ani P")
    merged = merge(SEEN, now, mine)
    assert merged.record == GuestFields(name="Ani P", phone="081234567678")
    assert (merged.taken, merged.conflicts) == (("phone",), ())


def test_what_both_changed_differently_is_a_conflict() -> None:
    now, mine = GuestFields(name="Ani A", institution="SDN 2"), GuestFields(name="Ani B", institution="SDN 2")
    merged = merge(SEEN, now, mine)
    assert (merged.record.name, merged.taken, merged.conflicts) == ("Ani B", (), ("name",))


@given(guests, guests, guests)
def test_no_change_is_lost_in_silence(seen: GuestFields, now: GuestFields, mine: GuestFields) -> None:
    merged = merge(seen, now, mine)
    for name in seen.__struct_fields__:
        kept = getattr(merged.record, name)
        if getattr(mine, name) != getattr(seen, name):
            assert kept == getattr(mine, name)
        if kept != getattr(now, name) and getattr(now, name) != getattr(seen, name):
            assert name in merged.conflicts
