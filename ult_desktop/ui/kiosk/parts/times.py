"""The waiting times of the kiosk."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KioskTimes:
    """The waiting times in milliseconds; tests take shorter ones.

    Args:
        idle: without a tap until the visitor is asked "Masih di sana?" (docs/screens.md, "Kiosk times").
        grace: to answer that.
        stay: the number stays on the screen when its paper is there; `stay_large` in large text.
        photo: the same without paper, until the visitor is asked: they have to find a phone or a pen first.
        unanswered: a call for an officer stands until the visitor is sent to the desk.
        helped: without a tap while an officer is awaited or helps; the visitor has no reason to touch.
        fruitless: of taps without effect until an officer is offered.
        printing: the most a visitor waits for the printer.
        hold: the hidden corner has to be held.
        guessed: the corner ignores everybody after three wrong PINs; guessing takes days instead of hours.
        deaf: taps are ignored after a new page came under the finger.
        finish: to finish what was begun before a break or the closing. The office accepts a number a little
            longer, for the kiosk learns of the hour late (`core.queue.opening.GRACE`, less `look`).
        hurry: until a visitor whose number does not come sees a notice about it.
        look: between two looks at the office without a sign of change: the office opens by the clock.
    """

    idle: int = 25_000
    grace: int = 15_000
    stay: int = 15_000
    stay_large: int = 30_000
    photo: int = 45_000
    unanswered: int = 60_000
    helped: int = 180_000
    fruitless: int = 15_000
    printing: int = 3_000
    hold: int = 3_000
    guessed: int = 60_000
    deaf: int = 500
    finish: int = 160_000
    hurry: int = 700
    look: int = 20_000
