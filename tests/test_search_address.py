"""Exact addresses: `第三条` is clause 3 and never clause 13 or 23."""

import pytest

from search.address import Step, answers_to, find_address, label_step, lies_under


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        ("天津方案 三（二）3", [("一", 3), ("（）", 2), ("1", 3)]),
        ("《垃圾管理条例》第十二条", [("条", 12)]),
        ("第23条说什么", [("条", 23)]),
        ("办法第五条第二款", [("条", 5), ("款", 2)]),
        ("三、（一）1.", [("一", 3), ("（）", 1), ("1", 1)]),
        ("第三部分（二）5", [("一", 3), ("（）", 2), ("1", 5)]),
        ("第三章第十条", [("章", 3), ("条", 10)]),
    ],
)
def test_an_address_is_read_step_by_step(question: str, steps: list[tuple[str, int]]) -> None:
    address = find_address(question)
    assert address is not None
    assert [(step.kind, step.value) for step in address.steps] == steps


@pytest.mark.parametrize(
    "question", ["到2023年要建多少5G基站", "三年行动方案", "一网通办", "2月24日前", "第三批示范", "10个示范路段"]
)
def test_numbers_that_count_are_no_address(question: str) -> None:
    assert find_address(question) is None


def test_clause_three_is_not_clause_thirteen() -> None:
    address = find_address("第三条")
    assert address is not None
    assert answers_to(["第一章 总则", "第三条"], address)
    assert not answers_to(["第二章 管理", "第十三条"], address)
    assert not answers_to(["第二章 管理", "第二十三条"], address)


def test_an_outline_address_closes_the_path() -> None:
    address = find_address("三（二）3")
    assert address is not None
    assert answers_to(["三、主要任务", "（二）全面发展融合基础设施", "3．"], address)
    assert not answers_to(["三、主要任务", "（二）全面发展融合基础设施", "13．"], address)
    assert not answers_to(["四、保障措施", "（二）强化要素保障", "3．"], address)


def test_a_heading_address_covers_what_lies_under_it() -> None:
    address = find_address("第二章")
    assert address is not None
    assert lies_under(["第二章 规划", "第六条"], address)
    assert not lies_under(["第三章 投放", "第九条"], address)


def test_labels() -> None:
    assert label_step("（二）全面发展") == Step("（）", 2)
    assert label_step("10．推进") == Step("1", 10)
    assert label_step("——打造") is None
