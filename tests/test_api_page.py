from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.api_fixtures import NOTICE, service

VOID = {"meta", "link", "input", "img", "br"}
PAGES = (
    "/",
    "/?lang=en",
    "/?q=谁负责充电桩",
    "/?q=市教委负责哪些工作",
    "/?q=火星移民基地归谁管",
    "/?q=？！",
    "/documents",
)


class Balance(HTMLParser):
    """Raises when a tag is closed that is not the open one."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with service(tmp_path_factory.mktemp("page") / "library") as client:
        client.headers["accept"] = "text/html"
        yield client


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TestClient]:
    with service(tmp_path / "library") as client:
        client.headers["accept"] = "text/html"
        yield client


def words(html: str) -> str:
    """The page's text without tags and white space."""
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_formed_and_takes_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    reply = client.get(path)
    balance = Balance()
    balance.feed(reply.text)
    assert balance.open == []
    fetched = re.findall(r'(?:src|href|action)="([^"]*)"', reply.text)
    assert [address for address in fetched if not address.startswith(("/", "?", "#"))] == []
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert not re.search(r"\son\w+=|style=", reply.text)


def test_the_answer_card_names_units_and_marks_the_sentence_in_its_clause(client: TestClient) -> None:
    html = client.get("/?q=谁负责充电桩").text
    assert '<span class="role responsible">责任</span>' in html
    assert "新建公共充电桩6000台以上" in re.findall(r"<mark>(.*?)</mark>", html, re.S)[0]
    assert re.search(r'<span class="statement">（责任单位：市发展改革委、', html)
    assert words(html).index("国网天津市电力公司") < words(html).index("智慧能源建设")
    assert "其他相关条款" in html
    assert 'value="谁负责充电桩"' in html


def test_an_english_question_has_an_english_page(client: TestClient) -> None:
    html = client.get("/", params={"q": "who is responsible for charging piles"}).text
    assert '<html lang="en">' in html
    assert '<span class="role responsible">Responsible</span>' in html
    assert '<html lang="zh-CN">' in client.get("/", params={"q": "who is responsible", "lang": "zh"}).text


def test_a_question_without_an_answer_says_so_and_offers_the_nearest(client: TestClient) -> None:
    html = client.get("/?q=火星移民基地归谁管").text
    assert "<h1>已收录的文件没有作此规定。</h1>" in html
    assert html.count("没有作此规定") == 1
    assert "最接近的条款" in html
    assert "<mark>" not in html


def test_the_duties_of_a_unit_are_grouped_by_document(client: TestClient) -> None:
    html = client.get("/?q=市教委负责哪些工作").text
    assert html.count('<section class="register">') == 1
    assert html.count("<summary>") == len(client.get("/v1/units/市教委/duties").json()["duties"])


def test_a_bad_question_is_an_error_on_the_page(client: TestClient) -> None:
    reply = client.get("/?q=？！")
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text


def test_the_first_page_offers_questions_that_are_answered(client: TestClient) -> None:
    html = client.get("/").text
    assert "谁负责" in html
    asked = re.findall(r'<li><a href="(/\?q=[^"]+)">', html)
    assert len(asked) == 6
    assert all("没有文件作此规定" not in client.get(unescape(address)).text for address in asked)


def test_all_text_is_escaped(own: TestClient) -> None:
    evil = '<script>alert(1)</script>"&'
    assert evil not in own.get("/", params={"q": evil}).text
    data = NOTICE.replace("海州市古树名木保护工作方案", f"海州市{evil}方案").replace("市财政局", "市财政局<b>")
    html = own.post("/documents", files=[("files", (f"{evil}.txt", data.encode()))]).text
    assert "<script>alert" not in html
    identity = re.findall(r'href="/documents/([0-9a-f]{10})"', html)
    assert all("<script>alert" not in own.get(f"/documents/{each}").text for each in identity)


def test_a_document_is_added_read_and_removed_on_the_page(own: TestClient) -> None:
    html = own.post("/documents", files=[("files", ("trees.txt", NOTICE.encode())), ("files", ("no.txt", b""))]).text
    assert "已添加" in html
    assert "未添加" in html
    hit = own.get("/v1/search", params={"q": "古树名木复壮"}).json()["hits"][0]
    page = own.get(f"/documents/{hit['document']['id']}").text
    assert f'id="{hit["clause"]["id"]}"' in page
    assert "市林业局" in page
    gone = own.post(f"/documents/{hit['document']['id']}/remove")
    assert "已移除" in gone.text
    assert own.get(f"/documents/{hit['document']['id']}").status_code == 404


def test_a_page_that_is_not_there_is_said_on_a_page_and_to_programs_in_json(client: TestClient) -> None:
    reply = client.get("/nothing")
    assert (reply.status_code, 'role="alert"' in reply.text) == (404, True)
    assert client.get("/nothing", headers={"accept": "*/*"}).json()["error"]["code"] == "not_found"


def test_a_form_of_another_site_is_refused_on_a_page(client: TestClient) -> None:
    reply = client.post("/documents/0000000000/remove", headers={"origin": "http://elsewhere.example"})
    assert (reply.status_code, 'role="alert"' in reply.text) == (403, True)


def test_a_long_clause_is_shown_once_and_not_marked_from_end_to_end(client: TestClient) -> None:
    html = client.get("/?q=《天津市新型基础设施建设三年行动方案》三（二）3").text
    assert html.count("推进智慧能源建设") == 1 + html.count('data-copy="“3．推进智慧能源建设')
    assert "<mark>" not in html


def test_static_files_are_served_by_the_address_on_the_page(client: TestClient) -> None:
    html = client.get("/").text
    for name in ("page.css", "page.js", "seal.svg"):
        (address,) = set(re.findall(rf'"(/static/{name}\?v=[0-9a-f]+)"', html))
        assert client.get(address).status_code == 200


def test_the_card_says_whose_document_answers_and_who_else_does(client: TestClient) -> None:
    assert "没有南开区的文件作此规定" in words(client.get("/", params={"q": "南开区充电桩谁负责"}).text)
    assert "《南开区加快新型基础设施建设工作方案》也有相关规定" in words(
        client.get("/", params={"q": "智慧健身 谁管"}).text
    )


def test_clauses_of_one_number_are_told_apart(client: TestClient) -> None:
    page = words(client.get("/", params={"q": "市委网信办负责哪些工作"}).text)
    assert "三（一）3" in page
    assert "三（二）3" in page
