"""`tiaowen-eval` as a person runs it: one JSON object, clear refusals, figures that can be checked by hand."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.cli import main
from eval.speed import rerank_time
from search import load_reranker

TIANJIN = "tianjin-2021-new-infrastructure-action-plan.txt"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command line; gives its exit status, its standard output as JSON ("" when empty) and its standard error."""

    def run(*arguments: str | Path) -> tuple[int, Any, str]:
        monkeypatch.setattr(sys, "argv", ["tiaowen-eval", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = capsys.readouterr()
        return int(stopped.value.code or 0), json.loads(captured.out) if captured.out else "", captured.err

    return run


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_questions_over_the_plans(run: Any, tmp_path: Path) -> None:
    units = ["市发展改革委", "市工业和信息化局", "市委网信办", "有关区人民政府", "国网天津市电力公司"]
    start = "3．推进智慧能源建设。持续深化智慧能源技"
    right = {"q": "谁负责充电桩", "lang": "zh", "type": "who", "doc": TIANJIN, "clause_start": [start], "units": units}
    wrong = right | {"q": "谁负责公共充电桩", "clause_start": ["9．没有这一条"], "units": ["没有这个局"]}
    status, result, _ = run("questions", write(tmp_path / "q.jsonl", right, wrong), "--json")
    assert status == 0
    assert result["measures"]["first"] == 0.5
    assert result["measures"]["units_exact"] == 0.5
    (listed,) = result["wrong"]
    assert listed["expected"]["units"] == ["没有这个局"]
    assert listed["got"]["units"] == units
    assert listed["got"]["clauses"][0]["clause_start"] == start


def test_retrieval_over_three_records(run: Any, tmp_path: Path) -> None:
    corpus = write(
        tmp_path / "c.jsonl",
        {"id": "a", "text": "公共充电桩由发展改革部门负责建设。"},
        {"id": "b", "text": "学校食堂应当公示食品原料来源。"},
        {"id": "c", "text": "住宅装修不得在夜间施工。"},
    )
    queries = write(
        tmp_path / "q.jsonl",
        {"query": "食堂 食品原料", "gold": ["b"], "kind": "kw"},
        {"query": "晚上能不能装修", "gold": ["c"], "kind": "zh"},
        {"query": "食堂 食品原料 公示", "gold": ["a"], "kind": "kw"},
    )
    arguments = ("retrieval", "--corpus", corpus, "--queries", queries, "--work", tmp_path / "work", "--json")
    status, result, _ = run(*arguments)
    assert status == 0
    assert (result["records"], result["queries"]) == (3, 3)
    assert result["measures"]["R@1"] == pytest.approx(2 / 3)
    assert result["kinds"]["zh"]["R@1"] == 1
    assert set(result["measures"]) == {"R@1", "R@10", "R@100", "MRR@10", "nDCG@10"}
    for half in ("dense", "lexical"):
        assert run(*arguments, "--only", half)[1]["kinds"]["kw"]["R@1"] == 0.5


def test_a_reranker_is_measured_like_the_usual_order(run: Any, tmp_path: Path, parking_reranker: Path) -> None:
    corpus = write(
        tmp_path / "c.jsonl",
        {"id": "a", "text": "建设智慧平台。"},
        {"id": "b", "text": "建设智慧平台，方便停车。"},
        {"id": "c", "text": "住宅装修不得在夜间施工。"},
    )
    queries = write(tmp_path / "q.jsonl", {"query": "建设智慧平台", "gold": ["b"], "kind": "zh"})
    arguments = ("retrieval", "--corpus", corpus, "--queries", queries, "--work", tmp_path / "work", "--json")
    assert run(*arguments)[1]["measures"]["R@1"] == 0
    assert run(*arguments, "--reranker", parking_reranker)[1]["measures"]["R@1"] == 1
    status, _, error = run(*arguments, "--reranker", parking_reranker, "--only", "dense")
    assert (status, "--only" in error) == (2, True)


def test_questions_asked_with_a_reranker(run: Any, tmp_path: Path, parking_reranker: Path) -> None:
    label: dict[str, object] = {"q": "谁负责充电桩", "doc": TIANJIN, "clause_start": ["3．推进智慧能源建设"]}
    file = write(tmp_path / "q.jsonl", label | {"lang": "zh", "type": "who", "units": None})
    status, result, _ = run("questions", file, "--reranker", parking_reranker, "--json")
    assert (status, result["measures"]["first"]) == (0, 1)
    status, out, error = run("questions", file, "--reranker", "no-such-reranker", "--json")
    assert (status, out) == (3, "")
    assert error.startswith("错误：no-such-reranker：本机没有这个模型")


def test_the_time_of_reordering_is_measured(parking_reranker: Path) -> None:
    (spent,) = rerank_time(load_reranker(str(parking_reranker)), ["充电桩"], ["停车"] * 40).values()
    assert spent > 0
    assert rerank_time(None, ["充电桩"], ["停车"]) == {}


def test_units_of_a_bundled_plan(run: Any, tmp_path: Path) -> None:
    row: dict[str, object] = {
        "doc": TIANJIN,
        "clause_path": [],
        "clause_start": "9．推进智慧健身（运动）建设。推动先进信",
        "units": ["市体育局", "各区人民政府"],
        "roles": {"市体育局": "responsible", "各区人民政府": "lead"},
        "deadline": None,
        "style": "label_bracket",
    }
    status, result, _ = run("units", write(tmp_path / "u.jsonl", row), "--json")
    assert status == 0
    assert (result["measures"]["exact"], result["measures"]["roles"]) == (1, 0.5)
    assert result["wrong"][0]["got"][1] == ["各区人民政府", "responsible"]


def test_no_character_of_the_plans_is_lost(run: Any) -> None:
    status, result, _ = run("kept", "--json")
    assert (status, result["files"], result["measures"]) == (0, 2, {"once": 1.0, "twice": 0.0})


def test_speed_over_the_plans(run: Any, tmp_path: Path) -> None:
    question: dict[str, object] = {"q": "谁负责充电桩", "doc": TIANJIN, "clause_start": ["3．"]}
    path = write(tmp_path / "q.jsonl", question)
    status, result, _ = run("speed", "--questions", path, "--runs", "1", "--rounds", "2", "--json")
    assert status == 0
    assert result["cold"]["torch_imported"] is False
    assert result["measures"]["questions"] == 2
    assert result["measures"]["ratio_p50"] > 0


def test_speed_measures_the_corpus_it_is_given(run: Any, tmp_path: Path) -> None:
    question = write(tmp_path / "q.jsonl", {"q": "谁负责充电桩", "doc": TIANJIN, "clause_start": ["3．"]})
    small = write(tmp_path / "small.jsonl", {"id": "a", "text": "公共充电桩由发展改革部门负责建设。"})
    large = write(tmp_path / "large.jsonl", *({"id": str(number), "text": f"第{number}项。"} for number in range(5)))
    options = ("--questions", question, "--runs", "1", "--rounds", "1", "--work", tmp_path / "work", "--json")
    sizes = [run("speed", "--corpus", corpus, *options)[1]["clauses"] for corpus in (small, large, small)]
    assert sizes == [sizes[0], sizes[0] + 4, sizes[0]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("questions", "absent.jsonl"), "没有这个文件"),
        (("questions", "--documents", "absent"), "不是文件夹"),
        (("questions", "--library", "absent"), "没有这个库"),
        (("retrieval", "--corpus", "absent", "--queries", "absent.jsonl"), "没有这个文件"),
        (("speed", "--corpus", "absent"), "没有这个文件"),
        (("units", "absent.jsonl"), "没有这个文件"),
        (("kept", "absent"), "没有可读的文件"),
    ],
)
def test_bad_use_is_said(run: Any, arguments: tuple[str, ...], said: str) -> None:
    status, out, error = run(*arguments)
    assert (status, out) == (2, "")
    assert said in error
