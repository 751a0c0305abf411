"""What a question asks, and what is left to search for."""

import pytest

from search.names import UnitIndex, bare, canonical
from search.question import QuestionError, analyse

UNITS = UnitIndex(
    ["市发展改革委", "市教委", "区教育局", "公安南开分局", "省商务厅", "南昌海关", "市委网信办", "市应急局"]
)


@pytest.mark.parametrize(
    ("question", "kind", "topic"),
    [
        ("谁负责充电桩", "responsibility", "充电桩"),
        ("充电桩归哪个部门管？", "responsibility", "充电桩"),
        ("智能工厂这事哪个局管", "responsibility", "智能工厂"),
        ("大数据标准体系由谁来搞", "responsibility", "大数据标准体系"),
        ("人工智能 牵头单位", "responsibility", "人工智能"),
        ("要建多少个数字化车间", "quantity", "要建 数字化车间"),
        ("可再生能源装机占比目标", "quantity", "可再生能源装机"),
        ("算力平台什么时候建成", "deadline", "算力平台 建成"),
        ("水电气欠费能缓多久", "deadline", "水电气欠费能缓"),
        ("who is responsible for charging piles", "responsibility", "charging piles"),
        ("How many 5G base stations will be built?", "quantity", "5G base stations"),
        ("充电桩", "clause", "充电桩"),
    ],
)
def test_kind_and_topic(question: str, kind: str, topic: str) -> None:
    asked = analyse(question, UNITS)
    assert (asked.kind, asked.topic) == (kind, topic)


def test_who_and_how_many_are_both_asked() -> None:
    asked = analyse("人才公寓建多少套，谁牵头", UNITS)
    assert asked.asked == {"responsibility", "quantity"}
    assert asked.kind == "responsibility"


def test_places_are_no_topic() -> None:
    asked = analyse("南开区智慧停车归谁管", UNITS, {"天津市南开区"})
    assert asked.topic == "智慧停车"
    assert [mention.text for mention in asked.places] == ["南开区"]
    assert [
        mention.text for mention in analyse("Who is in charge of parking in Nankai?", UNITS, {"天津市南开区"}).places
    ] == ["Nankai"]


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("市教委负责哪些工作", [("市教委",)]),
        ("市教委牵头哪些任务", [("市教委",)]),
        ("天津市教育委员会的职责", [("市教委",)]),
        ("公安南开分局参与哪几项任务", [("公安南开分局",)]),
        ("省商务厅和海关一起牵头的是什么", [("省商务厅",), ("南昌海关",)]),
    ],
)
def test_a_units_duties(question: str, units: list[tuple[str, ...]]) -> None:
    asked = analyse(question, UNITS)
    assert asked.kind == "unit_duties"
    assert list(asked.subjects) == units


def test_an_unknown_unit_is_said() -> None:
    asked = analyse("市火星局负责哪些工作", UNITS)
    assert (asked.kind, asked.subjects, asked.unknown_unit) == ("unit_duties", (), "市火星局")


def test_documents_are_named_by_title_or_number() -> None:
    assert analyse("《智慧城市促进条例》里谁负责规划", UNITS).title == "智慧城市促进条例"
    assert analyse("京政办发〔2020〕5号 谁负责菜价", UNITS).doc_number == "京政办发〔2020〕5号"


@pytest.mark.parametrize(
    "question",
    ["", "   ", "？？！", "😀😀", "谁" * 501, "Кто отвечает за зарядные станции", "充電スタンドの担当はどこですか"],
)
def test_what_cannot_be_asked_is_refused(question: str) -> None:
    with pytest.raises(QuestionError, match=r"."):
        analyse(question, UNITS)


def test_unit_names_have_one_canonical_form() -> None:
    assert canonical("市发展和改革委员会") == canonical("市发展改革委") == "市发改委"
    assert bare("天津市教育委员会") == "教委"
