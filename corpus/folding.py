"""The reading view of a text span: one spelling for punctuation and grammar words, scraper noise left out, offsets kept.

The duty grammar reads `Folded.text`; what it reports is cut from `Folded.raw`, the characters as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Only characters that the grammar's own words are made of (labels, verbs, kinds of body), each before its simplified form.
_TRADITIONAL = """
    責责 單单 門门 牽牵 頭头 級级 參参 與与 協协 辦办 負负 務务 縣县 區区 鄉乡 鎮镇 黨党 會会 總总 廳厅 團团 業业 機机 構构 關关 銀银
    學学 醫医 應应 當当 須须 組组 織织 實实 聯联 繫系 係系 對对 國国 發发 財财 電电 領领 導导 劃划 規规 設设 環环 農农 鐵铁 稅税 審审
    監监 質质 個个 類类 為为 條条 據据 從从 們们 屬属 將将 報报 際际 專专 體体 產产 開开 進进 強强 動动 確确 編编 擬拟 訂订 備备 頒颁
    請请 還还 處处 衛卫 檢检 驗验 運运 營营 紅红 婦妇 軍军 裝装 氣气 隊队 館馆 圖图 書书 術术 兩两 眾众 場场 勞劳 險险 證证 貿贸 僑侨
    臺台 養养 勵励 積积 極极 間间 時时 嚴严 後后 無无 達达 統统 籌筹 執执 決决 選选 擇择 違违 採采 園园 盤盘 灣湾 號号 數数 濟济 經经
    廠厂 約约 獨独 長长 啟启 屆届 續续 緊紧 斷断 優优 擔担 誌志 訊讯 網网 資资 給给 於于 讓让 並并 該该 則则 許许 見见
"""
_PUNCTUATION = {
    **dict.fromkeys("（﹙(〔［[【｛〖﹝", "("),
    **dict.fromkeys("）﹚)〕］]】｝〗﹞", ")"),
    **dict.fromkeys("：﹕︰∶", ":"),
    **dict.fromkeys("，﹐", ","),
    **dict.fromkeys("；﹔", ";"),
    **dict.fromkeys("﹑､", "、"),
    **dict.fromkeys("\t\u3000\u00a0\u2002\u2003", " "),
    **dict.fromkeys("｜│", "|"),
    **dict.fromkeys("／", "/"),
}
_SPELLING = str.maketrans({**{pair[0]: pair[1] for pair in _TRADITIONAL.split()}, **_PUNCTUATION})
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])[(（][a-zü]{{0,5}}[{_TONED}][a-zü]{{0,4}}[)）]")
"""The reading that scrapers leave behind a character: `責(zé)任`."""
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad*\r"
_WRAP = re.compile(
    r"^[^\n]{24,}[^\n。;:!?！？)| ](\n)(?=[一-鿿A-Za-z])(?![一二三四五六七八九十第][一二三四五六七八九十百]*[、是章节条])",
    re.MULTILINE,
)
_NUMBERED = re.compile(r"[第(]?[一二三四五六七八九十0-9]+[)、.章节]")
_NOISE = re.compile(rf"[{_INVISIBLE}{_TONED}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded characters `text`, the same characters as written in `raw`, and in `at` the document offset of each."""

    text: str
    raw: str
    at: Sequence[int]

    def written(self, start: int, end: int) -> str:
        """The characters `start:end` of the view as written, without the white space between them."""
        return "".join(self.raw[start:end].split())

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Document offsets of the non-empty view span `start:end`."""
        return self.at[start], self.at[end - 1] + 1

    def without(self, dropped: set[int]) -> Folded:
        """The view less the characters at the view offsets `dropped`."""
        kept = [i for i in range(len(self.text)) if i not in dropped]
        return Folded(
            "".join(self.text[i] for i in kept), "".join(self.raw[i] for i in kept), [self.at[i] for i in kept]
        )


def unwrapped(view: Folded) -> Folded:
    """The view less the line breaks that only wrap a long line: unfinished before, neither number nor indent after."""
    breaks = {found.start(1) for found in _WRAP.finditer(view.text) if not _NUMBERED.match(found[0])}
    return view.without(breaks) if breaks else view


def fold(text: str, start: int, end: int) -> Folded:
    """View of `text[start:end]`; offsets in it count characters of `text`."""
    plain = text[start:end]
    if not (_NOISE.search(plain)):
        return Folded(plain.translate(_SPELLING), plain, range(start, end))
    kept: list[int] = []
    position = start
    for noise in PINYIN.finditer(text, start, end):
        kept.extend(range(position, noise.start()))
        position = noise.end()
    kept.extend(range(position, end))
    at = tuple(i for i in kept if text[i] not in _INVISIBLE)
    raw = "".join(text[i] for i in at)
    return Folded(raw.translate(_SPELLING), raw, at)
