import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.measure import Cost, _cpu, timed
from bench.report import Page, Result, bars_of, write
from tracker.stack.home import ROOT

PAGE = Page(
    name="board", path="/b/", floor="/floor/b/", rows=60, queries=6, floor_queries=5, bytes=9_000, floor_bytes=9_000
)


def cost(cpu: float, p95: float = 10.0, errors: int = 0) -> Cost:
    return Cost(
        web=cpu - 1,
        database=1.0,
        p50_alone=cpu,
        p95_alone=cpu,
        p50_together=p95,
        p95_together=p95,
        per_second=100.0,
        errors=errors,
    )


def held(result: Result) -> dict[str, bool]:
    return {bar.key: bar.holds for bar in bars_of(result)}


def test_a_ratio_is_the_median_over_the_pairs():
    result = Result(PAGE, [(cost(2), cost(4)), (cost(2), cost(6)), (cost(10), cost(11))])
    assert result.ratio("cpu") == 2.0
    assert result.product("cpu") == 6.0


def test_bars_hold_up_to_their_limit_and_not_beyond():
    assert held(Result(PAGE, [(cost(2), cost(6, p95=40))])) == {"P1": True, "P2": True, "P7": True}
    assert held(Result(PAGE, [(cost(2), cost(6.1, p95=40.1))])) == {"P1": False, "P2": False, "P7": True}


def test_a_single_wrong_answer_breaks_the_bar():
    assert held(Result(PAGE, [(cost(2), cost(2, errors=1))]))["P2"] is False


def test_everything_measured_is_written(tmp_path):
    result = Result(PAGE, [(cost(2), cost(4))])
    write(tmp_path / "bench.json", [result], bars_of(result), cores=2)
    written = json.loads((tmp_path / "bench.json").read_text())
    assert written["cores"] == 2
    assert written["pages"][0]["ratio"]["cpu"] == 2.0
    assert len(written["pages"][0]["runs"]) == 1


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the bench counts as Linux does")
def test_processor_time_is_counted_and_sleep_is_not():
    code = "import sys, time; time.sleep(0.2); sum(range(3_000_000)); print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        seconds, _ = timed(other.stdout.readline)
        spent = _cpu(other.pid)
        other.communicate()
    assert 0.01 < spent < seconds - 0.15


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the bench counts as Linux does")
def test_growth_of_memory_is_seen():
    # In a process of its own: this one may hold as much from earlier tests, and would not grow.
    code = """if True:
        import time
        from bench.measure import PeakOf
        with PeakOf() as memory:
            held = bytearray(40 * 1024 * 1024)
            held[::4096] = b"x" * len(held[::4096])
            time.sleep(0.1)
        print(memory.growth)
    """
    growth = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
    assert 30 < float(growth) < 60
