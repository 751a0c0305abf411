"""What the tests of api/ share: a library of the two bundled plans and a third small plan to add to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from api.app import create_app
from api.desk import named_reranker
from api.settings import Settings
from index.intake import open_or_create
from search import Engine

TIANJIN = "tianjin-2021-new-infrastructure-action-plan.txt"
NANKAI = "nankai-2022-new-infrastructure-work-plan.txt"
FIVE_UNITS = ["市发展改革委", "市工业和信息化局", "市委网信办", "有关区人民政府", "国网天津市电力公司"]
NOTICE = """海州市人民政府办公室关于印发海州市古树名木保护工作方案的通知
海政办发〔2023〕18号

各县、区人民政府，市各委、办、局：

现将《海州市古树名木保护工作方案》印发给你们，请认真组织实施。

海州市人民政府办公室
2023年5月8日

海州市古树名木保护工作方案

一、主要任务

（一）开展古树名木普查。2023年底前完成全市古树名木普查，建立电子档案1200份以上。（市林业局牵头，市住房城乡建设局、各县区人民政府配合）

（二）推进古树名木复壮。对生长衰弱的古树名木逐株制定复壮方案。（责任单位：市林业局、市财政局）
"""


@contextmanager
def service(folder: Path, **options: object) -> Iterator[TestClient]:
    """A client of a running service over the library in `folder`; a new folder gets the two bundled plans."""
    library = open_or_create(folder)
    settings = Settings.model_validate({"library": folder, "hosts": "testserver", **options})
    engine = Engine(library, named_reranker(settings))
    with TestClient(create_app(engine, settings), raise_server_exceptions=False) as client:
        yield client
    library.close()
