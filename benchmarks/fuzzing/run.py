"""A target under coverage-guided fuzzing: `python -m benchmarks.fuzzing.run TARGET FOLDER SECONDS SEED`.

FOLDER keeps the corpus; bytes that a reader wrongly accepts or fails on are left in it as `crash-…`.
"""

import importlib
import logging
import sys
from pathlib import Path

import atheris


def main(name: str, folder: str, seconds: str, seed: str) -> None:
    logging.disable()
    with atheris.instrument_imports(include=["ult_desktop", "tomllib", "csv"]):
        targets = importlib.import_module("benchmarks.fuzzing.targets")
    corpus = Path(folder) / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, good in enumerate(targets.TARGETS[name].seeds):
        (corpus / f"seed-{number}").write_bytes(good)
    options = [f"-max_total_time={seconds}", f"-seed={seed}", f"-artifact_prefix={folder}/"]
    more = ["-print_final_stats=1", "-verbosity=1", "-timeout=30", "-max_len=20000"]
    atheris.Setup([sys.argv[0], *options, *more, str(corpus)], lambda data: targets.feed(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:5])
