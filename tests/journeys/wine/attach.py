"""Run in a Windows: have another program run lines of Python, as a debugger would.

An installed program knows no test, and Wine 8 has no client's side of UI Automation: by this road a script
comes to the accessibility tree of the program that an office gets.

`python -m tests.journeys.wine.attach TITLE LINES`, where TITLE is that of the program's window.
"""

import ctypes
import struct
import sys
import time

PATIENCE_S = 240.0

if sys.platform == "win32":
    import win32api
    import win32con
    import win32gui
    import win32process

    def attach(title: str, lines: str) -> None:
        """Both have the same library of Python, at places of their own."""
        _thread, number = win32process.GetWindowThreadProcessId(_window(title))
        process = win32api.OpenProcess(win32con.PROCESS_ALL_ACCESS, False, number)
        library = "python{}{}.dll".format(*sys.version_info)
        places = win32process.EnumProcessModules(process)
        there = next(each for each in places if _file(process, each).endswith(library))
        text = _laid(process, lines.encode() + b"\0")
        code = _laid(process, _code(there - sys.dllhandle, text))
        win32process.CreateRemoteThread(process, None, 0, code, 0, 0)

    def _window(title: str) -> int:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if found := win32gui.FindWindow(None, title):
                return int(found)
            time.sleep(0.1)
        raise SystemExit(f"no window: {title}")

    def _file(process: object, place: int) -> str:
        return str(win32process.GetModuleFileNameEx(process, place)).lower()

    def _laid(process: object, data: bytes) -> int:
        place = win32process.VirtualAllocEx(
            process, 0, len(data), win32con.MEM_COMMIT | win32con.MEM_RESERVE, win32con.PAGE_EXECUTE_READWRITE
        )
        win32process.WriteProcessMemory(process, place, data)
        return int(place)

    def _code(apart: int, text: int) -> bytes:
        """A thread that takes Python's lock, runs the text, and gives the lock back (x86-64)."""
        take, run, give = (
            struct.pack("<Q", _here(name) + apart)
            for name in ("PyGILState_Ensure", "PyRun_SimpleString", "PyGILState_Release")
        )
        parts = (
            b"\x53\x48\x83\xec\x20",  # push rbx; sub rsp, 32
            b"\x48\xb8" + take + b"\xff\xd0\x89\xc3",  # call it; mov ebx, eax
            b"\x48\xb9" + struct.pack("<Q", text),  # mov rcx, text
            b"\x48\xb8" + run + b"\xff\xd0\x89\xd9",  # call it; mov ecx, ebx
            b"\x48\xb8" + give + b"\xff\xd0",
            b"\x48\x83\xc4\x20\x5b\x31\xc0\xc3",  # add rsp, 32; pop rbx; return 0
        )
        return b"".join(parts)

    def _here(name: str) -> int:
        return int(ctypes.cast(getattr(ctypes.pythonapi, name), ctypes.c_void_p).value or 0)

    if __name__ == "__main__":
        attach(*sys.argv[1:])
