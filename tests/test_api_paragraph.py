from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from api.paragraph import breaks

CHINESE = st.text(alphabet="建设充电桩，。（）《》“”6000台 ab\n", max_size=60)


def lines(text: str, width: int, *, names: bool = False) -> list[str]:
    cuts = [0, *breaks(text, width, names=names), len(text)]
    return [text[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]  # noqa: RUF007


def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket() -> None:
    assert lines("建设充电桩，共六处", 10) == ["建设充电", "桩，共六处"]
    assert lines("建设充电（公共）桩", 10) == ["建设充电", "（公共）桩"]


def test_no_number_is_torn_apart() -> None:
    assert lines("充电桩6000台", 9) == ["充电桩", "6000台"]


def test_no_name_in_a_list_is_torn_apart() -> None:
    assert lines("市教委、市科技局、市财政局", 20, names=True) == ["市教委、市科技局、", "市财政局"]


def test_a_line_with_no_good_place_is_broken_all_the_same() -> None:
    assert lines("1234567890", 4) == ["1234", "5678", "90"]


@given(CHINESE, st.integers(2, 20))
def test_every_line_fits_and_nothing_is_lost(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join(found) == text
    assert all(cell_len(line.rstrip("\n")) <= width for line in found)
