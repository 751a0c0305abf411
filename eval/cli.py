"""The command line of the measurements: `tiaowen-eval questions …`. Each command imports what it needs when it runs.

Exit status: 0 done, 2 bad use, 3 failure. With `--json`, standard output carries one object with `measures` and nothing
else; progress goes to standard error.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eval.calibrate import calibrate
from eval.errors import EvalError

if TYPE_CHECKING:
    from rich.console import Console

BAD_USE, FAILURE = 2, 3

app = typer.Typer(
    name="tiaowen-eval",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="条文：答得对不对，找得准不准，快不快。",
)

JsonOption = Annotated[bool, typer.Option("--json", help="只输出 JSON")]
ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="名称或文件夹", help="任一 sentence-transformers 模型；不写用自带模型")
]
DocumentsOption = Annotated[
    Path | None, typer.Option("--documents", metavar="文件夹", help="问题所涉及的其他文件；不写只有自带的两份方案")
]
WorkOption = Annotated[
    Path | None, typer.Option("--work", metavar="文件夹", help="临时库放在这里，下次可接着用；不写用完即删")
]


class Half(Enum):
    """One of the two indexes alone."""

    dense = "dense"
    lexical = "lexical"


@app.command()
def questions(
    file: Annotated[Path | None, typer.Argument(metavar="问题.jsonl", help="不写用本项目自己的问题")] = None,
    documents: DocumentsOption = None,
    library: Annotated[
        Path | None, typer.Option("--library", metavar="DIR", help="只问这个现成的库，不另建临时库")
    ] = None,
    model: ModelOption = None,
    json: JsonOption = False,
) -> None:
    """标注好的问题：首条对不对，单位全不全，该拒答的有没有拒答；逐一列出答错的。"""
    from eval import tables
    from eval.labelled import own_questions, read_questions
    from eval.questions import ask_all, by_type, summary

    labels = read_questions(file) if file else own_questions()
    with _asker(library, documents, model) as ask, _progress("提问", len(labels)) as advance:
        outcomes = ask_all(labels, ask, advance)
    result: dict[str, Any] = {
        "questions": len(outcomes),
        "measures": summary(outcomes),
        "types": by_type(outcomes),
        "wrong": [each.as_json() for each in outcomes if not each.right],
    }
    if json:
        _out(result)
        return
    console = _console()
    tables.wrong_questions(console, outcomes)
    tables.groups(console, "按类型", result["types"])
    tables.measures(console, f"{len(outcomes)} 个问题，{len(result['wrong'])} 个有错", result["measures"])


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
    json: JsonOption = False,
) -> None:
    """在一批文本里检索：R@1、R@10、R@100、MRR@10、nDCG@10。"""
    from eval import tables
    from eval.retrieval import measured, read_queries

    asked = read_queries(queries, field)
    with _folder(work) as folder, _progress("建库", None) as adding, _progress("检索", len(asked)) as asking:
        result = measured(corpus, asked, folder, only.value if only else None, model, adding, asking)
    if json:
        _out(result)
        return
    console = _console()
    tables.groups(console, "按种类", result["kinds"])
    tables.measures(console, f"{result['records']} 条文本，{result['queries']} 个查询", result["measures"])


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
        _out(result)
        return
    console = _console()
    tables.wrong_units(console, result["wrong"])
    tables.groups(console, "按写法", result["styles"])
    tables.measures(console, f"{result['clauses']} 条", result["measures"])


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
        _out(result)
        return
    console = _console()
    for row in result["wrong"]:
        console.print(
            f"✗ {row['doc']}：{row['characters']} 字，恰好一次 {row['once']}，不止一次 {row['twice']}", markup=False
        )
    tables.measures(console, f"{result['files']} 份文件，{result['characters']} 字", result["measures"])


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
    json: JsonOption = False,
) -> None:
    """快不快：冷启动、同一进程里提问与检索下限之比、编码与入库的速度。"""
    from eval import tables
    from eval.labelled import own_questions, read_questions
    from eval.speed import report

    asked = [label.q for label in (read_questions(file) if file else own_questions())]
    with _folder(work) as folder, _progress("建库", None) as advance:
        result = report(corpus, asked, folder, runs=runs, rounds=rounds, model=model, progress=advance)
    if json:
        _out(result)
        return
    console = _console()
    tables.measures(console, f"{result['clauses']} 条条款", result["measures"])
    console.print(f"冷启动导入 torch：{'是' if result['cold']['torch_imported'] else '否'}")
    if result["adding"]:
        console.print(f"入库 {result['adding']['clauses']} 条，每秒 {result['adding']['clauses_per_s']} 条")


app.command()(calibrate)


def main() -> None:
    """Runs the command line and exits with its status."""
    from corpus import CorpusError
    from index import IndexMismatch, LedgerError

    try:
        app()
    except (EvalError, CorpusError) as error:
        typer.echo(f"错误：{error}", err=True)
        sys.exit(BAD_USE)
    except (LedgerError, IndexMismatch, OSError, ModuleNotFoundError) as error:
        typer.echo(f"错误：{error}", err=True)
        sys.exit(FAILURE)


@contextmanager
def _asker(library: Path | None, documents: Path | None, model: str | None) -> Iterator[Callable[[Any], Any]]:
    """How a labelled question is asked: of one given library, or of temporary ones by the question's scope."""
    from eval.scopes import Scopes
    from index import Library
    from search import Engine

    if library is None:
        with _folder(None) as folder, Scopes(folder, documents, model) as scopes:
            yield scopes.ask
        return
    if not library.is_dir():
        raise EvalError(f"{library}：没有这个库")
    opened = Library.open(library, model=model)
    engine = Engine(opened)
    try:
        yield lambda label: engine.ask(label.q, 10)
    finally:
        opened.close()


@contextmanager
def _folder(work: Path | None) -> Iterator[Path]:
    if work is not None:
        work.mkdir(parents=True, exist_ok=True)
        yield work
        return
    with tempfile.TemporaryDirectory(prefix="tiaowen-eval-") as folder:
        yield Path(folder)


@contextmanager
def _progress(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error, shown to a person only."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda count: bar.advance(task, count)


def _console() -> Console:
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 140)


def _out(result: dict[str, Any]) -> None:
    typer.echo(json.dumps(result, ensure_ascii=False, indent=2))
