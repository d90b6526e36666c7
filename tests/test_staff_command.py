"""`motcua staff`: people by command, and the pages served by a real process until it is stopped."""

import re
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from bot.errors import ConfigError
from bot.staff.serving import Place, serve
from tests.commands import Station
from tests.running import ROOT, Running, free_port, running

OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def test_people_are_added_listed_and_removed(station: Station) -> None:
    assert station.prints("staff", "list").startswith("Chưa có cán bộ nào.")
    added = station.prints("staff", "add", "501", "--role", "bien-tap", "--name", " Bình  An ")
    assert added == "Bình An (501) nay có vai trò: biên tập.\n"
    station.prints("staff", "add", "502", "--role", "quản trị", "--name", "Dung")
    rows = station.prints("staff", "list").splitlines()
    assert [row.split() for row in rows[1:]] == [["501", "Bình", "An", "biên", "tập"], ["502", "Dung", "quản", "trị"]]
    assert station.prints("staff", "remove", "501") == "Đã gỡ 501.\n"
    assert "501" in station.refuses("staff", "remove", "501")
    assert "501" not in station.prints("staff", "list")


@pytest.mark.parametrize("user", ["0", "@binh", "-100123", "1" * 30, "１２３"])
def test_what_is_no_id_is_refused(station: Station, user: str) -> None:
    words = station.refuses("staff", "add", "--role", "xem", "--name", "Bình", "--", user)
    assert "mã là dãy số" in words


def test_a_name_and_a_known_role_are_needed(station: Station) -> None:
    assert "Tên đang để trống" in station.refuses("staff", "add", "501", "--role", "xem", "--name", "  ")
    assert "xem, biên tập, quản trị" in station.misused("staff", "add", "501", "--role", "vua", "--name", "Bình")


def test_a_link_is_for_one_person_at_the_configured_address(station: Station) -> None:
    assert "501" in station.refuses("staff", "link", "501")
    station.prints("staff", "add", "501", "--role", "xem", "--name", "Bình")
    told = station.run("staff", "link", "501", MOTCUA_STAFF_URL="https://canbo.example.vn/")
    assert re.fullmatch(r"https://canbo\.example\.vn/dang-nhap/[\w-]{43}\n", told.stdout)
    assert told.stderr == "Chỉ cho Bình; dùng một lần, trong 5 phút.\n"
    assert station.run("staff", "--port", "9000", "link", "501").stdout.startswith("http://localhost:9000/dang-nhap/")


HTTPS, HTTP = "https://canbo.example.vn", "http://canbo.example.vn"


@pytest.mark.parametrize(
    ("host", "proxied", "url", "encrypted", "exposed"),
    [
        ("127.0.0.1", False, None, False, False),
        ("::1", False, None, False, False),
        ("127.0.0.5", False, None, False, False),
        ("localhost", True, HTTPS, True, False),
        ("10.0.0.7", False, None, False, True),
        ("0.0.0.0", False, HTTP, False, True),
        ("::", True, HTTPS, True, False),
    ],
)
def test_how_safe_an_address_is(host: str, proxied: bool, url: str | None, encrypted: bool, exposed: bool) -> None:
    address = Place(host, 8321, proxied=proxied).address(url)
    assert (address.encrypted, address.exposed) == (encrypted, exposed)
    assert {"127.0.0.1", "localhost", "::1"} <= address.hosts
    assert ("canbo.example.vn" in address.hosts) == (url is not None)
    assert "0.0.0.0" not in address.hosts


@pytest.mark.parametrize(
    ("place", "url", "words"),
    [
        (Place("0.0.0.0", 8321), None, "hãy đặt khóa staff_url"),
        (Place("::", 8321, proxied=True), None, "hãy đặt khóa staff_url"),
        (Place("127.0.0.1", 8321, proxied=True), HTTP, "bắt đầu bằng https://"),
        (Place("127.0.0.1", 8321), "https://canbo.example.vn/motcua", "không có phần sau tên máy"),
    ],
)
def test_an_address_that_cannot_work_is_told(place: Place, url: str | None, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        place.address(url)


@contextmanager
def served(station: Station, *options: str, **settings: str) -> Iterator[Running]:
    """The pages of a station, by a process of their own."""
    with running(station.folder, "staff", *options, **(station.settings() | settings)) as process:
        process.wait_for("Trang cán bộ:")
        yield process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_pages_are_served_until_stopped(station: Station, number: signal.Signals) -> None:
    station.prints("staff", "add", "501", "--role", "xem", "--name", "Bình")
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    key = station.run("staff", "link", "501").stdout.splitlines()[0].rpartition("/")[2]
    with served(station, "--port", str(port)) as process:
        with httpx.Client(base_url=home, headers=OWN) as client:
            assert client.post(f"/dang-nhap/{key}").status_code == 303
            page = client.get("/nhat-ky?chu=bí mật")
            assert (page.status_code, "server" in page.headers) == (200, False)
            assert client.get("/khong%0aco").status_code == 404
        output = process.output()
        assert process.stop(number) == 0
    assert "GET /nhat-ky 200" in output
    assert "POST /dang-nhap/... 303" in output
    assert key not in output
    assert "bí mật" not in output
    assert "b%C3%AD" not in output
    assert "CẢNH BÁO" not in output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_while_it_starts_it_stops(number: signal.Signals) -> None:
    async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
        """No page is asked for."""

    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        serve(nothing, Place("127.0.0.1", free_port()), lambda: signal.raise_signal(number))
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def test_a_port_that_is_taken_is_told(station: Station) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        process = Running(station.folder, "staff", "--port", str(port), **station.settings())
        assert process.process.wait(60) == 2
        assert f"Không mở được 127.0.0.1, cổng {port}" in process.output()
        assert "Traceback" not in process.output()
        process.close()


def test_off_this_machine_without_https_it_warns(station: Station) -> None:
    with served(station, "--host", "0.0.0.0", "--port", str(free_port()), MOTCUA_STAFF_URL=HTTP) as process:
        process.wait_for("CẢNH BÁO: trang chạy không có HTTPS")


def test_https_with_a_certificate_of_its_own(station: Station) -> None:
    cert, key = station.folder / "cert.pem", station.folder / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        str(key),
        "-out",
        str(cert),
    ]
    subprocess.run([*make, *subject], check=True, capture_output=True)
    port = free_port()
    station.prints("staff", "add", "501", "--role", "xem", "--name", "Bình")
    link = station.run("staff", "link", "501").stdout.splitlines()[0].rpartition("/")[2]
    with served(station, "--cert", str(cert), "--key", str(key), "--port", str(port)):
        trusted = ssl.create_default_context(cafile=str(cert))
        with httpx.Client(base_url=f"https://localhost:{port}", headers=OWN, verify=trusted) as client:
            assert "__Host-motcua=" in client.post(f"/dang-nhap/{link}").headers["set-cookie"]
            assert client.get("/hang-doi").status_code == 200


@pytest.mark.parametrize("given", [("--cert",), ("--key",), ("--cert", "--key")])
def test_a_certificate_of_no_use_is_told(station: Station, given: tuple[str, ...]) -> None:
    wrong = station.folder / "wrong.pem"
    wrong.write_text("không phải chứng chỉ", "utf-8")
    options = [word for name in given for word in (name, str(wrong))]
    words = station.refuses("staff", "--port", str(free_port()), *options)
    assert ("Không dùng được chứng chỉ" if len(given) == 2 else "HTTPS cần cả hai") in words


@pytest.mark.parametrize("name", ["uvicorn", "jinja2", "starlette"])
def test_without_the_packages_of_the_pages_it_says_what_to_install(station: Station, name: str) -> None:
    (station.folder / f"{name}.py").write_text(f"raise ModuleNotFoundError('không có', name='{name}')", "utf-8")
    process = Running(station.folder, "staff", **station.settings(), PYTHONPATH=f"{station.folder}:{ROOT}")
    assert process.process.wait(60) == 2
    assert f"vài gói chưa được cài ({name}). Hãy cài: pip install 'motcua[staff]'" in process.output()
    process.close()
