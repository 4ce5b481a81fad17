"""A procedure that leads nowhere is refused by name; an odd document only earns a hint."""

from typing import Any

import pytest

from tests.procedures import branch, procedure, step
from ult_desktop.core.procedures.check import find_faults, find_hints
from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids

Wrong = tuple[tuple[str | int, ...], str]
TABLE: dict[str, tuple[list[dict[str, Any]], list[Wrong]]] = {
    "a number twice": ([step(1, next=2), step(2), step(2)], [(("steps", 2, "step"), "“2” dipakai dua kali")]),
    "an outcome twice": (
        [step(1, branches=[branch("a"), branch("a")])],
        [(("steps", 0, "branches", 1, "when"), "“a” dipakai dua kali")],
    ),
    "a strange actor": (
        [step(1, actors=[{"id": "fo"}, {"id": "bo"}])],
        [(("steps", 0, "actors", 1, "id"), "pelaksana “bo” tidak ada di bagian actors")],
    ),
    "a strange tick": (
        [step(1, completes={"tick": "bo"})],
        [(("steps", 0, "completes", "tick"), "pelaksana “bo” tidak ada di bagian actors")],
    ),
    "a letter that nobody asks for": (
        [step(1, inputs=["ID Card"], letter="Surat Resmi")],
        [(("steps", 0, "letter"), "“Surat Resmi” tidak ada di inputs langkah itu")],
    ),
    "a dangling branch and next": (
        [step(1, next=7, branches=[branch("a", 9), branch("b")])],
        [
            (("steps", 0, "next"), "langkah 7 tidak ada"),
            (("steps", 0, "branches", 0, "goto"), "langkah 9 tidak ada"),
        ],
    ),
    "no end": (
        [step(1, next=2), step(2, next=1)],
        [(("steps",), "tidak ada akhir: setiap langkah menuju langkah lain")],
    ),
    "a step onto itself": (
        [step(1, branches=[branch("a"), branch("b", 2)]), step(2, next=2)],
        [(("steps", 1, "step"), "langkah 2 berputar tanpa jalan keluar")],
    ),
    "a loop without exit": (
        [step(1, branches=[branch("a"), branch("b", 2)]), step(2, next=3), step(3, next=2)],
        [
            (("steps", 1, "step"), "langkah 2 berputar tanpa jalan keluar"),
            (("steps", 2, "step"), "langkah 3 berputar tanpa jalan keluar"),
        ],
    ),
    "a step never reached": (
        [step(1), step(2)],
        [(("steps", 1, "step"), "langkah 2 tidak pernah dicapai dari langkah pertama")],
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_is_wrong(case: str) -> None:
    steps, wrong = TABLE[case]
    assert [(fault.where, fault.problem) for fault in find_faults(procedure(*steps))] == wrong


def test_an_actor_twice() -> None:
    twice = procedure(step(1), actors=[{"id": "fo", "name": "A"}, {"id": "fo", "name": "B"}])
    assert [fault.where for fault in find_faults(twice)] == [("actors", 1, "id")]


def test_a_visitor_ticks_nothing() -> None:
    visitor = procedure(step(1), actors=[{"id": "fo", "name": "Pemohon", "staff": False}])
    told = [(fault.where, fault.problem) for fault in find_faults(visitor)]
    assert told == [
        (("steps", 0, "completes", "tick"), "“fo” bukan petugas dan tidak dapat menandai langkah")
    ]


def test_a_loop_with_an_exit_stands() -> None:
    looping = procedure(step(1, next=2), step(2, branches=[branch("selesai"), branch("ulang", 1)]))
    assert find_faults(looping) == ()


@pytest.mark.parametrize("name", procedure_ids())
def test_the_shipped_ones_stand(name: str) -> None:
    assert find_faults(load_procedure(name)) == ()


def test_effective_before_revised_is_shown_and_not_refused() -> None:
    assert find_hints(load_procedure("sumut-telepon"))[0] == (
        "Tanggal efektif 1 Maret 2023 mendahului tanggal revisi 2 Maret 2023."
    )
    assert not [hint for hint in find_hints(load_procedure("sumut-tatap-muka")) if "mendahului" in hint]


def test_what_the_source_lost_is_told() -> None:
    lost = find_hints(load_procedure("dki-kelompok-rentan"))
    assert lost[:2] == ("Tanggal efektif tidak diketahui.", "Nama pengesah tidak diketahui.")
    assert lost[2] == "Pelaksana disimpulkan dari kalimat pada langkah 1, 2, 3, 4, 5, 6, 7, 8, 9, 10."


def test_revised_before_made() -> None:
    dates = {"created": "2026-02-01", "revised": "2026-01-01", "effective": "2026-03-01"}
    odd = procedure(step(1), dates=dates, approved_by={"name": "Warsita"})
    assert find_hints(odd) == ("Tanggal revisi mendahului tanggal pembuatan.",)
