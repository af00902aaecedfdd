"""Bundles of strangers: whatever a zip may hold that no bundle does is refused, and nothing is written."""

import stat
import zipfile

import pytest
from program import called

from seqbench.errors import StoreError
from seqbench.registry.discovery import Registry
from seqbench.results.bundling import pack
from seqbench.results.unbundling import unpack


@pytest.fixture(scope="module")
def members(folds, tmp_path_factory):
    """The files of a bundle by name."""
    path = tmp_path_factory.mktemp("bundle") / "run.zip"
    pack(folds, path, Registry())
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def mode(name, kind):
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o777) << 16
    return info


HOSTILE = [
    "../run/evil.json", "/run/data/evil.json", "run/../evil.json", "run/data/../../evil.json", "run\\data\\evil.json",
    "run/data/sub/evil.json", "C:/data/evil.json", "run/evil.py", "run/data/evil.py", "run/words/0/0/..",
    "run/words/x/0/a.tsv", "other/data/evil.json", "run/data/RUN.json/", "run/trials/..", "run/data/a\x01.json",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_no_bundle_has_is_refused(tmp_path, members, name):
    bundle = written(tmp_path / "b.zip", [*members.items(), (name, b"{}")])
    before = sorted(tmp_path.rglob("*"))
    done = called("bundle", bundle, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert "bundle" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path, members, kind):
    bundle = written(tmp_path / "b.zip", [*members.items(), (mode("run/data/link.json", kind), b"/etc/passwd")])
    with pytest.raises(StoreError, match="which no bundle does; nothing is unpacked"):
        unpack(bundle, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_name_that_comes_twice_in_any_letters_is_refused(tmp_path, members):
    name = next(name for name in members if name.endswith(".npz"))
    again = f"run/data/{name.rpartition('/')[2].removesuffix('.npz').upper()}.npz"
    bundle = written(tmp_path / "b.zip", [*members.items(), (again, b"")])
    with pytest.raises(StoreError, match="which no bundle does"):
        unpack(bundle, tmp_path / "out")


def test_what_unpacks_without_bound_is_refused(tmp_path, members):
    bundle = written(tmp_path / "b.zip", [*members.items(), ("run/data/zeros.json", bytes(80 << 20))])
    with pytest.raises(StoreError, match="unpacks to more than 200 times its size"):
        unpack(bundle, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip"]


def test_what_is_cut_off_or_no_zip_or_no_run_is_refused(tmp_path, members):
    whole = written(tmp_path / "b.zip", members.items()).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.zip").write_text("hello")
    written(tmp_path / "empty.zip", [("run/README.txt", b"")])
    changed = bytearray(whole)
    changed[len(whole) // 3] ^= 255
    (tmp_path / "changed.zip").write_bytes(changed)
    for name in ("cut", "text", "empty", "changed"):
        with pytest.raises(StoreError):
            unpack(tmp_path / f"{name}.zip", tmp_path / "out")
        assert not (tmp_path / "out").exists()


def test_an_existing_folder_is_not_touched(tmp_path, members):
    bundle = written(tmp_path / "b.zip", members.items())
    (tmp_path / "out").mkdir()
    with pytest.raises(StoreError, match="is there already"):
        unpack(bundle, tmp_path / "out")
