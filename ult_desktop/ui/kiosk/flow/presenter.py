"""The presenter, which turns a scene into the page that shows it, in the language in force."""

from collections.abc import Callable
from datetime import datetime
from itertools import count

from ult_desktop.base import _, formats, i18n, language
from ult_desktop.core import kiosk_code
from ult_desktop.core.queue import boards
from ult_desktop.ui.kiosk.code.code_page import CodePage, summons_notice
from ult_desktop.ui.kiosk.flow.kiosk_scene import KioskScene
from ult_desktop.ui.kiosk.flow.officer_call import call_notice
from ult_desktop.ui.kiosk.frame.foot import FootState
from ult_desktop.ui.kiosk.frame.shell import KioskFrame, PageFrame
from ult_desktop.ui.kiosk.frame.sign_panel import CLOSED, SLOTS, STILL_THERE
from ult_desktop.ui.kiosk.frame.view_options import ViewOptions
from ult_desktop.ui.kiosk.guest_book.book import Question, cards_of, hint_of, title_of, typing_of
from ult_desktop.ui.kiosk.home import home_page, priority, shortcut_row
from ult_desktop.ui.kiosk.parts.choices import Face, one_page, page_choices
from ult_desktop.ui.kiosk.survey.survey_page import suggestion_question
from ult_desktop.ui.kiosk.typing.typing_page import TypingPage
from ult_desktop.ui.kiosk.visit import CodePurpose, Screen
from ult_desktop.ui.kit import widgets

_OWN_HEAD = PageFrame(head=False)
_KEYBOARD = PageFrame(head=False, foot=FootState(back=True, keyboard=True))


class Presenter:
    """The presenter of scenes. It fills the pages of the frame, and holds no state of its own."""

    def __init__(self, shell: KioskFrame, now: Callable[[], datetime], only: tuple[str, ...] = ()) -> None:
        self._shell, self._now, self._only = shell, now, only
        self._aside: dict[Screen, Callable[[KioskScene], None]] = {
            Screen.OPTIONS: self._show_options,
            Screen.LANGUAGE: self._show_languages,
            Screen.CALL: self._show_call,
        }
        self._pages: dict[Screen, Callable[[KioskScene, boards.KioskBoard], None]] = {
            Screen.HOME: self._show_first,
            Screen.INFO: self._show_info,
            Screen.WHOSE: self._show_whose,
            Screen.GROUND: self._show_ground,
            Screen.HELP: self._show_help,
            Screen.SURVEY: self._show_survey,
            Screen.MORE: self._show_more,
            Screen.CODE: self._show_code,
            Screen.FOUND: self._show_found,
            Screen.BOOK: self._show_book,
        }

    def show(self, scene: KioskScene) -> None:
        shell, board = self._shell, scene.board
        shell.retranslate()
        shell.home.notice.show_state(scene.printer)
        shell.show_call(called=scene.call is not None)
        if board is not None:
            shell.head.show_names(board.office.unit, board.office.name)
            shell.head.logo.show_picture(board.office.logo)
        is_aside = scene.visit.screen in self._aside
        slot = CLOSED if scene.notice is not None and not is_aside else SLOTS.get(scene.visit.screen, "")
        shell.show_slot(STILL_THERE if scene.still_there is not None else slot)
        if scene.still_there is not None:
            shell.still_there.page.ask(
                scene.still_there, typed=scene.holds_answers or shell.has_code, number=scene.number
            )
            shell.open(shell.still_there.page, PageFrame())
        elif scene.visit.screen is Screen.PIN:
            shell.open(shell.pin.page, PageFrame(head=False, foot=None))
        elif is_aside:
            self._aside[scene.visit.screen](scene)
        elif scene.summons is not None:
            handed_over = scene.visit.screen is Screen.THANKS  # the call had the guest book saved
            shell.summons.page.show_notice(summons_notice(scene.summons, handed_over=handed_over))
            shell.open(shell.summons.page, PageFrame(foot=FootState(back=True)))
        elif scene.visit.screen is Screen.TAKEN and scene.issued is not None:
            shell.taken.retranslate()
            shell.open(shell.taken, _OWN_HEAD)
        elif scene.notice is not None or board is None:
            if scene.notice is not None:
                shell.notice.show_notice(scene.notice)
            shell.open(shell.notice, PageFrame())
        else:
            self._pages.get(scene.visit.screen, self._show_first)(scene, board)
            self._forget_typed(scene)

    def _forget_typed(self, scene: KioskScene) -> None:
        """Clear what was typed on pages that are not in sight any more: the next visitor must not find it."""
        if self._shell.page is not self._shell.code.built:
            self._shell.code.if_made(CodePage.forget)
        if scene.book is None:
            self._shell.writing.if_made(TypingPage.forget)

    def _show_first(self, scene: KioskScene, board: boards.KioskBoard) -> None:
        if scene.survey_only:
            self._shell.code.page.open(CodePurpose.SURVEY)
            self._shell.open(self._shell.code.page, PageFrame(head=False, foot=FootState(keyboard=True)))
        else:
            self._show_home(scene, board)

    def _show_home(self, scene: KioskScene, board: boards.KioskBoard) -> None:
        visit = scene.visit
        branch = visit.branch[-1] if visit.branch else ""
        choices, all_services = page_choices(board, branch, self._only), one_page(board, branch, self._only)
        self._shell.home.show_services(home_page.ServiceCards(board, choices, all_services))
        title, sentence = self._heading(scene, board)
        brief = _("Sentuh layanan yang Anda perlukan.")
        start = not visit.branch and visit.ground is None
        foot = FootState(back=not start, priority=start)
        frame = PageFrame(title, sentence, brief, home=start, low=scene.view.low_reach, foot=foot)
        self._shell.open(self._shell.home, frame)

    def _heading(self, scene: KioskScene, board: boards.KioskBoard) -> tuple[str, str]:
        names = {category.key: category.name for category in board.categories}
        if scene.visit.branch and scene.visit.branch[-1] in names:
            return names[scene.visit.branch[-1]].within(language()), _("Sentuh layanan yang Anda perlukan.")
        if scene.visit.ground is not None:
            return _("Layanan prioritas"), _("Sentuh layanan yang Anda perlukan.")
        greeting = formats.greeting(self._now().time(), board.greeting.starts)
        return greeting, _("Sentuh layanan yang Anda perlukan untuk mengambil nomor antrean.")

    def _show_info(self, scene: KioskScene, board: boards.KioskBoard) -> None:
        line = scene.queue_of(scene.visit.service_id)
        if line is None:
            self._show_home(scene, board)
            return
        self._shell.info.page.show_service(line, board.office.complaint_ways)
        frame = PageFrame(line.service.name.within(language()), foot=FootState(back=True))
        self._shell.open(self._shell.info.page, frame)

    def _show_ground(self, scene: KioskScene, _board: boards.KioskBoard) -> None:
        words = _("Sentuh yang sesuai dengan Anda. Tidak perlu menunjukkan bukti.")
        self._open_low(scene, self._shell.grounds.page, (_("Layanan prioritas"), words))

    def _show_help(self, scene: KioskScene, _board: boards.KioskBoard) -> None:
        words = _("Sentuh yang Anda perlukan, atau langsung lanjut.")
        self._open_low(scene, self._shell.helps.page, (_("Perlu bantuan?"), words))

    def _show_call(self, scene: KioskScene) -> None:
        phone = scene.board.office.phone_words if scene.board else ""
        self._shell.call.page.show_notice(call_notice(scene.call, scene.is_staffed, phone))
        self._shell.open(self._shell.call.page, PageFrame(foot=FootState(back=True)))

    def _show_options(self, scene: KioskScene) -> None:
        self._shell.options.page.show_view(scene.view)
        words = _("Kembali seperti semula setelah Anda selesai.")
        self._open_low(scene, self._shell.options.page, (_("Tampilan layar"), words))

    def _show_languages(self, scene: KioskScene) -> None:
        """Show the page of languages.

        Each language is named in itself, and the page as a whole is in no language in particular.
        """
        cards = tuple(
            Face(title=i18n.language_name(code), name=i18n.language_name(code), icon="languages", tint=tint)
            for code, tint in zip(i18n.languages(), map(widgets.tint_of, count()), strict=False)
        )
        self._shell.choice.page.show_cards(Screen.LANGUAGE, cards)
        foot = FootState(back=True, language_choice=False)
        frame = PageFrame(_("Pilih bahasa"), low=scene.view.low_reach, foot=foot)
        self._shell.open(self._shell.choice.page, frame)

    def _show_survey(self, scene: KioskScene, _board: boards.KioskBoard) -> None:
        shell, run = self._shell, scene.visit.survey
        if run is not None and run.question is not None:
            shell.survey.page.show_run(run, low=scene.view.low_reach)
            shell.open(shell.survey.page, PageFrame(head=False, foot=FootState(back=True)))
        elif run is not None:
            shell.suggestion.page.ask(suggestion_question(run))
            shell.open(shell.suggestion.page, _KEYBOARD)

    def _show_whose(self, scene: KioskScene, _board: boards.KioskBoard) -> None:
        """Ask for whom the number is; the order of the answers is that of `KioskFlow.answer_whose`."""
        words = _("Nomor ini untuk siapa?"), _("Satu nomor cukup untuk satu keperluan.")
        answers = ((_("Untuk saya"), "user", "blue"), (_("Untuk rombongan"), "users", "violet"))
        faces = tuple(Face(title=answer, name=answer, icon=icon, tint=tint) for answer, icon, tint in answers)
        self._open_choice(scene, words, faces)

    def _show_more(self, scene: KioskScene, _board: boards.KioskBoard) -> None:
        self._open_choice(
            scene, (_("Layanan lain"), _("Sentuh yang Anda perlukan.")), shortcut_row.shortcut_faces()
        )

    def _show_code(self, scene: KioskScene, _board: boards.KioskBoard) -> None:
        self._shell.code.page.open(scene.visit.purpose)
        self._shell.open(self._shell.code.page, _KEYBOARD)

    def _show_found(self, scene: KioskScene, _board: boards.KioskBoard) -> None:
        if scene.found is not None:
            reprint_words = scene.reprint.words if scene.reprint is not None else ""
            self._shell.found.page.show_found(scene.found, reprint_words, reprintable=scene.is_reprintable)
        of_ticket = isinstance(scene.found, kiosk_code.KnownTicket)
        title = _("Nomor antrean Anda") if of_ticket else _("Permintaan Anda")
        self._shell.open(self._shell.found.page, PageFrame(title, foot=FootState(back=True)))

    def _show_book(self, scene: KioskScene, _board: boards.KioskBoard) -> None:
        book, shell = scene.book, self._shell
        if book is None:
            return
        words = title_of(book.question), hint_of(book.question)
        if book.question is Question.REVIEW and book.chooses:
            words = _("Jawaban mana yang diubah?"), _("Sentuh salah satu.")
        if book.question is Question.REVIEW and not book.chooses:
            shell.review.page.show_book(book)
            shell.open(shell.review.page, PageFrame(*words, place=book.place, foot=FootState(back=True)))
        elif book.chooses:
            self._open_choice(scene, words, tuple(card.face for card in cards_of(book)), book.place)
        else:
            shell.writing.page.ask(typing_of(book))
            shell.open(shell.writing.page, _KEYBOARD)

    def _open_choice(
        self,
        scene: KioskScene,
        words: tuple[str, str],
        cards: tuple[Face, ...],
        place: tuple[int, int] | None = None,
    ) -> None:
        about = scene.book.question if scene.book else scene.visit.screen
        self._shell.choice.page.show_cards(about, cards)
        low, foot = scene.view.low_reach, FootState(back=True)
        self._shell.open(self._shell.choice.page, PageFrame(*words, place=place, low=low, foot=foot))

    def _open_low(
        self,
        scene: KioskScene,
        page: priority.ReasonPage | priority.HelpPage | ViewOptions,
        words: tuple[str, str],
    ) -> None:
        page.retranslate()
        foot = FootState(back=True, options=not isinstance(page, ViewOptions))
        self._shell.open(page, PageFrame(*words, low=scene.view.low_reach, foot=foot))
