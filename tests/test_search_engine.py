"""Questions over the two bundled plans, asked of the real thing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.intake import open_or_create
from search import Answer, Engine, QuestionError, UnknownUnit

TIANJIN = "tianjin-2021-new-infrastructure-action-plan.txt"
NANKAI = "nankai-2022-new-infrastructure-work-plan.txt"
FIVE = ["市发展改革委", "市工业和信息化局", "市委网信办", "有关区人民政府", "国网天津市电力公司"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    library = open_or_create(tmp_path_factory.mktemp("plans") / "library")
    yield Engine(library)
    library.close()


def _first(answer: Answer) -> tuple[str, str]:
    return answer.hits[0].document.source, answer.hits[0].clause.text[:10]


@pytest.mark.parametrize("question", ["谁负责充电桩", "who is responsible for charging piles"])
def test_charging_piles(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.answered
    assert answer.kind == "responsibility"
    assert _first(answer) == (TIANJIN, "3．推进智慧能源建设")
    assert [unit.name for unit in answer.units] == FIVE
    quote = answer.hits[0].quote
    assert quote.text.startswith("构建以充电服务为枢纽的新能源汽车生态圈，新建公共充电桩6000台以上")
    assert engine.library.text(answer.hits[0].document.id)[quote.start : quote.end] == quote.text


def test_every_unit_lies_in_a_span_of_its_document(engine: Engine) -> None:
    for hit in engine.ask("5G建设归谁管").hits:
        text = engine.library.text(hit.document.id)
        assert all(duty.unit == text[duty.start : duty.end] for duty in hit.clause.duties)


def test_the_place_chooses_the_document(engine: Engine) -> None:
    assert _first(engine.ask("南开区智能制造谁负责"))[0] == NANKAI
    assert _first(engine.ask("天津市智能制造谁负责"))[0] == TIANJIN
    assert _first(engine.ask("who is responsible for smart parking in Nankai"))[0] == NANKAI


def test_a_silent_district_falls_back_to_the_city_and_says_so(engine: Engine) -> None:
    answer = engine.ask("南开区充电桩谁负责")
    assert answer.answered
    assert _first(answer) == (TIANJIN, "3．推进智慧能源建设")
    assert answer.answer.startswith("没有南开区的文件作此规定")


def test_a_number_is_never_borrowed_from_another_place(engine: Engine) -> None:
    for question in ("南开区要建多少个充电桩", "滨海新区要建几个5G基站"):
        answer = engine.ask(question)
        assert (answer.answered, answer.kind, answer.units) == (False, "none", ())
        assert answer.hits, "the nearest clauses are offered"


def test_a_number(engine: Engine) -> None:
    answer = engine.ask("到2023年要建多少充电桩")
    assert answer.kind == "quantity"
    assert answer.answer == "新建公共充电桩6000台以上。"


def test_a_units_duties_are_all_listed(engine: Engine) -> None:
    answer = engine.ask("市教委负责哪些工作", top=1)
    assert answer.kind == "unit_duties"
    assert [hit.clause.text[:9].replace("\n", "") for hit in answer.hits] == ["7．推进智慧教育建", "（二）强化要素保障"]


def test_an_unknown_unit_gets_the_nearest_names(engine: Engine) -> None:
    answer = engine.ask("市火星委有哪些职责")
    assert not answer.answered
    assert "市教委" in answer.answer
    with pytest.raises(UnknownUnit, match="市教委") as raised:
        engine.duties("市教育委")
    assert "市教委" in raised.value.nearest


@pytest.mark.parametrize("question", ["天津方案 三（二）3", "《天津市新型基础设施建设三年行动方案》三（二）3"])
def test_an_address_is_exact(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert (answer.kind, answer.confidence) == ("clause", 1.0)
    assert [hit.clause.text[:10] for hit in answer.hits] == ["3．推进智慧能源建设"]


def test_an_address_that_is_not_there_is_said(engine: Engine) -> None:
    answer = engine.ask("第九十九条")
    assert not answer.answered
    assert "第九十九条" in answer.answer


def test_a_title_that_is_not_held_is_said(engine: Engine) -> None:
    assert engine.ask("《北京市垃圾分类条例》第三条").answer == "没有收录名为《北京市垃圾分类条例》的文件。"


@pytest.mark.parametrize(
    "question", ["天津外地车牌几点限行", "办护照要带什么材料", "How do I renew my passport?", "怎么做红烧肉"]
)
def test_what_no_document_says_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert not answer.answered
    assert answer.confidence < 0.5


def test_a_question_without_a_subject_is_asked_back(engine: Engine) -> None:
    assert "没有说是什么事项" in engine.ask("谁负责？").answer


def test_bad_questions_raise(engine: Engine) -> None:
    with pytest.raises(QuestionError, match="问题是空的"):
        engine.ask("  ")


def test_search_returns_clauses_best_first(engine: Engine) -> None:
    hits = engine.search("充电桩", top=3)
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert "充电桩" in hits[0].clause.text
    assert hits[0].score >= hits[1].score >= hits[2].score


@pytest.mark.parametrize("question", ["北京市教委负责哪些工作", "上海市教育委员会有哪些职责"])
def test_another_citys_unit_is_not_this_citys(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert (answer.answered, answer.hits) == (False, ())
    with pytest.raises(UnknownUnit):
        engine.duties("北京市教委")


def test_a_unit_with_its_own_citys_name_is_found(engine: Engine) -> None:
    assert engine.ask("天津市教育委员会负责哪些工作").answered
    assert [duty.duty.unit for duty in engine.duties("天津市教委")] == ["市教委", "市教委"]
    assert engine.ask("天津海关负责哪些工作").units[0].name == "天津海关"


@pytest.mark.parametrize("question", ["上海方案 三（二）3", "医保方案 三（二）3", "不存在的方案 三（二）3"])
def test_an_address_in_a_document_that_is_not_held_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert not answer.answered
    assert "没有收录" in answer.answer


def test_an_address_in_several_documents_is_asked_back(engine: Engine) -> None:
    answer = engine.ask("三（二）3")
    assert (answer.answered, answer.kind) == (False, "none")
    assert "请写明是哪一份文件" in answer.answer
    assert len(answer.hits) == 2


def test_units_that_act_together_and_units_asked_each(engine: Engine) -> None:
    together = engine.ask("市教委和市委网信办共同负责哪些工作")
    each = engine.ask("市教委、区教育局分别负责什么")
    assert [hit.clause.text[:9] for hit in together.hits] == ["7．推进智慧教育建"]
    assert {unit.name for unit in each.units} == {"市教委", "区教育局"}


def test_a_date_alone_is_no_subject(engine: Engine) -> None:
    assert "没有说是什么事项" in engine.ask("2023年").answer


@pytest.mark.parametrize(
    "question", ["公共充电桩哪年建成", "充电桩投资多少钱", "智慧教室面积多少平方米", "人脸识别系统花多少钱"]
)
def test_a_figure_of_another_kind_is_no_answer(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert not answer.answered
    assert "没有写明" in answer.answer


def test_the_next_clause_may_hold_the_figure(engine: Engine) -> None:
    assert engine.ask("重大创新平台几个").answer.startswith("新建10个以上重大创新平台和科技基础设施")


def test_traditional_characters_are_understood(engine: Engine) -> None:
    assert [unit.name for unit in engine.ask("誰負責充電樁").units] == FIVE


def test_who_is_not_responsible_cannot_be_told(engine: Engine) -> None:
    assert not engine.ask("谁不负责充电桩").answered


def test_a_units_name_alone_asks_for_its_duties(engine: Engine) -> None:
    assert engine.ask("天津市教育委员会").kind == "unit_duties"
    assert engine.ask("what does the Municipal Education Commission do").units[0].name == "市教委"


def test_a_clause_about_the_place_is_not_called_silent(engine: Engine) -> None:
    answer = engine.ask("滨海新区视频结构化系统解析能力多少路").answer
    assert answer.startswith("《天津市新型基础设施建设三年行动方案（2021—2023年）》对滨海新区规定")


def test_other_documents_that_answer_too_are_named(engine: Engine) -> None:
    assert "《南开区加快新型基础设施建设工作方案》也有相关规定" in engine.ask("智慧健身 谁管").answer


def test_a_title_alone_shows_the_document(engine: Engine) -> None:
    answer = engine.ask("《南开区加快新型基础设施建设工作方案》")
    assert answer.answered
    assert answer.answer == "已收录《南开区加快新型基础设施建设工作方案》，共 24 条。"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "南开方案哪天印发的",
            "《南开区加快新型基础设施建设工作方案》由天津市南开区人民政府办公室印发，成文日期2022年4月26日。",
        ),
        (
            "《天津市新型基础设施建设三年行动方案（2021—2023年）》谁发的",
            "《天津市新型基础设施建设三年行动方案（2021—2023年）》由天津市人民政府办公厅印发，成文日期2021年2月27日。",
        ),
    ],
)
def test_when_and_by_whom_a_document_was_issued(engine: Engine, question: str, said: str) -> None:
    assert engine.ask(question).answer == said


def test_the_number_nearest_to_the_question_is_taken(engine: Engine) -> None:
    assert "电能占终端用能比重达到35%" in engine.ask("What share of electricity in final energy use?").answer
    assert engine.ask("可再生能源装机占比目标").answer == "可再生能源装机比重超过18%。"


def test_a_figure_of_other_years_does_not_answer(engine: Engine) -> None:
    refused = engine.ask("到2025年天津要建多少个公共充电桩")  # the plan's title says 2021 to 2023
    assert not refused.answered
    assert "没有写明天津2025年的这一数字" in refused.answer
    assert "6000台" in engine.ask("到2023年天津要建多少个公共充电桩").answer
