"""Places: full and short names, English names, chains, and the words that only look like places."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.gazetteer import Place, places_in, places_in_english, region_of

NANKAI = Place("南开区", "天津市南开区", "county", "天津市")


def chinese(text: str) -> list[tuple[str, list[str]]]:
    return [(mention.text, [place.full for place in mention.places]) for mention in places_in(text)]


def english(text: str) -> list[tuple[str, list[str]]]:
    return [(mention.text, [place.full for place in mention.places]) for mention in places_in_english(text)]


def test_a_mention_carries_its_place() -> None:
    (mention,) = places_in("问：南开区智慧停车归谁管")
    assert (mention.start, mention.end, mention.text, mention.places) == (2, 5, "南开区", (NANKAI,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("南开招商谁负责", [("南开", ["天津市南开区"])]),
        ("天津市南开区人民政府", [("天津市南开区", ["天津市南开区"])]),
        ("北京朝阳", [("北京朝阳", ["北京市朝阳区"])]),
        ("天津河北区", [("天津河北区", ["天津市河北区"])]),
        ("天津滨海", [("天津滨海", ["天津市滨海新区"])]),
        ("在西青区、东丽区", [("西青区", ["天津市西青区"]), ("东丽区", ["天津市东丽区"])]),
        ("内蒙古自治区呼和浩特市", [("内蒙古自治区呼和浩特市", ["内蒙古自治区呼和浩特市"])]),
        ("恩施州", [("恩施州", ["湖北省恩施土家族苗族自治州"])]),
        ("仙桃市", [("仙桃市", ["湖北省仙桃市"])]),
        ("江北区", [("江北区", ["浙江省宁波市江北区", "重庆市江北区"])]),
        ("吉林", [("吉林", ["吉林省", "吉林省吉林市"])]),
        ("河南山区缺老师", [("河南", ["河南省", "青海省黄南藏族自治州河南蒙古族自治县"])]),
        ("莱芜市", [("莱芜市", ["山东省莱芜市"])]),
    ],
)
def test_chinese_names(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert chinese(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "南开大学科技园",
        "江南开展宣传",
        "各区、各街道",
        "市区道路",
        "新建公共充电桩",
        "推进合作交流",
        "市公安局",
        "平安社区",
        "资源共享",
        "不断扩大连锁经营",
        "制定西部规划",
        "",
        "市",
    ],
)
def test_words_that_are_no_places(text: str) -> None:
    assert chinese(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EV charging piles in Tianjin?", [("Tianjin", ["天津市"])]),
        ("nankai", [("nankai", ["天津市南开区"])]),
        ("Nankai District parking", [("Nankai District", ["天津市南开区"])]),
        ("Nankai District, Tianjin", [("Nankai District, Tianjin", ["天津市南开区"])]),
        ("Chaoyang District of Beijing", [("Chaoyang District of Beijing", ["北京市朝阳区"])]),
        ("Inner Mongolia", [("Inner Mongolia", ["内蒙古自治区"])]),
        ("Hong Kong and Macau", [("Hong Kong", ["香港特别行政区"]), ("Macau", ["澳门特别行政区"])]),
        ("Shaanxi, not Shanxi", [("Shaanxi", ["陕西省"]), ("Shanxi", ["山西省"])]),
        ("Harbin", [("Harbin", ["黑龙江省哈尔滨市"])]),
        ("Xi'an", [("Xi'an", ["陕西省西安市"])]),
        ("Guide County", [("Guide County", ["青海省海南藏族自治州贵德县"])]),
        ("guide the parents", []),
        ("Nankai University", []),
    ],
)
def test_english_names(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert english(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("遂宁市人民政府办公室", "四川省遂宁市"),
        ("天津市南开区人民政府办公室", "天津市南开区"),
        ("江西省人民政府印发关于有效应对疫情稳定经济增长20条政策措施的通知", "江西省"),
        ("济宁市智慧城市促进条例", "山东省济宁市"),
        ("国务院办公厅关于推进政务新媒体健康有序发展的意见", "全国"),
        ("国家发展改革委", "全国"),
        ("财政部 税务总局", "全国"),
        ("中华人民共和国民法典", "全国"),
        ("国家税务总局广州市税务局", "广东省广州市"),
        ("国务院关于同意设立天津滨海新区的批复", "全国"),
        ("中共天津市委办公厅", "天津市"),
        ("市人民政府办公室关于印发工作方案的通知", None),
        ("鼓楼区人民政府", None),
    ],
)
def test_region_of_a_title_or_issuer(text: str, expected: str | None) -> None:
    assert region_of(text) == expected


@given(st.text(alphabet="天津市南开区河北省大学Nankai Tianjin, 的", max_size=60))
def test_mentions_are_exact_in_order_and_never_overlap(text: str) -> None:
    for mentions in (places_in(text), places_in_english(text)):
        assert all(text[mention.start : mention.end] == mention.text and mention.places for mention in mentions)
        assert all(left.end <= right.start for left, right in pairwise(mentions))


def test_a_question_takes_less_than_a_millisecond() -> None:
    question = "南开区智慧停车归谁管，天津市到2023年要建多少5G基站和充电桩"
    places_in(question)
    started = time.perf_counter()
    for _ in range(100):
        places_in(question)
        places_in_english(question)
    assert (time.perf_counter() - started) / 100 < 0.001


def test_a_file_name_tells_a_place_unless_it_is_a_common_word() -> None:
    from corpus.gazetteer import region_of_file

    assert region_of_file("45_huoshan_kaifaqu_qingdan.txt") == "安徽省六安市霍山县"
    assert region_of_file("南充市实施细则.txt") == "四川省南充市"
    assert region_of_file("shishi xize.txt") is None
    assert region_of_file("notice.txt") is None
