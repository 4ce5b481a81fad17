"""How much of this machine a process takes."""

import psutil


def memory_mib(pid: int) -> float:
    """Resident memory."""
    return float(psutil.Process(pid).memory_info().rss) / 2**20


def cpu_seconds(pid: int) -> float:
    """Time on a core since the start, the system's part for it included."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def busy_percent() -> float:
    """How busy all cores are at this moment."""
    return float(psutil.cpu_percent(interval=0.5))
