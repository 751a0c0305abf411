"""Tables in plain text, and what their columns say about a clause."""

from corpus import Document, SourceText, parse, tables
from corpus.model import Table

TABBED = (
    "重点任务分工表\n"
    "序号\t工作事项\t主要内容\t牵头单位\t配合单位\t市卫健委内牵头处室\t完成时限\n"
    "1\t保障合理用药。\t落实药品目录。\t各区政府\t市卫生健康委，市医保局\t药政处\t2025年6月\n"
    "统一药品采购配送。\t市卫生健康委、市医保局\t/\t药政处\t持续推进\n"
    "2\t开展上门服务。\t提供居家护理。\t市卫生健康委\t无\t基层处\t全年\n"
)


def words(text: str, table: Table) -> list[list[str | None]]:
    return [[text[cell.start : cell.end] if cell else None for cell in row.cells] for row in table.rows]


def read(text: str) -> Document:
    return parse(SourceText("表.txt", text))


def duties(document: Document) -> list[list[tuple[str, str]]]:
    return [[(duty.unit, duty.role) for duty in clause.duties] for clause in document.clauses]


def test_a_row_without_its_first_cells_goes_on_with_the_row_above() -> None:
    (table,) = tables.find(TABBED)
    assert words(TABBED, table)[1] == [
        None,
        None,
        "统一药品采购配送。",
        "市卫生健康委、市医保局",
        "/",
        "药政处",
        "持续推进",
    ]


def test_a_row_without_its_last_cells_keeps_its_first() -> None:
    text = "序号\t任务\t责任单位\t备注\n1\t建设平台\t市大数据局\t无\n2\t汇聚数据\t市工信局\n"
    (table,) = tables.find(text)
    assert words(text, table)[1] == ["2", "汇聚数据", "市工信局", ""]


def test_row_clauses_begin_with_their_first_cell_and_know_their_path() -> None:
    document = read(TABBED)
    assert [(clause.path, clause.text[:6]) for clause in document.clauses] == [
        (("1",), "1\t保障合理"),
        (("1 保障合理用药。",), "统一药品采购"),
        (("2",), "2\t开展上门"),
    ]


def test_columns_give_roles_and_offices_inside_a_unit_are_no_units() -> None:
    assert duties(read(TABBED)) == [
        [("各区政府", "lead"), ("市卫生健康委", "support"), ("市医保局", "support")],
        [("市卫生健康委", "lead"), ("市医保局", "lead")],
        [("市卫生健康委", "lead")],
    ]


def test_the_column_for_time_gives_the_deadline() -> None:
    found = [[(deadline.text, deadline.date) for deadline in clause.deadlines] for clause in read(TABBED).clauses]
    assert found == [[("2025年6月", "2025-06-30")], [("持续推进", None)], [("全年", None)]]


def test_a_row_that_spans_the_table_titles_the_rows_below_and_the_columns_go_on() -> None:
    document = read(
        "任务表\n序号\t任务\t责任单位\n一、数字基础\n1\t建设算力中心\t市发改委\n二、应用\n2\t推广应用\t市工信局\n"
    )
    assert [(clause.path, [duty.unit for duty in clause.duties]) for clause in document.clauses] == [
        (("一、数字基础", "1"), ["市发改委"]),
        (("二、应用", "2"), ["市工信局"]),
    ]


def test_markdown_tables() -> None:
    document = read(
        "| 序号 | 任务 | 责任单位 | 完成时限 |\n|---|---|---|---|\n| 1 | 建设平台 | 区城管委 | 2024年6月 |\n"
    )
    (clause,) = document.clauses
    assert (clause.number, clause.text) == ("1", "| 1 | 建设平台 | 区城管委 | 2024年6月 |")
    assert duties(document) == [[("区城管委", "responsible")]]
    assert document.headings[0].text == "| 序号 | 任务 | 责任单位 | 完成时限 |\n|---|---|---|---|"


def test_one_cell_to_a_line_with_bars() -> None:
    document = read(
        "清单\n序号 |\n重点工作 |\n责任领导 |\n责任单位 |\n1 |\n盘活存量土地400亩,\n加快项目落地。 |\n马振 |\n改革办 |\n"
    )
    (clause,) = document.clauses
    assert clause.path == ("1",)
    assert clause.text == "盘活存量土地400亩,\n加快项目落地。 |\n马振 |\n改革办 |"
    assert [heading.text for heading in document.headings][-1] == "1 |"
    assert duties(document) == [[("改革办", "responsible")]]


def test_one_cell_to_a_line_without_bars() -> None:
    text = "任务表\n序号\n重点任务\n牵头单位\n完成时限\n1\n建设算力中心，\n提升能力。\n市发改委\n2025年底\n2\n推广应用。\n市工信局\n全年\n以上任务按季调度。\n"
    (table,) = tables.find(text)
    assert words(text, table) == [
        ["1", "建设算力中心，\n提升能力。", "市发改委", "2025年底"],
        ["2", "推广应用。", "市工信局", "全年"],
    ]
    assert read(text).clauses[-1].text == "以上任务按季调度。"


def test_a_number_set_off_with_a_tab_is_no_table() -> None:
    assert tables.find("（一）\t指导思想。\n（二）\t建设目标。\n（三）\t基本原则。\n") == ()


def test_a_table_of_contents_with_tabs_is_no_table() -> None:
    assert tables.find("总则\t1\n职责\t3\n罚则\t12\n") == ()
