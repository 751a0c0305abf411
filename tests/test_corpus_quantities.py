"""Target numbers: what is counted, how it is compared, the number in its unit, and the exact phrase."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import quantities

Row = tuple[str, str, float, str]


def rows(text: str) -> list[Row]:
    return [(q.what, q.comparison, q.number, q.unit) for q in quantities(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建公共充电桩6000台以上，", [("公共充电桩", ">=", 6000, "台")]),
        ("累计建成5G基站5万个以上", [("5G基站", ">=", 50_000, "个")]),
        ("示范应用场景超过100个", [("示范应用场景", ">", 100, "个")]),
        ("可再生能源装机比重超过18%，", [("可再生能源装机比重", ">", 18, "%")]),
        ("按不低于总车位30%的比例配建", [("总车位", ">=", 30, "%")]),
        ("每万人口全科医生数不低于4.66人", [("全科医生数", ">=", 4.66, "人")]),
        ("支持电源使用效率（PUE）小于1.3的项目", [("电源使用效率（PUE）", "<", 1.3, "")]),
        ("各类联网视频资源总数达到20万路", [("各类联网视频资源总数", "=", 200_000, "路")]),
        (
            "培育1至2家跨行业、跨领域的工业互联网平台",
            [("工业互联网平台", ">=", 1, "家"), ("工业互联网平台", "<=", 2, "家")],
        ),
        ("实施3—5个国家级数字农业项目", [("国家级数字农业项目", ">=", 3, "个"), ("国家级数字农业项目", "<=", 5, "个")]),
        ("补助标准为每人每天300元", [("补助标准", "=", 300, "元")]),
        ("单个企业贴息最高不超过100万元", [("单个企业贴息", "<=", 1_000_000, "元")]),
        ("给予最高800万元补助", [("补助", "<=", 8_000_000, "元")]),
        ("考核得分90分以上为优秀", [("考核得分", ">=", 90, "分")]),
        ("提升1700余个关键信息基础设施", [("关键信息基础设施", "~", 1700, "个")]),
        ("培育二十家龙头企业", [("龙头企业", "=", 20, "家")]),
        ("不少于成员总数的三分之二", [("成员总数", ">=", 2 / 3, "")]),
        (
            "建设1000套专家公寓和10000套人才公寓",
            [("专家公寓", "=", 1000, "套"), ("人才公寓", "=", 10_000, "套")],
        ),
        (
            "培育5个以上相关业务收入超过10亿元、具有较强竞争力的系统解决方案供应商",
            [("系统解决方案供应商", ">=", 5, "个"), ("相关业务收入", ">", 1_000_000_000, "元")],
        ),
        (
            "滨海新区解析能力不低于3000路、其他区解析能力不低于1000路的视频系统",
            [("滨海新区解析能力", ">=", 3000, "路"), ("其他区解析能力", ">=", 1000, "路")],
        ),
        ("实现利润４６５７亿元，增长８．１％", [("利润", "=", 465_700_000_000, "元"), ("利润", "=", 8.1, "%")]),
        ("对 2 个项目", [("项目", "=", 2, "个")]),
    ],
)
def test_what_is_counted(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "推进5G网络、IPv6和教育信息2.0行动",
        "拨打12345热线",
        "第三条 本办法自2021年3月1日起施行",
        "津政办发〔2021〕5号",
        "立足“十四五”，落实“三个着力”重要要求",
        "1.推进信息资源共享应用。",
        "打造一批产业园区",
        "到2023年底前完成",
        "自受理之日起20日内作出决定",
        "取得排名前10位",
        "电话：022-87654321",
        "任务十分艰巨",
        "",
    ],
)
def test_numbers_that_are_no_targets(text: str) -> None:
    assert rows(text) == []


def test_the_span_covers_the_phrase_that_a_clerk_would_quote() -> None:
    text = "构建生态圈，新建公共充电桩6000台以上，在津门湖公交站等建设换电站"
    (quantity,) = quantities(text, 0, len(text))
    assert text[quantity.start : quantity.end] == "新建公共充电桩6000台以上"


def test_offsets_count_the_whole_text() -> None:
    text = "不在此处的5个项目。建成300个数字化车间"
    (quantity,) = quantities(text, 10, len(text))
    assert text[quantity.start : quantity.end] == "建成300个数字化车间"


@given(
    st.text(alphabet="建设5个３万.,，、。（()》《百分之三十%以上不低于超过的和企业台元年月日内 \n\t至—G", max_size=80)
)
def test_never_raises_and_spans_hold_the_number(text: str) -> None:
    for quantity in quantities(text, 0, len(text)):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert "".join(quantity.what.split()) in "".join(text.split())


@pytest.mark.parametrize("piece", ["1", "（", "超过5个", "1,000", "三", "的", "2023年", "自起", "《"])
def test_long_texts_take_linear_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    started = time.perf_counter()
    quantities(text, 0, len(text))
    assert time.perf_counter() - started < 5
