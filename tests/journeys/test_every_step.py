"""Which test carries out which of the 42 steps of the five POS."""

import importlib

import pytest

from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids

pytestmark = pytest.mark.by_engine

KALTARA = "test_pos_kaltara_helpdesk.test_solved_at_once"
KEPRI = "test_pos_kepri_daring.test_a_the_front_office_settles_it"
PHONE = "test_pos_sumut_telepon.test_a_answered_at_once"
PHONE_B = "test_pos_sumut_telepon.test_b_promised_and_called_back"
DESK_A = "test_pos_sumut_tatap_muka.test_path_a_what_is_available_or_excluded_is_told_at_once"
DESK_B = "test_pos_sumut_tatap_muka.test_path_b_the_back_office_knows"
DESK_C = "test_pos_sumut_tatap_muka.test_path_c_the_unit_directs_and_the_way_back_leads_over_the_back_office"
CARE = "test_pos_dki_kelompok_rentan.test_in_one_coming"

STEPS: dict[tuple[str, int], str] = {
    ("kaltara-helpdesk", 1): KALTARA,
    ("kaltara-helpdesk", 2): KALTARA,
    ("kaltara-helpdesk", 3): KALTARA,
    ("kaltara-helpdesk", 4): KALTARA,
    ("kaltara-helpdesk", 5): KALTARA,
    ("kaltara-helpdesk", 6): KALTARA,
    ("kepri-daring", 1): KEPRI,
    ("kepri-daring", 2): KEPRI,
    ("kepri-daring", 3): KEPRI,
    ("sumut-telepon", 1): PHONE,
    ("sumut-telepon", 2): PHONE,
    ("sumut-telepon", 3): PHONE,
    ("sumut-telepon", 4): PHONE_B,
    ("sumut-telepon", 5): PHONE_B,
    ("sumut-telepon", 6): PHONE_B,
    ("sumut-telepon", 7): PHONE,
    ("sumut-tatap-muka", 1): DESK_A,
    ("sumut-tatap-muka", 2): DESK_A,
    ("sumut-tatap-muka", 3): DESK_A,
    ("sumut-tatap-muka", 4): DESK_A,
    ("sumut-tatap-muka", 5): DESK_A,
    ("sumut-tatap-muka", 6): DESK_A,
    ("sumut-tatap-muka", 7): DESK_A,
    ("sumut-tatap-muka", 8): DESK_A,
    ("sumut-tatap-muka", 9): DESK_A,
    ("sumut-tatap-muka", 10): DESK_B,
    ("sumut-tatap-muka", 11): DESK_B,
    ("sumut-tatap-muka", 12): DESK_B,
    ("sumut-tatap-muka", 13): DESK_C,
    ("sumut-tatap-muka", 14): DESK_C,
    ("sumut-tatap-muka", 15): DESK_A,
    ("sumut-tatap-muka", 16): DESK_A,
    ("dki-kelompok-rentan", 1): CARE,
    ("dki-kelompok-rentan", 2): CARE,
    ("dki-kelompok-rentan", 3): CARE,
    ("dki-kelompok-rentan", 4): CARE,
    ("dki-kelompok-rentan", 5): CARE,
    ("dki-kelompok-rentan", 6): CARE,
    ("dki-kelompok-rentan", 7): CARE,
    ("dki-kelompok-rentan", 8): CARE,
    ("dki-kelompok-rentan", 9): CARE,
    ("dki-kelompok-rentan", 10): CARE,
}
ALL_STEPS_BY_COMMANDS = {
    "kaltara-helpdesk": "test_command_line.test_the_helpdesk_of_kaltara",
    "kepri-daring": "test_command_line.test_a_request_from_afar_in_kepri",
    "sumut-telepon": "test_command_line.test_a_telephone_call_that_is_called_back",
    "sumut-tatap-muka": "test_command_line.test_face_to_face_in_sumut_over_the_unit_and_back",
    "dki-kelompok-rentan": "test_command_line.test_a_vulnerable_visitor_in_dki",
}
"""Each requires that no step of the procedure is left undone."""


def test_the_table_holds_every_step_of_every_shipped_procedure() -> None:
    shipped = {(name, step.step) for name in procedure_ids() for step in load_procedure(name).steps}
    assert set(STEPS) == shipped
    assert len(shipped) == 42
    assert set(ALL_STEPS_BY_COMMANDS) == set(procedure_ids())


@pytest.mark.parametrize("test", sorted({*STEPS.values(), *ALL_STEPS_BY_COMMANDS.values()}))
def test_what_the_table_names_is_there(test: str) -> None:
    module, name = test.split(".")
    assert callable(getattr(importlib.import_module(f"tests.journeys.{module}"), name))
