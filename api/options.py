"""The options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library", metavar="DIR", help="文件库所在的文件夹（默认 ./library；没有就新建，并收入自带的两份方案）"
    ),
]
ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="名称或文件夹", help="任一 sentence-transformers 模型；不写用自带模型")
]
RerankerOption = Annotated[
    str | None,
    typer.Option(
        "--reranker", metavar="名称或文件夹", help="用任一 sentence-transformers CrossEncoder 重排前三十条；不写不重排"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出 JSON")]


def decoded(value: Any) -> Any:
    """The argument itself, unless the terminal sent bytes that are no text."""
    try:
        "".join(value).encode()
    except UnicodeEncodeError:
        raise typer.BadParameter("不是有效的 UTF-8 文字") from None
    return value


DocumentArgument = Annotated[str, typer.Argument(metavar="文件编号", help="见 tiaowen list")]
