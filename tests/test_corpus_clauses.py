"""Where clauses begin and end, what they inherit, and what must hold for any text."""

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, SourceText, parse


def read(text: str) -> Document:
    return parse(SourceText("文.txt", text))


def texts(text: str) -> list[str]:
    return [clause.text for clause in read(text).clauses]


def units(text: str) -> list[list[str]]:
    return [[("*" if duty.inherited else "") + duty.unit for duty in clause.duties] for clause in read(text).clauses]


def test_a_numbered_leaf_is_one_clause_from_its_number_on() -> None:
    (clause,) = read("一、任务\n2.推进充电桩建设。新建6000台以上。（责任单位：市发展改革委）\n").clauses
    assert (clause.number, clause.path) == ("2.", ("一、任务", "2."))
    assert clause.text == "2.推进充电桩建设。新建6000台以上。（责任单位：市发展改革委）"
    assert [clause.text[s.start - clause.start : s.end - clause.start] for s in clause.statements] == [
        "（责任单位：市发展改革委）"
    ]


def test_a_number_on_a_heading_line_takes_all_its_paragraphs() -> None:
    text = "一、保障\n（一）强化组织推动\n\n加强统筹。\n\n建立机制。（责任单位：市有关部门）\n\n（二）强化要素保障\n\n优先支持。\n"
    assert texts(text) == [
        "（一）强化组织推动\n\n加强统筹。\n\n建立机制。（责任单位：市有关部门）",
        "（二）强化要素保障\n\n优先支持。",
    ]


def test_an_article_takes_all_its_paragraphs() -> None:
    text = "第六条 市主管部门负责统筹。\n\n县主管部门负责本辖区。\n\n其他部门做好相关工作。\n\n第七条 略。"
    assert texts(text)[0] == "第六条 市主管部门负责统筹。\n\n县主管部门负责本辖区。\n\n其他部门做好相关工作。"


def test_paragraphs_that_name_their_own_units_stand_by_themselves() -> None:
    text = (
        "一、科技\n（一）支持攻关\n给予研发支持。（对接部门：区科信局；联系人：赵某）\n给予配套资金。（对接部门：区财政局）\n"
        "（二）扩大场景\n发布清单。（对接部门：区科信局）\n"
    )
    document = read(text)
    assert [(clause.path, clause.text[:6]) for clause in document.clauses] == [
        (("一、科技", "（一）支持攻关"), "给予研发支持"),
        (("一、科技", "（一）支持攻关"), "给予配套资金"),
        (("一、科技", "（二）"), "（二）扩大场"),
    ]
    assert "（一）支持攻关" in [heading.text for heading in document.headings]


def test_plain_text_above_items_is_a_clause_and_gives_them_its_deadline() -> None:
    document = read("二、发展目标\n到2023年，基本建成体系。\n——打造标杆城市。\n——培育生态。到2022年底培育100家。\n")
    assert [clause.path for clause in document.clauses] == [
        ("二、发展目标",),
        ("二、发展目标", "——"),
        ("二、发展目标", "——"),
    ]
    assert [[(d.text, d.date, d.inherited) for d in clause.deadlines] for clause in document.clauses] == [
        [("到2023年", "2023-12-31", False)],
        [("到2023年", "2023-12-31", True)],
        [("到2022年底", "2022-12-31", False)],
    ]


def test_a_number_with_items_is_a_heading_if_it_only_titles_them() -> None:
    document = read(
        "二、计划\n（一）产业人才。围绕产业，重点培养企业家，实施如下项目：\n1.引进人才。\n（二）科技人才。\n2.培养新星。\n"
    )
    assert [(clause.path, clause.number) for clause in document.clauses] == [
        (("二、计划", "（一）"), "（一）"),
        (("二、计划", "（一）产业人才。", "1."), "1."),
        (("二、计划", "（二）科技人才。", "2."), "2."),
    ]


def test_what_follows_the_last_item_of_an_article_belongs_to_the_article() -> None:
    text = "第十一条 管理人应当履行下列职责：\n（一）建立制度；\n（二）配置容器；\n（三）正常使用。\n管理人履行职责的，有关单位应当配合。\n第十二条 略。"
    document = read(text)
    assert [clause.number for clause in document.clauses] == ["第十一条", "（一）", "（二）", "（三）", "", "第十二条"]
    assert document.clauses[4].path == ("第十一条 管理人应当履行下列职责：",)


def test_closing_paragraphs_and_preamble_are_clauses_of_their_own() -> None:
    document = read(
        "关于支持企业的若干措施\n为落实部署，制定以下措施。\n一、金融\n1.增加贷款。（责任单位：市金融局）\n2.降低成本。\n本措施自发布之日起施行，由市工信局负责解释。\n"
    )
    assert [(clause.path, clause.text[:5]) for clause in document.clauses] == [
        ((), "为落实部署"), (("一、金融", "1."), "1.增加贷"), (("一、金融", "2."), "2.降低成"), ((), "本措施自发"),
    ]  # fmt: skip


def test_a_statement_on_its_own_line_belongs_to_the_clause_above() -> None:
    text = "1.共享数据。\n（责任单位：市科技局）\n2.扩大应用。\n牵头单位：市商务局\n配合单位：市财政局\n"
    assert units(text) == [["市科技局"], ["市商务局", "市财政局"]]
    assert texts(text)[1] == "2.扩大应用。\n牵头单位：市商务局\n配合单位：市财政局"


def test_a_statement_after_several_items_is_for_all_of_them() -> None:
    text = "（一）加快建设\n1.建设平台。\n2.汇聚数据。\n责任单位：市大数据局、市工信局\n（二）扩大开放\n1.共享数据。（责任单位：市科技局）\n"
    assert units(text) == [["*市大数据局", "*市工信局"], ["*市大数据局", "*市工信局"], ["市科技局"]]


def test_a_statement_in_a_heading_is_for_all_below_that_say_nothing_themselves() -> None:
    text = "（一）加快建设（责任单位：市大数据局）\n1.建设平台。\n2.汇聚数据。（责任单位：市工信局）\n"
    assert units(text)[-2:] == [["*市大数据局"], ["市工信局"]]


def test_a_document_that_says_the_first_listed_leads() -> None:
    text = "1.支持生产。（责任单位：市经信局、市财政局；列首位的为牵头单位，下同）\n2.延期交费。（责任单位：市发改委、国网供电公司）\n"
    roles = [[(duty.unit, duty.role) for duty in clause.duties] for clause in read(text).clauses]
    assert roles == [
        [("市经信局", "lead"), ("市财政局", "responsible")],
        [("市发改委", "lead"), ("国网供电公司", "responsible")],
    ]


def test_a_report_without_numbers_falls_into_paragraphs_under_its_headings() -> None:
    document = read("今年以来，全市经济平稳运行。\n经济总量\n生产总值达到5000亿元。\n社会民生\n新增就业10万人。\n")
    assert [(clause.path, clause.text) for clause in document.clauses] == [
        ((), "今年以来，全市经济平稳运行。"),
        (("经济总量",), "生产总值达到5000亿元。"),
        (("社会民生",), "新增就业10万人。"),
    ]


def test_a_chapter_of_a_report_too_long_for_one_clause_falls_into_paragraphs() -> None:
    paragraph = "加快发展各项事业，不断改善人民生活。" * 30
    document = read("一、工作回顾\n" + f"{paragraph}\n" * 10 + "二、工作安排\n略。\n")
    assert [len(clause.text) for clause in document.clauses] == [540] * 10 + [9]
    assert {clause.path for clause in document.clauses[:10]} == {("一、工作回顾",)}


FRAGMENTS = [
    *(
        "第一章 总则",
        "第三条 市教育部门负责学校管理。",
        "一、总体要求",
        "（一）指导思想",
        "1.推进建设。（责任单位：市发改委、市财政局）",
        "2．",
    ),
    *(
        "——到2025年建成10个。",
        "①略",
        "1.1 目的",
        "1.5%",
        "第三条规定的",
        "“第四条 略",
        "1",
        "12",
        "- 3 -",
        "：",
        "（",
        "》",
    ),
    *(
        "（责任单位：甲局",
        "责任单位：市工信局、各区人民政府",
        "牵头单位：市商务局；配合单位：市科技局",
        "附件：1.清单",
        "附件1",
        "目录",
    ),
    *(
        "序号\t任务\t责任单位",
        "1\t建设\t市发改委",
        "\t配合\t/",
        "| 序号 | 任务 |",
        "|---|---|",
        "序号 |",
        "任务 |",
        "1 |",
        "序号",
        "任务",
        "责任单位",
    ),
    *(
        "某市人民政府",
        "2021年2月27日",
        "各区人民政府：",
        "国办发〔2018〕123号",
        "（此件公开发布）",
        "[成文日期] 2020-02-03",
        "发文机关：",
    ),
    *(
        "某市人民政府关于印发某某方案的通知",
        "为贯彻落实部署，依据《办法\n的要求》，制定本方案。",
        "# 标题",
        "## （二）**加粗**",
    ),
    *("\u200b", "\u3000\u3000", "\xa0"),
]
LINES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=12), max_size=40)
TEXTS = LINES.flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "", " ", "\n\u3000\u3000"]).map(lambda end: end.join(lines))
)


@settings(max_examples=250, deadline=None)
@given(TEXTS | st.text())
def test_any_text_is_parsed_and_every_visible_character_kept_once(text: str) -> None:
    document = read(text)
    spans = sorted((each.start, each.end) for each in (*document.clauses, *document.headings))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_every_span_is_exact(text: str) -> None:
    document = read(text)
    for each in (*document.clauses, *document.headings):
        assert text[each.start : each.end] == each.text != ""
    for clause in document.clauses:
        for own in (
            *clause.quantities,
            *clause.statements,
            *(f for f in (*clause.duties, *clause.deadlines) if not f.inherited),
        ):
            assert clause.start <= own.start < own.end <= clause.end
        for fact in (*clause.duties, *clause.deadlines):
            assert 0 <= fact.start < fact.end <= len(text)
    assert [clause.ordinal for clause in document.clauses] == list(range(len(document.clauses)))
    assert document.title


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_parsing_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


def test_time_grows_with_the_text_and_no_faster() -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        read(text)
        return time.process_time() - start

    section = (
        "一、任务\n" + "1.推进充电桩建设，新建公共充电桩6000台以上。（责任单位：市发展改革委、市工业和信息化局）\n" * 9
    )
    for unit in (section, "“第一条《", "1.：\n", "序号\n任务\n单位\n1\n", "（由甲局牵头，"):
        small, large = unit * (6000 // len(unit)), unit * (60_000 // len(unit))
        assert seconds(large) < 40 * max(seconds(small), 0.05)
