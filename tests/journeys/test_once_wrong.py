"""Which tests hold each thing that an auditor of the procedures once found wrong, in their own order."""

import importlib

import pytest

_RUNS = "core.procedures.test_progress"
_CLOCK = "core.procedures.test_clock"
_CAUSES = "core.accountability.test_causes"
_DUTY = "operations.accountability.test_duty"
_ACCOUNTS = "operations.accountability.test_deviations"
_DESK = "journeys.test_pos_sumut_tatap_muka"
_PHONE = "journeys.test_pos_sumut_telepon"
_CARE = "journeys.test_pos_dki_kelompok_rentan"
_PHONE_WINDOWS = "journeys.windows.test_sumut_telepon"
_HONEST = "journeys.test_honest_visits"
_VISIT = "cli.test_visit"
_VISITS = "operations.visits.test_visits"
_ONLINE = "operations.online.test_online_requests"
_HOPS = "operations.cases.test_escalations"
_BOOKINGS = "operations.cases.test_bookings"
_MATTERS = "operations.procedures.test_matters"
_PAPERS = "operations.cases.test_paper_visits"

CLOCKS = {
    "the back office was never late while the visitor sat in the hall": (
        f"{_DESK}.test_the_back_office_is_timed_while_the_visitor_sits_in_the_hall",
        f"{_DESK}.test_the_back_office_has_the_matter_until_its_answer_is_at_the_front",
    ),
    "a vulnerable visitor's later result was always a failure": (
        f"{_CARE}.test_the_result_follows_two_working_days_later",
    ),
    "an arrival closed somebody else's visit of an earlier day": (
        "operations.visits.test_end_visits.test_what_is_done_today_keeps_a_visit_of_yesterday",
    ),
    "what was scheduled again escaped the clock": (
        f"{_RUNS}.test_a_reschedule_begins_its_steps_again_when_the_visitor_is_there",
    ),
    "a waiver ahead moved the clock": (
        f"{_CLOCK}.test_what_is_done_by_hand_ahead_leaves_the_clock_where_it_runs",
    ),
    "a call that was a moment before its number made a wait without end": (
        f"{_DESK}.test_two_pcs_clocks_make_no_wait_without_end",
    ),
    "the receptionist's tick was never timed": (
        f"{_DESK}.test_to_seat_a_visitor_is_timed_though_the_number_waits",
    ),
    "telling a caller that they will be called back was never timed": (
        f"{_PHONE}.test_b_promised_and_called_back",
        f"{_PHONE_WINDOWS}.test_path_b_with_a_call_back",
    ),
    "a minute could be nobody's": (
        "core.procedures.test_progress_runs.test_every_minute_of_a_visit_is_somebodys_and_only_once",
    ),
    "a step that was left out hid the delay of the next": (
        f"{_CLOCK}.test_a_step_that_is_left_out_hides_no_delay_of_the_next",
    ),
    "a number that was done stayed on the clock until the evening": (
        f"{_HONEST}.test_whose_number_is_done_without_a_word_of_it_waits_for_nobody",
    ),
    "a visitor's own time was the office's delay": (
        f"{_HONEST}.test_what_the_visitor_takes_for_a_step_of_their_own_is_nobodys_delay",
    ),
}
DEVIATIONS = {
    "a plain kiosk visitor made nine deviations": (
        f"{_CAUSES}.test_a_plain_kiosk_visitor_leaves_two_deviations_and_not_nine",
    ),
    "each visitor of a day without a receptionist was a failure": (
        f"{_DUTY}.test_it_asks_once_and_the_answer_is_one_deviation_of_the_day",
        f"{_HONEST}.test_who_was_away_on_the_day_of_a_step_is_not_asked_for_it_on_another",
    ),
    "each deviation had to be explained by itself": (
        f"{_ACCOUNTS}.test_one_explanation_and_one_review_serve_all_of_the_same_cause",
    ),
    "a false deviation stood like a true one": (f"{_ACCOUNTS}.test_a_false_one_stays_and_is_counted_apart",),
    "an outcome completed what an answer should": (f"{_CLOCK}.test_an_outcome_is_not_an_answer",),
    "a number completed what the visitor's data should": (
        f"{_CLOCK}.test_a_step_is_done_when_its_output_is_there",
    ),
    "what the applicant withdrew was the office's failure": (
        f"{_CLOCK}.test_of_what_the_applicant_withdrew_nothing_is_due",
    ),
    "the list did not say who, what and how late": (
        "cli.test_accountability.test_the_list_says_who_what_how_late_and_when",
        "journeys.windows.test_kaltara_helpdesk.test_solved_at_once",
    ),
}
VISITS_AND_CASES = {
    "the printed code of an appointment did not work where it had no service": (
        f"{_BOOKINGS}.test_a_code_always_leads_to_a_service",
        "operations.queue.test_kiosk_codes.test_an_appointment_gets_its_number",
    ),
    "a second matter of a visitor was refused": (
        f"{_MATTERS}.test_a_further_matter_is_asked_for_and_has_a_number_of_its_own",
        "operations.cases.test_comings.test_a_new_matter_in_a_second_visit_is_one_of_its_own",
    ),
    "Google Forms' own dates were refused": ("core.test_cells.test_dates_as_google_forms_writes_them",),
    "a wrong import of a survey could not be taken back, and came in twice under another form of the date": (
        "operations.survey.test_survey.test_a_wrong_import_is_taken_back_whole_and_once",
        "core.survey.test_answer_rows.test_the_same_answers_under_another_form_of_the_date_are_the_same",
    ),
    "what was done for another stood under the own name alone": (
        "cli.test_case.test_who_acts_for_another_is_told",
        f"{_HOPS}.test_what_comes_back_is_received_and_sent_on_in_the_stead_of_who_asked",
    ),
    "the guest book took anything, and a day that is none gave an empty list": (
        "operations.visits.test_guest_checks.test_what_cannot_be_used_is_refused_with_words",
        "operations.visits.test_guest_checks.test_a_regency_is_on_the_list_or_another",
        f"{_VISIT}.test_what_is_no_day_is_refused",
    ),
    "an online request had two numbers, of which one was not found": (
        "cli.test_online.test_a_case_of_a_request_answers_to_both_numbers",
        "cli.common.test_naming.test_a_visit_goes_by_the_number_of_a_case_of_it",
    ),
    "an online request could name a service that is none": (
        "cli.test_online.test_a_service_that_is_not_there",
    ),
    "closing an online request waived its evaluation in silence": (
        f"{_ONLINE}.test_an_evaluation_may_come_after_the_closing_and_completes_its_step",
    ),
    "one person with a priority number was cared for twice": (
        f"{_VISITS}.test_one_person_who_was_declared_at_the_door_and_at_the_kiosk_is_cared_for_once",
    ),
    "any front officer closed the day at noon, unasked and for good": (
        "cli.test_queue.test_closing_the_day_says_what_it_closes_and_asks",
        "operations.queue.test_end_of_day.test_before_closing_time_whoever_answers_for_the_hall_closes_the_day",
        "operations.queue.test_take_back.test_a_day_that_was_closed_too_early_goes_on_as_it_was",
    ),
    "a visitor called back to the desk stayed set aside": (
        "operations.cases.test_escalation_access.test_who_comes_to_the_desk_from_the_hall_is_served_there",
        "operations.cases.test_escalation_access.test_a_closed_case_keeps_no_number_in_the_hall",
    ),
}
WORDS = {
    "most answers were rows of values without names": (
        "cli.common.test_words.test_what_the_desk_prints_has_no_keys",
        "cli.common.test_words.test_every_field_of_an_answer_has_a_name",
    ),
    "an empty list printed nothing": ("cli.test_empty_lists.test_an_empty_list_says_so",),
    "keys and English stood in the command line": (
        "cli.common.test_help.test_no_help_has_a_word_of_the_other_language",
        "cli.common.test_help.test_everything_a_command_takes_is_explained",
        "cli.common.test_help.test_what_cannot_be_taken_is_told_in_indonesian",
        "operations.health.test_stations.test_no_state_of_a_device_is_told_by_its_key",
    ),
    "the survey's result had no words for its grade, its elements and an unknown sample": (
        "cli.test_survey.test_paper_and_the_result_in_words",
    ),
    "excluded information and a step that was left out had one word": (
        "core.procedures.test_step_words.test_states",
    ),
}
BAD_INPUT = {
    "a number of twenty digits stopped the program": (
        f"{_VISIT}.test_a_number_of_twenty_digits_is_refused_by_every_command",
        f"{_VISIT}.test_a_number_of_twenty_digits_is_refused",
    ),
    "a place for paper that is not there was told in English": (
        "cli.test_case.test_paper_that_does_not_come",
        f"{_VISIT}.test_a_place_that_is_not_there_is_told_in_words",
    ),
    "a call that is none was told of a procedure": ("cli.test_phone.test_what_is_refused_says_why",),
    "an identity that did not match warned nobody": (
        f"{_VISIT}.test_whose_identity_does_not_match_is_told_to_whoever_goes_on",
    ),
    "security could not end a visit": (
        f"{_VISIT}.test_security_ends_a_visit",
        "ui.counter.visits.test_security_page.test_security_ends_a_visit",
    ),
    "two letters of a name found nothing, without a word": (
        f"{_VISIT}.test_arrival_guest_book_purpose_and_end",
    ),
}
DOCUMENTS = {
    "words of the written procedures were other than in their source": (
        "core.procedures.test_transcription.test_every_passage_stands_in_the_source",
    ),
    "the whole document could not be read, nor signed": (
        "cli.test_procedure.test_the_whole_document_is_told",
        "reports.test_procedure.test_every_word_of_the_document_is_on_paper",
        "cli.test_procedure.test_an_office_is_shown_the_document_that_it_runs",
    ),
    "there was no accountability report": (
        "operations.accountability.test_report.test_it_tells_causes_and_corrections_and_counts_what_was_false_apart",
    ),
    "nobody confirmed an officer's qualification": (
        "operations.accountability.test_qualifications.test_the_head_confirms_and_withdraws",
        "operations.health.test_whole_office.test_who_works_without_a_confirmed_qualification_is_named",
    ),
    "a case's file could not leave the program whole": (
        "operations.cases.test_case_file.test_a_file_holds_what_was_asked_answered_done_and_attached",
    ),
    "there were no blank forms, and nothing typed a filled one in": (
        "operations.test_blank_forms.test_each_says_whose_it_is_and_has_room_to_write",
        f"{_PAPERS}.test_its_rows_have_the_papers_times_and_say_who_typed_them",
        f"{_PAPERS}.test_a_serving_that_took_too_long_is_one_deviation",
    ),
    "a ready-made office did not say what it lacks": (
        "operations.health.test_whole_office.test_what_a_ready_made_office_leaves_open_is_asked_for",
    ),
}
OF_OTHERS = {
    "several services in one visit, each with its outcome": (
        f"{_MATTERS}.test_what_is_slow_is_late_in_its_own_matter_alone",
    ),
    "booking by telephone and at the desk": (f"{_BOOKINGS}.test_the_file_itself_gives_a_seat_once",),
    "an outcome for a number without a case": (
        "operations.queue.test_serving.test_a_number_without_a_case_says_what_became_of_it",
    ),
    "a transfer to a named officer, and transfers counted": (
        "cli.test_queue.test_transferred_to_an_officer",
        "operations.queue.test_queue_moves.test_transfers_are_counted_on_the_days_page_and_sheet",
    ),
}
PARTS = (CLOCKS, DEVIATIONS, VISITS_AND_CASES, WORDS, BAD_INPUT, DOCUMENTS, OF_OTHERS)
HELD = [(what, test) for part in PARTS for what, tests in part.items() for test in tests]


@pytest.mark.parametrize(("what", "test"), HELD, ids=[test.rpartition(".")[2] for _what, test in HELD])
def test_what_the_table_names_is_there(what: str, test: str) -> None:
    module, name = f"tests.{test}".rsplit(".", 1)
    assert callable(getattr(importlib.import_module(module), name, None)), what


def test_a_thing_that_was_wrong_stands_once() -> None:
    assert len({what for part in PARTS for what in part}) == sum(map(len, PARTS))
