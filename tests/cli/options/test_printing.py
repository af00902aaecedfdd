"""Formats of the core and of plugins as options."""

from program import called

FORMAT = """
from seqbench import hookimpl

@hookimpl
def register_formats(register):
    register("arrows", lambda table: " -> ".join(table.columns), "column names")
"""


def test_a_format_of_a_plugin_file_is_an_option_of_every_command(tmp_path, monkeypatch):
    (tmp_path / "arrows.py").write_text(FORMAT)
    done = called("models", "--plugin", tmp_path / "arrows.py", "--format", "arrows")
    assert (done.returncode, done.stdout) == (0, "model -> summary -> default -> plugin\n")
    monkeypatch.setenv("SEQBENCH_PLUGINS", str(tmp_path / "arrows.py"))
    assert called("datasets", "--format", "arrows").stdout.count(" -> ")
    assert "formats: arrows" in called("plugins", "--wide").stdout


def test_an_unknown_format_is_answered_with_the_nearest_one():
    done = called("models", "--format", "markdwon")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no format is named 'markdwon'. Did you mean 'markdown'?" in done.stderr
    assert "[table|json|csv|html|latex|markdown]" in called("models", "--help").stdout


def test_html_is_a_whole_document_and_empty_after_an_error():
    text = called("models", "--format", "html").stdout
    assert text.startswith("<!DOCTYPE html>")
    assert '<meta charset="utf-8">' in text
    assert text.endswith("</body>\n</html>\n")
    assert text.count("<body>") == 1
    assert called("show", "nowhere", "--format", "html").stdout == ""
