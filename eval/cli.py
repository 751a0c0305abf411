"""The command line of the measurements: `tiaowen-eval questions …`. Each command imports what it needs when it runs.

Exit status: 0 done, 1 the gate failed, 2 bad use, 3 failure. With `--json`, standard output carries one object with
`measures` and nothing else; progress goes to standard error.
"""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from eval.calibrate import calibrate
from eval.cli_runs import compare, gate
from eval.errors import EvalError
from eval.options import (
    DocumentsOption,
    JsonOption,
    LibraryOption,
    ModelOption,
    QuestionsArgument,
    RerankerOption,
    SaveOption,
    WorkOption,
)
from eval.terminal import console, out, progress

BAD_USE, FAILURE = 2, 3

app = typer.Typer(
    name="tiaowen-eval",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="条文：答得对不对，找得准不准，快不快。",
)


class Half(Enum):
    """One of the two indexes alone."""

    dense = "dense"
    lexical = "lexical"


@app.command()
def questions(
    file: QuestionsArgument = None,
    documents: DocumentsOption = None,
    library: LibraryOption = None,
    model: ModelOption = None,
    reranker: RerankerOption = None,
    save: SaveOption = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="报告.html", help="写一页可打印的报告：数字、图、逐个答错的问题")
    ] = None,
    json: JsonOption = False,
) -> None:
    """标注好的问题：首条对不对，单位全不全，该拒答的有没有拒答；逐一列出答错的。"""
    from eval.asking import asked
    from eval.labelled import OWN, own_questions, read_questions
    from eval.page import write
    from eval.runs import Run
    from eval.tables import questions as show

    name = file.name if file else OWN
    found = asked(read_questions(file) if file else own_questions(), library, documents, model, reranker)
    if save:
        Run.of_questions(found.outcomes, name, found.model).save(save)
    if report:
        write(report, found, name)
    result = found.as_json()
    if json:
        out(result)
    else:
        show(console(), found.outcomes, found.doubts, result)


app.command()(compare)
app.command()(gate)


@app.command()
def retrieval(
    corpus: Annotated[
        Path, typer.Option("--corpus", metavar="C.jsonl[.gz]", help="每行 {id, text}，可有 law、title 等")
    ],
    queries: Annotated[Path, typer.Option("--queries", metavar="Q.jsonl[.gz]", help="每行 {query, gold: [id]}")],
    only: Annotated[Half | None, typer.Option("--only", help="dense 只用向量，lexical 只用词语")] = None,
    field: Annotated[str, typer.Option("--field", help="查询所在的字段，例如 query_zh")] = "query",
    work: WorkOption = None,
    model: ModelOption = None,
    reranker: RerankerOption = None,
    save: SaveOption = None,
    json: JsonOption = False,
) -> None:
    """在一批文本里检索：R@1、R@10、R@100、MRR@10、nDCG@10。"""
    from eval import tables
    from eval.asking import working_folder
    from eval.retrieval import measured, read_queries
    from eval.runs import Run

    if only and reranker:
        raise EvalError("--only 只量向量或词语，不经重排：请去掉 --only 或 --reranker")
    asked = read_queries(queries, field)
    with working_folder(work) as folder, progress("建库", None) as adding, progress("检索", len(asked)) as asking:
        found = measured(corpus, asked, folder, only.value if only else None, model, reranker, adding, asking)
    result = found.report
    if save:
        Run.of_retrieval(asked, found.values, f"{corpus.name}、{queries.name}", found.model).save(save)
    if json:
        out(result)
        return
    screen = console()
    tables.groups(screen, "按种类", result["kinds"])
    tables.measures(screen, f"{result['records']} 条文本，{result['queries']} 个查询", result["measures"])


@app.command()
def units(
    file: Annotated[Path, typer.Argument(metavar="条款.jsonl", help="标注了责任单位的条款")],
    documents: DocumentsOption = None,
    json: JsonOption = False,
) -> None:
    """责任单位抽得对不对：按写法统计，逐一列出抽错的条款。"""
    from eval import tables
    from eval.units import compare, parsed, read_expected, report

    expected = read_expected(file)
    result = report(compare(expected, parsed(documents, {each.doc for each in expected})))
    if json:
        out(result)
        return
    screen = console()
    tables.wrong_units(screen, result["wrong"])
    tables.groups(screen, "按写法", result["styles"])
    tables.measures(screen, f"{result['clauses']} 条", result["measures"])


@app.command()
def kept(
    folder: Annotated[Path | None, typer.Argument(metavar="文件夹", help="不写用自带的两份方案")] = None,
    json: JsonOption = False,
) -> None:
    """解析有没有丢字：每个非空白字符是否恰好属于一条条款或一个标题。"""
    from eval import tables
    from eval.kept import report

    result = report(folder)
    if json:
        out(result)
        return
    screen = console()
    for row in result["wrong"]:
        screen.print(
            f"✗ {row['doc']}：{row['characters']} 字，恰好一次 {row['once']}，不止一次 {row['twice']}", markup=False
        )
    tables.measures(screen, f"{result['files']} 份文件，{result['characters']} 字", result["measures"])


@app.command()
def speed(
    corpus: Annotated[
        Path | None, typer.Option("--corpus", metavar="laws.jsonl[.gz]", help="与两份方案一起放进库里；不写只有方案")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--questions", metavar="问题.jsonl", help="计时所用的问题；不写用本项目自己的")
    ] = None,
    runs: Annotated[int, typer.Option("--runs", min=1, help="冷启动几次")] = 5,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="每个问题计时几次")] = 3,
    work: WorkOption = None,
    model: ModelOption = None,
    reranker: RerankerOption = None,
    json: JsonOption = False,
) -> None:
    """快不快：冷启动、同一进程里提问与检索下限之比、重排、编码与入库的速度。"""
    from eval import tables
    from eval.asking import working_folder
    from eval.labelled import own_questions, read_questions
    from eval.speed import report

    asked = [label.q for label in (read_questions(file) if file else own_questions())]
    with working_folder(work) as folder, progress("建库", None) as advance:
        result = report(
            corpus, asked, folder, runs=runs, rounds=rounds, model=model, reranker=reranker, progress=advance
        )
    if json:
        out(result)
        return
    screen = console()
    tables.measures(screen, f"{result['clauses']} 条条款", result["measures"])
    screen.print(f"冷启动导入 torch：{'是' if result['cold']['torch_imported'] else '否'}")
    if result["adding"]:
        screen.print(f"入库 {result['adding']['clauses']} 条，每秒 {result['adding']['clauses_per_s']} 条")


app.command()(calibrate)


def main() -> None:
    """Runs the command line and exits with its status."""
    from corpus import CorpusError
    from index import IndexMismatch, LedgerError, ModelUnavailable

    try:
        app()
    except (EvalError, CorpusError) as error:
        typer.echo(f"错误：{error}", err=True)
        sys.exit(BAD_USE)
    except (LedgerError, IndexMismatch, ModelUnavailable, OSError) as error:
        typer.echo(f"错误：{error}", err=True)
        sys.exit(FAILURE)
