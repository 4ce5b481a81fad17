"""How many respondents a survey needs (Krejcie and Morgan, as printed in SKM reports)."""

from fractions import Fraction

from ult_desktop.core.survey.index import half_up

SMALLEST = 10  # the table begins here; fewer are all asked
_CHI_SQUARED = Fraction("3.841")
_SPREAD = Fraction("0.25")  # P · (1 - P) at P = 0.5
_ERROR_SQUARED = Fraction("0.0025")  # d = 0.05


def sample_size(population: int) -> int:
    """The respondents needed for so many service recipients of the period.

    n = χ²·N·P·(1-P) / (d²·(N-1) + χ²·P·(1-P)), rounded half-up: this gives all 90 printed rows.
    """
    if population < SMALLEST:
        return population
    above = _CHI_SQUARED * population * _SPREAD
    below = _ERROR_SQUARED * (population - 1) + _CHI_SQUARED * _SPREAD
    return int(half_up(above / below, 0))
