import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.model.codes import CodeKind, find_codes, is_valid_code, make_code, normalise_code

codes = st.builds(make_code, st.sampled_from(CodeKind), st.integers(1, 9999), st.integers(1, 9999))


@given(codes)
def test_made_codes_are_valid_and_found_again(code: str) -> None:
    assert is_valid_code(code)
    assert find_codes(f"任务{code}、") == (code,)


@given(codes, st.data())
def test_one_wrong_character_is_noticed(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHJKLMNPQRSTUVWXYI-"))
    changed = code[:place] + other + code[place + 1 :]
    assert changed == code or not is_valid_code(changed)


@given(codes, st.data())
def test_two_neighbouring_letters_or_digits_swapped_are_noticed(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 2))
    changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert "-" in code[place : place + 2] or changed == code or not is_valid_code(changed)


@pytest.mark.parametrize(
    "typed",
    ["p2-013{c}", " P2-013{c} ", "Ｐ２－０１３{c}", "P2—013{c}", "P2 - 013{c}", "P2–013{c}\n"],
)
def test_codes_are_read_as_people_retype_them(typed: str) -> None:
    code = make_code(CodeKind.TASK, 2, 13)
    assert normalise_code(typed.format(c=code[-1])) == code


@pytest.mark.parametrize(("plan", "item"), [(0, 1), (1, 0), (10_000, 1), (1, 10_000)])
def test_sequences_out_of_range_are_refused(plan: int, item: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        make_code(CodeKind.TASK, plan, item)


def test_codes_inside_longer_words_are_not_taken() -> None:
    code = make_code(CodeKind.TASK, 1, 1)
    assert find_codes(f"X{code} {code}1") == ()
