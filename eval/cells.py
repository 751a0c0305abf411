"""How an office fills in a question's row: which headings are known, and how each cell is read.

条款开头 may hold several starts, one a line or separated by ； or |. 责任单位 are separated by 、 ， ； or lines, outside
brackets, and by a 等 with more behind it; 各市、县（区）人民政府 and 市、区民政部门 stay one. A label before them (牵头单位：), a
role behind (（牵头）, 负责) and a closing 等 are not part of a name. The names are read here and not by `corpus.duties`, which
is what they are to judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from eval.errors import EvalError

ASKED = "q"
NEEDED = {"问题": "q", "文件": "doc", "条款开头": "clause_start"}
_HEADINGS = {
    **NEEDED,
    **dict.fromkeys(("提问", "question", "q"), "q"),
    **dict.fromkeys(("文件名", "文件名称", "文件标题", "doc"), "doc"),
    **dict.fromkeys(("条款", "clause_start"), "clause_start"),
    **dict.fromkeys(("责任单位", "units"), "units"),
    **dict.fromkeys(("语言", "lang"), "lang"),
    **dict.fromkeys(("类型", "问题类型", "type"), "type"),
    **dict.fromkeys(("答案", "参考答案", "answer"), "answer"),
    **dict.fromkeys(("范围", "scope"), "scope"),
}
_LANGUAGES = {"中文": "zh", "汉语": "zh", "zh": "zh", "英文": "en", "英语": "en", "english": "en", "en": "en"}
_SCOPES = {"自带方案": "seeds", "全部": "all", "本文件": "doc"}
TYPES = {
    "谁负责": "who",
    "数量": "number",
    "期限": "deadline",
    "事实": "fact",
    "关键词": "keyword",
    "地区区分": "who-disambig",
    "单位任务": "unit-to-task",
    "无答案": "no_answer",
    "近似无答案": "no_answer_near_miss",
}
_NOTHING = {"无", "没有", "-", "—", "——", "/"}
_NOTE = re.compile(r"\(.*?\)|[\s*:]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SEPARATOR = re.compile(r"[、,，;；\n]+")
_ETC = re.compile(r"(?<=[局委办厅部院会府])等(?=各|[省市区县旗]|有关|相关)")
_LEVELS = re.compile(r"(?P<each>各|有关|相关)?(?P<levels>[省市州盟县区旗乡镇]+)(?P<bracket>[（(〔].*[)）〕])?")
_HEIGHT = {"省": 0, "市": 1, "州": 1, "盟": 1, "县": 2, "旗": 2, "区": 2, "乡": 3, "镇": 3}
_OF_COUNTY = re.compile(r"市(?:人民)?政府")
_LABEL = re.compile(r"^(?:(?:牵头|责任|主办|主责|配合|协办|负责|参与)(?:单位|部门)?)\s*[:：]\s*")
_ROLE = re.compile(r"[（(](?:牵头|主办|负责|配合|协办)[)）]$")
_END = re.compile(r"(?:等(?:部门|单位|按职责分工负责)?|(?:按职责分工)?负责|牵头|配合)[。.]?$")


def column_of(heading: str) -> str | None:
    """The English name of a column, None for one that is not read: 条款开头（前20字）is `clause_start`."""
    return _HEADINGS.get(_NOTE.sub("", unicodedata.normalize("NFKC", heading)).lower())


def row_of(cells: Mapping[str, str], where: str) -> dict[str, Any]:
    """A row as a JSONL file would have it, from its non-empty cells under the English names. Raises EvalError.

    No 文件 (or 无): no document answers. Without 类型, a row with 责任单位 is `who`, another `fact`; without 语言, a question without a
    Chinese character is English.
    """
    question = cells.get("q", "")
    doc, start, unit = (
        "" if cells.get(name) in _NOTHING else cells.get(name, "") for name in ("doc", "clause_start", "units")
    )
    starts, units = clause_starts(start), unit_names(unit)
    if not question:
        raise EvalError(f"{where}：没有写问题")
    if doc and not starts:
        raise EvalError(f"{where}：写了文件，没有写条款开头；请抄上正确条款的前 20 个字，连编号一起")
    if not doc and (starts or units):
        raise EvalError(
            f"{where}：写了条款开头或责任单位，没有写文件；请写上文件名或标题（没有文件能回答的，三格都留空）"
        )
    return {
        "q": question,
        "lang": _language(cells.get("lang", ""), question, where),
        "type": _type(cells.get("type", ""), bool(doc), bool(units)),
        "doc": doc or None,
        "clause_start": starts,
        "units": units or None,
        "answer": cells.get("answer", ""),
        "scope": _SCOPES.get(cells.get("scope", ""), cells.get("scope") or None),
    }


def clause_starts(cell: str) -> list[str]:
    """The starts in a cell: `3．推进智慧能源；2.推进智慧交通` are two."""
    return [part.strip() for part in re.split(r"[；|｜\n]", cell) if part.strip()]


def unit_names(cell: str) -> list[str]:
    """The units in a cell in order, each once: `牵头单位：市教委；县（市、区）人民政府等` are 市教委 and 县（市、区）人民政府."""
    names = (_END.sub("", _ROLE.sub("", _LABEL.sub("", part.strip()))).strip() for part in _parts(cell))
    return list(dict.fromkeys(name for name in names if name))


def _parts(cell: str) -> list[str]:
    """The cell cut at each separator that lies in no bracket and not between the levels of one name."""
    depth, cuts, begin, level = 0, [], 0, 0
    for at, char in enumerate(cell):
        depth += (char in "（(〔") - (char in "）)〕" and depth > 0)
        if not depth and (_SEPARATOR.match(char) or _ETC.match(cell, at)):
            if char == "、" and _goes_on(cell[level:at].strip(), cell[at + 1 :].lstrip()):
                level = at + 1
                continue
            cuts.append(cell[begin:at])
            begin = level = at + 1
    return [*cuts, cell[begin:]]


def _goes_on(left: str, right: str) -> bool:
    """Whether `left` is a mere level of government and `right` goes on with another one of the same name.

    市、区民政部门 is always one name; 各区 can be a name by itself, and is one before a higher level: 各区、市教委 are two.
    """
    found, level = _LEVELS.fullmatch(_LABEL.sub("", left)), right[:1]
    if found is None or level not in _HEIGHT or level in found["levels"]:
        return False
    if not found["each"] and not found["bracket"]:
        return True
    beside = not found["bracket"] and (right[1:2] == "、" or ("县" in found["levels"] and _OF_COUNTY.match(right)))
    return bool(beside) or _HEIGHT[level] >= max(_HEIGHT[each] for each in found["levels"])


def _language(cell: str, question: str, where: str) -> str:
    if not cell:
        return "zh" if _CHINESE.search(question) else "en"
    if cell.lower() not in _LANGUAGES:
        raise EvalError(f"{where}：语言应当是中文或英文，而不是 {cell}")
    return _LANGUAGES[cell.lower()]


def _type(cell: str, answerable: bool, with_units: bool) -> str:
    if cell:
        return TYPES.get(cell, cell)
    return ("who" if with_units else "fact") if answerable else "no_answer"
