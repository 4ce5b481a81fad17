"""An office on a PostgreSQL server: the same rows, statements and migrations as in a file.

psycopg imports Python's `ssl` only so that one of the two initialises OpenSSL. The installed program has no
web access, and no `ssl`: then an empty module replaces it while psycopg is imported.
"""

import importlib.util
import sys
from types import ModuleType

if importlib.util.find_spec("ssl") is None:
    # asyncio looks for `ssl` when it is imported and goes on without it; after the empty module is in place
    # it would find one, and fail on what it lacks.
    import asyncio  # noqa: F401  (it does without, as long as it finds none)

    # WORKAROUND psycopg imports `ssl` without using it, lest Python and libpq both initialise OpenSSL: seen
    # with psycopg 3.3, no report is known. It can go when psycopg imports `ssl` only where Python has it.
    sys.modules["ssl"] = ModuleType("ssl")
    import psycopg  # noqa: F401

    del sys.modules["ssl"]
