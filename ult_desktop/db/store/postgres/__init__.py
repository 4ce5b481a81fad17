"""An office on a PostgreSQL server: the same rows, statements and migrations as in a file.

psycopg imports Python's `ssl` only so that one of the two initialises OpenSSL. The installed program has no
web access, and no `ssl`: then an empty module replaces it while psycopg is imported.
"""

import importlib.util
import sys
from types import ModuleType

if importlib.util.find_spec("ssl") is None:
    import asyncio  # noqa: F401  (it does without, as long as it finds none)

    sys.modules["ssl"] = ModuleType("ssl")
    import psycopg  # noqa: F401

    del sys.modules["ssl"]
