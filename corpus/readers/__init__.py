"""Readers: the bytes of a file become its text. One module per format, chosen by the file's suffix."""

from __future__ import annotations

from pathlib import PurePath
from typing import Protocol

from corpus.model import CorpusError, SourceText
from corpus.readers import markdown, text


class Reader(Protocol):
    """Turns the bytes of one file into a SourceText; raises CorpusError naming the file if it cannot."""

    def __call__(self, name: str, data: bytes) -> SourceText: ...


_READERS: dict[str, Reader] = {".md": markdown.read, ".txt": text.read}

SUFFIXES: frozenset[str] = frozenset(_READERS)


def read(name: str, data: bytes) -> SourceText:
    """The text of a file; `name` is its file name, whose suffix (in any case) tells the format.

    Raises CorpusError for a format that is not read, and whatever its reader refuses.
    """
    suffix = PurePath(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        said = f"不能读取 {suffix} 格式的文件" if suffix else "文件没有后缀，不知道是什么格式"
        raise CorpusError(f"{name}：{said}（可读：{'、'.join(sorted(SUFFIXES))}）。请另存为纯文本再添加。")
    return reader(name, data)
