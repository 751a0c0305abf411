"""The numbering grammar: what is a number, how numbers nest, what only looks like one."""

import pytest

from corpus import SourceText, parse
from corpus.numbering import Kind, markers_at
from corpus.numerals import value_of


def paths(text: str) -> list[tuple[str, ...]]:
    return [clause.path for clause in parse(SourceText("文.txt", text)).clauses]


def texts(text: str) -> list[str]:
    return [clause.text for clause in parse(SourceText("文.txt", text)).clauses]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零二", 102),
        ("一百一", 101),
        ("二〇二一", 2021),
        ("１２", 12),
        ("二 十 三", 23),
    ],
)
def test_numerals(written: str, value: int) -> None:
    assert value_of(written) == value


@pytest.mark.parametrize("written", ["", "十十", "一二十", "第", "十百", "9" * 19, "一" * 5000])
def test_no_numerals(written: str) -> None:
    assert value_of(written) is None


@pytest.mark.parametrize(
    ("line", "kind", "number", "value"),
    [
        ("第一编 总则", Kind.PART, "第一编", 1),
        ("第三章  信息基础设施建设", Kind.CHAPTER, "第三章", 3),
        ("第二节 职责", Kind.SECTION, "第二节", 2),
        ("第 十 二 条　为了规范", Kind.ARTICLE, "第 十 二 条", 12),
        ("第八条之一 市教委负责", Kind.ARTICLE, "第八条之一", 8),
        ("十二、加强宣传", Kind.IDEOGRAPH, "十二、", 12),
        ("二 、落实责任", Kind.IDEOGRAPH, "二 、", 2),
        ("（二十一）零收费", Kind.BRACKETED, "（二十一）", 21),
        ("(三) 提升", Kind.BRACKETED, "(三)", 3),
        ("㈢提升", Kind.BRACKETED, "㈢", 3),
        ("1．发展", Kind.FIGURE, "1．", 1),
        ("12、发展", Kind.FIGURE, "12、", 12),
        ("１５．支持", Kind.FIGURE, "１５．", 15),
        ("2.\u2002医疗机构", Kind.FIGURE, "2.", 2),
        ("（4）检验", Kind.BRACKETED_FIGURE, "（4）", 4),
        ("3）统一", Kind.HALF_BRACKETED_FIGURE, "3）", 3),
        ("②复印件", Kind.CIRCLED, "②", 2),
        ("——自我评价。", Kind.DASH, "——", 0),
        ("1.2.1 国家级", Kind.DECIMAL, "1.2.1", 1),
    ],
)
def test_a_number_is_known_by_its_shape(line: str, kind: Kind, number: str, value: int) -> None:
    marker = next(markers_at(line, 0, len(line)))
    assert (marker.kind, line[marker.start : marker.end], marker.value) == (kind, number, value)


@pytest.mark.parametrize(
    "line",
    [
        "第三条规定的职责",
        "第一条、第二条",
        "第三条第二款",
        "2021.5",
        "1.5%的企业",
        "2020年底前",
        "一是加强领导",
        "一、二级医院",
        "——",
        "（2022版）",
        "5G网络",
        "（一）项规定",
    ],
)
def test_what_only_looks_like_a_number(line: str) -> None:
    assert [marker for marker in markers_at(line, 0, len(line)) if not marker.tentative] == []


def test_numbering_goes_on_across_headings() -> None:
    assert paths("一、财政\n1.贴息。\n2.补助。\n二、金融\n3.信贷。\n4.担保。\n") == [
        ("一、财政", "1."), ("一、财政", "2."), ("二、金融", "3."), ("二、金融", "4."),
    ]  # fmt: skip


def test_levels_may_be_left_out() -> None:
    assert paths("一、目标\n1.目标。\n二、任务\n（一）产业\n2.引进。\n（二）科技\n3.培养。\n") == [
        ("一、目标", "1."), ("二、任务", "（一）产业", "2."), ("二、任务", "（二）科技", "3."),
    ]  # fmt: skip


def test_a_list_below_a_colon_is_below_that_line() -> None:
    assert paths("1.申报条件如下：\n（一）企业；\n（二）高校。\n2.申报程序如下：\n（一）提交；\n（二）审核。\n") == [
        ("1.",),
        ("1.申报条件如下：", "（一）"),
        ("1.申报条件如下：", "（二）"),
        ("2.",),
        ("2.申报程序如下：", "（一）"),
        ("2.申报程序如下：", "（二）"),
    ]


def test_numbering_restarts_in_an_attachment() -> None:
    text = (
        "关于社区防控的通知\n各区：\n一、要求\n落实责任。\n某市人民政府\n2020年1月24日\n"
        "社区防控工作方案\n为做好工作，制定本方案。\n一、目标\n早发现。\n二、职责\n社区负责。\n"
    )
    assert paths(text) == [
        ("一、",), ("社区防控工作方案",), ("社区防控工作方案", "一、"), ("社区防控工作方案", "二、"),
    ]  # fmt: skip


def test_a_table_of_contents_repeats_headings_and_is_none() -> None:
    text = (
        "某市条例\n第一章 总则\n第二章 职责\n第三章 附则\n第一章 总则\n第一条 为了规范，制定本条例。\n"
        "第二章 职责\n第二条 市教育部门负责。\n第三章 附则\n第三条 自发布之日起施行。\n"
    )
    assert paths(text) == [("第一章 总则", "第一条"), ("第二章 职责", "第二条"), ("第三章 附则", "第三条")]


def test_a_table_of_contents_with_leaders_and_pages() -> None:
    text = "某市条例\n目　录\n第一章　总则……………1\n第二章　附则……………9\n第一章　总则\n第一条　为了规范。\n第二章　附则\n第二条　自发布之日起施行。"
    assert paths(text) == [("第一章　总则", "第一条"), ("第二章　附则", "第二条")]


def test_a_chapter_that_lost_its_number_is_a_heading() -> None:
    text = "第一章 总则\n第一条 为了发展。\n发展规划\n第二条 编制规划。\n第三章 建设\n第三条 推进建设。\n"
    assert paths(text) == [("第一章 总则", "第一条"), ("发展规划", "第二条"), ("第三章 建设", "第三条")]


def test_a_number_alone_on_its_line_belongs_to_what_follows() -> None:
    assert texts("第一章\n总则\n第一条\n　　建立由市农牧业局牵头的制度。\n第二条\n　　本细则自发布之日起施行。") == [
        "第一条\n　　建立由市农牧业局牵头的制度。", "第二条\n　　本细则自发布之日起施行。",
    ]  # fmt: skip


def test_an_item_that_lost_its_number_stands_by_itself() -> None:
    text = "1.设立资金。（责任单位：区国资委）\n2.筹措物资。（责任单位：区商务局）\n减免租金。（责任单位：区国资委\n4.给予补贴。（责任单位：区财政局）\n"
    assert paths(text) == [("1.",), ("2.",), (), ("4.",)]


def test_a_number_in_the_middle_of_a_line_is_one_if_the_sequence_lacks_it() -> None:
    assert texts("1.开展摸排。按季进行。2.建立台账。\n3.督促整改。\n4.总结经验。") == [
        "1.开展摸排。按季进行。", "2.建立台账。", "3.督促整改。", "4.总结经验。",
    ]  # fmt: skip


def test_a_whole_law_on_one_line() -> None:
    text = (
        "各县人民政府：现将《某市储备粮管理办法》印发给你们，请认真执行。某市人民政府2023年9月5日（此件公开发布）某市储备粮管理办法"
        "第一章  总  则第一条  为加强管理，制定本办法。第二条  依照第三条的规定，市发展改革委负责管理。第三条  市财政局会同市发展改革委安排补贴。"
        "第二章  计  划第四条  由市发展改革委制定计划。"
    )
    document = parse(SourceText("粮.txt", text))
    assert [(clause.path, clause.text[-8:]) for clause in document.clauses] == [
        ((), "们，请认真执行。"),
        (("第一章  总  则", "第一条"), "理，制定本办法。"),
        (("第一章  总  则", "第二条"), "改革委负责管理。"),
        (("第一章  总  则", "第三条"), "改革委安排补贴。"),
        (("第二章  计  划", "第四条"), "改革委制定计划。"),
    ]
    assert (document.title, document.issued_on) == ("某市储备粮管理办法", "2023-09-05")


def test_a_whole_plan_on_one_line() -> None:
    text = (
        "某区充电设施建设工作方案为贯彻落实市委要求，制定本方案。一、总体要求（一）指导思想。坚持问题导向，推动高质量发展。（二）工作目标。建成充电桩500个。"
        "二、重点任务（一）加快建设1.新建公共桩。在公园建设。2.改造老旧小区。（二）强化服务。提升水平。"
    )
    assert paths(text) == [
        (),
        ("一、总体要求", "（一）"),
        ("一、总体要求", "（二）"),
        ("二、重点任务", "（一）加快建设", "1."),
        ("二、重点任务", "（一）加快建设", "2."),
        ("二、重点任务", "（二）"),
    ]


def test_quoted_articles_start_nothing() -> None:
    text = "一、将第三条修改为：“第三条 市交通主管部门负责道路管理。第四条 市公安机关负责秩序管理。”\n二、删去第五条。"
    assert paths(text) == [("一、",), ("二、",)]


def test_sentences_broken_by_the_page_width_are_mended() -> None:
    text = (
        "　　为深入贯彻落实党中央、国务院关于加快推进新型基础设施建设的\n"
        "重大决策部署，加快构建泛在互联的体系，充电桩数量达到全市的\n"
        "12.5%以上，依据《某市条例》第二十三条、第二十四条以及本市\n"
        "第三次会议的要求，聚焦前沿方向，明确发展重点，特别制定了本\n"
        "方案。\n"
        "　　一、主要任务\n"
        "　　（一）加快信息基础设施建设，推进信息网络演进升级，构建\n"
        "智能应用生态\n"
        "　　1.实施千兆光网工程，深化与国家基础电信企业战略合作，引\n"
        "导企业加大建设力度。（责任单位：市工业和信息化局、市通信管\n"
        "理局、市委网信办）\n"
        "　　2.推动发展。\n"
    )
    assert [(clause.path[-1:], clause.text[-4:]) for clause in parse(SourceText("文.txt", text)).clauses] == [
        ((), "\n方案。"), (("1.",), "网信办）"), (("2.",), "动发展。"),
    ]  # fmt: skip


def test_brackets_and_book_titles_that_a_line_break_cut() -> None:
    assert texts("（一）按照《市委办公厅\n市政府办公厅印发〈措施〉的通知》要求落实。\n（二）支持物资（口罩、\n防护服等）生产。") == [
        "（一）按照《市委办公厅\n市政府办公厅印发〈措施〉的通知》要求落实。", "（二）支持物资（口罩、\n防护服等）生产。",
    ]  # fmt: skip


def test_markdown_headings() -> None:
    text = "# 停车方案\n\n## 总体要求\n\n坚持需求导向。\n\n## 主要任务\n\n### （一）建设平台\n\n由区城管委建设。\n\n**（二）加强管理。** 规范收费。\n"
    assert [(clause.path, clause.text) for clause in parse(SourceText("方案.md", text)).clauses] == [
        (("总体要求",), "坚持需求导向。"),
        (("主要任务", "（一）"), "（一）建设平台\n\n由区城管委建设。"),
        (("主要任务", "（二）"), "（二）加强管理。** 规范收费。"),
    ]


def test_decimal_numbers() -> None:
    text = "1 总则\n1.1 目的\n为了应急。\n1.2 分级\n1.2.1 国家级\n跨省的。\n1.2.2 省级\n省内的。\n2 职责\n2.1 指挥部\n统一指挥。\n"
    assert paths(text) == [
        ("1 总则", "1.1"),
        ("1 总则", "1.2 分级", "1.2.1"),
        ("1 总则", "1.2 分级", "1.2.2"),
        ("2 职责", "2.1"),
    ]


def test_a_figure_after_the_point_is_a_number_only_in_sequence() -> None:
    assert paths("（一）资助对象：\n1.80周岁及以上的；\n2.独居的。\n") == [
        ("（一）资助对象：", "1."), ("（一）资助对象：", "2."),
    ]  # fmt: skip
    assert paths("（一）指标\n3.5万元以上的项目。\n") == [("（一）",)]
