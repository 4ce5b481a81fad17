"""Which test holds each thing that an auditor once found wrong with clocks and deviations."""

import importlib

import pytest

_RUNS = "tests.core.procedures.test_progress"
_CLOCK = "tests.core.procedures.test_clock"
_CAUSES = "tests.core.accountability.test_causes"
_DUTY = "tests.operations.accountability.test_duty"
_ACCOUNTS = "tests.operations.accountability.test_deviations"
_MINUTES = "tests.core.procedures.test_progress_runs"
_DESK = "tests.journeys.test_pos_sumut_tatap_muka"
_PHONE = "tests.journeys.test_pos_sumut_telepon"
_CARE = "tests.journeys.test_pos_dki_kelompok_rentan"
_HONEST = "tests.journeys.test_honest_visits"

HELD: dict[str, str] = {
    "the back office was never late while the visitor sat in the hall": (
        f"{_DESK}.test_the_back_office_is_timed_while_the_visitor_sits_in_the_hall"
    ),
    "a vulnerable visitor's later result was always a failure": (
        f"{_CARE}.test_the_result_follows_two_working_days_later"
    ),
    "an arrival closed somebody else's visit of an earlier day": (
        "tests.operations.visits.test_end_visits.test_what_is_done_today_keeps_a_visit_of_yesterday"
    ),
    "what was scheduled again escaped the clock": (
        f"{_RUNS}.test_a_reschedule_begins_its_steps_again_when_the_visitor_is_there"
    ),
    "a waiver ahead moved the clock": (
        f"{_CLOCK}.test_what_is_done_by_hand_ahead_leaves_the_clock_where_it_runs"
    ),
    "a call that was a moment before its number made a wait without end": (
        f"{_DESK}.test_two_pcs_clocks_make_no_wait_without_end"
    ),
    "the receptionist's tick was never timed": (
        f"{_DESK}.test_to_seat_a_visitor_is_timed_though_the_number_waits"
    ),
    "telling a caller that they will be called back was never timed": (
        f"{_PHONE}.test_b_promised_and_called_back"
    ),
    "an outcome completed what an answer should": f"{_CLOCK}.test_an_outcome_is_not_an_answer",
    "a number completed what the visitor's data should": (
        f"{_CLOCK}.test_a_step_is_done_when_its_output_is_there"
    ),
    "what the applicant withdrew was the office's failure": (
        f"{_CLOCK}.test_of_what_the_applicant_withdrew_nothing_is_due"
    ),
    "a plain kiosk visitor made nine deviations": (
        f"{_CAUSES}.test_a_plain_kiosk_visitor_leaves_two_deviations_and_not_nine"
    ),
    "each visitor of a day without a receptionist was a failure": (
        f"{_DUTY}.test_it_asks_once_and_the_answer_is_one_deviation_of_the_day"
    ),
    "each deviation had to be explained by itself": (
        f"{_ACCOUNTS}.test_one_explanation_and_one_review_serve_all_of_the_same_cause"
    ),
    "a false deviation stood like a true one": (f"{_ACCOUNTS}.test_a_false_one_stays_and_is_counted_apart"),
    "the list did not say who, what and how late": (
        "tests.cli.test_accountability.test_the_list_says_who_what_how_late_and_when"
    ),
    "a minute could be nobody's": f"{_MINUTES}.test_every_minute_of_a_visit_is_somebodys_and_only_once",
    "the front office was timed while the back office sat on its answer": (
        f"{_DESK}.test_the_back_office_has_the_matter_until_its_answer_is_at_the_front"
    ),
    "a step that was left out hid the delay of the next": (
        f"{_CLOCK}.test_a_step_that_is_left_out_hides_no_delay_of_the_next"
    ),
    "a number that was done stayed on the clock until the evening": (
        f"{_HONEST}.test_whose_number_is_done_without_a_word_of_it_waits_for_nobody"
    ),
    "a visitor's own time was the office's delay": (
        f"{_HONEST}.test_what_the_visitor_takes_for_a_step_of_their_own_is_nobodys_delay"
    ),
    "a role that came back owed what was due while it was away": (
        f"{_HONEST}.test_who_was_away_on_the_day_of_a_step_is_not_asked_for_it_on_another"
    ),
}


@pytest.mark.parametrize("test", HELD.values())
def test_what_the_table_names_is_there(test: str) -> None:
    module, name = test.rsplit(".", 1)
    assert callable(getattr(importlib.import_module(module), name))
