"""The 46 duty statements of the two bundled plans, exact and in order."""

from __future__ import annotations

import re

import pytest

from corpus.duties import clause_duties, first_leads_from, statements
from corpus.plans import paths

NANKAI = """
区委网信办 区城管委 区商务局 公安南开分局
区委网信办
区商务局
区委网信办 区科技局
区委网信办 公安南开分局 区财政局
区政务服务办
区商务局
区城管委
区卫健委 区合作交流办
区教育局
区文化和旅游局 古文化街管委会
区体育局
区委网信办 公安南开分局 区财政局
区应急局
区科技局 区协同创新办 区合作交流办 区楼宇办 区发改委 科创公司 相关部门
区科技局 区协同创新办
区发改委 各有关部门
区发改委 区政务服务办 区规划和自然资源分局 区财政局 区金融局 区人社局 团区委
区委网信办 公安南开分局
区合作交流办 区科技局 各相关单位
"""
TIANJIN = """
市工业和信息化局 市通信管理局 市委网信办 市规划资源局 市城市管理委 各区人民政府
市委网信办 市大数据管理中心 市工业和信息化局 市通信管理局 市发展改革委 各区人民政府
市工业和信息化局 市通信管理局 市委网信办 各区人民政府
市委网信办 市通信管理局 市工业和信息化局 市科技局 各区人民政府
市公安局 市委网信办 各区人民政府
市委网信办 市政务服务办 各区人民政府
市工业和信息化局 各区人民政府
市交通运输委 天津海关 市商务局 滨海新区人民政府 天津港集团
市发展改革委 市工业和信息化局 市委网信办 有关区人民政府 国网天津市电力公司
市交通运输委 市公安局 市住房城乡建设委 市发展改革委 市规划资源局 有关区人民政府
市工业和信息化局 市交通运输委 市公安局 有关区人民政府
市卫生健康委 市医保局 市委网信办 各区人民政府
市教委 市委网信办 各区人民政府
市文化和旅游局 市委网信办 市商务局 有关区人民政府
市体育局 各区人民政府
市农业农村委 有农业的区人民政府
市公安局 各区人民政府
市应急局 市有关部门 各区人民政府
市科技局 市工业和信息化局 市发展改革委 市委网信办 滨海新区人民政府
市科技局 市发展改革委
市有关部门 各区人民政府
滨海新区人民政府 中新天津生态城管委会
市有关部门 各区人民政府
市发展改革委 市政务服务办 市规划资源局 市生态环境局 市财政局 市工业和信息化局 市金融局 天津银保监局 人民银行天津分行 天津证监局 市教委 市人社局 滨海新区人民政府
市委网信办 市公安局 各区人民政府
市合作交流办 市商务局 市发展改革委 市有关部门 各区人民政府
"""


def plan(region: str) -> str:
    return next(path for path in paths() if region in path.name).read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("region", "expected"), [("nankai", NANKAI), ("tianjin", TIANJIN)])
def test_the_statements_of_the_plans(region: str, expected: str) -> None:
    text = plan(region)
    found = statements(text, 0, len(text))
    assert [" ".join(duty.unit for duty in one.duties) for one in found] == expected.strip().split("\n")
    assert all(re.fullmatch("（责任单位：[^）]+）", text[one.start : one.end]) for one in found)
    assert all(text[duty.start : duty.end] == duty.unit for one in found for duty in one.duties)
    assert {duty.role for one in found for duty in one.duties} == {"responsible"}


@pytest.mark.parametrize("region", ["nankai", "tianjin"])
def test_the_plans_never_say_that_the_first_unit_leads(region: str) -> None:
    assert first_leads_from(plan(region)) is None


@pytest.mark.parametrize(
    ("region", "beginning", "end"),
    [
        ("nankai", "一、指导思想", "三、重点工作"),
        ("tianjin", "（一）指导思想", "三、主要任务"),
    ],
)
def test_aims_and_principles_name_nobody(region: str, beginning: str, end: str) -> None:
    text = plan(region)
    assert clause_duties(text, text.index(beginning), text.index(end), first_leads=False) == ()
