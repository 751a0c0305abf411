"""The sentences of the reply, in the language of the question. Names and quotes stay as the document writes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from corpus.gazetteer import Mention
from corpus.model import Role
from index.records import StoredDocument

from .model import Language
from .names import join


def fallback(language: Language, place: str, document: StoredDocument) -> str:
    """Says that the place's own documents are silent and whose document answers instead."""
    if language == "zh":
        return f"没有{place}的文件作此规定，以下依据《{document.title}》："
    return f"No document of {place} says so; this is from 《{document.title}》: "


def about(language: Language, place: str, document: StoredDocument) -> str:
    """Says whose document speaks about the place."""
    return f"《{document.title}》对{place}规定：" if language == "zh" else f"《{document.title}》 says of {place}: "


def also(language: Language, document: StoredDocument, others: Sequence[StoredDocument]) -> str:
    """Says which document the answer is from, and which others answer as well."""
    titles = "、".join(f"《{other.title}》" for other in others[:3])
    if language == "zh":
        return f"（依据《{document.title}》；{titles}也有相关规定，问题里写明地区即可分开。）"
    return f" (From 《{document.title}》; {titles} answers too: name the place to tell them apart.)"


def denied(language: Language) -> str:
    """A question about what is not someone's duty."""
    if language == "zh":
        return "只能查到文件写明由谁负责的事项，不能由此推断谁不负责。"
    return "Documents say who is responsible; who is not cannot be concluded from them."


def shown(documents: Sequence[StoredDocument]) -> str:
    """The documents that a title or number names."""
    return "；".join(f"已收录《{document.title}》，共 {document.clauses} 条" for document in documents) + "。"


def no_units(language: Language) -> str:
    return "条款没有写明责任单位。" if language == "zh" else "The clause names no responsible unit. "


def refusal(language: Language, place: str = "", nearest: bool = False) -> str:
    """No document says so."""
    if language == "zh":
        where = f"关于{place}，" if place else ""
        return f"{where}已收录的文件没有作此规定。" + ("下面是内容最接近的条款，仅供参考。" if nearest else "")
    where = f" about {place}" if place else ""
    return f"No document says so{where}." + (" The nearest clauses are shown for reference only." if nearest else "")


def no_figure(language: Language, place: str, deadline: bool, years: Collection[int] = ()) -> str:
    """The topic is there, the number or date is not, or not for the years asked about."""
    if language == "zh":
        what = "时间要求" if deadline else "数字"
        owner = place + "、".join(f"{year}年" for year in sorted(years))
        return f"已收录的文件写了相关内容，但没有写明{owner + '的' if owner else ''}这一{what}。下面是内容最接近的条款，仅供参考。"
    what = "date" if deadline else "number"
    when = " for " + ", ".join(map(str, sorted(years))) if years else ""
    return f"The documents speak of this, but give no such {what}{' for ' + place if place else ''}{when}. The nearest clauses are shown for reference only."


def too_vague(language: Language) -> str:
    if language == "zh":
        return "问题没有说是什么事项。请加上事项再问，例如“谁负责充电桩”。"
    return "The question does not say what it is about. Name the subject, e.g. “who is responsible for charging piles”."


def unknown_unit(language: Language, unit: str, nearest: Sequence[str]) -> str:
    if language == "zh":
        hint = f"名称相近的有：{join(nearest)}。" if nearest else ""
        return f"已收录的文件里没有“{unit}”这个单位。{hint}"
    hint = f" The nearest names are: {', '.join(nearest)}." if nearest else ""
    return f"No document names a unit “{unit}”.{hint}"


def unknown_title(title: str) -> str:
    return f"没有收录名为《{title}》的文件。"


def unknown_document(places: Sequence[Mention], hint: str) -> str:
    named = "".join(mention.text for mention in places) + hint.replace(" ", "")
    return f"没有收录“{named}”这样的文件。" if named else "还没有收录任何文件。"


def unknown_number(number: str) -> str:
    return f"没有收录文号为“{number}”的文件。"


def unknown_address(address: str, documents: Sequence[StoredDocument]) -> str:
    if len(documents) == 1:
        return f"《{documents[0].title}》没有{address}。"
    return f"已收录的文件没有{address}。"


def which_document(count: int, address: str) -> str:
    return f"已收录 {count} 份文件，请写明是哪一份文件的{address}，例如“《……办法》{address}”。"


def many_addresses(address: str, documents: Sequence[StoredDocument]) -> str:
    titles = "、".join(f"《{document.title}》" for document in documents[:5])
    more = f"等 {len(documents)} 份文件" if len(documents) > 5 else f"共 {len(documents)} 份文件"
    return f"{titles}{more}都有{address}，请写明是哪一份文件。"


def unit_tasks(language: Language, units: Sequence[str], role: Role | None, count: int, documents: int) -> str:
    """How many clauses name the units (in the role asked for), in how many documents."""
    if language == "zh":
        does = _ROLE_ZH[role] if role else "负责或参与"
        return f"{join(units)}{does}的条款共 {count} 条，见于 {documents} 份文件。"
    does = _ROLE_EN[role] if role else "named"
    return f"{', '.join(units)}: {does} in {count} clause(s) of {documents} document(s)."


def no_such_role(language: Language, role: Role) -> str:
    """The role asked for is not written anywhere, so all clauses are given."""
    if language == "zh":
        return f"没有条款写明由该单位{_ROLE_ZH[role]}，以下列出其全部条款。"
    return f"No clause gives it the role “{_ROLE_EN[role]}”; all its clauses are listed. "


def no_tasks(language: Language, units: Sequence[str], alone: bool, places: Sequence[Mention]) -> str:
    """No clause of the documents that speak for the places names the units so."""
    where = "".join(place.text for place in places)
    if language == "zh":
        held = f"已收录的{where + '的' if where else ''}文件"
        return f"{held}里没有由{join(units)}{'单独' if alone else ''}负责的条款。"
    held = f"documents of {where}" if where else "documents held"
    return f"No clause of the {held} is {'the sole' if alone else 'a'} responsibility of {', '.join(units)}."


_ROLE_ZH: dict[Role, str] = {"lead": "牵头", "responsible": "负责", "support": "配合"}
_ROLE_EN: dict[Role, str] = {"lead": "lead", "responsible": "responsible", "support": "support"}
