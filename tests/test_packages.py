"""What gets installed, and that every door tells the truth about itself."""

import importlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ["corpus", "index", "search", "api", "eval"]


def test_exactly_these_packages_are_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == PACKAGES


@pytest.mark.parametrize("name", PACKAGES)
def test_the_door_lists_what_it_has_sorted(name: str) -> None:
    door = importlib.import_module(name)
    public = [each for each in door.__all__ if each != "__version__"]
    assert sorted(public, key=_as_ruff_sorts) == public
    assert [each for each in door.__all__ if not hasattr(door, each)] == []


def _as_ruff_sorts(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize("name", PACKAGES)
def test_every_package_has_a_docstring(name: str) -> None:
    assert importlib.import_module(name).__doc__
