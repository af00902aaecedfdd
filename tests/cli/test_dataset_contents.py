"""What one dataset holds is printed by `seqbench datasets NAME`; the list loads nothing of it."""

import subprocess
import sys

from program import called

CODE = """
import sys
from seqbench import cli
sys.argv = ["seqbench", "datasets"]
try:
    cli.main()
except SystemExit as end:
    assert not end.code
assert "seqbench.cli.dataset_contents" not in sys.modules
"""


def test_a_dataset_is_described_with_its_statistics():
    done = called("datasets", "tutorial")
    assert done.returncode == 0
    assert "fingerprint f524c18d0d8229f95a5968b9281e0a7b" in done.stdout


def test_the_list_loads_nothing_that_reads_data():
    subprocess.run([sys.executable, "-c", CODE], check=True, stdout=subprocess.DEVNULL)
