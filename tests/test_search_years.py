"""Which year a question asks about, and whose year a figure is."""

import pytest

from corpus.model import Clause, Deadline, Quantity
from index.library import Library
from search import years
from search.figures import quantity, says_number
from search.names import UnitIndex
from search.question import analyse
from search.quote import sentences
from search.reading import Reader
from search.terms import Topic


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("2025年要建多少个充电桩", {2025}),
        ("到2030年底建几座公园", {2030}),
        ("2021—2023年一共建多少", {2021, 2022, 2023}),
        ("How many charging piles by 2025?", {2025}),
        ("How many parks will there be in the year 2030?", {2030}),
        ("How many pocket parks from 2031 to 2032?", {2031, 2032}),
        ("How many will be built between 2025 and 2026?", {2025, 2026}),
        ("到二〇二五年要建多少个充电桩", {2025}),
        ("到2025天津要建多少个充电桩", {2025}),
        ("2025-2026天津要建多少个充电桩", {2025, 2026}),
        ("2021、2022年各新建多少个充电桩", {2021, 2022}),
        ("How much is the subsidy for 2000 households?", set()),
        ("How many live in 2000 households?", set()),
        ("树龄超过2000年的古树有几棵", set()),
        ("要建2000个充电桩的是谁", set()),
        ("《2024年工作要点》里要建多少个充电桩", set()),
        ("津政办发〔2022〕15号要建多少个充电桩", set()),
    ],
)
def test_the_years_of_a_question(question: str, asked: set[int]) -> None:
    assert years.asked(question) == asked


def test_a_range_of_years_is_all_of_them() -> None:
    assert years.said("2021年至2023年，以及2025年") == [frozenset({2021, 2022, 2023}), frozenset({2025})]


def test_the_topic_of_a_figure_is_without_its_year() -> None:
    assert analyse("到2025年底前天津要建多少个充电桩", UnitIndex([])).topic == "要建 充电桩"
    asked = analyse("How many charging piles should be built by 2023?", UnitIndex([]))
    assert "2023" not in asked.topic
    assert asked.years == {2023}


@pytest.mark.parametrize(
    ("title", "question", "expected"),
    [
        ("某市2024年工作要点", "2024年工作要点里绿道要建多少公里", {2024}),
        ("某市2024年工作要点", "2024年要建多少公里绿道", set()),
        ("某市行动方案（2021—2023年）", "2023年要建多少公里绿道", set()),
    ],
)
def test_a_year_that_belongs_to_the_name_of_a_document_is_known(title: str, question: str, expected: set[int]) -> None:
    assert years.naming(title, question) == expected


def _clause(text: str, deadlines: tuple[Deadline, ...] = ()) -> Clause:
    found, at = [], 0
    for number in (4, 5):
        if f"{number}人" in text:
            at = text.index(f"{number}人")
            found.append(Quantity("家庭医生", ">=", number, "人", at, at + 2))
    return Clause(0, "", (), text, 0, len(text), quantities=tuple(found), deadlines=deadlines)


TWO_YEARS = _clause("到2023年每万人有家庭医生4人，到2025年有家庭医生5人。")


@pytest.mark.parametrize(("year", "number"), [(2023, 4), (2025, 5)])
def test_of_two_figures_the_one_of_the_year_asked_about_is_taken(library: Library, year: int, number: int) -> None:
    found = _figure(library, f"{year}年每万人有多少家庭医生", TWO_YEARS)
    assert found is not None
    assert found.number == number


def test_a_figure_of_another_year_is_none(library: Library) -> None:
    assert _figure(library, "2030年每万人有多少家庭医生", TWO_YEARS) is None
    asked = analyse("2030年每万人有多少家庭医生", UnitIndex([]))
    assert not says_number(asked, TWO_YEARS, sentences(TWO_YEARS)[0])


def test_a_figure_without_a_year_is_any_years(library: Library) -> None:
    found = _figure(library, "2030年每万人有多少家庭医生", _clause("每万人有家庭医生4人。"))
    assert found is not None
    assert found.number == 4


def test_a_year_after_the_figure_counts_and_so_does_one_above_the_clause(library: Library) -> None:
    after = _clause("每万人有家庭医生4人（2023年底前完成）。")
    above = _clause("每万人有家庭医生4人。", (Deadline("到2023年", "2023-12-31", 0, 0, inherited=True),))
    for clause in (after, above):
        assert _figure(library, "2023年每万人有多少家庭医生", clause) is not None
        assert _figure(library, "2025年每万人有多少家庭医生", clause) is None


def test_a_figure_that_says_the_year_goes_before_one_that_says_none(library: Library) -> None:
    text = "家庭医生每万人4人；2026年起每万人5人。"
    for question, number in (("2026年家庭医生每万人多少人", 5), ("家庭医生每万人多少人", 4)):
        found = _figure(library, question, _clause(text))
        assert found is not None
        assert found.number == number


def _figure(library: Library, question: str, clause: Clause) -> Quantity | None:
    asked = analyse(question, UnitIndex([]))
    return quantity(asked, clause, sentences(clause)[0], Topic(library, Reader(library), asked.topic))
