from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

import corpus
from api.cli import app
from api.errors import explain
from corpus import CorpusError
from index import Library
from tests.api_fixtures import FIVE_UNITS, NANKAI, NOTICE, TIANJIN


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the two plans that no test changes."""
    folder = tmp_path_factory.mktemp("plans") / "library"
    assert run(folder, "list").exit_code == 0
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return tmp_path / "library"


def run(library: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--library", str(library)])


def as_json(library: Path, *arguments: str | Path) -> Any:
    result = run(library, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_ask_names_the_units_and_quotes_the_sentence(plans: Path) -> None:
    answer = as_json(plans, "ask", "谁负责充电桩")
    assert list(answer) == ["question", "language", "kind", "answered", "answer", "confidence", "units", "hits"]
    assert [unit["name"] for unit in answer["units"]] == FIVE_UNITS
    assert list(answer["hits"][0]) == ["rank", "score", "document", "clause", "quote"]
    assert answer["hits"][0]["document"]["source"] == TIANJIN
    assert "充电桩" in answer["hits"][0]["quote"]["text"]


def test_json_is_written_in_chinese_and_not_in_escapes(plans: Path) -> None:
    assert "市发展改革委" in run(plans, "ask", "谁负责充电桩", "--json").stdout


def test_the_card_answers_first_and_marks_the_quote(plans: Path) -> None:
    result = run(plans, "ask", "谁负责充电桩")
    assert result.exit_code == 0
    shown = "".join(result.stdout.split())
    assert shown.index("市发展改革委") < shown.index("智慧能源建设")
    marked = shown[shown.index("▶") : shown.index("◀")]
    assert "新建公共充电桩6000台以上" in marked
    assert "其他相关条款" in shown


def test_an_english_question_gets_english_labels(plans: Path) -> None:
    result = run(plans, "ask", "who is responsible for charging piles")
    assert result.exit_code == 0
    assert " Responsible " in result.stdout
    assert "市发展改革委" in result.stdout


def test_a_question_without_an_answer_says_so_and_ends_with_1(plans: Path) -> None:
    result = run(plans, "ask", "火星移民基地归谁管")
    assert result.exit_code == 1
    assert "没有" in result.stdout
    assert run(plans, "ask", "火星移民基地归谁管", "--json").exit_code == 1


def test_top_limits_the_clauses(plans: Path) -> None:
    assert len(as_json(plans, "ask", "谁负责充电桩", "--top", "2")["hits"]) == 2


@pytest.mark.parametrize("question", ["", "   ", "？？！", "😀🎉", "充" * 10_000, "誰が責任を負いますか"])
def test_what_is_no_question_is_bad_use(plans: Path, question: str) -> None:
    result = run(plans, "ask", question)
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.output
    assert result.stderr.startswith("错误：") or result.exit_code == 1


def test_bytes_that_are_no_text_are_bad_use(plans: Path) -> None:
    result = run(plans, "ask", "\udcff充电桩")
    assert result.exit_code == 2
    assert "UTF-8" in result.stderr


def test_search_lists_clauses(plans: Path) -> None:
    found = as_json(plans, "search", "智慧", "停车", "--top", "3")
    assert found["query"] == "智慧 停车"
    assert "智慧停车" in found["hits"][0]["clause"]["text"]
    assert run(plans, "search", "智慧停车").exit_code == 0


def test_list_and_clauses(plans: Path) -> None:
    documents = as_json(plans, "list")["documents"]
    assert sorted(document["source"] for document in documents) == [NANKAI, TIANJIN]
    shown = as_json(plans, "clauses", documents[0]["id"])
    assert list(shown) == ["document", "clauses"]
    assert len(shown["clauses"]) == documents[0]["clauses"]
    assert documents[0]["id"] in run(plans, "list").stdout
    assert run(plans, "clauses", documents[0]["id"]).exit_code == 0


def test_the_library_can_be_named_before_the_command(plans: Path) -> None:
    result = CliRunner().invoke(app, ["--library", str(plans), "list", "--json"])
    assert len(json.loads(result.stdout)["documents"]) == 2


def test_an_unknown_document_is_not_found(plans: Path) -> None:
    for command in ("clauses", "remove"):
        result = run(plans, command, "0000000000")
        assert result.exit_code == 1
        assert "tiaowen list" in result.stderr


def test_duties_of_one_unit(plans: Path) -> None:
    found = as_json(plans, "duties", "--unit", "市教委")["duties"]
    assert {duty["unit"] for duty in found} == {"市教委"}
    assert {"unit", "role", "start", "end", "inherited", "document", "clause"} == set(found[0])
    assert "市教委" in run(plans, "duties").stdout


def test_an_unknown_unit_is_told_the_nearest(plans: Path) -> None:
    result = run(plans, "duties", "--unit", "市教育委员")
    assert result.exit_code == 1
    assert "市教委" in result.stderr


def test_the_register_as_a_spreadsheet(plans: Path, tmp_path: Path) -> None:
    file = tmp_path / "duties.xlsx"
    assert run(plans, "duties", "--xlsx", file).exit_code == 0
    sheet = load_workbook(file).worksheets[0]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows[0] == ("文件", "条款", "单位", "角色", "原文")
    assert len(rows) == 1 + len(as_json(plans, "duties")["duties"])
    assert {row[3] for row in rows[1:]} <= {"牵头", "责任", "配合"}
    assert run(plans, "duties", "--xlsx", tmp_path / "missing" / "duties.xlsx").exit_code == 3


def test_a_spreadsheet_beside_json_leaves_standard_output_to_json(plans: Path, tmp_path: Path) -> None:
    file = tmp_path / "duties.xlsx"
    result = run(plans, "duties", "--unit", "市教委", "--xlsx", file, "--json")
    assert {duty["unit"] for duty in json.loads(result.stdout)["duties"]} == {"市教委"}
    assert str(file) in result.stderr
    assert file.is_file()


def test_a_first_run_makes_the_library_and_says_so_on_standard_error(fresh: Path) -> None:
    result = run(fresh, "list", "--json")
    assert len(json.loads(result.stdout)["documents"]) == 2
    assert "新建文件库" in result.stderr
    assert "新建文件库" not in run(fresh, "list", "--json").stderr


def test_what_is_added_is_found_and_what_is_removed_is_gone(fresh: Path, tmp_path: Path) -> None:
    file = tmp_path / "trees.txt"
    file.write_text(NOTICE, encoding="utf-8")
    added = as_json(fresh, "add", file)["added"]
    assert [(each["source"], each["status"]) for each in added] == [("trees.txt", "added")]
    assert as_json(fresh, "add", file)["added"][0]["status"] == "unchanged"
    answer = as_json(fresh, "ask", "古树名木普查由谁牵头")
    assert answer["hits"][0]["document"]["source"] == "trees.txt"
    assert {"name": "市林业局", "role": "lead"} in answer["units"]
    assert run(fresh, "remove", added[0]["id"]).exit_code == 0
    assert "trees.txt" not in run(fresh, "list", "--json").stdout
    assert not [hit for hit in as_json(fresh, "search", "古树名木")["hits"] if hit["document"]["source"] == "trees.txt"]


def bad_files(folder: Path) -> Sequence[Path]:
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (folder / "broken.txt").write_bytes("充电桩".encode() + b"\xff\xfe\xff\x81\x00" * 40)
    (folder / "large.txt").write_bytes("充电桩建设。\n".encode() * 2_700_000)
    return sorted(folder.iterdir())


def test_bad_files_are_named_with_their_reason_and_the_good_one_is_added(fresh: Path, tmp_path: Path) -> None:
    bad = bad_files(tmp_path / "in")
    good = tmp_path / "in" / "good.txt"
    good.write_text(NOTICE, encoding="utf-8")
    result = run(fresh, "add", tmp_path / "in", "--json")
    assert result.exit_code == 3
    said = json.loads(result.stdout)
    assert [Path(each["source"]).name for each in said["added"]] == ["good.txt"]
    assert sorted(Path(each["source"]).name for each in said["refused"]) == [path.name for path in bad]
    assert all(each["reason"] for each in said["refused"])
    assert len(as_json(fresh, "list")["documents"]) == 3


def test_files_of_other_formats_in_a_folder_are_named(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(NOTICE, encoding="utf-8")
    for name in ("扫描件.jpg", ".DS_Store", "通知.doc"):
        (tmp_path / "in" / name).write_bytes(b"x")
    result = run(fresh, "add", tmp_path / "in")
    assert result.exit_code == 0
    assert "另有 2 个文件格式不支持" in result.stderr
    assert "扫描件.jpg" in result.stderr
    assert ".DS_Store" not in result.stderr


def test_each_bad_file_alone_changes_nothing(fresh: Path, tmp_path: Path) -> None:
    for path in bad_files(tmp_path / "in"):
        result = run(fresh, "add", path)
        assert (result.exit_code, path.name in result.stderr) == (3, True), result.output
    assert len(as_json(fresh, "list")["documents"]) == 2


def test_nothing_to_add_is_not_found(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"\x89PNG")
    for path in (tmp_path / "missing.txt", tmp_path / "pictures"):
        result = run(fresh, "add", path)
        assert result.exit_code == 1, result.output
        assert path.name in result.stderr


def test_check_and_rebuild(fresh: Path) -> None:
    assert run(fresh, "check").exit_code == 0
    assert run(fresh, "rebuild").exit_code == 0
    assert run(fresh, "check").exit_code == 0


def test_a_library_made_by_another_model_is_refused_until_it_is_rebuilt(library: Library) -> None:
    library.close()
    result = run(library.folder, "ask", "谁负责充电桩")
    assert result.exit_code == 3
    assert "tiaowen rebuild" in result.stderr
    assert run(library.folder, "rebuild").exit_code == 0
    assert run(library.folder, "check").exit_code == 0


def test_a_model_that_is_not_there(fresh: Path, tmp_path: Path) -> None:
    result = run(fresh, "list", "--model", tmp_path / "no-such-model")
    assert result.exit_code == 3
    assert "模型无法载入" in result.stderr
    assert "no-such-model" in result.stderr
    assert "\n办法：" in result.stderr
    assert "--model" in result.stderr
    assert not fresh.exists()


@pytest.mark.parametrize("command", [("ask", "谁负责充电桩"), ("search", "充电桩"), ("serve",)])
def test_a_reranker_that_is_not_there(fresh: Path, command: tuple[str, ...]) -> None:
    result = run(fresh, *command, "--reranker", "BAAI/no-such-reranker")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.startswith("错误：模型无法载入：BAAI/no-such-reranker：本机没有这个模型")
    assert "\n办法：请在能联网的机器上下载（hf download BAAI/no-such-reranker" in result.stderr
    assert not fresh.exists()


def test_models_of_the_wrong_kind_end_with_3(fresh: Path, small_model: Path, parking_reranker: Path) -> None:
    for option, model, kind in (("--reranker", small_model, "向量模型"), ("--model", parking_reranker, "重排模型")):
        result = run(fresh, "ask", "谁负责充电桩", option, model)
        assert result.exit_code == 3
        assert f"这是{kind}，不是" in result.stderr
        assert "\n办法：请换一个" in result.stderr


def test_a_reranker_decides_which_clauses_come_first(
    plans: Path, parking_reranker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = as_json(plans, "search", "智慧平台")["hits"]
    reordered = as_json(plans, "search", "智慧平台", "--reranker", parking_reranker)["hits"]
    assert "停车" not in plain[0]["clause"]["text"]
    assert "停车" in reordered[0]["clause"]["text"]
    monkeypatch.setenv("TIAOWEN_RERANKER", str(parking_reranker))
    assert as_json(plans, "search", "智慧平台")["hits"] == reordered
    answer = as_json(plans, "ask", "谁负责充电桩")
    assert [unit["name"] for unit in answer["units"]] == FIVE_UNITS
    monkeypatch.setenv("TIAOWEN_RERANKER", "no-such-reranker")
    assert run(plans, "duties", "--unit", "市教委").exit_code == 0  # ranks nothing, and waits for no model that does


def test_a_file_of_ours_that_is_missing_is_no_fault_of_the_model(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.plans.paths", lambda: [fresh / "plan.txt"])
    assert isinstance(run(fresh, "list").exception, FileNotFoundError)


def test_each_problem_comes_with_advice(plans: Path, tmp_path: Path) -> None:
    for path in bad_files(tmp_path / "in"):
        with pytest.raises(CorpusError) as refused:
            corpus.read(path.name, path.read_bytes())
        problem = explain(refused.value)
        assert problem.hint.startswith("请")
        assert "请" not in problem.message


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    result = run(tmp_path / "file" / "library", "list")
    assert result.exit_code == 3
    assert "--library" in result.stderr


def test_a_file_in_the_place_of_the_library(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("no folder")
    result = run(tmp_path / "library", "list")
    assert result.exit_code == 3
    assert result.stderr.startswith("错误：")


def test_bad_use_ends_with_2(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(plans, "ask").exit_code == 2
    assert run(plans, "ask", "谁负责充电桩", "--top", "0").exit_code == 2
    assert run(plans, "nonsense").exit_code == 2
    monkeypatch.setenv("TIAOWEN_PORT", "many")
    result = run(plans, "list")
    assert result.exit_code == 2
    assert "TIAOWEN_PORT" in result.stderr


def test_every_command_explains_itself() -> None:
    result = CliRunner().invoke(app, ["--help"])
    commands = "ask search add remove list clauses duties serve check rebuild".split()
    assert result.exit_code == 0
    assert all(f" {command} " in result.stdout for command in commands)
    assert all(CliRunner().invoke(app, [command, "--help"]).exit_code == 0 for command in commands)


def test_asking_imports_no_torch_and_no_web_framework(plans: Path) -> None:
    program = (
        "import sys; from api.cli import app; app(sys.argv[1:], standalone_mode=False);"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'fastapi', 'uvicorn', 'openpyxl', 'jinja2'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    arguments = [sys.executable, "-c", program, "ask", "谁负责充电桩", "--json", "--library", str(plans)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stderr.strip().endswith("[]")
