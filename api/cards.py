"""Readable cards for the terminal: the answer first, then where it is written. Colour only where the terminal has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from api.locator import locator
from api.marks import pieces
from api.paragraph import Paragraph
from api.view import (
    NEAR,
    by_role,
    first_words,
    grouped,
    headline,
    marked,
    own_units,
    path_of,
    refusal,
    roles_here,
    tidy,
)
from api.wording import CHINESE, Words, words
from corpus.model import Clause, Role
from index.records import StoredClause, StoredDocument, StoredDuty
from search.model import Answer, Hit, Quote

ROLE_STYLE: dict[Role, str] = {
    "lead": "bold white on dark_red",
    "responsible": "bold white on dark_blue",
    "support": "bold white on grey37",
}


def show_answer(console: Console, answer: Answer) -> None:
    """The answer card, its first clause with the quote marked, then the others in short."""
    label = words(answer.language)
    console.print(_head(answer, label))
    if not answer.hits:
        return
    if answer.kind == "unit_duties" and answer.answered:
        _show_tasks(console, answer, label)
        return
    if not answer.answered:
        console.print(Text(label.nearest, style="yellow"))
    first, *others = answer.hits
    console.print(_clause_card(first, label, mark=answer.answered, plain=not console.is_terminal))
    if not answer.answered:
        others = others[:NEAR]
    if others:
        title = label.others if answer.answered else label.also_near
        console.print(Rule(title, style="grey50", align="left"))
        for hit in others:
            console.print(_short(hit, label))


def show_hits(console: Console, hits: Sequence[Hit]) -> None:
    """Clauses found by `search`, best first."""
    for hit in hits:
        console.print(_clause_card(hit, CHINESE, mark=True, plain=not console.is_terminal))


def show_documents(console: Console, documents: Sequence[StoredDocument]) -> None:
    """A short paragraph per document in force: nothing is cut off, whatever the terminal's width."""
    for each in documents:
        facts = (each.doc_number, each.issuer, each.issued_on, each.region, each.status, f"{each.clauses} 条条款")
        console.print(Paragraph(Text.assemble((each.id, "bold cyan"), "  ", (each.title, "bold"))))
        line = Paragraph(Text(" · ".join(fact for fact in (*facts, each.source) if fact), style="grey50"))
        console.print(Padding(line, (0, 0, 1, 12)))


def show_clauses(console: Console, document: StoredDocument, clauses: Iterable[StoredClause]) -> None:
    """Every clause of one document in order, its responsibility statement dimmed."""
    console.print(_document_line(document), Text())
    for stored in clauses:
        console.print(Paragraph(Text(f"{stored.id}  {path_of(stored.clause)}", style="grey50")))
        body = _marked(stored.clause, None, plain=True)
        console.print(Padding(Group(body, *_chips(own_units(stored.clause), CHINESE)), (0, 0, 1, 2)))


def show_duties(console: Console, duties: Sequence[StoredDuty]) -> None:
    """The duty register: unit, role and clause, under each document's title."""
    for document, group in groupby(duties, key=lambda duty: duty.document):
        console.print(_document_line(document))
        table = Table("单位", "角色", "条款", "原文", box=None, pad_edge=False)
        for each in group:
            clause = each.clause.clause
            table.add_row(
                each.duty.unit, CHINESE.roles[each.duty.role], locator(clause.path), first_words(clause.text, 36)
            )
        console.print(Padding(table, (0, 0, 1, 2)))


def _show_tasks(console: Console, answer: Answer, label: Words) -> None:
    for group in grouped(answer.hits):
        console.print(_document_line(group.document))
        grid = Table.grid(padding=(0, 1))
        for hit in group.hits:
            chips = Text(" ").join(_chip(role, label) for role in roles_here(hit, answer.units))
            where = Paragraph(Text(path_of(hit.clause), style="grey50"))
            grid.add_row(Text(f"{hit.rank}."), chips, Group(Paragraph(Text(hit.quote.text.strip())), where))
        console.print(Padding(grid, (0, 0, 1, 2)))


def _head(answer: Answer, label: Words) -> RenderableType:
    body: list[RenderableType] = []
    if not answer.answered:
        first, others = refusal(answer)
        body.append(Paragraph(Text(first, style="bold yellow")))
        body += [Paragraph(Text(others))] if others else []
    else:
        said = headline(answer)
        body += [Paragraph(Text(said, style="bold"))] if said else []
        body += _chips(by_role(answer.units), label)
        body += [Paragraph(Text(answer.also))] if answer.also else []
        body.append(Text(label.certainty(answer.confidence), style="grey50"))
    style = "green" if answer.answered else "yellow"
    return Panel(Group(*body), title=Text(answer.question), title_align="left", border_style=style, padding=(0, 1))


def _chip(role: Role, label: Words) -> Text:
    return Text(f" {label.roles[role]} ", style=ROLE_STYLE[role])


def _chips(roles: Iterable[tuple[Role, list[str]]], label: Words) -> list[RenderableType]:
    return [_beside(_chip(role, label), Paragraph(Text("、".join(names)), names=True)) for role, names in roles]


def _beside(left: Text, right: RenderableType) -> Table:
    """Two columns, the right one with all the room that the left one leaves."""
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=left.cell_len)
    grid.add_column(ratio=1)
    grid.add_row(left, right)
    return grid


def _clause_card(hit: Hit, label: Words, *, mark: bool, plain: bool) -> RenderableType:
    where = _document_line(hit.document, before=f"{hit.rank}. ")
    path = Paragraph(Text(path_of(hit.clause), style="cyan"))
    body = _marked(hit.clause, marked(hit) if mark else None, plain=plain)
    return Padding(Group(where, Padding(Group(path, body), (0, 0, 0, 3))), (0, 0, 1, 0))


def _short(hit: Hit, label: Words) -> RenderableType:
    said = first_words(hit.quote.text, 120)
    lines = [Paragraph(Text(said)), *_chips(own_units(hit.clause), label)]
    lines.append(Paragraph(Text(f"《{hit.document.title}》{path_of(hit.clause)}", style="grey50")))
    return Padding(_beside(Text(f"{hit.rank}."), Group(*lines)), (0, 0, 1, 0))


def _document_line(document: StoredDocument, before: str = "") -> Paragraph:
    facts = [fact for fact in (document.doc_number, document.issued_on, document.region) if fact]
    return Paragraph(Text.assemble((f"{before}《{document.title}》", "bold"), ("  " + " · ".join(facts), "grey50")))


def _marked(clause: Clause, quote: Quote | None, *, plain: bool) -> Paragraph:
    styles = {"plain": "", "quote": "bold underline", "statement": "grey50"}
    text = Text()
    for piece in pieces(clause, quote):
        said = tidy(piece.text)
        shown = f"▶{said}◀" if plain and piece.kind == "quote" else said
        text.append(shown, style=styles[piece.kind])
    return Paragraph(text)
