"""Which process left its name on disk, and whether it still runs."""

import json
import os
import subprocess
import sys

import pytest

from seqbench.results.process_identity import exists, left, machine, runs, temporary, this


def said_by_another(code, *arguments):
    """What another process that has ended by now said of itself."""
    code = f"import json, pathlib, sys; from seqbench.results.process_identity import temporary, this; {code}"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def dead():
    return json.loads(said_by_another("print(json.dumps(this()))"))


def test_this_process_runs_and_one_that_has_ended_does_not(dead):
    assert this()["process"] == os.getpid()
    assert runs(this())
    assert not runs(dead)


def test_another_process_of_this_machine_is_on_this_machine(dead):
    assert dead["machine"] == this()["machine"] == machine()


def test_a_process_that_has_the_number_of_a_dead_one_is_not_it(dead):
    assert not runs({**dead, "process": os.getpid()})


@pytest.mark.parametrize("process", [None, "1", 1.5, [1], 10**30, -(10**30)])
def test_what_is_no_process_does_not_run(process):
    assert not runs({**this(), "process": process})


@pytest.mark.parametrize("process", [-1, 0])
def test_numbers_that_stand_for_several_processes_are_none(process):
    assert not runs({**this(), "process": process, "started": None})


def test_a_temporary_file_with_an_absurd_number_is_of_no_process(tmp_path):
    path = temporary(tmp_path / "a.json")
    assert left(path.with_name(path.name.replace(f"-{os.getpid()}.", f"-{'9' * 40}.")))


def test_a_child_that_has_ended_and_was_not_waited_for_is_gone():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert exists(child.pid)
    child.stdin.close()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and is still in the table of processes
    assert not exists(child.pid)
    child.wait()


def test_a_temporary_file_is_beside_the_one_it_becomes_and_tells_its_process(tmp_path):
    path = temporary(tmp_path / "run.json")
    assert path.parent == tmp_path
    assert path.name.startswith(".run.json.")
    assert path.name.endswith(f"-{os.getpid()}.tmp")


def test_only_the_temporary_files_of_dead_processes_of_this_machine_are_left(tmp_path):
    of_the_dead = said_by_another("print(temporary(pathlib.Path(sys.argv[1])))", tmp_path / "run.json")
    assert left(type(tmp_path)(of_the_dead))
    assert not left(temporary(tmp_path / "run.json"))
    assert not left(tmp_path / ".run.json.tmp")
    elsewhere = of_the_dead.replace(of_the_dead.rpartition(".")[0].rpartition(".")[2].partition("-")[0], "0" * 8)
    assert not left(type(tmp_path)(elsewhere))
