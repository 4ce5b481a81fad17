"""How long the kiosk waits for whom."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KioskTimes:
    """Milliseconds; tests take shorter ones.

    Args:
        idle: without a touch until a half-done page goes home (docs/screens.md, "Kiosk times").
        stay: the number stays on the screen.
        photo: the same when there is no paper: a visitor has to find a phone or a pen first.
        printing: the most a visitor waits for the printer.
        hold: the hidden corner is held.
        guessed: the corner answers nobody after three wrong PINs; guessing takes days instead of hours.
        deaf: touches are ignored after a new page came under the finger.
        hurry: until a store that does not answer gets a page of its own.
        look: between two looks at the office without a sign of change: doors open by the clock.
    """

    idle: int = 30_000
    stay: int = 8_000
    photo: int = 20_000
    printing: int = 3_000
    hold: int = 3_000
    guessed: int = 60_000
    deaf: int = 500
    hurry: int = 700
    look: int = 20_000
