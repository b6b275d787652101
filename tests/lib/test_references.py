"""References that survive being read over the telephone."""

from hypothesis import given
from hypothesis import strategies as st

from ventanilla.lib import references

YEARS = st.integers(2000, 2999)
NUMBERS = st.integers(0, 9_999_999)


@given(YEARS, NUMBERS)
def test_a_reference_is_found_in_whatever_way_it_is_typed(year: int, number: int) -> None:
    made = references.reference(year, number)
    assert references.parse(made) == made
    assert references.parse(made.replace("-", "")) == made
    assert references.parse(f" nº {made.replace('-', ' ')} ") == made


@given(YEARS, NUMBERS, st.data())
def test_one_wrong_digit_is_always_found(year: int, number: int, data: st.DataObject) -> None:
    made = references.reference(year, number)
    place = data.draw(st.sampled_from([i for i, c in enumerate(made) if c.isdigit()]))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != made[place]]))
    assert references.parse(made[:place] + other + made[place + 1 :]) is None
