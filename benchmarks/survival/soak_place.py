"""The folder of a soak: the share, what each station reported, what was seen of its process."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import psutil


@dataclass
class Sample:
    """A measurement of a process."""

    at: float
    pid: int
    mib: float
    handles: int


@dataclass
class SoakFolder:
    """The folder of a soak: the share, each station's settings, what it reported, and the control files."""

    folder: Path
    names: tuple[str, ...]
    samples: dict[str, list[Sample]] = field(default_factory=dict)

    @property
    def share(self) -> Path:
        return self.folder / "share"

    @property
    def database(self) -> Path:
        return self.share / "office.db"

    def told(self, name: str) -> list[dict[str, Any]]:
        """Return the reports of a station; a line that a kill cut off is left out."""
        path = self.folder / "told" / f"{name}.jsonl"
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        return [msgspec.json.decode(line) for line in lines]

    def pid(self, name: str) -> int | None:
        started = [line["pid"] for line in self.told(name) if line["kind"] == "started"]
        return started[-1] if started else None

    def order(self, what: str, *, on: bool = True) -> None:
        path = self.folder / "control" / what
        path.touch() if on else path.unlink(missing_ok=True)

    def look(self, at: float) -> None:
        for name in self.names:
            pid = self.pid(name)
            if pid is None:
                continue
            try:
                process = psutil.Process(pid)
                sample = Sample(at, process.pid, process.memory_info().rss / 2**20, process.num_fds())
            except (psutil.Error, ValueError):
                continue  # between two lives
            self.samples.setdefault(name, []).append(sample)
