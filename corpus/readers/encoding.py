"""Bytes to characters: which encoding a Chinese text file has, and whether it is a text file at all."""

from __future__ import annotations

import codecs
import re

from corpus.model import CorpusError

MAX_BYTES = 20_000_000
"""The largest text file that is read: some six million characters, a hundred times a long law."""

_MAGIC = (
    (b"PK\x03\x04", "a zip archive or Word/Excel document"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word/Excel document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"Rar!", "a rar archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd\ufffe\uffff]")
_COMMON = re.compile(r"[\t\n\r -~\xa0\u200b\u2013-\u201d\u2026\u3000-\u301f\u4e00-\u9fff\uff01-\uff5e]")
# Characters that turn up when UTF-8 is read as GBK (锟斤拷, 鐨勫) or as Latin-1 (ä¸­æ–‡), and hardly otherwise.
_MOJIBAKE = re.compile(r"[锟鐨鍥鏂鎴涓绛鍜屾姟鏄湪鍒]{1}(?=[^\x00-\x7f])|[ÃÂâäåæçèéï][\x80-\xbf\u0152-\u2122¤-¿]")
_SAMPLE = 200_000


def decoded(name: str, data: bytes) -> str:
    """The characters of a text file, line ends as LF, no byte order mark.

    Raises CorpusError if the file is empty, too large, no text, or in no known encoding.
    """
    if len(data) > MAX_BYTES:
        raise CorpusError(
            f"{name}: the file has {len(data):,} bytes, more than the {MAX_BYTES:,} that one text may have; split it into documents"
        )
    if not data.strip():
        raise CorpusError(f"{name}: the file is empty; export or copy the text again")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise CorpusError(
                f"{name}: this is {what}, not a text file; save it as plain text or give it its own suffix"
            )
    text = _characters(name, data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip().strip("\ufeff\u200b"):
        raise CorpusError(f"{name}: the file holds nothing but white space; export or copy the text again")
    _require_text(name, text)
    return text


def _characters(name: str, data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(name, data, encoding).removeprefix("\ufeff")
    if (wide := _wide_encoding(data)) and 0 in data:
        return _strictly(name, data, wide)
    if 0 in data:
        raise CorpusError(
            f"{name}: the file holds zero bytes and is not UTF-16, so it is not a text file; save it as plain text"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as utf8:
        return _strictly(name, data, wide) if wide else _gb18030(name, data, utf8)


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{name}: the file says it is {encoding} but byte {error.start} is not; save it again as UTF-8"
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
            f"{name}: neither UTF-8 (byte {utf8.start}) nor GB18030 (byte {error.start}); save it again as UTF-8"
        ) from error
    sample = text[:_SAMPLE]
    if len(_PRIVATE.findall(sample)) * 100 > len(sample):
        raise CorpusError(f"{name}: read as GB18030 it gives characters that no text has; save it again as UTF-8")
    return text


def _require_text(name: str, text: str) -> None:
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) * 1000 > len(sample):
        raise CorpusError(
            f"{name}: the file is full of control characters, so it is not a text file; save it as plain text"
        )
    if _looks_garbled(sample):
        raise CorpusError(
            f"{name}: the text is garbled, it was once read in the wrong encoding; get the original and save it as UTF-8"
        )


def _looks_garbled(sample: str) -> bool:
    """Whether most of the text is what a wrong decoding leaves behind."""
    return "锟斤拷" in sample or len(_MOJIBAKE.findall(sample)) * 4 > len(sample) or "\ufffd" * 3 in sample
