from planbook.actions.dispatch_listing import distinct_name
from planbook.model.period import Period

Q1 = Period.parse("2024Q1")


def test_agencies_whose_names_make_one_file_name_stay_apart() -> None:
    assert distinct_name("2024Q1_省A_B局_责任清单.xlsx", Q1) == "省A_B局"
    assert distinct_name("2024Q1_省A_B局_2_责任清单.xlsx", Q1) == "省A_B局_2"
    assert distinct_name("2024Q1_省A_B局_2_退改单.xlsx", Q1) == "省A_B局_2"
