"""What is shown for a quoted sentence that is only the title of its clause."""

import pytest

from corpus.model import Clause
from search.quote import cut, sentences, telling


def _shown(text: str, number: str) -> str:
    clause = Clause(0, number, (number,), text, 10, 10 + len(text))
    return cut(clause, telling(clause, sentences(clause)[0]))


def test_a_title_is_shown_with_the_sentence_after_it() -> None:
    text = "（一）建设充电棚。各小区建设充电棚，由物业维护。棚内禁烟。"
    assert _shown(text, "（一）") == "（一）建设充电棚。各小区建设充电棚，由物业维护。"
    assert _shown("4.加快下一代互联网部署应用。建设示范网。", "4.") == "4.加快下一代互联网部署应用。建设示范网。"


def test_a_title_on_a_line_of_its_own_gives_way_to_the_sentence_after_it() -> None:
    assert _shown("三、规范收费\n\n充电服务费每千瓦时0.4元。", "三、") == "充电服务费每千瓦时0.4元。"


@pytest.mark.parametrize(
    "first",
    ["养老机构每年培训二次。", "加装电梯由区住建局负责。", "公园免费开放，不得收费。", "本办法自发布之日起施行。"],
)
def test_a_short_sentence_that_says_something_stands_alone(first: str) -> None:
    assert _shown(f"第六条 {first}未按规定的，处两千元罚款。", "第六条") == f"第六条 {first}"


def test_a_clause_without_a_number_has_no_title() -> None:
    assert _shown("建设充电棚。各小区建设充电棚。", "") == "建设充电棚。"
