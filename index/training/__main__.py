"""`python -m index.training --data FOLDER --output index/model`: from the training texts to the bundled embedder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from tokenizers import Tokenizer

from index.training import card, data, export, held_out, negatives, pairs, start, terms, tokens, train, vocabulary
from index.training.teacher import Teacher, Vectors

_MINED = ("asked", "lay")


app = typer.Typer(add_completion=False)


@app.command()
def main(
    data_folder: Annotated[Path, typer.Option("--data", help="Folder of the gzipped JSON lines to train on.")],
    output: Annotated[Path, typer.Option(help="Folder that the model is written to.")],
    cache: Annotated[
        Path | None, typer.Option(help="Folder that keeps the teacher's vectors for the next run.")
    ] = None,
    teacher: Annotated[Path | None, typer.Option(help="all-MiniLM-L6-v2 as a folder, instead of the package.")] = None,
    steps: Annotated[int, typer.Option(min=1, help="Steps of the first stage.")] = 500,
    hard_steps: Annotated[int, typer.Option(min=1, help="Steps with mined wrong answers.")] = 400,
    threads: Annotated[int, typer.Option(min=1, help="More than one only pays on an idle machine.")] = 1,
    seed: Annotated[int, typer.Option()] = 0,
) -> None:
    """Trains the bundled embedder and prints its model card."""
    import torch

    torch.set_num_threads(threads)
    texts = data.read(data_folder)
    asked, kept_out = held_out.split(texts.asked)
    typer.echo(f"read: {len(asked)} clauses with questions, {len(kept_out)} more held out", err=True)
    normaliser = tokens.normaliser()
    words = vocabulary.build(replace(texts, asked=asked), normaliser.normalize_str, vocabulary.Sizes())
    tokenizer = tokens.tokenizer(words, normaliser)
    table = start.table(words, texts.entries, Teacher(cache, teacher), seed)
    typer.echo(f"start: {table.shape[0]} tokens, {table.shape[1]} dimensions", err=True)
    settings = train.Settings(steps=steps, seed=seed)
    table = _train(table, replace(texts, asked=asked), tokenizer, settings, hard_steps)
    export.write(output, table, tokenizer)
    text = card.text(output, held_out.prepare(texts, kept_out))
    (output / "README.md").write_text(text, encoding="utf-8")
    typer.echo(text)


def _train(
    table: Vectors, texts: data.Texts, tokenizer: Tokenizer, settings: train.Settings, hard_steps: int
) -> Vectors:
    """First on all pairs, then with the wrong passages that the first stage takes for answers."""
    passages = [*texts.articles, *texts.paragraphs]
    coded = pairs.encode(tokenizer, [p.whole for p in passages])
    sources = pairs.sources(texts, tokenizer, settings.seed)
    sources += terms.sources(coded, [p.text for p in passages], texts.entries, tokenizer, settings.seed)
    table = train.fit(table, sources, settings, _report)
    mined = [negatives.mine(table, s, coded, settings.seed) if s.name in _MINED else s for s in sources]
    return train.fit(table, mined, replace(settings, steps=hard_steps, seed=settings.seed + 1), _report)


def _report(line: str) -> None:
    typer.echo(line, err=True)


if __name__ == "__main__":
    app()
