"""Which tests hold each thing that lists, printers, names and days of real offices once broke."""

import pytest

from tests.once_wrong import held_by, is_there

_ROWS = "core.online.test_request_rows"
_COLUMNS = "core.lists.test_columns"
_TABLE = "core.lists.test_table"
_CELLS = "core.test_cells"
_ANSWERS = "core.survey.test_answer_rows"
_FILES = "operations.lists.test_list_readers"
_COPIES = "operations.lists.test_round_trip"
_IMPORTS = "operations.lists.test_importing"
_CHEAP = "devices.printer.test_cheap_printers"
_MEDIA = "ui.display.media.test_media_folder"

LISTS = {
    "a column was guessed because its head contains a known word, a date of birth as the time of sending": (
        f"{_COLUMNS}.test_a_head_that_only_contains_a_name_is_asked",
        f"{_COLUMNS}.test_a_head_about_something_else_is_neither_taken_nor_proposed",
    ),
    "a column was guessed by its values": (f"{_COLUMNS}.test_a_column_known_only_by_its_values_is_asked",),
    "two people who say the same were one": (
        f"{_ROWS}.test_two_people_with_the_same_words_are_two",
        f"{_IMPORTS}.test_who_already_asked_is_compared_by_telephone",
    ),
    "numbers of columns below the head were a request": (
        f"{_TABLE}.test_column_numbers_and_repeated_heads_are_left_out",
    ),
    "totals and notes below a table were requests": (
        f"{_TABLE}.test_totals_are_left_out",
        f"{_TABLE}.test_notes_below_the_table_are_left_out",
    ),
    "titles above the head, or a head of two rows, hid the columns": (
        f"{_TABLE}.test_the_head_stands_below_titles",
        f"{_TABLE}.test_a_head_over_two_rows",
    ),
    "a hidden sheet was read in place of the one that is seen": (
        f"{_FILES}.test_hidden_sheets_are_not_read_and_are_named",
    ),
    "rows that a filter hides were taken without a word": (
        f"{_COPIES}.test_rows_that_a_filter_hides_are_named",
    ),
    "commas in the words won over the semicolons of the list": (
        f"{_FILES}.test_semicolons_win_over_more_commas_in_the_words",
    ),
    "a web page called .xls was taken for a list": (
        f"{_FILES}.test_a_page_called_a_list_is_named",
        f"{_COPIES}.test_what_cannot_be_read_is_named_with_the_way_out",
    ),
    "a zip of a form's answers was no list": (
        f"{_COPIES}.test_what_the_program_wrote_is_read_back_the_same",
    ),
    "a stray quotation mark refused the whole file": (
        f"{_FILES}.test_a_quotation_mark_within_a_cell_refuses_its_row_alone",
    ),
    "names came with &#039; and letters encoded twice": (
        f"{_FILES}.test_letters_that_other_programs_changed",
    ),
    "a service in other words was written as it stood": (
        f"{_ROWS}.test_services_in_other_words_are_mapped_once",
        "operations.online.test_watched_folder.test_a_service_that_the_office_lacks_waits_for_a_person",
    ),
    "a copy with other columns, rows, titles or letters was read otherwise": (
        f"{_COPIES}.test_a_copy_that_was_turned_over_is_understood_the_same_or_asked_about",
    ),
    "a watched folder left a list without a word": (
        "operations.online.test_watched_folder.test_unknown_columns_wait_for_a_person",
    ),
}
CELLS = {
    "81234567890.0 and 3.2E+15 were other telephones": (
        f"{_CELLS}.test_a_telephone_as_programs_and_people_write_it",
        f"{_CELLS}.test_a_telephone_that_a_spreadsheet_has_rounded_is_refused",
    ),
    "two telephones in a cell were joined to one": (
        f"{_CELLS}.test_two_telephones_in_a_cell",
        f"{_ROWS}.test_a_second_telephone_is_kept_with_the_words",
    ),
    "times with WIB, WITA or WIT lost their zone": (
        f"{_CELLS}.test_the_zone_that_is_written_counts",
        f"{_ROWS}.test_a_zone_that_is_named_is_kept",
    ),
    "month and day were guessed where each is at most 12": (
        f"{_ROWS}.test_the_order_of_day_and_month_is_asked_where_no_date_tells",
        f"{_CELLS}.test_whether_the_column_tells_its_order",
    ),
    "dates as people write them were refused": (
        f"{_CELLS}.test_a_moment_as_people_and_spreadsheets_write_it",
        f"{_CELLS}.test_dates_as_google_forms_writes_them",
    ),
    "honest words that begin with - or = were refused as a formula": (
        f"{_CELLS}.test_words_that_begin_like_a_formula_are_kept",
    ),
    "an apostrophe against formulas stood in cells of a workbook": (
        "reports.test_period_report.test_in_a_workbook_numbers_are_numbers_and_nothing_is_carried_out",
    ),
    "people called Na, Null or Nihil did not exist": (f"{_CELLS}.test_people_are_called_so",),
}
ANSWERS = {
    "five-point answers were counted in a survey of four points": (
        f"{_ANSWERS}.test_another_scale_is_asked_about_before_anything_is_counted",
        f"{_ANSWERS}.test_a_number_that_contradicts_its_words_is_another_scale",
    ),
    "one scale of words for all elements was unknown": (
        f"{_ANSWERS}.test_words_of_another_scale_are_mapped_each_once",
        f"{_ANSWERS}.test_an_answer_as_other_forms_write_it",
    ),
    "respondents in other words were left out": (
        f"{_ANSWERS}.test_respondents_in_the_words_of_the_field",
        f"{_ANSWERS}.test_respondent_words_that_nobody_knows_are_mapped_once_and_remembered",
    ),
    "a recap with titles, U1 to U9, totals and no date was not read": (
        f"{_ANSWERS}.test_a_recap_with_titles_numbers_and_totals",
        f"{_ANSWERS}.test_a_list_without_dates_has_one_for_all",
    ),
    "the element in the brackets of a grid was not seen": (
        f"{_COLUMNS}.test_the_element_in_the_brackets_of_a_grid",
    ),
}
PEOPLE_AND_PAPER = {
    "a returning guest was not found by a telephone with blanks": (
        "operations.test_every_search_box.test_each_box_finds_the_person",
    ),
    "a two-byte printer paired letters up into Chinese": (
        f"{_CHEAP}.test_a_two_byte_printer_pairs_up_what_it_is_sent_without_fs",
        f"{_CHEAP}.test_every_ticket_and_sheet_is_read_back",
        f"{_CHEAP}.test_the_test_shows_which_letters_come_out",
    ),
    "a name whose letters the font lacks was empty on paper": (
        "devices.printer.test_drawn_text.test_a_name_is_drawn_or_marked_and_never_empty",
        "reports.test_all_letters.test_a_name_is_on_it_or_marked",
        "reports.test_all_letters.test_another_programs_reader_finds_the_name",
    ),
    "media that cannot be shown were passed over in silence": (
        f"{_MEDIA}.test_files_that_are_not_shown_are_named",
        f"{_MEDIA}.test_what_phones_and_programs_save_is_shown_as_it_was_meant",
        f"{_MEDIA}.test_a_picture_that_moves_is_named",
        f"{_MEDIA}.test_a_photo_of_eighty_megapixels_is_made_smaller",
    ),
    "an extensible recording was refused in untrue words": (
        "devices.voice.test_pcm.test_a_recording_of_any_usual_format_is_taken",
        "devices.voice.test_pcm.test_a_wrong_format_is_named_with_what_is_taken",
    ),
    "a PDF with bytes before its head was no PDF": (
        "db.visits.test_documents.test_a_pdf_is_known_by_its_head_within_1024_bytes",
    ),
    "on a screen of 800 by 480 nothing told that there is a second page": (
        "ui.kiosk.frame.test_foot.test_on_a_small_screen_the_place_stays_longer_than_a_second_key",
    ),
}
DAYS = {
    "a holiday entered later left deadlines where they were": (
        "operations.office.test_deadlines.test_a_day_off_entered_later_moves_what_is_owed_and_back",
        "operations.office.test_deadlines.test_each_open_deadline_is_named_before_it_moves",
    )
}
PARTS = (LISTS, CELLS, ANSWERS, PEOPLE_AND_PAPER, DAYS)


@pytest.mark.parametrize(("what", "test"), held_by(PARTS))
def test_what_the_table_names_is_there(what: str, test: str) -> None:
    assert is_there(test), what
