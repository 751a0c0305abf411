"""The words on the screen, in Chinese and in English, for the command line and the page alike."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Role
from search.model import Kind, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Every label in one language. A missing one is a type error, so the two languages cannot drift apart."""

    language: Language
    name: str
    tagline: str
    ask: str
    placeholder: str
    examples: str
    loaded: str
    skip: str
    others: str
    nearest: str
    also_near: str
    confident: str
    likely: str
    unsure: str
    inherited: str
    copy: str
    copied: str
    documents: str
    all_documents: str
    add: str
    add_note: str
    remove: str
    remove_sure: str
    failed: str
    quantities: str
    deadlines: str
    count: str
    back: str
    empty_library: str
    roles: dict[Role, str]
    kinds: dict[Kind, str]
    outcomes: dict[str, str]
    problems: dict[str, str]

    def certainty(self, confidence: float) -> str:
        """Confidence 0 to 1 in words."""
        if confidence >= 0.85:
            return self.confident
        return self.likely if confidence >= 0.65 else self.unsure


CHINESE = Words(
    language="zh",
    name="条文",
    tagline="问一句话，找到条款、责任单位和原文",
    ask="提问",
    placeholder="谁负责充电桩",
    examples="试试这样问",
    loaded="已收录 {documents} 份文件、{clauses} 条条款",
    skip="跳到正文",
    others="其他相关条款",
    nearest="最接近的条款",
    also_near="其他接近的条款",
    confident="可信度高",
    likely="可信度较高",
    unsure="可信度较低，请核对原文",
    inherited="承上",
    copy="复制引文",
    copied="已复制",
    documents="文件",
    all_documents="查看全部文件",
    add="添加文件",
    add_note="纯文本或 Markdown（.txt、.md），可一次选多份",
    remove="移除",
    remove_sure="移除后，它立即不再出现在任何回答里。",
    failed="没有办成",
    quantities="指标",
    deadlines="期限",
    count="共 {count} 条",
    back="返回提问",
    empty_library="文件库里还没有文件",
    roles={"lead": "牵头", "responsible": "责任", "support": "配合"},
    kinds={
        "responsibility": "责任单位",
        "unit_duties": "单位职责",
        "quantity": "指标",
        "deadline": "期限",
        "clause": "条款",
        "none": "无规定",
    },
    outcomes={
        "added": "已添加",
        "unchanged": "内容相同，未变动",
        "replaced": "已替换旧版",
        "removed": "已移除",
        "refused": "未添加",
    },
    problems={},
)

ENGLISH = Words(
    language="en",
    name="Tiaowen",
    tagline="Ask in a sentence; get the clause, the units responsible and the words that say so",
    ask="Ask",
    placeholder="who is responsible for charging piles",
    examples="Try asking",
    loaded="{documents} documents and {clauses} clauses loaded",
    skip="Skip to the content",
    others="Other related clauses",
    nearest="Nearest clause",
    also_near="Other clauses that come near",
    confident="High confidence",
    likely="Fair confidence",
    unsure="Low confidence, please check the source",
    inherited="from above",
    copy="Copy quote",
    copied="Copied",
    documents="Documents",
    all_documents="See all documents",
    add="Add documents",
    add_note="Plain text or Markdown (.txt, .md); several at once if you like",
    remove="Remove",
    remove_sure="Once removed, it is gone from every answer at once.",
    failed="That did not work",
    quantities="Targets",
    deadlines="Deadlines",
    count="{count} clauses",
    back="Back to asking",
    empty_library="The library holds no documents yet",
    roles={"lead": "Lead", "responsible": "Responsible", "support": "Support"},
    kinds={
        "responsibility": "Responsible units",
        "unit_duties": "Duties of a unit",
        "quantity": "Target",
        "deadline": "Deadline",
        "clause": "Clause",
        "none": "Nothing found",
    },
    outcomes={
        "added": "Added",
        "unchanged": "Same content, nothing changed",
        "replaced": "Replaced the earlier version",
        "removed": "Removed",
        "refused": "Not added",
    },
    problems={
        "bad_question": "This cannot be asked. Please put a short question in words, in Chinese or English.",
        "unknown_document": "The library holds no document with this id.",
        "not_found": "There is no such page.",
        "too_large": "The files are too large to send at once.",
        "busy": "Too many questions at once. Please try again in a moment.",
        "internal": "Something went wrong in the service.",
    },
)


def words(language: Language) -> Words:
    return ENGLISH if language == "en" else CHINESE
