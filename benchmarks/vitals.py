"""The load of a process on this machine."""

import psutil


def memory_mib(pid: int) -> float:
    """Return the resident memory (MiB)."""
    return float(psutil.Process(pid).memory_info().rss) / 2**20


def cpu_seconds(pid: int) -> float:
    """Return the seconds on a core since the start, the system's part for it included."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def busy_percent() -> float:
    """Return how busy all cores are at this moment (percent)."""
    return float(psutil.cpu_percent(interval=0.5))
