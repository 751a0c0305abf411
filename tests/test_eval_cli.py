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


def office_questions(path: Path, start: str = "3.推进智慧能源建设。") -> Path:
    """A spreadsheet in GB18030, the document by its title: one answerable question, one that nothing answers."""
    title = "《天津市新型基础设施建设三年行动方案（2021－2023年）》"
    rows = ("问题,文件,条款开头,责任单位", f"谁负责充电桩,{title},{start},", "今天食堂吃什么,,,")
    path.write_bytes("\r\n".join(rows).encode("gb18030"))
    return path


def test_an_office_asks_its_spreadsheet_and_gets_a_page(run: Any, tmp_path: Path) -> None:
    page, saved = tmp_path / "报告.html", tmp_path / "a.json"
    path = office_questions(tmp_path / "问题.csv")
    status, result, _ = run("questions", path, "--report", page, "--save", saved, "--json")
    assert (status, result["wrong"], result["doubts"]) == (0, [], [])
    assert result["measures"]["first"] == result["measures"]["no_answer_refused"] == 1
    assert "没有答错的问题" in page.read_text(encoding="utf-8")
    status, compared, _ = run("compare", saved, saved, "--json")
    assert (status, compared["pairs"], compared["gained"], compared["lost"]) == (0, 2, [], [])
    assert compared["measures"]["right"]["verdict"] == "完全一样"


def test_a_label_that_fits_no_clause_is_listed(run: Any, tmp_path: Path) -> None:
    path = office_questions(tmp_path / "问题.csv", start="推进智慧能源建设")
    (doubt,) = run("questions", path, "--json")[1]["doubts"]
    assert doubt["where"].endswith("问题.csv 第 2 行")
    assert "最像的一条是：3．推进智慧能源建设" in doubt["said"]


def test_the_gate_beside_an_office_file(run: Any, tmp_path: Path) -> None:
    path = office_questions(tmp_path / "问题.csv")
    status, _, error = run("gate", path)
    assert (status, "第一次请加 --update" in error) == (2, True)
    assert run("gate", path, "--update", "--json")[0] == 0
    assert (tmp_path / "问题.baseline.json").is_file()
    status, result, _ = run("gate", path, "--json")
    assert (status, result["passed"]) == (0, True)
    status, _, error = run("gate", office_questions(tmp_path / "问题.csv", start="3．推进"), "--json")
    assert (status, "标注改过 1 个（谁负责充电桩）" in error) == (2, True)


def test_the_gate_fails_with_status_1(run: Any, tmp_path: Path) -> None:
    wrong = [{"q": f"谁负责充电桩{mark}", "doc": TIANJIN, "clause_start": ["9．"], "units": []} for mark in "？?。！!"]
    path = write(tmp_path / "q.jsonl", *wrong)
    run("gate", path, "--update", "--json")
    baseline = tmp_path / "q.baseline.json"
    baseline.write_text(baseline.read_text(encoding="utf-8").replace('"right": 0.0', '"right": 1.0'), encoding="utf-8")
    status, result, _ = run("gate", path, "--json")
    assert (status, result["passed"], len(result["lost"])) == (1, False, 5)
    assert result["measures"]["right"]["p"] == 1 / 32


def test_two_retrieval_runs_by_kind(run: Any, tmp_path: Path) -> None:
    texts = {"a": "公共充电桩由发展改革部门负责建设。", "b": "学校食堂应当公示食品原料来源。"}
    corpus = write(tmp_path / "c.jsonl", *({"id": key, "text": text} for key, text in texts.items()))
    queries = write(
        tmp_path / "q.jsonl",
        {"query": "食堂 食品原料", "gold": ["b"], "kind": "kw"},
        {"query": "充电桩谁建", "gold": ["a"], "kind": "zh"},
    )
    common = ("--corpus", corpus, "--queries", queries, "--work", tmp_path / "work", "--json")
    for name, extra in (("a.json", ()), ("b.json", ("--only", "lexical"))):
        assert run("retrieval", *common, "--save", tmp_path / name, *extra)[0] == 0
    status, result, _ = run("compare", tmp_path / "a.json", tmp_path / "b.json", "--json")
    assert (status, result["what"], result["pairs"]) == (0, "retrieval", 2)
    assert {(row["group"], row["measure"]) for row in result["groups"]} >= {("kw", "R@10"), ("zh", "nDCG@10")}
    status, _, error = run("gate", "--baseline", tmp_path / "a.json", "--json")
    assert (status, "基线不是问题的结果" in error) == (2, True)
