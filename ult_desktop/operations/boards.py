"""Boards that need a rule of the operations beside their rows."""

from ult_desktop.core.boards import CounterBoard, LobbyNews
from ult_desktop.db import boards, counter_board, events, tickets
from ult_desktop.db.transaction import Transaction
from ult_desktop.operations.finding import the_counter, today, undoable_turn


def board_of_counter(tx: Transaction, number: int, now: int) -> CounterBoard:
    """`now` UTC ms. Raises UserError when there is no such counter."""
    turn = undoable_turn(tx, today(tx, now), the_counter(tx, number))
    undoable = None if turn is None else tickets.get(tx, turn.ticket_id)
    return counter_board.counter_board(tx, number, now, undoable)


def news_for_lobby(tx: Transaction, seq: int | None, now: int) -> LobbyNews:
    """The board and every call after `seq`; with None none."""
    return LobbyNews(
        board=boards.lobby_board(tx, now),
        calls=() if seq is None else boards.calls_after(tx, seq),
        last_seq=events.last_seq(tx),
    )
