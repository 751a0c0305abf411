"""Bytes to characters: which encoding a Chinese text file has, and whether it is a text file at all."""

from __future__ import annotations

import codecs
import re

from corpus.model import CorpusError

MAX_BYTES = 20_000_000
"""The largest text file that is read: some six million characters, a hundred times a long law."""

_MAGIC = (
    (b"PK\x03\x04", "压缩包或 Word、Excel 文件"),
    (b"%PDF", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word、Excel 文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"Rar!", "rar 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"SQLite format 3\x00", "SQLite 数据库"),
    (b"\x7fELF", "程序"),
    (b"MZ\x90\x00", "程序"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_STEERING = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd\ufffe\uffff]")
_COMMON = re.compile(r"[\t\n\r -~\xa0\u200b\u2013-\u201d\u2026\u3000-\u301f\u4e00-\u9fff\uff01-\uff5e]")
# Characters that turn up when UTF-8 is read as GBK (锟斤拷, 鐨勫) or as Latin-1 (ä¸­æ–‡), and hardly otherwise.
_MOJIBAKE = re.compile(r"[锟鐨鍥鏂鎴涓绛鍜屾姟鏄湪鍒]{1}(?=[^\x00-\x7f])|[ÃÂâäåæçèéï][\x80-\xbf\u0152-\u2122¤-¿]")
_SAMPLE = 200_000


def decoded(name: str, data: bytes) -> str:
    """The characters of a text file, line ends as LF, no byte order mark, U+FFFD for each that steers a terminal.

    Raises CorpusError if the file is empty, too large, no text, or in no known encoding.
    """
    if len(data) > MAX_BYTES:
        raise CorpusError(
            f"{name}：文件太大（{len(data):,} 字节，一份文件最多 {MAX_BYTES:,} 字节）。请拆成几份文件再添加。"
        )
    if not data.strip():
        raise CorpusError(f"{name}：文件是空的（没有任何文字）。请重新导出或复制正文再添加。")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise CorpusError(
                f"{name}：不是文本文件（从开头的字节看是{what}）。请另存为纯文本，或改回它本来的后缀再添加。"
            )
    text = _characters(name, data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip().strip("\ufeff\u200b"):
        raise CorpusError(f"{name}：文件是空的（只有空白）。请重新导出或复制正文再添加。")
    _require_text(name, text)
    return _STEERING.sub("\ufffd", text)


def _characters(name: str, data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(name, data, encoding).removeprefix("\ufeff")
    if (wide := _wide_encoding(data)) and 0 in data:
        return _strictly(name, data, wide)
    if 0 in data:
        raise CorpusError(f"{name}：不是文本文件（含有零字节，又不是 UTF-16）。请另存为纯文本再添加。")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as utf8:
        return _strictly(name, data, wide) if wide else _gb18030(name, data, utf8)


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{name}：编码有误（应是 {encoding}，但第 {error.start} 字节不是）。请另存为 UTF-8 再添加。"
        ) from error


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: read the right way round nearly all characters are common ones."""
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = data[:_SAMPLE].decode(encoding, errors="replace")
        if len(_COMMON.findall(sample)) * 10 >= len(sample) * 9:
            return encoding
    return None


def _gb18030(name: str, data: bytes, utf8: UnicodeDecodeError) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{name}：认不出编码（第 {utf8.start} 字节不是 UTF-8，第 {error.start} 字节不是 GB18030）。请另存为 UTF-8 再添加。"
        ) from error
    sample = text[:_SAMPLE]
    if len(_PRIVATE.findall(sample)) * 100 > len(sample):
        raise CorpusError(f"{name}：认不出编码（按 GB18030 读出的是正文里不会有的字符）。请另存为 UTF-8 再添加。")
    return text


def _require_text(name: str, text: str) -> None:
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) * 1000 > len(sample):
        raise CorpusError(f"{name}：不是文本文件（满是控制字符）。请另存为纯文本再添加。")
    if _looks_garbled(sample):
        raise CorpusError(f"{name}：正文是乱码（曾被按错误的编码读过）。请找到原文件，另存为 UTF-8 再添加。")


def _looks_garbled(sample: str) -> bool:
    """Whether most of the text is what a wrong decoding leaves behind."""
    return "锟斤拷" in sample or len(_MOJIBAKE.findall(sample)) * 4 > len(sample) or "\ufffd" * 3 in sample
