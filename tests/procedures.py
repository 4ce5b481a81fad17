"""Small procedures for tests: steps by number, and where each leads."""

from typing import Any

import msgspec

from ult_desktop.core.procedures.procedure import Procedure


def step(number: int, **more: object) -> dict[str, Any]:
    row: dict[str, Any] = {"step": number, "activity": f"Kegiatan {number}", "actors": [{"id": "fo"}]}
    return {**row, "completes": {"tick": "fo"}, **more}


def branch(when: str, goto: int | None = None, **more: object) -> dict[str, Any]:
    return {"when": when, "label": when.title(), **({"goto": goto} if goto else {}), **more}


def procedure(*steps: dict[str, Any], **more: object) -> Procedure:
    written = {
        "id": "uji",
        "number": "1/POS/2026",
        "title": "Uji",
        "channel": "telepon",
        "office": {"name": "Kantor", "short_name": "Kantor"},
        "dates": {"created": "2026-01-05"},
        "actors": [{"id": "fo", "name": "Front Office"}],
        "steps": steps,
        **more,
    }
    return msgspec.convert(written, Procedure)
