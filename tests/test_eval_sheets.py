"""An office's spreadsheet becomes labelled questions: real CSV and XLSX files, with what people do to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from eval.cells import clause_starts, unit_names
from eval.errors import EvalError
from eval.labelled import Right, read_questions

HEADER = ["问题", "文件", "条款开头", "责任单位"]
CHARGING = ["谁负责充电桩", "《行动方案》", "3．推进智慧能源", "市发展改革委、市委网信办"]
NOTHING = ["今天吃什么", "", "", ""]


def csv_file(path: Path, text: str, encoding: str) -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def xlsx_file(path: Path, *rows: list[Any], merge: str | None = None, title: str = "问题") -> Path:
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "说明"
    cover.append(["请在下一页填写"])
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_offices_save_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = "\r\n".join(delimiter.join(row) for row in (HEADER, CHARGING, [""] * 4, NOTHING))
    charging, nothing = read_questions(csv_file(tmp_path / "q.csv", lines, encoding))
    units = ("市发展改革委", "市委网信办")
    assert charging.right == (Right("《行动方案》", "3．推进智慧能源", units),)
    assert (charging.type, charging.lang, charging.units, charging.scope) == ("who", "zh", units, None)
    assert (nothing.answerable, nothing.type, nothing.doc, nothing.units) == (False, "no_answer", None, None)


def test_columns_in_any_order_under_a_title_with_others_between(tmp_path: Path) -> None:
    text = "常问问题（七月）,,,,\n序号,责任单位,条款开头（前20字）,文件 *,问题：\n1,市教委,第七条,条例.txt,Who runs schools?\n"
    (question,) = read_questions(csv_file(tmp_path / "q.csv", text, "utf-8"))
    assert (question.q, question.lang, question.right) == (
        "Who runs schools?",
        "en",
        (Right("条例.txt", "第七条", ("市教委",)),),
    )


def test_english_headings_and_optional_columns(tmp_path: Path) -> None:
    text = "q,doc,clause_start,units,类型,语言,答案,范围\n到何时,a.txt,1.甲,,期限,中文,2022年底,自带方案\n有吗,无,—,/,,,,all\n"
    deadline, nothing = read_questions(csv_file(tmp_path / "q.csv", text, "utf-8"))
    assert (deadline.type, deadline.answer, deadline.scope, deadline.units) == ("deadline", "2022年底", "seeds", None)
    assert (nothing.answerable, nothing.scope) == (False, "all")


def test_the_first_sheet_with_questions_and_its_merged_cells(tmp_path: Path) -> None:
    second = ["谁负责5G", None, "1.推进5G\n2.推进物联网", None]
    path = xlsx_file(tmp_path / "q.xlsx", ["七月"], HEADER, CHARGING, second, [None] * 4, NOTHING, merge="B3:B4")
    charging, network, nothing = read_questions(path)
    assert charging.where == f"{path} 第 3 行"
    assert network.right == (Right("《行动方案》", "1.推进5G", None), Right("《行动方案》", "2.推进物联网", None))
    assert network.type == "fact"
    assert (nothing.where, nothing.answerable) == (f"{path} 第 6 行", False)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("市教委、市财政局，区政府;市住建委\n市文旅局", ["市教委", "市财政局", "区政府", "市住建委", "市文旅局"]),
        ("县（市、区）人民政府、市教委", ["县（市、区）人民政府", "市教委"]),
        ("牵头单位：市教委；配合单位：市财政局、市住建委等", ["市教委", "市财政局", "市住建委"]),
        ("市教委（牵头）、市财政局负责", ["市教委", "市财政局"]),
        ("市教委、市教委", ["市教委"]),
        ("市场监管局（知识产权局）", ["市场监管局（知识产权局）"]),
        ("各市、县（区）人民政府", ["各市、县（区）人民政府"]),
        ("省教育厅、各市、县（区）人民政府，省财政厅", ["省教育厅", "各市、县（区）人民政府", "省财政厅"]),
        ("市、区民政部门", ["市、区民政部门"]),
        ("责任单位：市、区民政部门、市财政局", ["市、区民政部门", "市财政局"]),
        ("省、市、县教育局", ["省、市、县教育局"]),
        ("各县、市、区人民政府", ["各县、市、区人民政府"]),
        ("各县、市人民政府", ["各县、市人民政府"]),
        ("市、县（市、区）人民政府", ["市、县（市、区）人民政府"]),
        ("各区、市教委", ["各区", "市教委"]),
        ("各区、各有关部门", ["各区", "各有关部门"]),
        ("各县（市、区）、市直有关部门", ["各县（市、区）", "市直有关部门"]),
        ("市应急局等市有关部门", ["市应急局", "市有关部门"]),
        ("市应急局、市教委等有关部门", ["市应急局", "市教委", "有关部门"]),
        ("市应急局等市、区有关部门", ["市应急局", "市、区有关部门"]),
        ("市教委等部门、各区人民政府", ["市教委", "各区人民政府"]),
        ("市教育局高等教育处", ["市教育局高等教育处"]),
        ("", []),
    ],
)
def test_units_as_people_write_them(cell: str, names: list[str]) -> None:
    assert unit_names(cell) == names


def test_several_clause_starts_in_one_cell() -> None:
    assert clause_starts("3．推进智慧能源； 2.推进交通|第七条\n") == ["3．推进智慧能源", "2.推进交通", "第七条"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("提法,文件\n谁,a\n", "没有“问题”这一列"),
        ("问题,责任单位\n谁,市教委\n", "缺少“文件”“条款开头”列"),
        ("问题,提问,文件,条款开头\n", "“问题”和“提问”是同一列"),
        ("问题,文件,条款开头\n谁,a.txt,\n", "第 2 行：写了文件，没有写条款开头"),
        ("说明\n问题,文件,条款开头\n谁,,3．推进\n", "第 3 行：写了条款开头或责任单位，没有写文件"),
        ("问题,文件,条款开头\n,a.txt,3．\n", "第 2 行：没有写问题"),
        ("问题,文件,条款开头,语言\n谁,a.txt,3．,日文\n", "语言应当是中文或英文，而不是 日文"),
        ("问题,文件,条款开头,范围\n谁,a.txt,3．,一半\n", "scope 应当是"),
        ('问题,文件,条款开头\n谁,"a.txt,3．\n', "第 2 行：引号没有配对"),
        ("问题,文件,条款开头\n谁,=A1,3．\n", "第 2 行：有公式 =A1"),
        ("问题,文件,条款开头\n,,\n", "没有问题"),
        ("", "文件是空的"),
    ],
)
def test_a_slip_is_named_with_its_row(tmp_path: Path, text: str, said: str) -> None:
    path = csv_file(tmp_path / "q.csv", text, "gb18030")
    with pytest.raises(EvalError, match=said) as raised:
        read_questions(path)
    assert str(path) in str(raised.value)


def test_workbooks_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(EvalError, match="打不开这个工作簿"):
        read_questions(tmp_path / "old.xlsx")
    with pytest.raises(EvalError, match="2 个工作表里都没有“问题”这一列"):
        read_questions(xlsx_file(tmp_path / "none.xlsx", ["名称"]))
    with pytest.raises(EvalError, match="工作表“七月” 第 2 行：写了文件"):
        read_questions(xlsx_file(tmp_path / "half.xlsx", HEADER, ["谁", "a.txt", None, None], title="七月"))
    with pytest.raises(EvalError, match="没有这个文件"):
        read_questions(tmp_path / "absent.xlsx")


def with_method(path: Path, method: int) -> None:
    """Names another method of compression in the directory and before each part."""
    data = path.read_bytes()
    for mark, at in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        head, *parts = data.split(mark)
        data = head + b"".join(mark + part[: at - 4] + bytes([method, 0]) + part[at - 2 :] for part in parts)
    path.write_bytes(data)


def with_noise(path: Path) -> None:
    """Overwrites the beginning of each part's compressed bytes."""
    data = bytearray(path.read_bytes())
    for head in re.finditer(rb"PK\x03\x04", bytes(data)):
        at = (
            head.end()
            + 26
            + sum(int.from_bytes(data[head.end() + skip : head.end() + skip + 2], "little") for skip in (22, 24))
        )
        data[at : at + 40] = b"\xff" * 40
    path.write_bytes(bytes(data))


def with_every_part_cut(path: Path) -> None:
    """Leaves the directory and puts the parts' bytes beyond the end."""
    data = path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    end = bytearray(data[data.index(b"PK\x05\x06") :])
    end[16:20] = (40).to_bytes(4, "little")
    path.write_bytes(data[:40] + data[directory : data.index(b"PK\x05\x06")] + bytes(end))


@pytest.mark.parametrize("damage", [partial(with_method, method=99), with_noise, with_every_part_cut])
def test_a_damaged_workbook_is_said_to_be_one(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = xlsx_file(tmp_path / "q.xlsx", HEADER, CHARGING)
    damage(path)
    with pytest.raises(EvalError, match=r"q\.xlsx：打不开这个工作簿"):
        read_questions(path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_cell_too_long_is_named_with_its_row(tmp_path: Path, delimiter: str) -> None:
    rows = (HEADER, ["长" * 140_000, "", "", ""])
    path = csv_file(tmp_path / "q.csv", "\n".join(delimiter.join(row) for row in rows), "utf-8")
    with pytest.raises(EvalError, match=r"第 2 行：.*一格太长"):
        read_questions(path)
