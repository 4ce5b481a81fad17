"""Seats kept for vulnerable visitors who wait (kursi prioritas, POS DKI 2 and 3; PermenPANRB 11/2024)."""

import msgspec


class SeatGuest(msgspec.Struct, frozen=True, kw_only=True):
    """A vulnerable visitor who waits; `ticket_id` and `label` None: he has no number yet."""

    visit_id: int
    ticket_id: int | None
    label: str | None
    sits: bool


class Seats(msgspec.Struct, frozen=True, kw_only=True):
    """How many seats the office keeps, and who waits for or on one. Oldest first."""

    kept: int = 0
    guests: tuple[SeatGuest, ...] = ()

    @property
    def taken(self) -> int:
        return sum(guest.sits for guest in self.guests)

    def guest(self, visit_id: int) -> SeatGuest | None:
        """None: nobody who waits here."""
        return next((guest for guest in self.guests if guest.visit_id == visit_id), None)

    def of_ticket(self, ticket_id: int) -> SeatGuest | None:
        return next((guest for guest in self.guests if guest.ticket_id == ticket_id), None)
