"""What holds for all of the code: a test file for every module, limits of size, imports where they belong."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORE = sorted((ROOT / "seqbench").rglob("*.py"))
BUILT_INS = [path for folder in ("plugins/seqbench_plugins", "datasets/seqbench_datasets")
             for path in sorted((ROOT / folder).rglob("*.py"))]  # fmt: skip

LINES_OF_A_BODY = 25
LINES_OF_A_FILE, LONG_FILES = 200, 6
USES_OF_ANY = 120
NOQA_COMMENTS = 60
PRONOUN = re.compile(
    r"(Those|That|These|This|They|Them|Their|It|Its|What|Which|Who|Whose|Some|Something|Everything|Nothing|The same|"
    r"All of|Of)\b"
)

EMPTY_WORDS = {"asked", "found", "given", "one", "place", "there", "told", "wanted"}

LAZY = {
    "torch": "two seconds",
    "sklearn": "two seconds",
    "scipy": "half a second, which tables without tests need not wait for",
    "rich": "80 ms, and bars are only for terminals: seqbench.reporting.progress_bars imports it",
    "tabulate": "80 ms, which the tables of a terminal need not wait for",
    "wcwidth": "needed only for words that are not ASCII",
    "plotext": "half a second, needed only for plots: seqbench.reporting.plots imports it",
    "jinja2": "80 ms, needed only for the page: seqbench.reporting.page.document imports it",
    "altair": "a second, needed only for the pictures of the page",
    "vl_convert": "a tenth of a second, needed only for the page and its pictures",
    "importlib.metadata": "60 ms: `--version` loads no plugin",
    "platformdirs": "40 ms, needed only for the page",
    "traceback": "15 ms, needed only for a bug",
    "html": "4 ms of 130, which `--version` need not wait for",
    "pathlib": "8 ms of 130, which `--version` need not wait for",
    "seqbench.cli.model_description": "imports numpy, which a list of models need not wait for",
    "seqbench.cli.dataset_contents": "imports all that reads data, which a list of datasets need not wait for",
    "seqbench.reporting.layout": "imports dataclasses, 3 ms of 130",
    "shutil": "4 ms of 130, which `--version` need not wait for",
    "difflib": "10 ms, needed only for a wrong name",
    "pandas": "need not be there",
    "polars": "need not be there",
    "narwhals": "30 ms, needed only for data frames",
    "spacy": "an extra that need not be there",
    "skops": "an extra that need not be there",
    "onnx": "an extra that need not be there",
    "onnxruntime": "an extra that need not be there",
    "ray": "an extra that need not be there",
    "optuna": "an extra that need not be there: seqbench.running.tuning imports it",
    "pytest": "a tool of authors that need not be there",
    "threadpoolctl": "asked only for taggers that use threads",
    "resource": "not on every system",
    "seqbench.reporting.progress_bars": "imports rich",
    "seqbench.running.tuning": "imports optuna",
    "seqbench.serving.http.access": "imports starlette, an extra that need not be there",
    "seqbench.serving.http.application": "imports starlette",
    "seqbench.serving.http.server": "imports uvicorn",
}
"""Modules that may be imported inside a function, with the reason; all others are imported at the top."""


def named(path: Path) -> str:
    """A file by its path from the root."""
    return str(path.relative_to(ROOT))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of a file that several tests look at, without those that have no part of their own."""
    walked = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return tuple(node for node in walked if not isinstance(node, ast.expr_context | ast.operator | ast.Constant))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_every_module_of_the_core_has_a_test_file_at_its_path():
    modules = [path.relative_to(ROOT / "seqbench") for path in CORE if not path.name.startswith("__")]
    missing = [f"tests/{m.parent / f'test_{m.name}'}" for m in modules
               if not (ROOT / "tests" / m.parent / f"test_{m.name}").is_file()]  # fmt: skip
    assert not missing, f"no test file: {', '.join(missing)}"


def test_no_function_of_the_core_has_a_long_body():
    long = [f"{named(path)}: {function.name} ({lines} lines)" for path in CORE for function in functions(path)
            if (lines := lines_of(function)) > LINES_OF_A_BODY]  # fmt: skip
    assert not long, f"more than {LINES_OF_A_BODY} lines, to be split: {', '.join(long)}"


def test_few_files_of_the_core_are_long():
    lengths = {named(path): path.read_text(encoding="utf-8").count("\n") for path in CORE}
    long = [f"{name} ({lines} lines)" for name, lines in lengths.items() if lines > LINES_OF_A_FILE]
    assert len(long) <= LONG_FILES, f"more than {LONG_FILES} files over {LINES_OF_A_FILE} lines: {', '.join(long)}"


def test_few_values_of_the_core_are_of_any_type():
    uses = {named(path): sum(isinstance(node, ast.Name) and node.id == "Any" for node in nodes(path))
            for path in CORE}  # fmt: skip
    most = ", ".join(f"{name} ({count})" for name, count in sorted(uses.items(), key=lambda u: -u[1])[:10])
    assert sum(uses.values()) <= USES_OF_ANY, f"{sum(uses.values())} uses of Any, most of them in {most}"


def test_few_rules_of_ruff_are_set_aside_in_the_core():
    comments = {named(path): len(re.findall(r"#\s*noqa", path.read_text(encoding="utf-8"))) for path in CORE}
    most = ", ".join(f"{name} ({count})" for name, count in sorted(comments.items(), key=lambda c: -c[1])[:10])
    assert sum(comments.values()) <= NOQA_COMMENTS, f"{sum(comments.values())} noqa comments, most of them in {most}"


def test_no_docstring_begins_with_a_pronoun():
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    described = [(path, node) for path in (*CORE, *BUILT_INS) for node in nodes(path) if isinstance(node, kinds)]
    docs = [(path, getattr(node, "name", "module"), ast.get_docstring(node) or "") for path, node in described]
    wrong = [f"{named(path)}: {name}: {doc.splitlines()[0]}" for path, name, doc in docs if PRONOUN.match(doc)]
    assert not wrong, "begins with a pronoun whose noun nobody has read yet:\n" + "\n".join(wrong)


def test_no_local_is_called_by_a_word_that_says_nothing_of_it():
    wrong = {f"{named(path)}: {node.id if isinstance(node, ast.Name) else node.arg} in line {node.lineno}"
             for path in (*CORE, *BUILT_INS) for node in nodes(path)
             if (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in EMPTY_WORDS)
             or (isinstance(node, ast.arg) and node.arg in EMPTY_WORDS)}  # fmt: skip
    assert not wrong, f"to be called by the noun of their type: {', '.join(sorted(wrong))}"


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules that a statement imports."""
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]


def is_lazy(module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in LAZY)


def test_imports_inside_functions_are_of_modules_that_are_slow_or_need_not_be_there():
    wrong = {f"{named(path)}: {function.name} imports {module}" for path in CORE for function in functions(path)
             for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
             for module in imported(node) if not is_lazy(module)}  # fmt: skip
    assert not wrong, f"to be imported at the top, or listed with a reason: {', '.join(sorted(wrong))}"


def modules_after(code: str) -> set[str]:
    """The top-level names of all modules that a new process has imported when it has run this code."""
    said = f"{code}\nimport sys; print('modules:', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {module.partition(".")[0] for module in done.stdout.rpartition("modules:")[2].split()}


def test_commands_that_only_list_import_nothing_slow():
    code = """
import sys
from seqbench import cli
for arguments in (["--version"], ["--help"], ["models"], ["datasets"]):
    sys.argv = ["seqbench", *arguments]
    try:
        cli.main()
    except SystemExit as end:
        assert not end.code
    slow = {"torch", "sklearn", "scipy", "pandas"} & {*sys.modules}
    assert not slow, f"seqbench {arguments[0]} imports {slow}"
"""
    assert "seqbench" in modules_after(code)


def test_the_package_imports_no_more_than_the_standard_library():
    modules = modules_after("import seqbench")
    foreign = {module for module in modules - sys.stdlib_module_names if not module.startswith("_")}
    assert foreign == {"seqbench"}  # what begins with _ is of the installation
