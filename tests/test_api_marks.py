from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.marks import pieces
from corpus.model import Clause, Span
from search.model import Quote

TEXT = "3．建设充电桩。新建6000台以上。（责任单位：市发展改革委）"


def clause(text: str, *statements: Span, start: int = 100) -> Clause:
    return Clause(0, "3．", ("3．",), text, start, start + len(text), statements=statements)


def test_the_quote_and_the_statement_are_cut_out_of_the_clause() -> None:
    quoted = Quote("新建6000台以上。", 108, 118)
    found = [(piece.kind, piece.text) for piece in pieces(clause(TEXT, Span(118, 131)), quoted)]
    assert found == [
        ("plain", "3．建设充电桩。"),
        ("quote", "新建6000台以上。"),
        ("statement", "（责任单位：市发展改革委）"),
    ]


def test_a_quote_inside_the_statement_goes_before_it() -> None:
    found = [
        (piece.kind, piece.text) for piece in pieces(clause(TEXT, Span(118, 131)), Quote("市发展改革委", 124, 130))
    ]
    assert found[1:] == [("statement", "（责任单位："), ("quote", "市发展改革委"), ("statement", "）")]


def test_an_empty_clause_has_no_pieces() -> None:
    assert pieces(clause("")) == []


@given(st.text(max_size=40), st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_nothing_is_lost_wherever_the_spans_lie(text: str, a: int, b: int, c: int, d: int) -> None:
    found = pieces(clause(text, Span(a, b)), Quote("", c, d))
    assert "".join(piece.text for piece in found) == text
    assert all(left.kind != right.kind for left, right in pairwise(found))
