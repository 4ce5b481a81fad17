"""The costs of the program, measured in one run: `python3 dev.py bench`. Nothing here is a test."""

import os

from benchmarks.simulation import mutants

if mutant := os.environ.get(
    mutants.VARIABLE
):  # here, because each process of a bench comes by before the program
    mutants.put_in(mutants.named(mutant))
