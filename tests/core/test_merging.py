"""Two edits of one record are merged by field; where both changed a field differently, it is said."""

from hypothesis import given, strategies as st

from ult_desktop.core.merging import merge

SEEN = {"name": "Ani", "institution": "SDN 1", "phone": ""}
records = st.fixed_dictionaries({name: st.sampled_from("ab") for name in SEEN})


def test_what_only_one_changed_is_kept_of_both() -> None:
    found = merge(SEEN, {**SEEN, "phone": "081234567678"}, {**SEEN, "name": "Ani P"})
    assert found == (("name",), ("phone",), ())


def test_what_both_changed_differently_is_a_conflict() -> None:
    now = {**SEEN, "name": "Ani A", "institution": "SDN 2"}
    found = merge(SEEN, now, {**SEEN, "name": "Ani B", "institution": "SDN 2"})
    assert (found.taken, found.conflicts) == ((), ("name",))


@given(records, records, records)
def test_no_change_is_lost_in_silence(
    seen: dict[str, str], now: dict[str, str], mine: dict[str, str]
) -> None:
    found = merge(seen, now, mine)
    for name, text in {**now, **{name: mine[name] for name in found.mine}}.items():
        if mine[name] != seen[name]:
            assert text == mine[name]
        if text != now[name] and now[name] != seen[name]:
            assert name in found.conflicts
