"""The servers that come along: they keep what they are given, let in nobody else, and survive a crash."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from infra.embedded import Server, start_postgres, start_redis
from infra.guard import wait_gone
from infra.privileges import user_name


@contextmanager
def postgres(folder: Path) -> Iterator[Server]:
    server = start_postgres(folder, durable=False)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def broker(folder: Path) -> Iterator[redis.Redis]:
    server = start_redis(folder)
    try:
        with redis.Redis.from_url(server.url, decode_responses=True) as client:
            yield client
    finally:
        server.stop()


def conninfo(server: Server) -> str:
    return server.url.replace("+psycopg", "")


def ask(server: Server, question: str) -> object:
    with psycopg.connect(conninfo(server), autocommit=True) as connection:
        answer = connection.execute(question)
        return answer.fetchone()[0] if answer.description else None


def test_postgres_keeps_its_data_when_started_again(tmp_path):
    with postgres(tmp_path) as server:
        ask(server, "CREATE TABLE kept AS SELECT 7 AS number")
    with postgres(tmp_path) as server:
        assert ask(server, "SELECT number FROM kept") == 7


def test_postgres_starts_over_a_killed_server_and_its_stale_pid_file(tmp_path):
    with postgres(tmp_path) as killed:
        killed.process.kill()
        killed.process.wait()
        with postgres(tmp_path) as server:
            assert ask(server, "SELECT 1") == 1


def test_postgres_stops_the_server_that_a_crash_left_running(tmp_path):
    with postgres(tmp_path) as left, postgres(tmp_path) as server:
        assert left.process.wait() is not None
        assert ask(server, "SELECT 1") == 1


def test_postgres_does_not_mind_a_pid_file_that_names_a_stranger(tmp_path):
    with postgres(tmp_path):
        pass
    (tmp_path / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    with postgres(tmp_path) as server:
        assert ask(server, "SELECT 1") == 1


def test_postgres_has_a_socket_below_a_very_long_path(tmp_path):
    with postgres(tmp_path / ("long " * 30)) as server:
        assert ask(server, "SELECT current_user") == "postgres"


def test_postgres_listens_to_no_network(tmp_path):
    with postgres(tmp_path) as server:
        assert ask(server, "SHOW listen_addresses") == ""


def test_postgres_lets_in_only_who_started_it(tmp_path):
    with postgres(tmp_path) as server:
        assert ask(server, "SELECT array_agg(type || ' ' || auth_method) FROM pg_hba_file_rules") == [
            "local peer"
        ]
        assert ask(server, "SELECT array_agg(sys_name) FROM pg_ident_file_mappings") == [user_name()]


def test_redis_keeps_its_data_and_evicts_nothing(tmp_path):
    with broker(tmp_path) as client:
        client.set("promise", "kept")
    with broker(tmp_path) as client:
        assert client.get("promise") == "kept"
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_redis_asks_for_its_password(tmp_path):
    with broker(tmp_path) as client:
        port = client.get_connection_kwargs()["port"]
        with closing(redis.Redis(port=port)) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()


def test_two_instances_run_side_by_side(tmp_path):
    with broker(tmp_path / "one") as one, broker(tmp_path / "two") as two:
        one.set("name", "one")
        assert two.get("name") is None


def test_servers_end_with_a_starter_that_is_killed(tmp_path):
    starter = (
        "import sys; from pathlib import Path; from infra.embedded import start_postgres, start_redis\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "servers = [start_postgres(folder / 'postgres', durable=False), start_redis(folder / 'redis')]\n"
        "print(*(server.process.pid for server in servers), flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", starter], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        servers = [psutil.Process(int(pid)) for pid in process.stdout.readline().split()]
        process.send_signal(signal.SIGKILL)
    assert wait_gone(servers, seconds=30) == []
