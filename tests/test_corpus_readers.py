"""Bytes to text: the encodings that offices use, and files that are no texts."""

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
        ("空.txt", b"", "empty"),
        ("空白.txt", " \n\u3000\n".encode(), "white space"),
        ("空白.txt", " \u3000".encode("utf-16"), "white space"),
        ("图片.txt", b"\x89PNG\r\n\x1a\n0000", "PNG"),
        ("报告.txt", b"%PDF-1.7 ...", "PDF"),
        ("文件.txt", b"PK\x03\x04....", "zip"),
        ("旧文件.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Word"),
        ("程序.txt", bytes(range(256)) * 8, "zero bytes"),
        ("控制.txt", ("\x01\x02\x03" * 40).encode(), "control characters"),
        ("坏.txt", "第一条".encode() + b"\xff\xfe\xff" * 5 + b"\xff", "neither UTF-8"),
        ("坏.txt", b"\xff\xfe\x00\xd8\x41\x00", "utf-16"),
        ("乱码.txt", ("锟斤拷锟斤拷" * 20).encode(), "garbled"),
        ("乱码.txt", TEXT.encode().decode("latin-1").encode(), "garbled"),
        ("大.txt", "规".encode() * (50_000_000 // 3), "bytes"),
        ("表.xyz", b"text", "readable are .md, .txt"),
        ("没有后缀", b"text", "without a suffix"),
    ],
)
def test_what_is_no_text_is_refused_by_name_with_the_reason(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason) as refused:
        corpus.read(name, data)
    assert str(refused.value).startswith(f"{name}: ")


def test_the_limit_is_a_limit() -> None:
    assert corpus.read("a.txt", b"a" * MAX_BYTES).text == "a" * MAX_BYTES
    with pytest.raises(CorpusError, match="split it"):
        corpus.read("a.txt", b"a" * (MAX_BYTES + 1))


def test_the_door_says_which_files_can_be_read() -> None:
    assert {".md", ".txt"} <= corpus.SUFFIXES
