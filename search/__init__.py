"""A question becomes an answer. The door: Engine(library).ask(question), .search(words), .duties(unit)."""

from .engine import Engine, UnknownUnit
from .model import Answer, Hit, Kind, Language, Quote, UnitRole, clause_json, document_json, duties_json
from .question import MAX_LENGTH, QuestionError
from .rerank import CrossEncoderReranker, Reranker, load_reranker

__all__ = [
    "MAX_LENGTH",
    "Answer",
    "CrossEncoderReranker",
    "Engine",
    "Hit",
    "Kind",
    "Language",
    "QuestionError",
    "Quote",
    "Reranker",
    "UnitRole",
    "UnknownUnit",
    "clause_json",
    "document_json",
    "duties_json",
    "load_reranker",
]
