"""What a document says of itself: title, issuer, 发文字号, date, region, validity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from corpus.elements import Element, Spoken
from corpus.formulas import DATE, DOC_NUMBER, METADATA, ORGANISATION
from corpus.gazetteer import region_of
from corpus.naming import cited_title, title_groups
from corpus.numerals import value_of


@dataclass(frozen=True, slots=True)
class Front:
    """The document about itself; `title_lines` are the indexes of the lines that give `title`."""

    title: str
    issuer: str | None
    doc_number: str | None
    issued_on: str | None
    region: str | None
    status: str
    title_lines: frozenset[int]


_ISSUER = re.compile(r"^(.*?)(?:关于|印发|转发|批转|公布|发布)")
_CONGRESS = re.compile(r"(\S{2,12}?)第[一二三四五六七八九十]+届人民代表大会(常务委员会)?")
_STATUSES = (("已废止", "废止|作废"), ("失效", "失效|无效"))
_IN_FORCE = "现行有效"
_NUMBERS = ("发文字号", "文号", "字号", "文件编号")
_ISSUERS = ("发文机关", "发文机构", "发布机构", "制发机关", "公布机关", "颁布单位")
_DATES = ("成文日期", "发文日期", "印发日期", "颁布日期")
_PUBLISHED = ("公布日期", "发布日期", "发布时间")
_VALIDITY = ("有效性", "时效性", "效力状态", "时效", "效力")
_LONGEST_FIRST_LINE = 60


def front_of(spoken: Sequence[Spoken], name: str) -> Front:
    """Reads the frame; what it does not say is None. Without a title the first line, if short, or the file's name is one."""
    metadata = _metadata(spoken)
    groups = title_groups(spoken)
    group, title = cited_title(spoken, groups, metadata.get("标题", ""))
    title = title or _first_line(spoken) or PurePath(name).stem or name
    heads = [found.title for found in groups]
    issuer = _first_of(metadata, _ISSUERS) or _issuer(spoken, heads)
    return Front(
        title=title,
        issuer=issuer,
        doc_number=_doc_number(spoken, metadata),
        issued_on=_issued_on(spoken, metadata),
        region=next((place for said in (title, issuer or "", *heads) if (place := region_of(said))), None),
        status=_status(spoken, metadata),
        title_lines=frozenset(group.lines) if group else frozenset(),
    )


def iso_date(words: str) -> str | None:
    """The first full date in the words (2021年2月27日, 二〇二一年二月二十七日, 2021-02-27) as ISO, if there is such a day."""
    found = DATE.search("".join(words.split()))
    if not found:
        return None
    written = [
        re.sub("[0OＯ]", "〇", part) if not part.isdecimal() else part for part in re.split(r"[年月日\-./]", found[0])
    ]
    year, month, day = (value_of(part) or 0 for part in written[:3])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _metadata(spoken: Sequence[Spoken]) -> dict[str, str]:
    """Values by label; a value may stand on the line below its label, or both in brackets in the title's line."""
    found: dict[str, str] = {}
    label = ""
    for said in spoken:
        if said.element is Element.METADATA or (said.element is Element.TITLE and "[" in said.words):
            label, value = _labelled(said.words, label)
            if label and value:
                found.setdefault(label, value)
                label = ""
    return found


def _labelled(words: str, label: str) -> tuple[str, str]:
    spaced = re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿]{0,3}\s*[一-鿿]?\s*[:：\]】])", "", words)
    found = METADATA.search(spaced)
    if found and (found.start() == 0 or found["open"]):
        return found["label"], spaced[found.end() :].strip(" \u3000\xa0:：-—")
    return label, words.strip()


def _first_of(metadata: dict[str, str], labels: Sequence[str]) -> str | None:
    return next((metadata[label] for label in labels if metadata.get(label)), None)


def _first_line(spoken: Sequence[Spoken]) -> str:
    words = spoken[0].words if spoken and not spoken[0].numbered else ""
    return words if 2 <= len(words) <= _LONGEST_FIRST_LINE and not re.search("[。；：！，:;,!]", words) else ""


def _doc_number(spoken: Sequence[Spoken], metadata: dict[str, str]) -> str | None:
    named = "".join((_first_of(metadata, _NUMBERS) or "").split())
    if DOC_NUMBER.match(named):
        return named
    for said in spoken:
        if said.element in (Element.DOC_NUMBER, Element.TITLE):
            found = DOC_NUMBER.match("".join(said.words.split()))
            if found and (said.element is Element.DOC_NUMBER or found["year"]):
                return found[0]
    return None


def _issuer(spoken: Sequence[Spoken], heads: Sequence[str]) -> str | None:
    for head in heads:
        found = _ISSUER.match(head)
        if found and all(ORGANISATION.fullmatch(body) for body in re.split("[、，]", "".join(found[1].split()))):
            return "".join(found[1].split())
    return _signed(spoken) or _adopted(spoken)


def _signed(spoken: Sequence[Spoken]) -> str | None:
    """Who signed first; a long name may fill two lines, and the date may follow it on the same line."""
    name = ""
    for said in spoken:
        if said.element not in (Element.SIGNATURE, Element.DATE):
            name = ""
            continue
        first = re.split(r"\s{2,}", said.words)[0]
        name += DATE.sub("", "".join(first.split()))
        if ORGANISATION.fullmatch(name):
            return name
    return None


def _adopted(spoken: Sequence[Spoken]) -> str | None:
    for said in spoken:
        if said.element is Element.ADOPTION and (found := _CONGRESS.search(re.sub(r"^\S*?日\s*", "", said.words))):
            return f"{found[1]}人民代表大会{found[2] or ''}"
    return None


def _issued_on(spoken: Sequence[Spoken], metadata: dict[str, str]) -> str | None:
    said = [line.words for wanted in (Element.DATE, Element.ADOPTION) for line in spoken if line.element is wanted]
    said += [line.words for line in spoken if line.element is Element.NOTE and line.words.endswith("印发")]
    labelled = ([metadata.get(label, "") for label in labels] for labels in (_DATES, _PUBLISHED))
    best, published = labelled
    return next((day for words in (*best, *said, *published) if (day := iso_date(words))), None)


def _status(spoken: Sequence[Spoken], metadata: dict[str, str]) -> str:
    said = _first_of(metadata, _VALIDITY) or ""
    titles = [line.words for line in spoken if line.element is Element.TITLE]
    for status, words in _STATUSES:
        noted = re.compile(rf"[（(\[【]已?(?:{words})[）)\]】]$")
        if re.search(words, said) or any(noted.search(title) for title in titles):
            return status
    return _IN_FORCE
