"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

JsonOption = Annotated[bool, typer.Option("--json", help="只输出 JSON")]
ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="名称或文件夹", help="任一 sentence-transformers 模型；不写用自带模型")
]
RerankerOption = Annotated[
    str | None, typer.Option("--reranker", metavar="名称或文件夹", help="用这个 CrossEncoder 重排；不写不重排")
]
DocumentsOption = Annotated[
    Path | None, typer.Option("--documents", metavar="文件夹", help="问题所涉及的其他文件；不写只有自带的两份方案")
]
LibraryOption = Annotated[Path | None, typer.Option("--library", metavar="DIR", help="只问这个现成的库，不另建临时库")]
QuestionsArgument = Annotated[
    Path | None, typer.Argument(metavar="问题.xlsx|.csv|.jsonl", help="不写用本项目自己的问题")
]
SaveOption = Annotated[
    Path | None, typer.Option("--save", metavar="结果.json", help="把每个问题的结果存下来，供 compare 比较")
]
WorkOption = Annotated[
    Path | None, typer.Option("--work", metavar="文件夹", help="临时库放在这里，下次可接着用；不写用完即删")
]
