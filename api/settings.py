"""What can be set from outside. This is the only place in the project that reads the environment.

Every setting is an environment variable with the prefix `TIAOWEN_` (`TIAOWEN_LIBRARY`, `TIAOWEN_MODEL`, …); the command
line's options go before it. A `Settings` never changes once made and is passed in, never looked up.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the library is, which models read and re-order it, and how the service behaves."""

    model_config = SettingsConfigDict(env_prefix="TIAOWEN_", frozen=True, extra="forbid", env_ignore_empty=True)

    library: Path = Field(default=Path("library"), description="文件库所在的文件夹")
    model: str | None = Field(default=None, description="向量模型：名称或文件夹；不填用自带模型")
    reranker: str | None = Field(default=None, description="重排模型（CrossEncoder）：名称或文件夹；不填不重排")
    host: str = Field(default="127.0.0.1", min_length=1, description="服务监听的地址")
    port: int = Field(default=8000, ge=0, le=65535, description="服务监听的端口；0 为任选一个空闲端口")
    hosts: str = Field(default="", description="还可以用哪些主机名访问本服务，逗号分隔；IP 地址和 localhost 总是可以")
    body_limit: int = Field(default=32 * 1024 * 1024, ge=1024, description="一次请求正文的上限，字节")
    workers: int = Field(default=4, ge=1, le=64, description="同时检索的线程数")
    queue: int = Field(default=64, ge=1, description="正在办和等候的请求数上限，提问与改动各计；再多则回 503")

    @property
    def host_names(self) -> frozenset[str]:
        """The names, in lower case, by which the service may be called besides IP addresses and localhost."""
        names = (name.strip().lower().rstrip(".") for name in (self.host, *self.hosts.split(",")))
        return frozenset(name for name in names if name)
