from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.errors import Busy
from api.routes import plain_name
from api.service import Service
from api.settings import Settings
from index.intake import open_or_create
from search import Engine
from tests.api_fixtures import FIVE_UNITS, NANKAI, NOTICE, TIANJIN, service


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service over the two plans that no test changes."""
    with service(tmp_path_factory.mktemp("http") / "library") as client:
        yield client


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TestClient]:
    """A service that a test may change."""
    with service(tmp_path / "library", body_limit=200_000) as client:
        yield client


def upload(client: TestClient, *files: tuple[str, bytes]) -> dict[str, object]:
    return client.post("/v1/documents", files=[("files", file) for file in files]).json()


def test_ask_returns_the_contract(client: TestClient) -> None:
    reply = client.post("/v1/ask", json={"question": "谁负责充电桩", "top": 3})
    answer = reply.json()
    assert reply.status_code == 200
    assert list(answer) == ["question", "language", "kind", "answered", "answer", "confidence", "units", "hits"]
    assert [unit["name"] for unit in answer["units"]] == FIVE_UNITS
    assert "市发展改革委" in reply.text
    hit = answer["hits"][0]
    assert list(hit["document"]) == ["id", "title", "issuer", "doc_number", "issued_on", "region", "status", "source"]
    assert list(hit["clause"]) == ["id", "path", "text", "start", "end", "units", "quantities", "deadlines"]
    start = hit["quote"]["start"] - hit["clause"]["start"]
    assert hit["clause"]["text"][start:].startswith(hit["quote"]["text"])
    assert len(answer["hits"]) == 3


def test_answers_are_never_kept_by_a_cache(client: TestClient) -> None:
    for path in ("/v1/documents", "/", "/?q=谁负责充电桩"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_search(client: TestClient) -> None:
    found = client.get("/v1/search", params={"q": "智慧停车", "top": 2}).json()
    assert found["query"] == "智慧停车"
    assert "智慧停车" in found["hits"][0]["clause"]["text"]
    assert len(found["hits"]) == 2


def test_documents_and_their_clauses(client: TestClient) -> None:
    documents = client.get("/v1/documents").json()["documents"]
    assert sorted(document["source"] for document in documents) == [NANKAI, TIANJIN]
    one = f"/v1/documents/{documents[0]['id']}"
    assert client.get(one).json() == {"document": documents[0]}
    assert len(client.get(f"{one}/clauses").json()["clauses"]) == documents[0]["clauses"]


def test_units_and_their_duties(client: TestClient) -> None:
    units = client.get("/v1/units").json()["units"]
    assert {"name", "clauses"} == set(units[0])
    assert units[0]["clauses"] >= units[-1]["clauses"]
    duties = client.get("/v1/units/市教委/duties").json()
    assert duties["unit"] == "市教委"
    assert {duty["unit"] for duty in duties["duties"]} == {"市教委"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/v1/ask", {"question": ""}, 422, "bad_question"),
        ("POST", "/v1/ask", {"question": "？！"}, 422, "bad_question"),
        ("POST", "/v1/ask", {"question": "充" * 10_000}, 422, "bad_question"),
        ("POST", "/v1/ask", {"question": "谁负责", "top": 0}, 422, "bad_request"),
        ("POST", "/v1/ask", {"query": "谁负责"}, 422, "bad_request"),
        ("POST", "/v1/ask", None, 422, "bad_request"),
        ("GET", "/v1/search", None, 422, "bad_request"),
        ("GET", "/v1/search?q=%20", None, 422, "bad_question"),
        ("POST", "/v1/documents", None, 422, "bad_request"),
        ("GET", "/v1/documents/0000000000", None, 404, "unknown_document"),
        ("DELETE", "/v1/documents/0000000000", None, 404, "unknown_document"),
        ("GET", "/v1/documents/0000000000/clauses", None, 404, "unknown_document"),
        ("GET", "/v1/units/市教育委员/duties", None, 404, "unknown_unit"),
        ("GET", "/v1/nothing", None, 404, "not_found"),
        ("DELETE", "/v1/ask", None, 405, "method_not_allowed"),
    ],
)
def test_every_error_has_one_shape(
    client: TestClient, method: str, path: str, body: object, status: int, code: str
) -> None:
    reply = client.request(method, path, json=body)
    assert (reply.status_code, list(reply.json())) == (status, ["error"])
    error = reply.json()["error"]
    assert list(error) == ["code", "message", "hint"]
    assert error["code"] == code
    assert error["message"]


def test_an_unknown_unit_is_told_the_nearest(client: TestClient) -> None:
    assert "市教委" in client.get("/v1/units/市教育委员/duties").json()["error"]["hint"]


def test_broken_json_is_a_bad_request(client: TestClient) -> None:
    for body in (b"{", b"\xff\xfe", b'{"question": "\\ud800"}'):
        reply = client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
        assert reply.status_code in (400, 422)
        assert list(reply.json()["error"]) == ["code", "message", "hint"]


def test_what_is_uploaded_is_found_and_what_is_deleted_is_gone(own: TestClient) -> None:
    reply = own.post("/v1/documents", files=[("files", ("../trees.txt", NOTICE.encode()))])
    assert reply.status_code == 201
    added = reply.json()["added"][0]
    assert (added["source"], added["status"]) == ("trees.txt", "added")
    again = own.post("/v1/documents", files=[("files", ("trees.txt", NOTICE.encode()))])
    assert (again.status_code, again.json()["added"][0]["status"]) == (200, "unchanged")
    answer = own.post("/v1/ask", json={"question": "古树名木普查由谁牵头"}).json()
    assert {"name": "市林业局", "role": "lead"} in answer["units"]
    gone = own.delete(f"/v1/documents/{added['id']}")
    assert gone.json()["removed"]["source"] == "trees.txt"
    assert own.get(f"/v1/documents/{added['id']}").status_code == 404
    hits = own.get("/v1/search", params={"q": "古树名木"}).json()["hits"]
    assert not [hit for hit in hits if hit["document"]["source"] == "trees.txt"]


def test_good_files_are_added_and_bad_ones_named(own: TestClient) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
    result = upload(own, ("good.txt", NOTICE.encode()), ("picture.txt", picture), ("empty.txt", b""))
    assert [each["source"] for each in result["added"]] == ["good.txt"]  # type: ignore[attr-defined]
    assert [each["source"] for each in result["refused"]] == ["picture.txt", "empty.txt"]  # type: ignore[attr-defined]


def test_only_bad_files_are_an_error_and_nothing_changes(own: TestClient) -> None:
    before = own.get("/v1/documents").json()
    reply = own.post("/v1/documents", files=[("files", ("empty.txt", b""))])
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "unreadable_document")
    assert "empty.txt" in reply.json()["error"]["message"]
    assert own.get("/v1/documents").json() == before


def test_a_body_over_the_limit_is_refused_with_or_without_its_length(own: TestClient) -> None:
    large = b"x" * 200_001
    told = own.post("/v1/ask", content=large, headers={"content-type": "application/json"})
    untold = own.post("/v1/ask", content=iter([large]), headers={"content-type": "application/json"})
    file = own.post("/v1/documents", files=[("files", ("large.txt", large))])
    for reply in (told, untold, file):
        assert (reply.status_code, reply.json()["error"]["code"]) == (413, "too_large")


def test_another_site_may_not_change_anything(own: TestClient) -> None:
    identity = own.get("/v1/documents").json()["documents"][0]["id"]
    reply = own.delete(f"/v1/documents/{identity}", headers={"origin": "http://elsewhere.example"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (403, "foreign_origin")
    assert own.delete(f"/v1/documents/{identity}", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert own.delete(f"/v1/documents/{identity}", headers={"origin": "http://testserver"}).status_code == 200


def test_a_malformed_origin_is_another_site(own: TestClient) -> None:
    identity = own.get("/v1/documents").json()["documents"][0]["id"]
    for origin in ("http://[", "http://[::1", "null", ""):
        reply = own.delete(f"/v1/documents/{identity}", headers={"origin": origin})
        assert (reply.status_code, reply.json()["error"]["code"]) == (403, "foreign_origin"), origin


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("192.168.1.7", 200),
        ("[::1]:8000", 200),
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("policies.example", 200),
        ("Policies.Example.:8000", 200),
        ("search.example:8000", 200),
        ("elsewhere.example", 421),
        ("127.0.0.1.elsewhere.example", 421),
        ("localhost.elsewhere.example:8000", 421),
        ("[", 421),
        (":8000", 421),
    ],
)
def test_only_by_its_own_names_does_it_answer(tmp_path: Path, host: str, status: int) -> None:
    with service(tmp_path / "library", host="policies.example", hosts="intranet.example, search.example") as client:
        reply = client.get("/healthz", headers={"host": host})
        assert reply.status_code == status
        if status == 421:
            error = reply.json()["error"]
            assert list(error) == ["code", "message", "hint"]
            assert error["code"] == "unknown_host"
            assert host in error["message"]
            assert "TIAOWEN_HOSTS" in error["hint"]


def test_a_page_under_a_borrowed_name_can_neither_read_nor_change(own: TestClient) -> None:
    borrowed = {"host": "elsewhere.example", "origin": "http://elsewhere.example", "sec-fetch-site": "same-origin"}
    identity = own.get("/v1/documents").json()["documents"][0]["id"]
    assert own.get("/v1/documents", headers=borrowed).status_code == 421
    assert own.delete(f"/v1/documents/{identity}", headers=borrowed).status_code == 421
    assert own.get(f"/v1/documents/{identity}").status_code == 200


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\u202etxt.exe.txt", "atxt.exe.txt"),
        ("树\u200b木\x00\x1b[31m.txt", "树木[31m.txt"),
        ("..\\..\\b\n.txt", "b.txt"),
    ],
)
def test_names_of_uploads_hold_nothing_that_cannot_be_seen(sent: str, kept: str) -> None:
    assert plain_name(sent) == kept


def test_refused_files_all_have_their_reason_and_the_advice_comes_once(own: TestClient) -> None:
    files = [("files", ("empty.txt", b"")), ("files", ("blank.txt", b""))]
    error = own.post("/v1/documents", files=files).json()["error"]
    assert error["message"].count("empty.txt") == 1
    assert error["message"].count("blank.txt") == 1
    assert error["hint"].count("请") == 1
    assert "请" not in error["message"]


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["documents"]) == ("ready", 2)


def test_openapi_shows_the_contract_with_examples(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    assert set(schema["paths"]) == {
        "/v1/ask",
        "/v1/search",
        "/v1/documents",
        "/v1/documents/{id}",
        "/v1/documents/{id}/clauses",
        "/v1/units",
        "/v1/units/{name}/duties",
        "/healthz",
        "/readyz",
    }
    assert schema["components"]["schemas"]["AskRequest"]["examples"][0] == {"question": "谁负责充电桩", "top": 5}
    assert list(schema["components"]["schemas"]["AnswerReply"]["properties"]) == [
        "question",
        "language",
        "kind",
        "answered",
        "answer",
        "confidence",
        "units",
        "hits",
    ]
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            refusals = [reply for status, reply in operation["responses"].items() if status >= "400"]
            shapes = {reply["content"]["application/json"]["schema"]["$ref"] for reply in refusals}
            assert shapes == {"#/components/schemas/ErrorReply"}, path


def test_health_answers_while_a_large_document_is_added(tmp_path: Path) -> None:
    import httpx

    library = open_or_create(tmp_path / "library")
    app = create_app(Engine(library), Settings(library=tmp_path / "library", hosts="testserver"))
    lines = [
        f"{number}．推进第{number}号充电设施建设，新建{number}台。（责任单位：市发展改革委）"
        for number in range(1, 2500)
    ]
    data = ("海州市充电设施方案\n\n一、任务\n\n" + "\n\n".join(lines)).encode()

    async def both() -> tuple[int, list[float], float]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
            adding = asyncio.create_task(
                client.post("/v1/documents", files=[("files", ("large.txt", data))], timeout=60)
            )
            waits, start = [], time.perf_counter()
            while not adding.done():
                begin = time.perf_counter()
                assert (await client.get("/healthz")).status_code == 200
                waits.append(time.perf_counter() - begin)
                await asyncio.sleep(0.01)
            return (await adding).status_code, waits, time.perf_counter() - start

    status, waits, whole = asyncio.run(both())
    app.state.service.close()
    library.close()
    assert status == 201
    assert len(waits) >= 5
    assert max(waits) < whole / 2


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Service]:
    """A service that holds one question and one change at a time."""
    library = open_or_create(tmp_path / "library")
    service = Service(Engine(library), Settings(workers=1, queue=1))
    yield service
    service.close()
    library.close()


def test_a_full_queue_says_busy(narrow: Service) -> None:
    release = threading.Event()

    async def overload() -> None:
        first = asyncio.create_task(narrow.read(release.wait))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await narrow.read(narrow.library.version)
        release.set()
        assert await first
        assert await narrow.read(narrow.library.version) >= 0

    asyncio.run(overload())


def test_waiting_uploads_hold_up_neither_questions_nor_the_probe(narrow: Service) -> None:
    release = threading.Event()

    async def adding_and_asking() -> None:
        adding = asyncio.create_task(narrow.write(release.wait))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await narrow.write(narrow.library.version)
        asking = asyncio.create_task(narrow.read(release.wait))
        await asyncio.sleep(0)
        assert await narrow.probe(narrow.library.version) >= 0
        release.set()
        assert await adding
        assert await asking

    asyncio.run(adding_and_asking())


def test_the_service_reorders_with_the_model_of_its_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: TestClient, parking_reranker: Path
) -> None:
    monkeypatch.setenv("TIAOWEN_RERANKER", str(parking_reranker))
    request = {"q": "智慧平台", "top": 5}
    with service(tmp_path / "library", workers=4) as reordering, ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: reordering.get("/v1/search", params=request).json()["hits"], range(4)))
        answer = reordering.post("/v1/ask", json={"question": "谁负责充电桩"}).json()
    assert "停车" in found[0][0]["clause"]["text"]
    assert "停车" not in client.get("/v1/search", params=request).json()["hits"][0]["clause"]["text"]
    assert found == [found[0]] * 4
    assert [unit["name"] for unit in answer["units"]] == FIVE_UNITS
