"""How long the kiosk waits for whom."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KioskTimes:
    """Milliseconds; tests take shorter ones.

    Args:
        idle: without a touch until the visitor is asked "Masih di sana?" (docs/screens.md, "Kiosk times").
        grace: to answer that.
        stay: the number stays on the screen when its paper is there; `stay_large` in large text.
        photo: the same without paper, until the visitor is asked: they have to find a phone or a pen first.
        fruitless: of touching without effect until an officer is offered.
        printing: the most a visitor waits for the printer.
        hold: the hidden corner is held.
        guessed: the corner answers nobody after three wrong PINs; guessing takes days instead of hours.
        deaf: touches are ignored after a new page came under the finger.
        hurry: until a store that does not answer gets a page of its own.
        look: between two looks at the office without a sign of change: doors open by the clock.
    """

    idle: int = 25_000
    grace: int = 15_000
    stay: int = 15_000
    stay_large: int = 30_000
    photo: int = 45_000
    fruitless: int = 15_000
    printing: int = 3_000
    hold: int = 3_000
    guessed: int = 60_000
    deaf: int = 500
    hurry: int = 700
    look: int = 20_000
