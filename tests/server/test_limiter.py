"""A token that asks too much is told to wait: by the limiter alone, and by the running server."""

import re
from pathlib import Path

import pytest
from tests.server_process import serving

from tabkeeper_server.errors import RefusedError
from tabkeeper_server.limiter import Limiter


class HeldClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def admitted(limiter: Limiter, token: str, times: int) -> int:
    """Ask so many times, and return how many were admitted."""
    count = 0
    for _ in range(times):
        try:
            limiter.admit(token)
        except RefusedError:
            continue
        count += 1
    return count


def test_a_burst_of_a_minutes_requests_is_admitted_and_then_none() -> None:
    assert admitted(Limiter(60, HeldClock()), "token", 100) == 60


def test_the_bucket_fills_evenly_and_never_beyond_a_minutes_requests() -> None:
    clock = HeldClock()
    limiter = Limiter(60, clock)
    admitted(limiter, "token", 60)
    clock.now += 0.5
    assert admitted(limiter, "token", 10) == 0
    clock.now += 9.5
    assert admitted(limiter, "token", 100) == 10
    clock.now += 3600
    assert admitted(limiter, "token", 100) == 60


def test_each_token_has_its_own_bucket() -> None:
    limiter = Limiter(5, HeldClock())
    assert [admitted(limiter, token, 10) for token in ("one", "two")] == [5, 5]


def test_retry_after_is_when_the_next_request_is_admitted() -> None:
    clock = HeldClock()
    limiter = Limiter(6, clock)
    admitted(limiter, "token", 6)
    with pytest.raises(RefusedError) as refused:
        limiter.admit("token")
    wait = int(refused.value.headers["Retry-After"])
    assert wait == 10
    clock.now += wait
    limiter.admit("token")


def test_zero_means_no_limit() -> None:
    assert admitted(Limiter(0, HeldClock()), "token", 1000) == 1000


def test_too_many_requests_are_429_with_retry_after(tmp_path: Path) -> None:
    with serving(tmp_path, rate_limit=3) as server:
        team = server.team()
        assert [team.owner.get("/entries").status_code for _ in range(3)] == [200] * 3
        answer = team.owner.get("/entries")
        assert answer.status_code == 429
        assert answer.json()["error"]["code"] == "rate_limited"
        assert re.fullmatch(r"[1-9]\d?", answer.headers["Retry-After"])
        assert answer.headers["Retry-After"] in answer.json()["error"]["message"]
        # Another token is not held up, nor is who has none.
        assert team.member.get("/entries").status_code == 200
        assert server.http.get(f"{server.url}/healthz").status_code == 200
