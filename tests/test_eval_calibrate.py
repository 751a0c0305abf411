"""`tiaowen-eval calibrate`: the threshold, the weights of examples, and the command over small sets."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.calibrate import Sources, store
from eval.calibration import calibrate, rows_of
from eval.cli import main
from eval.errors import EvalError
from eval.examples import Example, Kind, Offered
from eval.labelled import Labelled, Right, Scope
from eval.significance import wilson
from eval.trade_off import Judged, judged, rates
from search.confidence import FILE, Confidence
from search.evidence import NAMES, Evidence

TIANJIN = "tianjin-2021-new-infrastructure-action-plan.txt"


def example(near: float, right: bool, kind: Kind = "labelled", group: str = "") -> Example:
    evidence = Evidence(**(dict.fromkeys(NAMES, 0.0) | {"near": near}))
    return Example("谁", "set", kind, group or f"{near}", "zh", right, (Offered(evidence, right),))


def test_right_and_wrong_weigh_the_same_and_so_do_labelled_questions_and_corpora() -> None:
    rows = rows_of([example(0.9, True), *(example(0.1, False),) * 3, *(example(0.5, True, "corpus"),) * 4])
    assert rows.importance == pytest.approx([8 / 3] + [8 / 9] * 3 + [8 / 12] * 4)


def test_examples_of_one_group_are_held_out_together() -> None:
    rows = rows_of([example(0.9, True, group="a"), example(0.1, False, group="b"), example(0.8, True, group="a")])
    assert rows.folds[0] == rows.folds[2]


def test_the_threshold_lets_right_answers_through_and_stops_at_one_half() -> None:
    apart = [example(0.8 + place / 1000, True) for place in range(40)]
    apart += [example(0.2 + place / 1000, False) for place in range(40)]
    found = calibrate(apart)
    assert found.scale.threshold == 0.5
    assert all(found.surest(place) > 0.5 for place in range(40))
    mixed = calibrate([*apart, *(example(0.3 + place / 1000, True) for place in range(4))])
    refused = [
        mixed.surest(place) < mixed.scale.threshold for place, each in enumerate(mixed.examples) if each.answerable
    ]
    assert mixed.scale.threshold < 0.5
    assert sum(refused) / len(refused) <= 0.03


def test_a_threshold_is_judged_by_questions_it_was_not_chosen_on() -> None:
    apart = [example(0.8 + place / 1000, True) for place in range(20)]
    apart += [example(0.2 + place / 1000, False) for place in range(20)]
    found = calibrate([*apart, example(0.3, True), example(0.31, True)])
    # One of the right ones may be refused. With both low ones there, the threshold lies below one of them.
    low = [20 + 20, 20 + 20 + 1]
    assert found.rows.folds[low[0]] != found.rows.folds[low[1]]
    assert min(map(found.surest, low)) < found.scale.threshold <= max(map(found.surest, low))
    # Without the fold of either, the other one alone is refused and the threshold stays at one half.
    assert [found.limit(place) for place in low] == [0.5, 0.5]
    judged_ = judged(found)
    assert rates(judged_, found.scale.threshold)["right_refused"] == pytest.approx(1 / 22, abs=1e-4)
    assert rates(judged_)["right_refused"] == pytest.approx(2 / 22, abs=1e-4)


def test_rates_with_their_intervals() -> None:
    asked = [(True, 0.9), (True, 0.7), (True, 0.3), (True, 0.2), (False, 0.6), (False, 0.1), (False, 0.1), (False, 0.0)]
    questions = [Judged("set", True, answerable, answerable and sure != 0.2, sure, 0.25) for answerable, sure in asked]
    assert rates(questions, 0.5) == {
        "unanswerable": 4,
        "answerable": 4,
        "false_answers": 0.25,
        "false_answers_interval": [0.0456, 0.6994],
        "refused": 0.5,
        "refused_interval": [0.15, 0.85],
        "right_refused": 0.3333,
        "right_refused_interval": [0.0615, 0.7923],
    }
    assert (rates(questions)["refused"], rates(questions)["right_refused"]) == (0.25, 0.0)


def test_only_right_answers_cannot_be_fitted() -> None:
    with pytest.raises(EvalError, match="不够拟合"):
        calibrate([example(0.9, True), example(0.8, True)])


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def labelled(question: str, lang: str, *starts: str) -> dict[str, object]:
    answerable = {"doc": TIANJIN, "clause_start": list(starts)} if starts else {"doc": None}
    return {"q": question, "lang": lang, "type": "who", "units": None, **answerable}


QUESTIONS = (
    labelled("谁负责充电桩", "zh", "3．推进智慧能源建设。"),
    labelled("智慧港口谁牵头", "zh", "2．推进智慧港口建设。"),
    labelled("食堂今天中午吃什么", "zh"),
    labelled("who is responsible for charging piles", "en", "3．推进智慧能源建设。"),
    labelled("which bureau runs smart agriculture", "en", "10．推进智慧农业建设。"),
    labelled("How do I renew my passport?", "en"),
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tiaowen-eval", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = capsys.readouterr()
        return int(stopped.value.code or 0), captured.out, captured.err

    return run


def test_the_command_reports_and_draws_and_leaves_the_model_alone(run: Any, tmp_path: Path) -> None:
    questions = write(tmp_path / "q.jsonl", *QUESTIONS)
    corpus = write(
        tmp_path / "c.jsonl",
        {"id": "a", "title": "办法 第一条", "text": "公共充电桩由发展改革部门负责建设。"},
        {"id": "b", "title": "办法 第二条", "text": "学校食堂应当公示食品原料来源。"},
    )
    queries = write(
        tmp_path / "cq.jsonl", {"query": "食堂 食品原料", "gold": ["b"]}, {"query": "充电桩 建设", "gold": ["a"]}
    )
    before, page = FILE.read_bytes(), tmp_path / "plot.html"
    status, out, _ = run("calibrate", questions, "--corpus", corpus, "--queries", queries, "--report", page, "--json")
    result = json.loads(out)
    assert status == 0
    assert result["measures"]["answerable"] == 4
    assert result["measures"]["unanswerable"] == 2
    assert result["languages"]["zh"]["sources"]["c.jsonl"]["unanswerable"] == 1
    assert result["languages"]["zh"]["sources"]["q.jsonl（抽去答案）"]["unanswerable"] == 2
    answered = round(2 * result["measures"]["false_answers"])  # of the two questions without an answer
    assert result["measures"]["false_answers_interval"] == pytest.approx(wilson(answered, 2), abs=1e-4)
    assert page.read_text(encoding="utf-8").count("<svg") == 2
    assert FILE.read_bytes() == before


def asked_about(doc: str, start: str, scope: Scope | None = None) -> Labelled:
    right = (Right(doc, start, None),) if start else ()
    return Labelled("谁负责充电桩", "zh", "who", doc or None, right, None, "", scope, "q.csv 第 2 行")


def examples_of(labels: list[Labelled], documents: Path | None = None) -> tuple[list[Example], bool]:
    """The examples, and whether the progress reached its end."""
    sources, steps = Sources({"q.csv": labels}, documents, None, [], 1), list[int]()
    found = list(sources.examples(None, steps.append))
    return found, sum(steps) == sources.size


def test_a_document_may_be_named_by_its_title_and_its_clause_typed_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    title = "《天津市新型基础设施建设三年行动方案（2021－2023年）》"
    found, done = examples_of(
        [asked_about(title, "3.推进智慧能源建设"), asked_about("", ""), asked_about(title, "无此条")]
    )
    assert done
    assert [(each.kind, any(offered.right for offered in each.offered)) for each in found[:3]] == [
        ("labelled", True),
        ("labelled", False),
        ("labelled", False),
    ]
    assert {each.kind for each in found[3:]} == {"left out"}
    doubts = capsys.readouterr().err.splitlines()
    assert [line[:40] for line in doubts] == [f"标注可能有误：q.csv 第 2 行：“{TIANJIN}”里没有这样开头的条款"[:40]]


def test_without_a_scope_other_documents_are_asked_too(tmp_path: Path) -> None:
    (tmp_path / "办法.txt").write_text("充电桩管理办法\n第一条 充电桩由市发展改革委负责建设。\n第二条 其他。", "utf-8")
    found, done = examples_of(
        [asked_about("充电桩管理办法", "第一条"), asked_about("充电桩管理办法", "第一条", "doc")], tmp_path
    )
    assert done
    assert [each.kind for each in found] == ["labelled", "labelled", "left out"]
    assert any(offered.right for offered in found[1].offered)


def test_what_is_fitted_is_stored_for_the_model(tmp_path: Path) -> None:
    found = calibrate([example(0.8, True), example(0.7, True), example(0.2, False), example(0.1, False)])
    result = {"measures": {"auc": 1.0}, "languages": {"zh": {"threshold": 0.5, "trade_off": []}}}
    store({"zh": found, "en": found}, result, "static-1", tmp_path / "confidence.json")
    stored = Confidence.load("static-1", tmp_path / "confidence.json")
    assert stored.scales["zh"] == found.scale
    assert stored.figures == {"measures": {"auc": 1.0}, "languages": {"zh": {"threshold": 0.5}}}


def test_two_files_of_one_name_are_both_asked(run: Any, tmp_path: Path) -> None:
    for year, rows in (("2021", QUESTIONS[:3]), ("2022", QUESTIONS[3:])):
        (tmp_path / year).mkdir()
        write(tmp_path / year / "q.jsonl", *rows)
    files = [tmp_path / year / "q.jsonl" for year in ("2021", "2022")]
    status, out, _ = run("calibrate", *files, "--json")
    result = json.loads(out)
    assert (status, result["measures"]["answerable"], result["measures"]["unanswerable"]) == (0, 4, 2)
    assert list(result["languages"]["zh"]["sources"]) == [str(files[0]), f"{files[0]}（抽去答案）"]


def test_bad_use_is_said(run: Any, tmp_path: Path) -> None:
    questions = write(tmp_path / "q.jsonl", *QUESTIONS)
    assert run("calibrate", questions, "--corpus", questions)[::2] == (
        2,
        "错误：--corpus 和 --queries 要一起给：一个是被检索的文本，一个是查询\n",
    )
    status, _, said = run("calibrate", questions, "--report", tmp_path / "plot.png")
    assert status == 2
    assert "--report 只写 .html 或 .svg" in said
