"""What went wrong, said so that a person can act on it: one `Problem` for the command line, HTTP and the page.

Only mistakes and conditions that a user can cause or mend are named here. Anything else is a fault of ours and is left to
raise, so that it is seen and mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus import CorpusError
from index import IndexMismatch, LedgerError, ModelUnavailable, UnknownDocument
from search import QuestionError, UnknownUnit

_ADVICE = re.compile(r"[。：；](?=请)")


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` for programs, `message` says what and why, `hint` what to do; `exit` and `status` for shell and HTTP."""

    code: str
    message: str
    hint: str
    exit: int
    status: int

    def as_json(self) -> dict[str, dict[str, str]]:
        """The one error shape of the HTTP interface."""
        return {"error": {"code": self.code, "message": self.message, "hint": self.hint}}


class Busy(RuntimeError):
    """More requests are waiting than the service will hold."""


class BadSetting(ValueError):
    """A `TIAOWEN_` variable or an option holds a value that cannot be used."""


class PortTaken(OSError):
    """The service cannot listen where it was told to."""


class CannotWrite(OSError):
    """A file that was to be written, and could not be."""


def parted(words: str) -> tuple[str, str]:
    """What is wrong, and the advice (`请…`) that the words end with, "" for none."""
    message, *advice = _ADVICE.split(words, maxsplit=1)
    return message, "".join(advice)


def _advised(code: str, error: Exception, advice: str, exit: int, status: int) -> Problem:
    """The problem with the advice that its own words end with (`…。请…`), or else the advice given here."""
    message, own = parted(str(error))
    return Problem(code, message, own or advice, exit, status)


def _question(error: Exception) -> Problem:
    return _advised("bad_question", error, "请用一句话提问，例如：谁负责充电桩", 2, 422)


def _unit(error: Exception) -> Problem:
    nearest = error.nearest if isinstance(error, UnknownUnit) else ()
    unit = error.unit if isinstance(error, UnknownUnit) else ""
    hint = "是不是" + "、".join(f"“{name}”" for name in nearest[:3]) + "？" if nearest else ""
    message = f"已收录的文件里没有“{unit}”这个单位"
    return Problem("unknown_unit", message, hint or "用 tiaowen duties 或 GET /v1/units 查看全部单位", 1, 404)


def _document(error: Exception) -> Problem:
    return Problem("unknown_document", str(error), "用 tiaowen list 或 GET /v1/documents 查看文件编号", 1, 404)


def _corpus(error: Exception) -> Problem:
    return _advised("unreadable_document", error, "请换一份可读的文件再添加；文件库没有改动", 3, 422)


def _mismatch(error: Exception) -> Problem:
    hint = "用建库时的模型（--model），或运行 tiaowen rebuild"
    return _advised("index_mismatch", error, hint, 3, 503)


def _ledger(error: Exception) -> Problem:
    hint = "检查文件库所在的文件夹与磁盘空间，再运行 tiaowen check"
    return _advised("library_failed", error, hint, 3, 503)


def _folder(error: Exception) -> Problem:
    hint = "换一个可以读写的文件夹：--library DIR 或环境变量 TIAOWEN_LIBRARY"
    return Problem("library_unusable", f"文件库无法使用：{error}", hint, 3, 503)


def _busy(error: Exception) -> Problem:
    return Problem("busy", "正在处理的请求太多", "请稍后再试", 3, 503)


def _setting(error: Exception) -> Problem:
    return Problem("bad_setting", str(error), "改正环境变量或选项后再试；见 tiaowen --help", 2, 500)


def _model(error: Exception) -> Problem:
    message, own = parted(str(error))
    hint = own or "检查 --model 的名称或文件夹；不写 --model 就用自带模型"
    return Problem("model_unavailable", f"模型无法载入：{message}", hint, 3, 503)


def _port(error: Exception) -> Problem:
    return Problem("port_taken", str(error), "换一个端口（--port），或先停掉占用它的程序", 3, 500)


def _write(error: Exception) -> Problem:
    return Problem("cannot_write", str(error), "换一个可以写入的位置", 3, 500)


_EXPLANATIONS: dict[type[Exception], Callable[[Exception], Problem]] = {
    QuestionError: _question,
    UnknownUnit: _unit,
    UnknownDocument: _document,
    CorpusError: _corpus,
    IndexMismatch: _mismatch,
    LedgerError: _ledger,
    Busy: _busy,
    BadSetting: _setting,
    ModelUnavailable: _model,
    PortTaken: _port,
    CannotWrite: _write,
    PermissionError: _folder,
    NotADirectoryError: _folder,
    FileExistsError: _folder,
}

EXPLAINED: tuple[type[Exception], ...] = tuple(_EXPLANATIONS)
"""The exceptions that `explain` has words for; nothing else is caught anywhere in this package."""


def explain(error: Exception) -> Problem:
    """The problem behind one of `EXPLAINED` (or a subclass). Raises the error itself when it is none of them."""
    for kind in type(error).__mro__:
        if kind in _EXPLANATIONS:
            return _EXPLANATIONS[kind](error)
    raise error
