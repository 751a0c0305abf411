"""What a document says of itself."""

import pytest

from corpus import Document, SourceText, parse

BODY = "为深入贯彻部署，特制定本方案。\n一、总体要求\n坚持问题导向。\n"


def read(text: str, name: str = "文.txt") -> Document:
    return parse(SourceText(name, text))


def test_a_notice_that_only_transmits_is_cited_by_what_it_transmits() -> None:
    document = read(
        "\n天津市人民政府办公厅关于印发\n\n天津市新型基础设施建设三年行动方案\n\n（2021—2023年）的通知\n\n津政办发〔2021〕6号\n各区人民政府，市政府各委、办、局：\n"
        "    经市人民政府同意，现将《方案》印发给你们，请照此执行。\n　　　　天津市人民政府办公厅\n　　　2021年2月27日\n\n（此件主动公开）\n\n"
        "天津市新型基础设施建设三年行动方案\n\n（2021—2023年）\n" + BODY
    )
    assert document.title == "天津市新型基础设施建设三年行动方案（2021—2023年）"
    assert (document.issuer, document.doc_number) == ("天津市人民政府办公厅", "津政办发〔2021〕6号")
    assert (document.issued_on, document.region, document.status) == ("2021-02-27", "天津市", "现行有效")
    assert [clause.path for clause in document.clauses] == [(), (), ("一、",)]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("关于印发辽宁省支持中小企业若干政策措施的通知\n", "辽宁省支持中小企业若干政策措施"),
        ("遂宁市人民政府办公室\n印发《关于支持中小微企业等领域\n打好阻击战的若干措施》的通知\n", "关于支持中小微企业等领域打好阻击战的若干措施"),
        ("国务院办公厅关于推进\n 政务新媒体健康有序发展的意见\n", "国务院办公厅关于推进政务新媒体健康有序发展的意见"),
        ("国家税务总局辽宁省税务局\n最新文件\n关于加强服务的通知\n", "关于加强服务的通知"),
        ("# 北京市数字经济促进条例\n\n2022年11月25日 北京市第十五届人民代表大会常务委员会第四十五次会议通过\n", "北京市数字经济促进条例"),
        ("", "某区方案"),
    ],
)  # fmt: skip
def test_titles(head: str, title: str) -> None:
    assert read(head + BODY, "某区方案.txt").title == title


def test_who_signs_with_whom_it_transmits_is_not_in_the_title() -> None:
    text = (
        "广东省人民政府办公厅转发省卫生健康委、\n财政厅关于做好保障工作\n若干措施的通知\n粤府办〔2020〕4号\n各地级以上市人民政府：\n现转发给你们。\n广东省人民政府办公厅\n2020年2月18日\n"
        "关于做好保障工作的若干措施\n省卫生健康委\n财政厅\n" + BODY
    )
    assert read(text).title == "关于做好保障工作的若干措施"


def test_bracketed_metadata() -> None:
    document = read(
        "北京市人民政府办公厅关于支持防控若干措施 [主题分类]\xa0综合政务\n\u3000\u3000[发文机构]\xa0北京市人民政府办公厅\n[实施日期]\xa0----\n"
        "[成文日期]\xa02020-02-03\n[发文字号]\xa0京政办发〔2020〕5号\n[有效性]\xa0失效\n各区人民政府：\n" + BODY
    )
    assert document.title == "北京市人民政府办公厅关于支持防控若干措施"
    assert (document.issuer, document.doc_number) == ("北京市人民政府办公厅", "京政办发〔2020〕5号")
    assert (document.issued_on, document.region, document.status) == ("2020-02-03", "北京市", "失效")


def test_metadata_with_the_value_on_the_next_line() -> None:
    document = read(
        "索 引 号：\n000014349/2004\n发文机关：\n国务院办公厅\n成文日期：\n2004年04月17日\n标  题：\n国务院办公厅关于同意申办运动会的复函\n"
        "发文字号：\n国办函〔2004〕36号\n"
        "主 题 词：\n国务院办公厅关于同意\n申办运动会的复函\n国办函〔2004〕36号\n黑龙江省人民政府，教育部：\n经批准，现函复如下：\n同意申办。\n国务院办公厅\n"
    )
    assert (document.title, document.issuer) == ("国务院办公厅关于同意申办运动会的复函", "国务院办公厅")
    assert (document.doc_number, document.issued_on, document.region) == ("国办函〔2004〕36号", "2004-04-17", "全国")
    assert [clause.text for clause in document.clauses] == ["经批准，现函复如下：", "同意申办。"]


def test_a_number_and_issuer_in_the_title_line() -> None:
    document = read(
        "石政发〔2020〕3号-北京市石景山区人民政府关于印发《若干措施（暂行）》的通知\n各街道办事处：\n" + BODY
    )
    assert (document.title, document.doc_number) == ("若干措施（暂行）", "石政发〔2020〕3号")
    assert (document.issuer, document.region) == ("北京市石景山区人民政府", "北京市石景山区")


def test_a_law_is_issued_by_the_congress_that_adopted_it_on_that_day() -> None:
    document = read(
        "# 济宁市智慧城市促进条例\n\n2016年12月27日 济宁市第十六届人民代表大会常务委员会第四十六次会议通过\n\n"
        "2017年1月18日 山东省第十二届人民代表大会常务委员会批准\n\n第一条 略。"
    )
    assert (document.issuer, document.issued_on, document.region) == (
        "济宁市人民代表大会常务委员会",
        "2016-12-27",
        "山东省济宁市",
    )


def test_a_name_signed_over_two_lines_and_a_date_in_han_figures() -> None:
    document = read(
        "关于做好供暖的通知\n各区：\n现通知如下。\n应对新型冠状病毒感染的肺炎\n疫情联防联控工作机制\n二〇二〇年一月二十四日\n"
    )
    assert (document.issuer, document.issued_on) == ("应对新型冠状病毒感染的肺炎疫情联防联控工作机制", "2020-01-24")
    assert [clause.text for clause in document.clauses] == ["现通知如下。"]


@pytest.mark.parametrize(
    ("title", "status"),
    [("某某办法（已废止）", "已废止"), ("某某办法[失效]", "失效"), ("某某办法（试行）", "现行有效")],
)
def test_the_title_may_say_that_it_is_repealed(title: str, status: str) -> None:
    assert read(f"{title}\n第一条 略。\n").status == status


def test_the_imprint_dates_a_paper_that_nobody_signed() -> None:
    document = read("关于供暖的通知\n请认真执行。\n抄送：市委各部门。\n某市人民政府办公室2020年12月10日印发\n")
    assert document.issued_on == "2020-12-10"


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert read("关于放假的通知\n略。\n某市人民政府\n2021年2月30日\n").issued_on is None


def test_what_the_text_does_not_say_is_none() -> None:
    document = read("在规划报批阶段明确新建居住区配建充电桩。", "47_片段.txt")
    assert document.title == "47_片段"
    assert (document.issuer, document.doc_number, document.issued_on, document.region) == (None, None, None, None)


def test_a_lone_attachment_list_and_imprint_are_no_clauses() -> None:
    document = read(
        "关于供暖的通知\n各区：\n请认真执行。\n附件：1.检查表\n2.联系表\n某市人民政府\n2023年10月8日\n"
        "抄送：市委各部门，\n市人大常委会办公厅。\n某市人民政府办公厅 2023年10月9日印发\n"
    )
    assert [clause.text for clause in document.clauses] == ["请认真执行。"]
