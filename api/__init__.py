"""How people and programs reach the library: the command line, the HTTP service and the page.

The names below are loaded when first used, so that `tiaowen --help` does not wait for the web framework.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.app import create_app
    from api.cli import main
    from api.settings import Settings

__all__ = ["Settings", "create_app", "main"]


def __getattr__(name: str) -> Any:
    if name == "Settings":
        from api.settings import Settings

        return Settings
    if name == "create_app":
        from api.app import create_app

        return create_app
    if name == "main":
        from api.cli import main

        return main
    raise AttributeError(f"module 'api' has no attribute {name!r}")
