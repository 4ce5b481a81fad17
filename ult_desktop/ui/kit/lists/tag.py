"""A state in words with a colour, as data: lists paint it, details show it as a pill."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tag:
    """`tone`: ok, warn, danger, priority, primary or accent; `icon_name` may be empty."""

    text: str
    tone: str = "primary"
    icon_name: str = ""
