"""The README tells the truth: every command, option and setting is in it, no other is, and its first example prints that."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_group

import api.cli
import eval.cli
from api.settings import Settings

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
PROGRAMS: dict[str, typer.Typer] = {"tiaowen": api.cli.app, "tiaowen-eval": eval.cli.app}
AND_SO_ON = "…"


def commands() -> dict[str, set[str]]:
    """Each command as it is typed, with its long options; those that the README gives for all of `tiaowen` are left out."""
    found: dict[str, set[str]] = {}
    for program, app in PROGRAMS.items():
        common = {"--library", "--model"} if program == "tiaowen" else set()
        for name, command in get_group(app).commands.items():
            options = {option for each in command.params for option in each.opts if option.startswith("--")}
            found[f"{program} {name}"] = options - common
    return found


def rows(command: str) -> list[str]:
    """The lines of the README's tables that begin with a command."""
    return re.findall(rf"^\| `{re.escape(command)}[ `].*$", README, re.M)


@pytest.mark.parametrize("command", commands())
def test_every_command_has_its_row_with_its_options(command: str) -> None:
    (row,) = rows(command)
    missing = {option for option in commands()[command] if not re.search(rf"{option}\b(?!-)", row)}
    assert missing == set()


def test_every_command_that_is_named_exists() -> None:
    named = {" ".join(found) for found in re.findall(r"\b(tiaowen(?:-eval)?) ([a-z][a-z-]*)", README)}
    assert named == set(commands())


def test_every_option_that_is_named_exists() -> None:
    known = {"--library", "--model"}.union(*commands().values())
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", README)) <= known
    assert {"--library", "--model"} <= set(re.findall(r"--[a-z]+", README))


def test_every_setting_is_named_and_no_other() -> None:
    assert set(re.findall(r"TIAOWEN_[A-Z_]+", README)) == {f"TIAOWEN_{name.upper()}" for name in Settings.model_fields}


def test_the_first_example_prints_what_it_shows(tmp_path: Path) -> None:
    """A last line `…` stands for the rest of the output."""
    block = re.search(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", README, re.S)
    assert block is not None
    program, *arguments = shlex.split(block["command"])
    assert (program, arguments[0]) == (".venv/bin/tiaowen", "ask")
    shown = [line.rstrip() for line in block["output"].rstrip().splitlines()]
    printed = output(*arguments, "--library", str(tmp_path / "library"))
    if shown[-1:] == [AND_SO_ON]:
        shown, printed = shown[:-1], printed[: len(shown) - 1]
    assert shown
    assert shown == printed


def output(*arguments: str) -> list[str]:
    """The lines that `tiaowen` prints where a line has 100 columns, without the blanks at their ends."""
    settings = {f"TIAOWEN_{name.upper()}" for name in Settings.model_fields}
    plain = {name: value for name, value in os.environ.items() if name not in settings | {"FORCE_COLOR"}}
    environment = plain | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", "from api import main; main()", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    return [line.rstrip() for line in done.stdout.rstrip().splitlines()]
