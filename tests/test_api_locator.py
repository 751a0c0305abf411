"""A clause is located as people say it."""

import pytest

from api.locator import locator


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("三、主要任务", "（一）加快建设信息基础设施", "4．"), "三（一）4"),
        (("第一章 总则", "第三条"), "第三条"),
        (("第一章 总则", "第三条", "（二）"), "第三条（二）"),
        (("四、保障措施", "（二）"), "四（二）"),
        (("发展规划",), "发展规划"),
        ((), ""),
    ],
)
def test_the_numbers_of_the_path_are_put_together(path: tuple[str, ...], said: str) -> None:
    assert locator(path) == said
