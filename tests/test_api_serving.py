from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = [sys.executable, "-c", "from api import main; main()", "serve"]


@contextmanager
def serving(library: Path) -> Iterator[str]:
    """A service in its own process, as `tiaowen serve` starts it; gives its address."""
    arguments = [*PROGRAM, "--port", "0", "--library", str(library)]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = ""
        while "http://" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        assert "新建文件库" in said
        try:
            yield re.findall(r"http://\S+", said)[0]
        finally:
            process.terminate()
            process.wait(20)


def test_a_first_run_makes_the_library_and_answers_at_the_address_it_prints(tmp_path: Path) -> None:
    with serving(tmp_path / "library") as address:
        with urllib.request.urlopen(f"{address}/readyz") as reply:
            assert json.load(reply)["documents"] == 2
        body = json.dumps({"question": "谁负责充电桩"}).encode()
        request = urllib.request.Request(f"{address}/v1/ask", body, {"content-type": "application/json"})
        with urllib.request.urlopen(request) as reply:
            assert json.load(reply)["units"][0]["name"] == "市发展改革委"
        begin = time.perf_counter()
    assert time.perf_counter() - begin < 15


def test_a_port_in_use_is_said_and_ends_with_3(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        arguments = [*PROGRAM, "--port", port, "--library", str(tmp_path / "library")]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert port in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_that_does_not_exist_is_bad_use(tmp_path: Path) -> None:
    arguments = [*PROGRAM, "--host", "no.such.host.invalid", "--library", str(tmp_path / "library")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no.such.host.invalid" in done.stderr
