"""The JSON of the HTTP interface as types, so that OpenAPI shows the same contract that the tests hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.model import Comparison, Role
from search.model import Kind, Language

Start = Annotated[int, Field(description="起点：文件正文的第几个字符，从 0 数起", examples=[4410])]
End = Annotated[int, Field(description="终点（不含）", examples=[4472])]


class AskRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"question": "谁负责充电桩", "top": 5}, {"question": "who is responsible for charging piles"}]
        },
    )

    question: str = Field(description="一句话的问题，中文或英文")
    top: int = Field(default=5, ge=1, le=100, description="最多返回几条条款")


class UnitRole(BaseModel):
    name: str = Field(description="单位名称，照文件原文", examples=["市发展改革委"])
    role: Role = Field(description="lead 牵头，responsible 责任，support 配合", examples=["responsible"])


class Duty(UnitRole):
    start: Start
    end: End
    inherited: bool = Field(description="责任写在上级条目或一组条目之后，由本条承接")


class Quantity(BaseModel):
    what: str = Field(examples=["公共充电桩"])
    comparison: Comparison = Field(examples=[">="])
    number: float = Field(examples=[6000.0])
    unit: str = Field(examples=["台"])
    start: Start
    end: End


class Deadline(BaseModel):
    text: str = Field(description="照原文", examples=["到2023年"])
    date: str | None = Field(description="能确定时的日期", examples=["2023-12-31"])
    start: Start
    end: End
    inherited: bool


class Document(BaseModel):
    id: str = Field(description="文件编号", examples=["3f2a9c01d4"])
    title: str = Field(examples=["天津市新型基础设施建设三年行动方案（2021—2023年）"])
    issuer: str | None = Field(description="发文机关", examples=["天津市人民政府办公厅"])
    doc_number: str | None = Field(description="发文字号")
    issued_on: str | None = Field(description="成文日期", examples=["2021-02-27"])
    region: str | None = Field(description="地区", examples=["天津市"])
    status: str = Field(description="时效性")
    source: str = Field(description="添加时的文件名", examples=["plan.txt"])


class ListedDocument(Document):
    clauses: int = Field(description="条款数")


class Place(BaseModel):
    id: str = Field(description="条款编号：文件编号-序号", examples=["3f2a9c01d4-27"])
    path: list[str] = Field(description="逐级标题，末位是本条编号")
    text: str
    start: Start
    end: End


class Clause(Place):
    units: list[Duty]
    quantities: list[Quantity]
    deadlines: list[Deadline]


class Quote(BaseModel):
    text: str = Field(description="回答问题的那句原文")
    start: Start
    end: End


class Hit(BaseModel):
    rank: int = Field(ge=1)
    score: float = Field(description="越大越好，只在同一次回答里可比")
    document: Document
    clause: Clause
    quote: Quote


class AnswerReply(BaseModel):
    question: str
    language: Language
    kind: Kind = Field(description="问的是什么")
    answered: bool = Field(description="为 false 时没有文件作此规定，hits 只是最接近的条款")
    answer: str
    confidence: float = Field(ge=0, le=1)
    units: list[UnitRole]
    hits: list[Hit]


class SearchReply(BaseModel):
    query: str
    hits: list[Hit]


class DocumentsReply(BaseModel):
    documents: list[ListedDocument]


class DocumentReply(BaseModel):
    document: ListedDocument


class ClausesReply(BaseModel):
    document: Document
    clauses: list[Clause]


class AddedDocument(BaseModel):
    id: str
    source: str
    status: Literal["added", "unchanged", "replaced"]
    clauses: int
    replaced: str | None = Field(description="被它替换的旧版编号")


class RefusedFile(BaseModel):
    source: str
    reason: str


class AddReply(BaseModel):
    added: list[AddedDocument]
    refused: list[RefusedFile]


class RemovedReply(BaseModel):
    removed: Document


class UnitCount(BaseModel):
    name: str
    clauses: int = Field(description="有它职责的条款数")


class UnitsReply(BaseModel):
    units: list[UnitCount]


class UnitDuty(BaseModel):
    unit: str
    role: Role
    start: Start
    end: End
    inherited: bool
    document: Document
    clause: Place


class DutiesReply(BaseModel):
    unit: str
    duties: list[UnitDuty]


class Health(BaseModel):
    status: Literal["ok"]


class Ready(BaseModel):
    status: Literal["ready"]
    documents: int
    version: int = Field(description="台账的变更序号")


class ErrorBody(BaseModel):
    code: str = Field(description="供程序判断", examples=["unknown_unit"])
    message: str = Field(description="出了什么问题", examples=["没有名为“市教育委”的单位"])
    hint: str = Field(description="可以怎么办", examples=["是不是“市教委”？"])


class ErrorReply(BaseModel):
    error: ErrorBody
