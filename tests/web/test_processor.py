import os
import subprocess
import sys

import pytest

SCRIPT = """
import os, sys
from pathlib import Path
from moderation.web.processor import keep_on_one_processor
keep_on_one_processor(int(sys.argv[1]), Path(sys.argv[2]))
print(sorted(os.sched_getaffinity(0)), flush=True)
sys.stdin.read()
"""
ALL = sorted(os.sched_getaffinity(0))


@pytest.fixture
def start(tmp_path):
    """Starts a web process, one of several. It waits until its input is closed."""
    started = []

    def run(processes):
        command = [sys.executable, "-c", SCRIPT, str(processes), str(tmp_path)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process, process.stdout.readline().strip()

    yield run
    for process in started:
        process.communicate()


def test_as_many_processes_as_processors_get_one_each(start):
    chosen = [start(len(ALL))[1] for _ in ALL]
    assert sorted(chosen) == sorted(f"[{processor}]" for processor in ALL)


def test_twice_as_many_processes_share_them_evenly(start):
    chosen = [start(2 * len(ALL))[1] for _ in range(2 * len(ALL))]
    assert sorted(chosen) == sorted(f"[{processor}]" for processor in 2 * ALL)


def test_a_process_that_is_started_again_gets_the_processor_of_the_one_that_ended(start):
    first, chosen = start(len(ALL))
    for _ in ALL[1:]:
        start(len(ALL))
    first.communicate()
    assert start(len(ALL))[1] == chosen


@pytest.mark.parametrize("processes", range(len(ALL)))
def test_fewer_processes_than_processors_are_not_bound(start, processes):
    assert start(processes)[1] == str(ALL)
