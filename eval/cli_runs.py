"""The commands over saved runs: `compare` sets two beside each other, `gate` holds one against the baseline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.errors import EvalError
from eval.options import DocumentsOption, JsonOption, LibraryOption, ModelOption, QuestionsArgument, RerankerOption
from eval.terminal import console, out, say

if TYPE_CHECKING:
    from eval.runs import Run

FAILED = 1


def compare(
    a: Annotated[Path, typer.Argument(metavar="A.json", help="先前的结果，由 --save 存下")],
    b: Annotated[Path, typer.Argument(metavar="B.json", help="现在的结果，问的是同样的问题")],
    json: JsonOption = False,
) -> None:
    """两次结果逐题比较：差多少，差异是否显著，哪些问题变好变坏。"""
    from eval import run_tables
    from eval.comparison import compared
    from eval.runs import read_run

    result = compared(read_run(a), read_run(b))
    if json:
        out(result.as_json())
    else:
        run_tables.comparison(console(), result)


def gate(
    file: QuestionsArgument = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="基线.json", help="不写用问题文件旁边的 .baseline.json，或本项目自己的"),
    ] = None,
    documents: DocumentsOption = None,
    library: LibraryOption = None,
    model: ModelOption = None,
    reranker: RerankerOption = None,
    update: Annotated[bool, typer.Option("--update", help="把这一次的结果写成新的基线")] = False,
    json: JsonOption = False,
) -> None:
    """把关：比基线明显变差就不通过（退出状态 1）。"""
    from eval import run_tables
    from eval.asking import asked
    from eval.gate import baseline_for, gated
    from eval.labelled import OWN, own_questions, read_questions
    from eval.runs import Run

    path = baseline or baseline_for(file)
    before = None if update else _baseline(path)
    found = asked(read_questions(file) if file else own_questions(), library, documents, model, reranker)
    for doubt in found.doubts:
        say(str(doubt))
    now = Run.of_questions(found.outcomes, file.name if file else OWN, found.model)
    if before is None:
        _update(path, now, sum(each.right for each in found.outcomes), json)
        return
    result = gated(before, now)
    if json:
        out(result.as_json())
    else:
        keys = [item.key for item in now.items]
        run_tables.gate(console(), result, dict(zip(keys, found.outcomes, strict=True)))
    if not result.passed:
        raise typer.Exit(FAILED)


def _baseline(path: Path) -> Run:
    from eval.runs import read_run

    if not path.is_file():
        raise EvalError(f"{path}：没有这份基线。第一次请加 --update，把现在的结果写成基线。")
    return read_run(path)


def _update(path: Path, now: Run, right: int, json: bool) -> None:
    """Writes the run as the new baseline and says so; `right` of its questions have nothing wrong."""
    now.save(path)
    say(f"已写下基线 {path}：{len(now.items)} 个问题，其中 {right} 个答对")
    if json:
        out({"updated": str(path), "measures": {"right": right / len(now.items)}})
