"""A run with one plugin of each bad kind: each costs its own trials, is named with its reason, and harms nobody.

All kinds in one run take minutes, for each plugin is imported in processes of its own: `pytest -m slow`. Every
thirtieth of them is run with the other tests.
"""

import json

import pytest
from bad_plugins import plugin
from program import SENTENCE, seqbench, without_times

FAILING = {
    "raises-at-import": ({"first": "raise RuntimeError('not today')"}, "RuntimeError: not today"),
    "lacks-a-module": ({"first": "import no_such_module"}, "No module named 'no_such_module'"),
    "leaves-at-import": ({"first": "sys.exit(0)"}, "SystemExit: 0"),
    "quits-at-import": ({"first": "os._exit(0)"}, "its process ended with exit code 0"),
    "raises-when-built": ({"built": "raise RuntimeError('not built')"}, "RuntimeError: not built"),
    "quits-when-built": ({"built": "os._exit(7)"}, "its process ended with exit code 7, 2 times"),
    "raises-in-fit": ({"fit": "raise RuntimeError('out of luck')"}, "RuntimeError: out of luck"),
    "raises-in-predict": ({"predict": "return {}['x']"}, "KeyError: 'x'"),
    "drops-a-tag": ({"predict": "return [['NN'] * (len(s) - 1) for s in sentences]"}, "gave 2 tags for sentence 1"),
    "drops-a-sentence": ({"predict": "return []"}, "predict gave 0 sentences for all sentences"),
    "gives-objects": ({"predict": "return [[object()] * len(s) for s in sentences]"}, "predict gave the tag <object"),
    "gives-nothing": ({"predict": "return None"}, "predict gave 'NoneType', expected a list of tags"),
    "gives-nan": ({"predict": "return [[float('nan')] * len(s) for s in sentences]"}, "predict gave the tag nan"),
    "gives-nan-ids": (
        {"predict": "return Sequences(sentences.ids * np.nan, sentences.offsets, sentences.vocabulary)"},
        "predict gave tag ids of type float64",
    ),
    "invents-a-tag": ({"predict": "return [['XX'] * len(s) for s in sentences]"}, "gave the tag 'XX' in sentence 1"),
    "hangs": ({"fit": "while True: time.sleep(1)"}, "no result within 30 seconds (--timeout) (hangs.py:"),
    "leaves": ({"fit": "sys.exit(0)"}, "SystemExit: 0"),
    "quits": ({"fit": "os._exit(0)"}, "its process ended with exit code 0, 2 times"),
    "segfaults": ({"predict": "ctypes.string_at(0)"}, "its process was killed by signal 11 (SIGSEGV) (segfaults.py:"),
    "is-killed": ({"fit": "os.kill(os.getpid(), 9)"}, "its process was killed by signal 9 (SIGKILL), 2 times"),
    "eats-memory": ({"fit": "x = [bytearray(10**8) for _ in range(99)]"}, "MemoryError"),
    "has-no-bottom": ({"fit": "self.fit(train, conditions)"}, "RecursionError"),
    "changes-the-corpus": ({"fit": "train.sentences.ids[:] = 0"}, "ValueError: assignment destination is read-only"),
    "cannot-even-complain": (
        {"fit": "raise type('Odd', (Exception,), {'__str__': lambda self: 1 / 0})"},
        "<exception str() failed>",
    ),
    "aborts": ({"fit": "os.abort()"}, "its process was killed by signal 6 (SIGABRT)"),
    "divides-in-c": ({"fit": "os.kill(os.getpid(), 8)"}, "its process was killed by signal 8 (SIGFPE)"),
    "misses-the-bus": ({"fit": "os.kill(os.getpid(), 7)"}, "its process was killed by signal 7 (SIGBUS)"),
    "is-illegal": ({"predict": "os.kill(os.getpid(), 4)"}, "its process was killed by signal 4 (SIGILL)"),
    "is-alarmed": ({"fit": "signal.alarm(1); time.sleep(9)"}, "its process was killed by signal 14 (SIGALRM)"),
    "stops-itself": ({"fit": "os.kill(os.getpid(), signal.SIGSTOP)"}, "no result within 30 seconds (--timeout)"),
    "holds-the-lock": ({"fit": "ctypes.PyDLL(None).sleep(99)"}, "no result within 30 seconds (--timeout)"),
    "blocks-signals": (
        {"fit": "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65)); time.sleep(99)"},
        "no result within 30 seconds (--timeout)",
    ),
    "raises-a-base": ({"fit": "raise BaseException('lowest')"}, "BaseException: lowest"),
    "raises-an-interrupt": ({"fit": "raise KeyboardInterrupt('mine')"}, "KeyboardInterrupt: mine"),
    "raises-generator-exit": ({"predict": "raise GeneratorExit('mine')"}, "GeneratorExit: mine"),
    "raises-a-group": ({"fit": "raise ExceptionGroup('many', [ValueError('x')])"}, "many (1 sub-exception)"),
    "raises-half-a-letter": ({"fit": "raise ValueError(chr(0xdc80))"}, "ValueError: "),
    "raises-a-book": ({"fit": "raise ValueError('x' * 10**6)"}, "ValueError: xxx"),
    "leaves-from-a-thread": (
        {"fit": "threading.Thread(target=os._exit, args=(3,)).start(); time.sleep(9)"},
        "its process ended with exit code 3, 2 times",
    ),
    "gives-bytes": ({"predict": "return [[b'NN'] * len(s) for s in sentences]"}, "predict gave the tag b'NN'"),
    "gives-none-for-tags": ({"predict": "return [[None] * len(s) for s in sentences]"}, "predict gave the tag None"),
    "changes-the-tags": ({"fit": "train.tags.ids[:] = 0"}, "ValueError: assignment destination is read-only"),
    "unlocks-the-corpus": ({"fit": "train.tags.ids.flags.writeable = True"}, "cannot set WRITEABLE flag to True"),
    "forges-messages": (
        {"fit": "[os.write(n, b'{}' + bytes([10])) for n in range(3, 9)]; time.sleep(9)"},
        "its process said something that is no result",
    ),
    "counts-nan": ({"fit": "self.parameters = float('nan')"}, "parameters must be a number of at least 0 or None"),
    "counts-in-words": ({"fit": "self.parameters = 'many'"}, "parameters must be a number of at least 0 or None"),
    "counts-in-tensors": (
        {"fit": "import torch; self.parameters = torch.tensor(7)"},
        "parameters must be a number of at least 0 or None, was: Tensor",
    ),
    "counts-in-arrays": (
        {"fit": "self.parameters = np.arange(3)"},
        "parameters must be a number of at least 0 or None, was: an array of int64 with shape (3,)",
    ),
    "answers-with-a-book": (
        {"predict": "return [['x' * 10**7] * len(s) for s in sentences]"},
        " characters ...] xxx",
    ),
    "raises-several-lines": (
        {"fit": "raise RuntimeError('what is wrong' + chr(10) + 'what might help')"},
        "RuntimeError: what is wrong (raises-several-lines.py",
    ),
    "notes-a-number": ({"fit": "self.notes = 7"}, "TypeError: 'int' object is not iterable"),
    "maps-the-corpus-anew": (
        {
            "fit": "words = train.tags.ids.ctypes; "
            "ctypes.CDLL(None).mprotect(ctypes.c_void_p(words.data & -4096), 4096, 3); "
            "words.data_as(ctypes.POINTER(ctypes.c_int))[0] = 1"
        },
        "its process was killed by signal 11 (SIGSEGV)",
    ),
    "gives-a-generator": (
        {"predict": "return (['NN'] * len(s) for s in sentences)"},
        "predict gave 'generator', expected a list of tags",
    ),
    "gives-endless-sentences": ({"predict": "return [iter(int, 1) for s in sentences]"}, "expected a list of tags"),
}
FINISHING = {
    "prints": {"fit": "print('{noise'); os.write(1, b'noise'); os.system('echo noise')"},
    "seeds-everything": {"fit": "random.seed(1); np.random.seed(1); os.environ['OMP_NUM_THREADS'] = '7'"},
    "sets-threads": {"fit": "import torch; torch.set_num_threads(2); torch.manual_seed(9)"},
    "patches-others": {
        "first": "import seqbench.scoring.core_scores; seqbench.scoring.core_scores.accuracy = None; np.argmax = min",
        "fit": "sys.modules['sklearn'] = None; np.bincount = None",
    },
    "leaves-children": {"fit": "os.fork() or time.sleep(99)"},
    "changes-random": {"fit": "random.random = lambda: 0; random.seed = None; np.random.seed = None"},
    "changes-the-folder": {"fit": "os.chdir('/'); os.umask(0o777)"},
    "leaves-a-thread": {"fit": "threading.Thread(target=time.sleep, args=(99,)).start()"},
    "raises-in-a-thread": {"fit": "threading.Thread(target=lambda: 1 / 0).start(); time.sleep(0.1)"},
    "leaves-a-session": {"fit": "import subprocess; subprocess.Popen(['sleep', '9'], start_new_session=True)"},
    "reports-nan": {"fit": "conditions.report(epoch=1, tokens=1, loss=float('nan'))"},
    "reports-text": {"fit": "conditions.report(epoch='one', loss=object())"},
    "notes-half-a-letter": {"fit": "self.notes = (chr(0xdc80),)"},
    "notes-a-book": {"fit": "self.notes = ['x' * 10**7]"},
    "notes-without-end": {"fit": "self.notes = iter(int, 1)"},
    "notes-a-text": {"fit": "self.notes = 'seen before'"},
    "counts-in-numpy": {"fit": "self.parameters = np.int64(7)"},
    "floods": {"fit": "[os.write(1, b'x' * 65536) for _ in range(500)]"},
    "deletes-its-file": {"fit": "os.remove(__file__)"},
    "ignores-signals": {"fit": "[signal.signal(n, signal.SIG_IGN) for n in (1, 2, 15)]"},
}
CHANGING = {
    "changes-json": {"fit": "import json; json.dumps = json.loads = json.dump = json.load = None"},
    "changes-the-locale": {
        "fit": "import locale; locale.setlocale(locale.LC_ALL, 'C'); locale.getpreferredencoding = None"
    },
    "traces": {"fit": "sys.settrace(lambda *_: None); sys.setprofile(lambda *_: None); threading.settrace(print)"},
    "changes-torch": {"fit": "import torch; torch.set_default_dtype(torch.float64); torch.manual_seed = None"},
    "makes-numpy-strict": {"fit": "np.seterr(all='raise'); np.set_printoptions(precision=1); np.save = np.load = None"},
    "changes-time": {"fit": "time.time = time.monotonic = time.perf_counter = time.process_time = lambda: -1.0"},
    "changes-built-ins": {"fit": "import builtins; builtins.open = builtins.print = builtins.sorted = None"},
    "closes-its-streams": {"fit": "sys.stdin.close(); sys.stdout.close(); sys.stderr.close()"},
    "closes-descriptors": {"fit": "os.closerange(0, 256)"},
    "allows-no-files": {"fit": "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))"},
    "allows-no-recursion": {"fit": "sys.setrecursionlimit(60)"},
    "clears-the-environment": {"fit": "os.environ.clear(); sys.path.clear(); sys.argv.clear()"},
    "forgets-modules": {"fit": "[sys.modules.pop(name) for name in list(sys.modules) if name.startswith('seqbench.')]"},
    "makes-warnings-errors": {"fit": "import warnings; warnings.simplefilter('error'); warnings.warn('now')"},
    "stops-collecting": {"fit": "import gc; gc.disable(); gc.freeze(); gc.set_threshold(1)"},
    "raises-at-exit": {"fit": "import atexit; atexit.register(lambda: 1 / 0); sys.excepthook = None"},
    "forks-and-goes-on": {"fit": "os.fork()"},
    "writes-into-every-descriptor": {"predict": "return [os.write(n, b'x') for n in range(1, 9)]"},
}
"""Plugins whose own trials may finish or fail: what they change is their own, whatever comes of it."""


def good_trials(folder):
    """All that must be the same in every run, without the times that it took."""
    files = sorted(p for p in (folder / "trials").glob("*") if p.name.startswith(("baseline", "net")))
    return {p.name: p.read_bytes() if p.suffix == ".npz" else without_times(p) for p in files}


@pytest.mark.parametrize("every", [30, pytest.param(1, marks=pytest.mark.slow)])
def test_every_bad_plugin_costs_its_own_trials_and_is_named_with_its_reason(tmp_path, every):
    corpus = tmp_path / "small.tsv"
    corpus.write_text(SENTENCE * 30)
    kinds = {**{name: parts for name, (parts, _) in FAILING.items()}, **FINISHING, **CHANGING}
    bad = {name: kinds[name] for name in list(kinds)[::every]}
    files = [text for name, parts in bad.items() for text in ("--plugin", plugin(tmp_path, name, parts))]
    good = ["baseline", "net=lstm(epochs=2, hidden_dim=8)" if every == 1 else "net=perceptron(epochs=2)"]
    common = ["run", "--data", corpus, "--seeds", "1", "--device", "cpu"]
    limits = ["--jobs", "4", "--timeout", "30", "--memory", "2G", "--format", "json"]

    clean = seqbench(*common, "--models", ",".join(good), "--out", tmp_path / "clean")
    models = ",".join([good[0], *bad, good[1]])
    hostile = seqbench(*common, *limits, "--models", models, *files, "--out", tmp_path / "hostile")

    assert clean.returncode == 0, clean.stderr
    assert hostile.returncode == 1, hostile.stderr
    rows = {row["model"]: row for row in json.loads(hostile.stdout)["rows"]}
    finished = {name for name, row in rows.items() if row["status"] == "finished"}
    assert finished - {*CHANGING} == {"baseline", "net", *({*FINISHING} & {*bad})}
    for name in ({*CHANGING} & {*bad}) - finished:
        assert rows[name]["failures"][0]["error"].startswith(f"plugin {name}: ")
    for name in {*FAILING} & {*bad}:
        why = FAILING[name][1]
        (failure,) = rows[name]["failures"]
        assert failure["error"].startswith(f"plugin {name}: ")
        assert why in failure["error"]
        assert json.loads((tmp_path / failure["file"]).read_text())["failure"]["plugin"] == name
    assert len(good_trials(tmp_path / "clean")) == 4
    assert good_trials(tmp_path / "hostile") == good_trials(tmp_path / "clean")


def test_there_are_at_least_eighty_kinds():
    assert len({*FAILING, *FINISHING, *CHANGING}) >= 80
