"""Small procedures for tests: steps by number, and where each leads."""

from typing import Any

import msgspec

from ult_desktop.core.procedures.procedure import Procedure


def step(number: int, **more: object) -> dict[str, Any]:
    row: dict[str, Any] = {"step": number, "activity": f"Kegiatan {number}", "actors": [{"id": "fo"}]}
    return {**row, "completes": {"tick": "fo"}, **more}


def branch(when: str, goto: int | None = None, **more: object) -> dict[str, Any]:
    return {"when": when, "label": when.title(), **({"goto": goto} if goto else {}), **more}


def as_once_written(procedure: Procedure, **more: object) -> dict[str, Any]:
    """The document of an older program: with all that a procedure said then and that nothing ever read."""
    written: dict[str, Any] = msgspec.to_builtins(procedure)
    office = {"province": "", "province_code": "12", "timezone": "Asia/Jakarta", "portal": ""}
    for step in written["steps"]:
        step |= {"id_card": "borrow", "device": None, "delivery": ["langsung"]}
        step["actors"] = [{**actor, "confidence": "low"} for actor in step["actors"]]
        step["branches"] = [
            {**branch, "actor": None, "creates": "jadwal_ulang", "inferred": True}
            for branch in step["branches"]
        ]
        if step["time"]:
            step["time"]["source"] = "3 menit"
    return {
        **written,
        "application": "SEMPENA",
        "fee": "",
        "office": {**written["office"], **office},
        "notes": {**written["notes"], "transcription": "Menurut sumber."},
        "caller_fields": [*written["caller_fields"], "alamat"],
        **more,
    }


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
