"""Words that compare a number: 不低于, 超过, 最高不超过 before it; 以上, 以内, 左右 after it."""

from __future__ import annotations

import re

from corpus.amounts import Amount
from corpus.model import Comparison

_NOT = r"(?:不得|不应|不能|不宜|不)"
_BEFORE: tuple[tuple[Comparison, str], ...] = (
    (
        ">=",
        rf"(?:{_NOT}(?:低于|少于|小于|短于)|至少|最低|最少|大于(?:或)?等于|≥|达到或超过)",
    ),
    (
        "<=",
        rf"(?:(?:最高|最多|最长|上限)?{_NOT}(?:超过|高于|大于|多于|突破|超出|超)|最多|最高|至多|最长|上限|控制在|小于(?:或)?等于|≤)(?:为|是|可)?(?:达到?|扣|得|给予|补助|奖励|补贴)?",
    ),
    (">", r"(?:超过|高于|大于|多于|突破|超出|超|＞|>)"),
    ("<", r"(?:低于|小于|少于|不足|不到|未满|不满|＜|<)"),
    ("~", r"(?:约|近|大约|将近|接近|大概)"),
    (
        "=",
        r"(?:(?:提高|提升|增加|扩大|增长|增|上升|降低|下降|减少|减|降|压减|稳定|保持|维持|缩短|压缩)(?:到|至|在)|达到|达|为|是)",
    ),
)
COMPARED = re.compile(
    "(?:" + "|".join(f"(?P<c{n}>{words})" for n, (_, words) in enumerate(_BEFORE)) + r")(?:了|约|近|\s)*$"
)
_BASED = re.compile(
    "(?:"
    + "|".join(f"(?P<c{n}>{words})" for n, (_, words) in enumerate(_BEFORE[:4]))
    + r")(?P<base>[一-鿿]{1,12}?)的?$"
)
_EACH = re.compile(r"(?:每[人户个家年月天日次亩套台辆]){1,3}$")  # 不超过每人每天100元
_AFTER: dict[str, Comparison] = {
    "以上": ">=",
    "及以上": ">=",
    "起": ">=",
    "以下": "<=",
    "及以下": "<=",
    "以内": "<=",
    "之内": "<=",
    "内": "<=",
    "左右": "~",
    "上下": "~",
}


def comparison_before(text: str, begin: int, amount: Amount) -> tuple[Comparison, int, tuple[int, int] | None]:
    """How the amount is compared, where the words before the comparison end, and the base it is compared with.

    The base is 总车位 in 不低于总车位30%: it stands between the comparison and a share.
    """
    each = _EACH.search(text, begin, amount.start)
    match = COMPARED.search(text, begin, each.start() if each else amount.start)
    match = match or COMPARED.search(text, begin, amount.start)
    base = None
    if match is None and (amount.unit in ("%", "倍") or amount.low < 1):
        match = _BASED.search(text, begin, amount.start)
        base = match.span("base") if match else None
    said: Comparison = "="
    if match is not None:
        said = next(sign for n, (sign, _) in enumerate(_BEFORE) if match.groupdict().get(f"c{n}"))
    if said in ("=", "~") and amount.after:
        said = _AFTER[amount.after]
    return ("~" if amount.about and said == "=" else said), match.start() if match else amount.start, base
