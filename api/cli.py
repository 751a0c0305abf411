"""The command line: `tiaowen ask …`. Each command imports what it needs when it runs, so that asking stays quick.

Exit status: 0 done, 1 not found or nothing to answer, 2 bad use, 3 failure. With `--json`, standard output carries the
contract object and nothing else; everything said to a person on the way goes to standard error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.desk import Place, note, opened, out, progress, say
from api.options import DocumentArgument, JsonOption, LibraryOption, ModelOption, RerankerOption, decoded

NOT_FOUND, FAILURE = 1, 3
NAMED = 5  # files that a message names one by one
ADDED = {"added": "已添加", "unchanged": "未变动", "replaced": "已替换旧版"}

app = typer.Typer(
    name="tiaowen",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="退出码：0 办成；1 没找到或没有可答；2 用法有误；3 失败。也可用环境变量 TIAOWEN_LIBRARY、TIAOWEN_MODEL、TIAOWEN_RERANKER 设定，选项优先。",
)


@app.callback()
def tiaowen(context: typer.Context, library: LibraryOption = None, model: ModelOption = None) -> None:
    """条文：问一句话，找到政策文件里的条款、责任单位和原文。"""
    context.obj = Place(library, model)


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="问题", callback=decoded, help="例如：谁负责充电桩")],
    top: Annotated[int, typer.Option("--top", min=1, max=100, help="最多列出几条条款")] = 5,
    json: JsonOption = False,
    library: LibraryOption = None,
    model: ModelOption = None,
    reranker: RerankerOption = None,
) -> None:
    """提问：谁负责、归谁管、某单位有哪些任务、指标多少、什么时候完成、第几条怎么说。"""
    with opened(context, library, model, ranking=True, reranker=reranker) as desk:
        answer = desk.engine.ask(question, top)
        if json:
            out(answer.as_json())
        else:
            from api import cards

            cards.show_answer(desk.console(), answer)
    raise typer.Exit(0 if answer.answered else NOT_FOUND)


@app.command()
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="词语", callback=decoded, help="例如：智慧 停车")],
    top: Annotated[int, typer.Option("--top", min=1, max=100, help="最多列出几条条款")] = 10,
    json: JsonOption = False,
    library: LibraryOption = None,
    model: ModelOption = None,
    reranker: RerankerOption = None,
) -> None:
    """按词语和意思查找条款，不作回答。"""
    query = " ".join(words)
    with opened(context, library, model, ranking=True, reranker=reranker) as desk:
        hits = desk.engine.search(query, top)
        if json:
            out({"query": query, "hits": [hit.as_json() for hit in hits]})
        elif hits:
            from api import cards

            cards.show_hits(desk.console(), hits)
        else:
            say(f"没有找到与“{query}”相关的条款。")
    raise typer.Exit(0 if hits else NOT_FOUND)


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="文件或文件夹", help=".txt、.md；文件夹连同其中的文件夹")],
    json: JsonOption = False,
    library: LibraryOption = None,
    model: ModelOption = None,
) -> None:
    """添加文件，添加后立即可查。读不了的文件说明原因、不作改动，其余照常添加。

    退出码：0 全部添加；1 给出的路径里没有可读的文件；3 有文件未能添加。
    """
    from api.intake import add_found, find

    with opened(context, library, model) as desk:
        found = find(paths)
        with progress(len(found.files)) as done:
            result = add_found(desk.library, found, done)
        for each in result.refused:
            note(f"未添加 {each.source}：{each.reason}")
        if found.others:
            named = "、".join(found.others[:NAMED]) + (" 等" if len(found.others) > NAMED else "")
            note(
                f"文件夹里另有 {len(found.others)} 个文件格式不支持，没有读：{named}。目前能读 .txt 和 .md，请另存后再添加。"
            )
        if json:
            out(result.as_json())
        for added in result.added if not json else ():
            say(f"{ADDED[added.status]} {added.id} {added.source}（{added.clauses} 条条款）")
    raise typer.Exit(NOT_FOUND if not found.files else FAILURE if result.refused else 0)


@app.command()
def remove(
    context: typer.Context,
    document_id: DocumentArgument,
    library: LibraryOption = None,
    model: ModelOption = None,
) -> None:
    """移除一份文件，移除后立即不再出现在任何回答里。"""
    with opened(context, library, model) as desk:
        document = desk.library.remove(document_id)
        say(f"已移除 {document.id}《{document.title}》。")


@app.command("list")
def list_documents(
    context: typer.Context, json: JsonOption = False, library: LibraryOption = None, model: ModelOption = None
) -> None:
    """列出现有文件。"""
    with opened(context, library, model) as desk:
        documents = desk.library.documents()
        if json:
            from search.model import document_json

            out({"documents": [document_json(document) | {"clauses": document.clauses} for document in documents]})
        elif documents:
            from api import cards

            cards.show_documents(desk.console(), documents)
        else:
            say("文件库里还没有文件。用 tiaowen add 添加。")


@app.command()
def clauses(
    context: typer.Context,
    document_id: DocumentArgument,
    json: JsonOption = False,
    library: LibraryOption = None,
    model: ModelOption = None,
) -> None:
    """按顺序列出一份文件的全部条款和各条的责任单位。"""
    with opened(context, library, model) as desk:
        document, found = desk.library.document(document_id), desk.library.clauses(document_id)
        if json:
            from search.model import clause_json, document_json

            out({"document": document_json(document), "clauses": [clause_json(stored) for stored in found]})
        else:
            from api import cards

            cards.show_clauses(desk.console(), document, found)


@app.command()
def duties(
    context: typer.Context,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="单位", callback=lambda unit: unit and decoded(unit), help="只看这个单位，例如：市教委"
        ),
    ] = None,
    json: JsonOption = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="文件", help="写成表格文件")] = None,
    library: LibraryOption = None,
    model: ModelOption = None,
) -> None:
    """职责清单：哪个单位在哪份文件的哪一条里担任什么角色。"""
    from api import register

    with opened(context, library, model) as desk:
        found = desk.library.duties() if unit is None else desk.engine.duties(unit)
        if xlsx is not None:
            register.write_xlsx(found, xlsx)
            (note if json else say)(f"已写入 {xlsx}，共 {len(found)} 行。")
        if json:
            out(register.as_json(found))
        elif xlsx is None:
            from api import cards

            cards.show_duties(desk.console(), found)
    raise typer.Exit(0 if found else NOT_FOUND)


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option("--host", metavar="地址", help="监听的地址（默认 127.0.0.1）")] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="监听的端口（默认 8000；0 为任选）")
    ] = None,
    library: LibraryOption = None,
    model: ModelOption = None,
    reranker: RerankerOption = None,
) -> None:
    """启动网页和 HTTP 服务，载入文件库之后才开始应答。"""
    with opened(context, library, model, ranking=True, reranker=reranker, host=host, port=port) as desk:
        from api.serving import serve_forever

        serve_forever(desk.engine, desk.settings)


@app.command()
def check(
    context: typer.Context, json: JsonOption = False, library: LibraryOption = None, model: ModelOption = None
) -> None:
    """核对台账与索引是否一致。"""
    with opened(context, library, model) as desk:
        report = desk.library.check()
        if json:
            out(report.as_json())
        else:
            say(str(report))
    raise typer.Exit(0 if report.ok else FAILURE)


@app.command()
def rebuild(context: typer.Context, library: LibraryOption = None, model: ModelOption = None) -> None:
    """从台账重建全部索引，文件一份不少；换了模型之后也用它。"""
    with opened(context, library, model, matching=False) as desk:
        desk.library.rebuild()
        say("索引已重建。")


def main() -> None:
    """The `tiaowen` program."""
    app()
