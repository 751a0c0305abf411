"""What reads as a unit's name by itself, and what does not (folded spelling)."""

from __future__ import annotations

import pytest

from corpus.names import is_body, is_generic, is_unit

BODIES = """市发展改革委 市文化和旅游局 公安滨江分局 国网滨江市电力公司 人民银行滨江分行 省市场监管局(省知识产权局) 各县(市、区)政府
县(市、区)人民政府确定的部门 有农业的区人民政府 负有安全生产监督管理职责的部门 地方各级人民政府办公厅(室) 市应急局 市外办 市不动产登记中心
市大数据局 市经信委 市推进办 市委组织部 团市委 省残联 电信运营商 市经济和信息化主管部门 有关部门 各部门 国务院"""
AREAS = "各区 各县(市、区) 街道(乡镇) 社区(村) 越秀区 滨海新区 各地 各地区"
NEITHER = """部门 单位 单位和个人 责任单位 牵头部门 支持企业 加强部门 干部 全部 局部 内部 签署 部署 办法 办理 智慧城市建设 市财政
应当由市教育局 下级人民政府落实任务的情况 我们希望各城市 1991年5月30日青岛市人民政府 跨部门 任何单位 市教育局负责 “办 全局"""


@pytest.mark.parametrize("name", BODIES.split())
def test_bodies(name: str) -> None:
    assert is_body(name)


@pytest.mark.parametrize("name", AREAS.split())
def test_areas_act_too(name: str) -> None:
    assert is_unit(name)
    assert not is_body(name)


@pytest.mark.parametrize("name", NEITHER.split())
def test_neither(name: str) -> None:
    assert not is_unit(name)


def test_generic_bodies() -> None:
    assert [
        name for name in ("有关部门", "市有关部门", "5个部门", "部门、单位", "市教育局", "住建部门") if is_generic(name)
    ] == [
        "有关部门",
        "市有关部门",
        "5个部门",
        "部门、单位",
    ]
