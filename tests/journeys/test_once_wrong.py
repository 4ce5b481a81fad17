"""Which tests hold each thing that an auditor of the procedures once found wrong, in their own order."""

import pytest

from tests.once_wrong import held_by, is_there

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
_APPOINTMENTS = "operations.cases.test_appointments"
_BACK = "operations.cases.test_second_comings"
_CALLS = "operations.phone.test_phone_calls"
_PROMISES = "operations.phone.test_callbacks"
_IDENTITY = "operations.visits.test_identity"
_GIVEN = "operations.visits.test_given_without_a_case"
_PERSONS = "operations.visits.test_persons"
_END = "operations.visits.test_explained_at_end"
_ENDED = "operations.visits.test_end_visits"
_UNDONE = "operations.accountability.test_undone"
_STEPS = "operations.procedures.test_steps"
_WALKS = "operations.cases.test_case_walks"
_HALL = "operations.cases.test_escalation_access"
_COMPLAINTS = "operations.cases.test_complaints"
_REPORTS = "operations.figures.test_reports"
_MINUTES = "core.procedures.test_full_minutes"
_DELEGATIONS = "operations.accountability.test_delegations"
_CARED = "operations.care.test_declarations"
_MOVES = "operations.queue.test_queue_moves"
_HELPDESK = "operations.cases.test_helpdesk"
_CASES = "operations.cases.test_cases"
_GUESTS = "operations.visits.test_guest_checks"
_SHEETS = "operations.test_sheets"
_PANEL = "ui.counter.queue.test_end_panel"
_WINDOW = "ui.counter.test_window"

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
    "a result that was handed over with its receipt was none when its case was closed": (
        f"{_CARE}.test_in_one_coming",
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
        "operations.cases.test_second_comings.test_a_new_matter_in_a_second_visit_is_one_of_its_own",
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
        "operations.health.test_completeness.test_who_works_without_a_confirmed_qualification_is_named",
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
        "operations.health.test_completeness.test_what_a_ready_made_office_leaves_open_is_asked_for",
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
CLOCKS_OF_THE_MATTER = {
    "a result that followed ended the second visit with the visitor at the desk": (
        f"{_CARE}.test_a_second_coming_completes_all_steps",
        f"{_CARE}.test_the_result_follows_two_working_days_later",
    ),
    "what PPID answered within the law was minutes late at the desk": (
        f"{_WALKS}.test_sumut_a_matter_with_ppid_has_the_laws_days_and_no_minutes",
        f"{_WALKS}.test_what_is_taken_back_from_ppid_is_the_desks_again",
        "core.procedures.test_with_ppid.test_the_desks_minutes_stand_while_ppid_has_the_matter",
    ),
    "PPID's own step of one to three days was due after one": (
        f"{_WALKS}.test_dki_ppid_has_its_own_three_days",
    ),
    "who missed the call and came back was late at the officer's cost": (
        "operations.procedures.test_step_marks.test_who_misses_the_call_is_not_in_the_receptionists_time",
    ),
    "a receipt said that nothing was available beside the answer, and beside what PPID had granted": (
        f"{_SHEETS}.test_a_receipt_says_what_ppid_decided",
        f"{_SHEETS}.test_a_receipt_says_that_another_desk_had_the_answer",
    ),
    "a direction that the back office passed on late was the unit's failure": (
        f"{_DESK}.test_a_direction_that_is_passed_on_late_is_named_after_who_had_it_then",
    ),
    "a promise to call back that nobody kept was never late": (
        f"{_PROMISES}.test_a_promise_is_a_standard_and_its_attempts_are_counted",
        f"{_PROMISES}.test_a_promise_kept_in_its_minute_is_no_deviation",
        f"{_PROMISES}.test_the_end_of_a_day_says_by_how_much_a_promise_is_broken_by_then",
    ),
    "an answer lay ready for hours while its visitor sat in the hall": (
        f"{_HALL}.test_the_office_owes_a_ready_answer_to_who_sits_in_the_hall",
    ),
    "a pause of a moment stopped the clock for an hour": (
        f"{_STEPS}.test_a_pause_ends_by_itself_after_the_usual_time_of_its_reason",
    ),
    "a step that is as long as the visitor needs was late": (
        f"{_WALKS}.test_dki_a_flexible_step_takes_the_time_that_the_visitor_needs",
    ),
    "ten minutes and a moment were late against ten": (
        f"{_MINUTES}.test_ten_minutes_of_ten_are_no_deviation",
        f"{_MINUTES}.test_a_clock_that_runs_turns_late_with_the_same_minute",
    ),
    "Ramadan and the Friday prayer were never played through": (
        f"{_HONEST}.test_a_step_over_the_hours_of_friday_and_of_ramadan",
    ),
    "a case was put off without end, and who did not come was forgotten": (
        f"{_APPOINTMENTS}.test_a_case_is_not_put_off_for_longer_than_the_office_allows",
        f"{_APPOINTMENTS}.test_who_does_not_come_is_the_officers_next_act_and_late_after_a_day",
    ),
}
REGISTER = {
    "an honest end was written down unasked": (
        f"{_END}.test_what_is_told_before_is_what_is_written",
        f"{_END}.test_what_is_mended_before_the_end_is_told_no_more",
        f"{_END}.test_a_reason_explains_all_of_it_and_leaves_nothing_open",
        f"{_PANEL}.test_what_would_be_written_is_named_with_its_mending_and_one_reason",
        f"{_PANEL}.test_a_reason_in_own_words_or_none",
        f"{_CALLS}.test_a_reason_at_the_end_of_a_call_explains_what_it_left_out",
        f"{_DESK}.test_who_hands_a_case_on_late_says_why_with_it",
        "ui.counter.cases.test_inbox_page.test_who_answers_late_says_why_in_the_same_box",
        "ui.counter.phone.test_page.test_before_its_end_what_a_call_left_out_is_named_mended_and_explained",
    ),
    "what was undone left its rows": (
        f"{_ENDED}.test_undo_takes_back_what_finishing_wrote_until_it_is_so_again",
        f"{_UNDONE}.test_every_end_that_can_be_undone_is_tried",
        f"{_UNDONE}.test_what_somebody_explained_meanwhile_stays",
    ),
    "a row bore the day on which it was written": (
        f"{_ACCOUNTS}.test_a_deviation_bears_the_day_on_which_it_happened",
    ),
    "what was said for the day was counted again in each visit": (
        f"{_CAUSES}.test_what_was_declared_for_the_day_is_not_counted_again_in_a_visit",
    ),
    "work that needs no request was a failure": (
        f"{_GIVEN}.test_what_was_given_carries_the_steps_out",
        f"{_GIVEN}.test_another_outcome_wants_a_request",
        f"{_CARE}.test_what_the_counter_gives_by_itself_needs_neither_a_request_nor_ppid",
        f"{_PANEL}.test_what_was_given_needs_no_request",
    ),
    "a welcome left out was not missed where the number came from the kiosk": (
        f"{_GIVEN}.test_who_was_welcomed_and_took_a_number_at_the_kiosk_was_received_by_people",
        "benchmarks.test_register.test_the_register_tells_the_truth_of_plain_days",
    ),
    "the last step was done without survey, invitation or refusal": (
        f"{_RUNS}.test_a_case_is_complete_once_its_applicant_was_pointed_to_the_survey",
        f"{_GIVEN}.test_the_survey_is_owed_all_the_same",
    ),
    "the badge counted the whole office's": (
        "ui.counter.accountability.test_deviations_page.test_the_badge_counts_what_is_mine_and_a_filter_shows_it",
    ),
    "an explanation or a correction was a dash": (
        f"{_END}.test_a_dash_is_no_reason",
        f"{_ACCOUNTS}.test_explanations_that_are_refused",
        "core.test_says_something.test_a_dash_or_one_character_says_nothing",
    ),
    "steps that nobody carried out were within their standard": (
        f"{_REPORTS}.test_a_step_is_within_its_time_where_it_was_carried_out",
    ),
    "what one officer was late with in a visit was several rows, and their sum no working days": (
        f"{_ACCOUNTS}.test_what_one_officer_was_late_with_on_two_days_is_one_row_in_working_days",
        f"{_UNDONE}.test_a_step_that_is_late_after_its_row_was_explained_opens_the_row_again",
        "core.office.test_working_time.test_delays_added_up_are_carried_to_working_days",
    ),
    "the reason for an answer that was days late was asked for and lost, or not asked for": (
        f"{_HOPS}.test_who_sends_on_or_answers_days_late_says_why",
        "ui.counter.cases.test_inbox_page.test_who_tells_the_applicant_days_late_says_why_in_the_same_box",
        "ui.counter.online.test_reply_box.test_who_answers_days_late_says_why",
    ),
    "a command wrote into the register without a word": (
        "cli.test_queue.test_an_end_says_what_it_left_in_the_register",
        "cli.test_queue.test_at_a_terminal_the_reason_is_asked_for_before_the_end",
    ),
}
PEOPLE = {
    "an identity was a card that matched unless somebody said otherwise": (
        f"{_IDENTITY}.test_a_document_that_does_not_match_opens_the_step_again",
        f"{_IDENTITY}.test_who_shows_too_little_is_known_by_something_else",
    ),
    "a request without an address was taken and could not be answered": (
        f"{_ONLINE}.test_who_cannot_be_answered_is_not_taken",
    ),
    "the second guest of a number overwrote the first": (
        f"{_PERSONS}.test_two_guests_on_one_number_stay_two",
    ),
    "ten teachers were one person": (f"{_PERSONS}.test_ten_teachers_are_one_visit_of_ten_persons",),
    "who asked for an absent officer was not told": (
        f"{_PERSONS}.test_who_is_asked_for_and_not_there_is_said_at_once",
    ),
    "a closed case that came back had no link": (f"{_BACK}.test_a_closed_case_that_comes_back_is_linked",),
    "a call that broke off began another case": (
        f"{_CALLS}.test_who_was_cut_off_and_calls_again_goes_on_with_their_case",
        f"{_CALLS}.test_only_a_lost_call_of_today_goes_on",
        "ui.counter.phone.test_page.test_a_caller_who_was_cut_off_is_gone_on_with",
    ),
    "reception could not take a courier's letter": (
        "ui.counter.online.test_page.test_reception_takes_a_couriers_letter_and_answers_none",
    ),
    "reception's steps by a front officer without a letter looked like reception's": (
        "operations.accountability.test_delegations.test_a_step_of_reception_without_a_letter_is_recorded_as_such",
    ),
    "a complaint about an officer was theirs to answer, and nobody could receive it": (
        f"{_COMPLAINTS}.test_it_is_with_the_head_at_once",
        f"{_COMPLAINTS}.test_the_officer_never_sees_it",
        f"{_COMPLAINTS}.test_the_officer_cannot_act_on_it",
        f"{_COMPLAINTS}.test_nobody_hands_it_to_the_officer",
        f"{_COMPLAINTS}.test_the_receipt_says_where_else_it_can_go",
    ),
    "at a service for complaints a request began": (
        "operations.cases.test_cases.test_at_a_service_for_complaints_a_complaint_begins",
    ),
    "a gift and a lost bag were lines that nobody met again": (
        f"{_VISITS}.test_what_was_found_stays_open_until_it_is_settled",
    ),
    "a ticket in hand that was not the one called had no way": (
        "operations.queue.test_serving.test_a_ticket_that_does_not_fit_is_found_and_noted",
        "ui.counter.actions.test_boxes.test_a_ticket_that_does_not_fit_is_asked_for",
    ),
    "the last who saved a guest book won in silence": (
        "operations.visits.test_guest_checks.test_what_somebody_else_saved_since_the_form_was_opened_stays",
        "ui.counter.visits.test_guests_page.test_what_two_people_changed_differently_is_asked_side_by_side",
    ),
    "who went home stood among those who are here": (
        f"{_ENDED}.test_who_waits_elsewhere_for_the_answer_to_a_case_is_not_here",
        f"{_ENDED}.test_who_missed_the_call_is_not_here_until_they_come_back",
    ),
    "Enter closed the day at eleven, and no counter said so": (
        f"{_WINDOW}.test_before_the_closing_hour_enter_closes_no_day",
        f"{_WINDOW}.test_a_counter_says_that_the_day_is_closed",
        "operations.queue.test_end_of_day.test_the_boards_say_until_when_it_is_too_early",
        "operations.queue.test_take_back.test_every_board_says_since_when_the_day_is_closed",
    ),
    "a visitor was not given the time to walk, and the way back left the message": (
        "ui.counter.actions.test_action_bar.test_a_visitor_is_given_the_time_to_walk",
        f"{_WINDOW}.test_finish_and_no_show_can_be_undone_from_the_message",
        "operations.queue.test_serving.test_undo_a_no_show_keeps_the_count_of_calls",
    ),
    "an escort to the counter that nobody ticked was missing from who was served": (
        f"{_CARED}.test_who_is_served_has_been_brought_to_the_counter",
        f"{_CARED}.test_who_took_care_has_brought_the_visitor_though_nobody_began_the_way",
    ),
    "a wrong transfer was final": (
        "operations.queue.test_serving.test_undo_of_a_transfer_takes_the_visitor_back_as_they_stood",
        "operations.queue.test_serving.test_undo_of_a_hold_goes_on_where_it_was",
    ),
}
WORDS_OF_TIME = {
    "3.465 minutes stood where people say hours": (
        "core.office.test_working_time.test_time_in_working_days",
        "core.accountability.test_deviation_words.test_a_long_time_stands_in_working_days_beside_its_standard",
    ),
    "registers named a call and a request by the visit's own number": (
        "cli.common.test_naming.test_registers_go_by_their_numbers",
        "cli.common.test_naming.test_a_request_from_afar_goes_by_either_number",
    ),
    "a notice of PPID named the form of the information by its key": (
        "operations.test_sheets.test_a_written_notice_says_what_was_decided_and_why",
    ),
    "a quarter was a number": ("core.figures.test_period.test_a_period_by_its_name",),
    "a procedure of the first day was in force since 1970": (
        "cli.test_procedure.test_an_office_takes_its_own_version_over_and_gives_it_up",
    ),
    "a blank that does not break led a formula into a spreadsheet": (
        "base.test_spreadsheet.test_what_would_be_a_formula_is_text",
    ),
    "the public's recap bore the end of the log": (
        f"{_REPORTS}.test_the_recap_names_no_counter_and_no_officer",
    ),
    "the refusal of an oral delegation ended in a dash": (
        "operations.accountability.test_delegations.test_no_office_runs_an_oral_procedure_without_saying_so",
    ),
}
LETTERS = {
    "the letter that a step asks for was never looked for": (
        "journeys.test_pos_kaltara_helpdesk.test_the_end_of_the_service_names_the_letter_and_what_mends_it",
        "journeys.test_pos_kaltara_helpdesk.test_a_letter_that_comes_later_takes_the_deviation_back",
        f"{_CAUSES}.test_the_letter_is_owed_where_the_step_that_asks_for_it_was_done",
    ),
    "who was turned away for want of a letter was a failure": (
        f"{_IDENTITY}.test_for_another_without_a_letter_nothing_goes_on_until_it_is_there",
        f"{_IDENTITY}.test_who_goes_home_for_the_letter_is_told_that_it_cannot_go_on",
        f"{_DESK}.test_for_somebody_else_without_a_letter_it_does_not_go_on",
    ),
    "excluded information was told without its ground": (
        f"{_CASES}.test_an_exclusion_takes_its_ground_from_the_list",
        "operations.cases.test_ppid.test_a_refusal_has_its_ground",
    ),
}
DAILY_LIFE = {
    "who left before the call, or was never served, left a deviation": (
        f"{_HONEST}.test_the_survey_of_who_was_never_seen_is_under_the_same_cause",
        "benchmarks.test_register.test_the_register_tells_the_truth_of_a_day",
    ),
    "a traveller's signed order was logged, and a failure all the same": (
        f"{_IDENTITY}.test_a_signed_spd_stands_in_the_log_of_its_day",
        f"{_GIVEN}.test_what_was_given_carries_the_steps_out",
    ),
    "a service named nobody at the back office": (
        "operations.cases.test_helpdesk.test_a_case_goes_on_to_whom_its_service_names_at_the_back_office",
    ),
    "a service had no channels": (f"{_HELPDESK}.test_a_service_is_offered_by_its_channels",),
    "who was welcomed and came for a result was two visits": (
        f"{_CARE}.test_a_second_coming_completes_all_steps",
        f"{_BACK}.test_who_of_several_that_were_welcomed_comes_for_the_result_is_said",
        "ui.counter.care.test_page.test_who_was_welcomed_already_is_the_one_who_comes_for_the_result",
    ),
    "a visitor of the wrong service took another number": (
        f"{_MOVES}.test_transfer_to_a_service_keeps_number_and_place",
    ),
    "yesterday's number was called again": (
        f"{_MOVES}.test_yesterdays_number_does_not_wait_again",
        f"{_MOVES}.test_yesterdays_visitor_is_not_sent_on",
    ),
    "a visitor from abroad was of no regency": (f"{_GUESTS}.test_a_regency_is_on_the_list_or_another",),
    "the task of an officer on leave stood still, or was done in the wrong name": (
        f"{_DELEGATIONS}.test_a_letter_lends_the_task_for_its_days_and_it_ends_by_itself",
        f"{_DELEGATIONS}.test_acts_in_the_absent_ones_role_are_marked_in_his_name",
    ),
    "security was called, and nobody knew where to": (f"{_CARED}.test_security_is_called_to_the_counter",),
    "a paper was not to be had when power was away": ("cli.test_visit.test_a_blank_form",),
}
WORDS_OF_PAPERS = {
    "a standard in days was told in hours": (
        "core.accountability.test_deviation_words.test_a_long_time_stands_in_working_days_beside_its_standard",
        "journeys.test_pos_kepri_daring.test_an_answer_on_the_third_day_is_late_and_stands_to_be_accounted_for",
    ),
    "a promise for today wanted its date": ("cli.test_phone.test_a_time_alone_is_promised_for_today",),
    "a complaint's class was told by its key": (
        "cli.test_case.test_a_complaint_about_an_officer_is_listed_for_who_signs_in_alone",
    ),
    "a figure changed by -100 %": ("reports.test_period_report.test_a_change_is_told_in_words",),
    "the shared time was told in UTC": ("cli.office.test_time.test_times_are_told_as_the_office_has_them",),
    "a card in custody was asked for in the words of the PPID": (
        f"{_VISIT}.test_who_lends_a_card_is_asked_who_holds_it",
    ),
    "a notice was signed by a PPID without name and number": (
        f"{_SHEETS}.test_a_written_notice_bears_name_and_nip_of_the_ppid",
    ),
    "what is not available was explained by the counter for every desk": (
        f"{_CASES}.test_what_is_not_available_says_why",
    ),
}
PARTS = (
    *(CLOCKS, DEVIATIONS, VISITS_AND_CASES, WORDS, BAD_INPUT, DOCUMENTS, OF_OTHERS),
    *(CLOCKS_OF_THE_MATTER, REGISTER, PEOPLE, WORDS_OF_TIME),
    *(LETTERS, DAILY_LIFE, WORDS_OF_PAPERS),
)


@pytest.mark.parametrize(("what", "test"), held_by(PARTS))
def test_what_the_table_names_is_there(what: str, test: str) -> None:
    assert is_there(test), what
