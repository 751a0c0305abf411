"""Reading closely: with the bundled model, whatever model the library was made with.

Candidates come from the library's own model; which word means which, and which sentence fits, is always read with the
bundled static table. It costs microseconds a word, so a slow model slows only the first step, and one calibration holds
for all.
"""

from __future__ import annotations

import re

from index.embedder import BUNDLED, StaticEmbedder
from index.library import Library
from index.segment import Segmenter

from .soft import Tokens

_CONTENT = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
_WEAK = frozenset(
    "的 了 和 与 及 或 在 是 要 能 会 给 让 把 对 从 到 为 由 归 就 也 都 还 再 又 被 将 可 可以 应 应当 需要 想 有 没 没有 不 这 那 其 "
    "每 各 个 项 条 事 事情 工作 方面 情况 问题 进行 开展 推进 推动 加强 做好 相关 有关 目前 现在 我们 我 你 他 一 两 上 下 中 里 时 后 前 "
    "拿 发 搞 弄 办 做 干 建 算 补 放 退 好 多 少 大 小 地方 东西 地区 本市 我市 市里 区里 省里".split()
)


class Reader:
    """Cuts texts into content words; `embedder` gives words and sentences their vectors. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self.segmenter: Segmenter = library.segmenter
        self.embedder = library.embedder if isinstance(library.embedder, StaticEmbedder) else StaticEmbedder(BUNDLED)
        self.tokens = Tokens(self.embedder)

    def words(self, text: str) -> list[str]:
        """The content words of a text, each once, in order."""
        words = (word for word in self.segmenter.words(text) if _CONTENT.search(word) and word not in _WEAK)
        return list(dict.fromkeys(words))

    def parts(self, word: str) -> tuple[str, ...]:
        """A compound of three or four characters cut in two known words, the longer first part preferred."""
        if not 3 <= len(word) <= 4 or word.isascii():
            return ()
        cuts = ((word[:at], word[at:]) for at in (2, 1, 3) if at < len(word))
        known = (parts for parts in cuts if all(self.segmenter.frequency(part) > 0 for part in parts))
        return next(known, ())
