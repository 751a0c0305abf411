"""`python -m index.training --data FOLDER --output index/model`: from the training texts to the bundled embedder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from index.lattice import Lattice
from index.training import (
    automaton,
    card,
    data,
    export,
    held_out,
    pairs,
    parts,
    start,
    terms,
    tokens,
    train,
    vocabulary,
)
from index.training.parts import Parts
from index.training.teacher import Teacher, Vectors
from index.training.vocabulary import Vocabulary

app = typer.Typer(add_completion=False)


@app.command()
def main(
    data_folder: Annotated[Path, typer.Option("--data", help="Folder of the gzipped JSON lines to train on.")],
    output: Annotated[Path, typer.Option(help="Folder that the model is written to.")],
    cache: Annotated[
        Path | None, typer.Option(help="Folder that keeps the teacher's vectors for the next run.")
    ] = None,
    teacher: Annotated[Path | None, typer.Option(help="all-MiniLM-L6-v2 as a folder, instead of the package.")] = None,
    steps: Annotated[int, typer.Option(min=1)] = 1100,
    dimensions: Annotated[int, typer.Option(min=1, help="At least the teacher's.")] = 512,
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
    lattice = automaton.lattice(tokenizer)
    try:
        rows = start.table(words, texts.entries, Teacher(cache, teacher), dimensions, seed)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--dimensions") from error
    typer.echo(f"start: {rows.shape[0]} tokens, {rows.shape[1]} dimensions", err=True)
    made = parts.parts(list(words.scores))
    settings = train.Settings(steps=steps, seed=seed)
    rows = _train(rows, made, replace(texts, asked=asked), words, lattice, settings)
    export.write(output, rows, tokenizer, lattice, parts.words(list(words.scores), made))
    text = card.text(output, held_out.prepare(texts, kept_out))
    (output / "README.md").write_text(text, encoding="utf-8")
    typer.echo(text)


def _train(
    own: Vectors, made: Parts, texts: data.Texts, words: Vocabulary, lattice: Lattice, settings: train.Settings
) -> Vectors:
    passages = [*texts.articles, *texts.paragraphs]
    coded = pairs.encode(lattice, [p.whole for p in passages])
    sources = pairs.sources(texts, lattice, settings.seed)
    groups = [p.text for p in passages]
    sources += terms.sources(coded, groups, texts.entries, list(words.scores), lattice, settings.seed)
    return train.table(train.fit(own, made, sources, settings, _report), made)


def _report(line: str) -> None:
    typer.echo(line, err=True)


if __name__ == "__main__":
    app()
