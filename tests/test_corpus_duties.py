"""Forms and traps of duty statements, prose duties and table cells, with roles and spans."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.duties import cell_duties, clause_duties, first_leads_from, statements
from corpus.model import Duty

LETTER = {"lead": "牵", "responsible": "责", "support": "配"}


def told(duties: tuple[Duty, ...]) -> str:
    """`牵 A B 责 C`: each role once, before the units that have it."""
    words: list[str] = []
    role = ""
    for duty in duties:
        if LETTER[duty.role] != role:
            role = LETTER[duty.role]
            words.append(role)
        words.append(duty.unit)
    return " ".join(words)


def of(text: str, first_leads: bool = False) -> str:
    duties = clause_duties(text, 0, len(text), first_leads=first_leads)
    assert all(is_subsequence(duty.unit, text[duty.start : duty.end]) for duty in duties)
    return told(duties)


def is_subsequence(name: str, text: str) -> bool:
    rest = iter(text)
    return all(char in rest for char in name)


BRACKETS = [
    ("（责任单位：市教育局、市财政局，各区人民政府）", "责 市教育局 市财政局 各区人民政府"),
    ("(责任单位:市教育局、市财政局)", "责 市教育局 市财政局"),
    ("〔责任部门：市教育局〕", "责 市教育局"),
    ("[责任单位：市教育局，各县（市）区政府]", "责 市教育局 各县（市）区政府"),
    ("【牵头单位：市教育局；配合单位：市财政局】", "牵 市教育局 配 市财政局"),
    ("（牵头单位：市教育局，配合单位：市财政局、市司法局，各区）", "牵 市教育局 配 市财政局 市司法局 各区"),
    ("（牵头单位：市教育局；责任单位：市财政局；参加单位：市司法局）", "牵 市教育局 责 市财政局 配 市司法局"),
    ("（主办单位：市教育局；协办单位：市财政局）", "牵 市教育局 配 市财政局"),
    ("（牵头：市教育局；配合：市财政局）", "牵 市教育局 配 市财政局"),
    ("（牵头单位：市教育局配合单位：市财政局）", "牵 市教育局 配 市财政局"),
    ("（第一责任单位：市教育局；责任单位：市财政局）", "牵 市教育局 责 市财政局"),
    ("（责任单位：市教育局牵头，市财政局配合）", "牵 市教育局 配 市财政局"),
    ("（责任单位市教育局）", "责 市教育局"),
    ("（市教育局牵头）", "牵 市教育局"),
    ("（市教育局、市司法局牵头，市财政局等配合）", "牵 市教育局 市司法局 配 市财政局"),
    ("（市教育局牵头，市财政局、市司法局等按职责分工负责）", "牵 市教育局 责 市财政局 市司法局"),
    ("（市教育局牵头，市财政局，各市、县〔区〕人民政府配合）", "牵 市教育局 配 市财政局 各市、县〔区〕人民政府"),
    ("（市教育局、市财政局分工负责，各有关部门、各区政府配合）", "责 市教育局 市财政局 配 各有关部门 各区政府"),
    ("（省教育厅牵头，各有关部门配合，各市政府落实）", "牵 省教育厅 配 各有关部门 责 各市政府"),
    ("（省教育厅会同省财政厅负责）", "牵 省教育厅 配 省财政厅"),
    ("（省教育厅牵头，会同省财政厅、省人社厅负责）", "牵 省教育厅 配 省财政厅 省人社厅"),
    ("（省教育厅、省财政厅指导）", "责 省教育厅 省财政厅"),
    ("（各地区、各部门负责）", "责 各地区 各部门"),
    ("（市教育局、市财政局）", "责 市教育局 市财政局"),
    ("（对接部门：区教育局；联系人：王明、李红；联系电话：88490000）", "责 区教育局"),
    ("（负责部门：商务部，适用范围：各试验区）", "责 商务部"),
    ("（责任单位：市教育局，完成时限：2023年9月）", "责 市教育局"),
    ("（市教育局牵头，市财政局配合，2022年底前完成）", "牵 市教育局 配 市财政局"),
    ("（责任单位：市教育局，责任人：张三）", "责 市教育局"),
    ("（牵头领导：李四；牵头单位：市教育局）", "牵 市教育局"),
    (
        "（责任单位：市教育局、市财政局，各区政府；列首位的为牵头单位，下同。以下各项工作均涉及各区政府，不再列出）",
        "责 市教育局 市财政局 各区政府",
    ),
    ("（责任单位：市教育局（牵头）、市财政局（配合）、市司法局）", "牵 市教育局 配 市财政局 责 市司法局"),
    ("（责任单位：市教育局、市财政局（排名第一的为牵头单位，下同））", "责 市教育局 市财政局"),
    ("（牵头单位：市教育局；其他责任单位：市财政局）", "牵 市教育局 责 市财政局"),
    ("（责任单位：、市教育局、市财政局）", "责 市教育局 市财政局"),
    ("（责任单位：市教育局、市财政局", "责 市教育局 市财政局"),
    ("(責(zé)任單(dān)位:市教育局、市財(cái)政局)", "责 市教育局 市財政局"),
    ("（责任单位：市发展改\n革委、市教育局）", "责 市发展改革委 市教育局"),
]


@pytest.mark.parametrize(("statement", "expected"), BRACKETS)
def test_brackets(statement: str, expected: str) -> None:
    assert of("完善长效机制，抓好任务落实。" + statement) == expected
    assert of("完善长效机制" + statement + "。") == expected or statement == "（市教育局牵头）" or "\n" in statement


UNITS = [
    ("市文化和旅游局、市政务服务和大数据局", "市文化和旅游局|市政务服务和大数据局"),
    ("市教育局和市财政局", "市教育局|市财政局"),
    ("市教育局及各有关部门", "市教育局|各有关部门"),
    ("市教育局以及市财政局", "市教育局|市财政局"),
    ("各市、县〔区〕人民政府、滨江新区管委会", "各市、县〔区〕人民政府|滨江新区管委会"),
    ("各区、县级市", "各区、县级市"),
    ("市、区民政部门，各镇、街道", "市、区民政部门|各镇、街道"),
    ("省市场监管局（省知识产权局）、省数据局", "省市场监管局（省知识产权局）|省数据局"),
    ("各县（市、区）政府、市直园区管委会", "各县（市、区）政府|市直园区管委会"),
    ("市应急局等市有关部门", "市应急局|市有关部门"),
    ("市教育局、创新公司等相关部门", "市教育局|创新公司|相关部门"),
    ("教育部、科技部等国务院相关部门及各地区", "教育部|科技部|国务院相关部门|各地区"),
    ("教育部、科技部等和各有关省级人民政府", "教育部|科技部|各有关省级人民政府"),
    ("市教育局等", "市教育局"),
    ("市教育局等单位", "市教育局"),
    ("教育厅等十四部门", "教育厅"),
    ("市教育局、市残联等部门和各区", "市教育局|市残联|各区"),
    ("自治区教育厅，各地、州、市人民政府", "自治区教育厅|各地、州、市人民政府"),
    ("各市〔地〕政府〔行署〕、各市州党委和政府", "各市〔地〕政府〔行署〕|各市州党委和政府"),
    ("省卫生健康委、教育厅", "省卫生健康委|教育厅"),
    ("各有关部门和单位", "各有关部门和单位"),
    ("发展改革、住建、公安等部门", "发展改革部门|住建部门|公安部门"),
    ("区资产监管办区住房城市建设委", "区资产监管办|区住房城市建设委"),
    ("市教育局 市财政局", "市教育局|市财政局"),
    ("市教育局;市财政局/市司法局", "市教育局|市财政局|市司法局"),
    ("国网滨江供电公司、人民银行滨江分行、公安滨江分局", "国网滨江供电公司|人民银行滨江分行|公安滨江分局"),
    ("团市委、市妇联、市总工会", "团市委|市妇联|市总工会"),
    ("各项目牵头单位，越秀区", "各项目牵头单位|越秀区"),
    ("有农业的区人民政府", "有农业的区人民政府"),
    ("教育部、教育部、财政部", "教育部|财政部"),
]


@pytest.mark.parametrize(("listed", "expected"), UNITS)
def test_unit_lists(listed: str, expected: str) -> None:
    text = f"做好工作。（责任单位：{listed}）"
    assert [duty.unit for duty in clause_duties(text, 0, len(text), first_leads=False)] == expected.split("|")


LINES = [
    ("推进改革。\n责任单位：市教育局、市财政局\n", "责 市教育局 市财政局"),
    ("推进改革。\n牵头部门：市教育局\n配合部门：市财政局、\n市司法局\n", "牵 市教育局 配 市财政局 市司法局"),
    ("推进改革。\n牵头单位：市教育局  配合单位：市财政局", "牵 市教育局 配 市财政局"),
    ("推进改革。责任单位：市教育局、市财政局。", "责 市教育局 市财政局"),
    ("推进改革，牵头单位为市教育局，配合单位为市财政局。", "牵 市教育局 配 市财政局"),
    ("推进改革。\n【责任单位】市教育局、市财政局\n", "责 市教育局 市财政局"),
    ("推进改革。【牵头单位】市教育局【配合单位】各县（市）政府\n", "牵 市教育局 配 各县（市）政府"),
    ("责任单位：市教育局 完成时限：2022年底", "责 市教育局"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines(text: str, expected: str) -> None:
    assert of(text) == expected


PROSE = [
    ("市交通运输主管部门负责公共停车场的规划。", "责 市交通运输主管部门"),
    ("第五条 市民政部门是本市养老服务工作的主管部门。", "责 市民政部门"),
    ("各县（市、区）人民政府应当加强领导。", "责 各县（市、区）人民政府"),
    ("各区、各有关部门要高度重视。", "责 各区 各有关部门"),
    ("街道（乡镇）和社区（村）要主动开展宣传。", "责 街道（乡镇） 社区（村）"),
    ("市统计部门会同经济和信息化部门完善评价体系。", "牵 市统计部门 配 经济和信息化部门"),
    ("市教育部门应当根据国家规定，会同市财政、公安等部门编制规划。", "牵 市教育部门 配 市财政部门 公安部门"),
    ("分解计划由市教育局会同市财政局、滨江银行分行制定。", "牵 市教育局 配 市财政局 滨江银行分行"),
    ("建立由市教育局牵头，市财政局、市司法局参与的联席会议制度。", "牵 市教育局 配 市财政局 市司法局"),
    ("本办法由市教育局负责解释，自发布之日起施行。", "责 市教育局"),
    ("发展改革、住建、公安等部门按照各自职责做好相关工作。", "责 发展改革部门 住建部门 公安部门"),
    ("县人民政府及其农业、林业等部门应当制定计划。", "责 县人民政府 农业部门 林业部门"),
    ("教育、公安部门应当加强管理。", "责 教育部门 公安部门"),
    ("公安、教育和交通运输部门应当加强管理。", "责 公安部门 教育部门 交通运输部门"),
    ("文化和旅游、体育等部门应当支持。", "责 文化和旅游部门 体育部门"),
    ("电信运营商应当扩大覆盖范围。", "责 电信运营商"),
    ("居民委员会、村民委员会协助做好服务。", "配 居民委员会 村民委员会"),
    ("市财政局（市国资委）负责资金保障。\n区财政局负责配套。", "责 市财政局（市国资委） 区财政局"),
    ("农业农村部门或者县（市、区）人民政府确定的部门负责农村工作。", "责 农业农村部门 县（市、区）人民政府确定的部门"),
    ("市、县（市、区）人民政府其他有关部门、单位应当做好工作。", "责 市、县（市、区）人民政府其他有关部门、单位"),
    ("负有安全生产监督管理职责的部门应当公布名单。", "责 负有安全生产监督管理职责的部门"),
    ("为落实国家和省、市关于推进城乡融合发展的部署要求，市发展改\n革委负责统筹。", "责 市发展改革委"),
]


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_prose(text: str, expected: str) -> None:
    assert of(text) == expected


NOBODY = [
    "到2025年，基本建成泛在互联的基础设施体系。",
    "坚持政府引导、企业主体、社会参与。",
    "支持企业申报项目，鼓励金融机构加大信贷投放。",
    "信息网络基础设施建设应当统一规划，不得垄断。",
    "本办法所称新媒体，是指各级行政机关开设的政务账号。",
    "各项条款由责任单位负责解释。",
    "各条款由各责任部门负责解释。",
    "各责任单位：现将有关事项通知如下。",
    "落实责任单位和责任人（详见附件）。",
    "主管部门：（盖章）",
    "（责任单位：无）",
    "依据《关于由市教育局负责有关工作的通知》执行。",
    "经市教育局、市财政局同意后，报市人民政府批准。",
    "任何单位和个人不得拒绝。",
    "各部门主要负责人要亲自抓。",
    "由有权机关依法给予处分。",
    "（政府引导、部门负责、社会协同、公众参与）",
    "试点先行（南开区、河西区）。",
    "近年来，各地区、各部门认真履行职责。",
    "",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_named(text: str) -> None:
    assert of(text) == ""


def test_a_statement_silences_the_prose_of_its_clause() -> None:
    text = "各街道办事处要落实分类管理要求。（责任单位：市卫生健康委）"
    assert of(text) == "责 市卫生健康委"


def test_a_unit_named_twice_counts_once_with_its_strongest_role() -> None:
    text = "一是加大投入（市教育局牵头，市财政局配合）。二是加强管理（市财政局牵头）。"
    assert of(text) == "牵 市教育局 市财政局"


def test_statement_spans_hold_the_brackets_and_nothing_else() -> None:
    text = "1.推进改革。（责任单位：市教育局）\n2.加大投入。[市财政局牵头，各县（市）政府配合]。\n责任单位：市司法局"
    found = statements(text, 0, len(text))
    assert [text[one.start : one.end] for one in found] == [
        "（责任单位：市教育局）",
        "[市财政局牵头，各县（市）政府配合]",
        "责任单位：市司法局",
    ]


def test_an_unclosed_statement_ends_with_its_line() -> None:
    text = "1.推进改革。（责任单位：区教育局、区财政局\n搭建平台，提供服务。（责任单位：区商务局）"
    found = statements(text, 0, len(text))
    assert [text[one.start : one.end] for one in found] == ["（责任单位：区教育局、区财政局", "（责任单位：区商务局）"]


def test_only_the_span_is_read() -> None:
    text = "（责任单位：市教育局）推进改革。（责任单位：市财政局）"
    duties = clause_duties(text, 11, len(text), first_leads=False)
    assert [(duty.unit, text[duty.start : duty.end]) for duty in duties] == [("市财政局", "市财政局")]


def test_a_distributed_kind_and_scraper_noise_lie_in_the_span() -> None:
    text = "（责任单位：住建、公安等部门，市財(cái)政局）"
    spans = {duty.unit: text[duty.start : duty.end] for duty in clause_duties(text, 0, len(text), first_leads=False)}
    assert spans == {"住建部门": "住建、公安等部门", "公安部门": "公安等部门", "市財政局": "市財(cái)政局"}


@pytest.mark.parametrize(
    ("rule", "leads"),
    [
        ("列首位的为牵头单位，下同", True),
        ("列第一位者为牵头部门，下同", True),
        ("列首的为牵头单位", True),
        ("排名第一的为牵头单位", True),
        ("第一个责任单位为牵头单位", True),
        ("排在首位的单位负责牵头", True),
        ("市教育局为牵头单位", False),
        ("建成全国第一个服务中心，各部门牵头", False),
    ],
)
def test_the_rule_that_the_first_leads(rule: str, leads: bool) -> None:
    assert (first_leads_from("总则。" + rule) is not None) == leads


def test_where_the_first_leads_it_leads_unless_the_statement_says_who_does() -> None:
    assert of("（责任单位：市教育局、市财政局）", first_leads=True) == "牵 市教育局 责 市财政局"
    assert of("推进改革。（市教育局、市财政局）", first_leads=True) == "牵 市教育局 责 市财政局"
    assert of("（市财政局配合，市教育局牵头）", first_leads=True) == "配 市财政局 牵 市教育局"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("省经信厅、省科技厅按职责分工负责", "配 省经信厅 省科技厅"),
        ("市卫生健康委，市医保局", "配 市卫生健康委 市医保局"),
        ("市发展改\n革委\n市教育局", "配 市发展改革委 市教育局"),
        ("1.市教育局\n2.市财政局", "配 市教育局 市财政局"),
        ("牵头单位：市教育局\n配合单位：市财政局", "牵 市教育局 配 市财政局"),
        ("市教育局牵头，市财政局配合", "牵 市教育局 配 市财政局"),
        ("省市场监管局\n（省知识产权局）、省数据局", "配 省市场监管局（省知识产权局） 省数据局"),
        ("基层处、医政处", "配 基层处 医政处"),
        ("无", ""),
        ("/", ""),
        ("—", ""),
        ("", ""),
    ],
)
def test_cells(cell: str, expected: str) -> None:
    assert told(cell_duties(cell, 0, len(cell), "support")) == expected


PIECES = [
    *(
        "责任单位：",
        "牵头单位:",
        "联系人：",
        "（",
        "）",
        "(",
        ")",
        "[",
        "〕",
        "《",
        "》",
        "“",
        "”",
        "\n",
        " ",
        "、",
        "，",
        "；",
        "。",
        ":",
    ),
    *(
        "市教育局",
        "各市",
        "县〔区〕人民政府",
        "发展改革",
        "部门",
        "有关",
        "单位",
        "和",
        "及",
        "等",
        "以及",
        "由",
        "会同",
        "负责",
        "牵头",
    ),
    *(
        "配合",
        "应当",
        "2023年",
        "前完成",
        "(zé)",
        "\u200b",
        "下同",
        "1.",
        "市",
        "区",
        "的",
        "确定的部门",
        "无",
        "/",
        "財政",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)
LABELS = {"责任单位", "牵头单位", "配合单位", "联系人", "部门", "单位", "等", "和", "及", "以及", "无"}


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.data())
def test_any_text_is_read_and_every_name_lies_in_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = statements(text, start, end)
    reach = start
    for one in found:
        assert reach <= one.start < one.end <= end
        assert all(one.start <= duty.start < duty.end <= one.end for duty in one.duties)
        reach = one.end
    duties = [
        *clause_duties(text, start, end, first_leads=data.draw(st.booleans())),
        *cell_duties(text, start, end, "lead"),
    ]
    for duty in duties:
        assert start <= duty.start < duty.end <= end
        assert is_subsequence(duty.unit, text[duty.start : duty.end])
        assert duty.unit not in LABELS
        assert not set(duty.unit) <= set("、，；。：/ （）()[]〔〕")


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_rule_is_found_in_any_text_or_not(text: str) -> None:
    at = first_leads_from(text)
    assert at is None or 0 <= at < len(text)


@pytest.mark.parametrize(
    "unit",
    ["（责任单位：", "市教育局、", "由市教育局", "（", "等", "市", "责任单位：\n", "县（市、区）人民政府、", " "],
)
def test_reading_takes_linear_time(unit: str) -> None:
    text = unit * (12_000 // len(unit))
    began = time.perf_counter()
    clause_duties(text, 0, len(text), first_leads=False)
    assert time.perf_counter() - began < 5
