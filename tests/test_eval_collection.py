"""Records become documents: one per law, blocks for the rest, every clause with its record's id."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from eval.collection import documents, records
from eval.errors import EvalError


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path


def test_articles_of_one_law_are_one_document(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": 7, "law": "天津市甲条例", "section": "第一章 总则 / 第一节 乙", "article": "第一条", "text": "为了甲。"},
        {"id": 8, "law": "天津市甲条例", "section": "第二章 丙", "article": "第二条", "text": "应当丁。"},
        {"id": 9, "law": "乙办法", "article": "第一条", "content": "戊。"},
    ]
    first, second = documents(records(write(tmp_path / "c.jsonl.gz", rows)))
    assert (first.document.title, first.document.region, first.records) == ("天津市甲条例", "天津市", ("7", "8"))
    assert [clause.path for clause in first.document.clauses] == [
        ("第一章 总则", "第一节 乙", "第一条"),
        ("第二章 丙", "第二条"),
    ]
    for clause in first.document.clauses:
        assert first.document.text[clause.start : clause.end] == clause.text
    assert (second.document.title, second.document.clauses[0].number) == ("乙办法", "第一条")
    assert first.sha256 != second.sha256


def test_a_title_may_hold_law_and_article(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": 0, "title": "上海口岸服务条例 第十条之一", "text": "甲"},
        {"id": 1, "title": "国务院关于乙的意见", "text": "丙"},
    ]
    first, second = documents(records(write(tmp_path / "c.jsonl", rows)))
    assert (first.document.title, first.document.clauses[0].path) == ("上海口岸服务条例", ("第十条之一",))
    assert (second.document.title, second.document.clauses[0].path) == ("国务院关于乙的意见", ())


def test_records_without_a_title_go_into_blocks(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": n, "text": f"甲{n}"} for n in range(250)]
    assert [len(each.records) for each in documents(records(write(tmp_path / "c.jsonl", rows)))] == [200, 50]


def test_bad_records_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="第 1 行：缺少 text"):
        list(records(write(tmp_path / "c.jsonl", [{"id": 1}])))
    with pytest.raises(EvalError, match="没有这个文件"):
        list(records(tmp_path / "absent.jsonl"))
