"""Notices added beside the bundled plans: they answer for themselves and do not disturb what was right before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.intake import add_bytes, open_or_create
from search import Engine

NOTICES = {
    "sheds.txt": """天津市河西区电动自行车充电棚建设实施方案

一、主要任务

（一）建设充电棚。2024年底前在居民小区新建充电棚120个，配建充电接口2400个。（牵头单位：区住房建设委；配合单位：各街道办事处、区城管委）

（二）加强日常管理。物业服务企业负责充电棚的日常巡查，发现隐患立即整改。（责任单位：区应急局）

二、规范收费

充电棚的充电服务费不得高于每千瓦时0.4元。

天津市河西区人民政府办公室
2024年3月1日
""",
    "care.txt": """天津市东丽区养老服务补贴资金安排方案（2024—2026年）

一、资金安排

（一）财政投入。2024年安排区级财政资金1200万元，2025年安排1500万元，2026年安排1800万元，三年合计4500万元。（责任单位：区财政局、区民政局）

二、补贴标准

（一）运营补贴。收住失能老年人的，每人每月补贴300元；2026年起提高到每人每月350元。（责任单位：区民政局、区财政局）

三、口袋公园

（一）建设口袋公园。到2030年建成口袋公园500座。（责任单位：区城管委）

天津市东丽区人民政府
2024年1月20日
""",
    "parking.txt": """天津市南开区住宅小区停车管理办法

第一条 为规范住宅小区停车，制定本办法。

第二条 区住房建设委是住宅小区停车管理的主管部门。

第三条 本办法自2023年7月1日起施行，有效期2年。

天津市南开区人民政府
2023年6月1日
""",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    library = open_or_create(tmp_path_factory.mktemp("notices") / "library")
    for name, text in NOTICES.items():
        add_bytes(library, name, text.encode())
    yield Engine(library)
    library.close()


@pytest.mark.parametrize("question", ["谁负责充电桩", "who is responsible for charging piles"])
def test_charging_sheds_do_not_hide_charging_piles(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.answered
    assert answer.units[0].name == "市发展改革委"


def test_another_thing_of_the_district_is_no_answer_for_it(engine: Engine) -> None:
    answer = engine.ask("河西区谁负责充电桩")
    assert answer.units[0].name == "市发展改革委"
    assert "没有河西区的文件作此规定" in answer.answer


def test_the_figure_of_the_year_asked_for_is_taken_outside_the_quote_too(engine: Engine) -> None:
    assert "350元" in engine.ask("失能老人运营补贴2026年是多少").answer
    assert "300元" in engine.ask("失能老人运营补贴每人每月多少钱").answer


def test_the_title_does_not_lend_its_years_to_a_figure_that_has_its_own(engine: Engine) -> None:
    refused = engine.ask("东丽区2026年建成口袋公园多少座")
    assert not refused.answered
    assert "2026年的这一数字" in refused.answer
    assert "500座" in engine.ask("东丽区到2030年建成口袋公园多少座").answer


def test_a_clause_that_is_only_titled_by_its_first_sentence_is_quoted_with_the_next(engine: Engine) -> None:
    quote = engine.ask("河西区谁负责建设充电棚").hits[0].quote
    assert quote.text.startswith("（一）建设充电棚。2024年底前在居民小区新建充电棚120个")


def test_since_when_a_document_is_in_force(engine: Engine) -> None:
    assert "自2023年7月1日起施行" in engine.ask("南开区住宅小区停车管理办法什么时候开始施行").answer


def test_a_level_of_government_chooses_among_documents(engine: Engine) -> None:
    assert engine.ask("市里的智慧文旅哪个局牵头").units[0].name == "市文化和旅游局"
    assert engine.ask("区里的智慧文旅归谁管").units[0].name == "区文化和旅游局"
