"""Bytes to text: the encodings that offices use, and files that are no texts."""

import re

import pytest

import corpus
from corpus import CorpusError
from corpus.readers.encoding import MAX_BYTES

TEXT = "第一条　为了规范充电设施管理，制定本办法。\n第二条\u200b 由市发展改革委\u00a0负责。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_give_the_same_text(encoding: str) -> None:
    assert corpus.read("办法.txt", TEXT.encode(encoding)).text == TEXT


def test_a_byte_order_mark_goes_in_any_wide_encoding() -> None:
    assert corpus.read("a.txt", "\ufeff".encode("utf-16-be") + TEXT.encode("utf-16-be")).text == TEXT


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_become_newlines(end: str) -> None:
    assert corpus.read("a.txt", TEXT.replace("\n", end).encode()).text == TEXT


def test_markdown_is_kept_as_written_and_its_tables_found() -> None:
    written = "## 任务\n\n| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 建设平台 | 区城管委 |\n"
    source = corpus.read("分工.MD", written.encode())
    assert source.text == written
    assert source.tables[0].header == ("序号", "任务", "责任单位")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("空.txt", b"", "空的（没有任何文字）"),
        ("空白.txt", " \n\u3000\n".encode(), "只有空白"),
        ("空白.txt", " \u3000".encode("utf-16"), "只有空白"),
        ("图片.txt", b"\x89PNG\r\n\x1a\n0000", "PNG"),
        ("报告.txt", b"%PDF-1.7 ...", "PDF"),
        ("文件.txt", b"PK\x03\x04....", "压缩包"),
        ("旧文件.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "旧版 Word"),
        ("程序.txt", bytes(range(256)) * 8, "零字节"),
        ("控制.txt", ("\x01\x02\x03" * 40).encode(), "控制字符"),
        ("坏.txt", "第一条".encode() + b"\xff\xfe\xff" * 5 + b"\xff", "认不出编码"),
        ("坏.txt", b"\xff\xfe\x00\xd8\x41\x00", "utf-16"),
        ("乱码.txt", ("锟斤拷锟斤拷" * 20).encode(), "乱码（"),
        ("乱码.txt", TEXT.encode().decode("latin-1").encode(), "乱码（"),
        ("大.txt", "规".encode() * (50_000_000 // 3), "文件太大"),
        ("表.xyz", b"text", "可读：.md、.txt"),
        ("没有后缀", b"text", "没有后缀"),
    ],
)
def test_what_is_no_text_is_refused_by_name_with_the_reason(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason) as refused:
        corpus.read(name, data)
    assert str(refused.value).startswith(f"{name}：")
    assert re.search(r"（.+）。请.+。$", str(refused.value)), "why, and then what to do"


def test_the_limit_is_a_limit() -> None:
    assert corpus.read("a.txt", b"a" * MAX_BYTES).text == "a" * MAX_BYTES
    with pytest.raises(CorpusError, match="请拆成几份"):
        corpus.read("a.txt", b"a" * (MAX_BYTES + 1))


def test_the_door_says_which_files_can_be_read() -> None:
    assert {".md", ".txt"} <= corpus.SUFFIXES


def test_no_escape_sequence_reaches_the_terminal_and_offsets_stay() -> None:
    written = "第一条 \x1b[31m红\x1b[0m色，\x9b2J制定本办法。\n" + TEXT * 60
    read = corpus.read("a.txt", written.encode()).text
    assert read.startswith("第一条 \ufffd[31m红\ufffd[0m色，\ufffd2J制定本办法。\n")
    assert len(read) == len(written)
    with pytest.raises(CorpusError, match="控制字符"):
        corpus.read("a.txt", ("\x1b[2J" * 40).encode())
