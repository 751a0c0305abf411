"""What a person sees at the terminal: the console, a progress bar on standard error, one JSON object on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error, shown to a person only."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda count: bar.advance(task, count)


def console() -> Console:
    """Standard output: as wide as the terminal, 140 columns where there is none."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 140)


def out(result: dict[str, Any]) -> None:
    """One JSON object on standard output."""
    typer.echo(json.dumps(result, ensure_ascii=False, indent=2))


def say(line: str) -> None:
    """A line on standard error, beside whatever standard output carries."""
    typer.echo(line, err=True)
