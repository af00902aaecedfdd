"""Corpora by name: their facts are those of the catalogue, and those at hand are fetched and read as it says."""

import gzip
import json
import tomllib
from pathlib import Path

import pytest
from corpus_layouts import zipped
from file_server import serving
from msgspec.structs import replace

import seqbench_datasets.catalogue as package
from seqbench import DataAccess, DataError
from seqbench_datasets.catalogue import corpora
from seqbench_datasets.catalogue.archives import members
from seqbench_datasets.catalogue.corpora import dataset
from seqbench_datasets.catalogue.entries import PinnedFile, read_entries
from seqbench_datasets.catalogue.local_files import local_archive, local_file
from seqbench_datasets.catalogue.locating import paths_of

SHARED = Path(__file__).resolve().parents[4] / "shared"
at_hand = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
ENTRIES = read_entries()
LOCAL = {
    "ud-english-ewt": ("train.conllu.gz", "dev.conllu", "test.conllu"),
    "ud-maltese-mudt": ("train.conllu", "dev.conllu", "test.conllu"),
    "ud-thai-tud": ("train.conllu", "dev.conllu", "test.conllu"),
    "ud-uyghur-udt": ("train.conllu", "dev.conllu", "test.conllu"),
    "wnut17": ("train.conll", "dev.conll", "test.conll"),
}


@at_hand
def test_the_facts_of_the_package_are_those_of_the_catalogue():
    published = tomllib.loads((SHARED / "catalogue" / "catalogue.toml").read_text())
    kept = json.loads(Path(package.__file__).with_name("corpora.json").read_text())
    assert set(kept) == {*published["corpus"], *published["instructions"]}
    for name, corpus in published["corpus"].items():
        dropped = {"read_today", "options", "citation", "citation_checked"}
        facts = {key: value for key, value in corpus.items() if key not in dropped}
        facts["files"] = [{key: value for key, value in f.items() if key != "shared"} for f in corpus["files"]]
        own = {key: value for key, value in kept[name].items() if key not in {"citation", "rules"}}
        assert own == facts, name
    hashes = [f.sha256 for name in published["instructions"] for f in ENTRIES[name].files]
    assert set(hashes) == {None}


def test_the_index_agrees_with_the_corpora():
    registered = {}
    package.register_all(lambda name, thing, summary, about: registered.update({name: (thing, about)}))
    assert set(registered) == set(ENTRIES)
    for name, (thing, about) in registered.items():
        entry = ENTRIES[name]
        assert thing == f"seqbench_datasets.catalogue.corpora:{name}"
        assert (about.task, about.licence, about.citation) == (entry.task, entry.licence, entry.citation)
        for split, (sentences, tokens) in about.sizes.items():
            files = [file for file in entry.files if file.split == split]
            assert (sum(f.sentences for f in files), sum(f.tokens for f in files)) == (sentences, tokens)
        assert bool(entry.obligations()) <= ("commercial" in about.obligations or "research" in about.obligations
                                             or "passed on" in about.obligations)  # fmt: skip


def test_a_name_that_is_in_no_catalogue_is_none_of_the_module():
    assert callable(getattr(corpora, "xsid-de"))
    with pytest.raises(AttributeError, match="no attribute 'xsid-dd'"):
        getattr(corpora, "xsid-dd")


def content(name, file):
    data = (SHARED / "data" / name / file).read_bytes()
    return gzip.decompress(data) if file.endswith(".gz") else data


@at_hand
@pytest.mark.parametrize("name", sorted(LOCAL))
def test_corpora_at_hand_are_fetched_under_their_catalogue_paths_and_have_its_counts(tmp_path, name):
    entry = ENTRIES[name]
    with serving() as server:
        for file, local in zip(entry.files, LOCAL[name], strict=True):
            server.files[f"/{entry.repo}/{file.path}"] = content(name, local)
        splits = dataset(name, entry)(server.access(tmp_path))
        counted = {split: (len(corpus), corpus.tokens) for split, corpus in splits.existing().items()}
        assert counted == {file.split: (file.sentences, file.tokens) for file in entry.files}
        again = dataset(name, entry)(server.access(tmp_path, offline=True))
        assert again.test.digest() == splits.test.digest()
        assert len(server.requests) == len(entry.files)


@at_hand
@pytest.mark.parametrize("name", ["conll2000", *sorted(LOCAL)])
def test_corpora_at_hand_are_found_in_a_local_folder(tmp_path, name):
    splits = dataset(name, ENTRIES[name])(DataAccess(local=SHARED / "data", cache=tmp_path, offline=True))
    counted = {split: (len(corpus), corpus.tokens) for split, corpus in splits.existing().items()}
    assert counted == {file.split: (file.sentences, file.tokens) for file in ENTRIES[name].files}


@at_hand
def test_members_of_an_archive_are_unpacked_and_verified(tmp_path):
    parts = {f"conll2000/{split}.txt": content("conll2000", f"{split}.txt") for split in ("train", "test")}
    archive, entry = zipped(**parts), ENTRIES["conll2000"]
    own = replace(entry, archive=PinnedFile(path=entry.archive.path, bytes=len(archive)))
    with serving() as server:
        server.files[f"/{entry.repo}/{entry.archive.path}"] = archive
        splits = dataset("conll2000", own)(server.access(tmp_path))
    assert (len(splits.train), len(splits.test), list(splits.train.sentences.layers)) == (8936, 2012, ["2"])
    parts["conll2000/test.txt"] = parts["conll2000/test.txt"].replace(b"B-NP", b"B-VP", 1)
    changed = zipped(**parts)
    own = replace(entry, archive=PinnedFile(path=entry.archive.path, bytes=len(changed)))
    with serving() as server:
        server.files[f"/{entry.repo}/{entry.archive.path}"] = changed
        with pytest.raises(DataError, match="'conll2000/test.txt' is not the file of the catalogue .sha256"):
            dataset("conll2000", own)(server.access(tmp_path / "other"))


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "c:/evil.txt"])
def test_an_archive_with_a_path_that_leads_out_is_refused(tmp_path, name):
    archive = tmp_path / "x.zip"
    archive.write_bytes(zipped(**{name: b"evil", "a/b.txt": b"good"}))
    with pytest.raises(DataError, match=r"leads out of .*: refused"):
        members(archive, "a/b.txt", tmp_path / "folder")
    assert not (tmp_path / "folder").exists()
    assert not (tmp_path / "evil.txt").exists()


def test_a_broken_archive_or_one_without_the_member_is_said(tmp_path):
    archive = tmp_path / "x.zip"
    archive.write_bytes(b"no zip")
    with pytest.raises(DataError, match="cannot be unpacked"):
        members(archive, "a", tmp_path / "folder")
    archive.write_bytes(zipped(a=b"x"))
    with pytest.raises(DataError, match="has no member 'b'"):
        members(archive, "b", tmp_path / "folder")


@at_hand
def test_a_local_file_that_is_another_one_is_refused(tmp_path):
    entry = ENTRIES["wnut17"]
    own = tmp_path / "wnut17"
    own.mkdir()
    (own / "train.conll.gz").write_bytes(gzip.compress(content("wnut17", "train.conll")))
    (own / "emerging.test.annotated").write_bytes(content("wnut17", "test.conll"))
    assert local_file("wnut17", entry, entry.files[0], tmp_path).name == "train.conll.gz"
    assert local_file("wnut17", entry, entry.files[1], tmp_path) is None
    assert local_file("wnut17", entry, entry.files[2], tmp_path).name == "emerging.test.annotated"
    (own / "dev.tsv").write_bytes(content("wnut17", "test.conll"))
    with pytest.raises(
        DataError, match=r"is not the file of the catalogue .* name its folder as a path: --data .*/wnut17/"
    ):
        local_file("wnut17", entry, entry.files[1], tmp_path)
    (own / "train.conll.gz").write_bytes(b"no gzip")
    with pytest.raises(DataError, match="broken gzip file"):
        local_file("wnut17", entry, entry.files[0], tmp_path)
    assert local_archive("wnut17", PinnedFile(path="a/x.zip"), tmp_path) is None


def test_what_may_not_be_fetched_says_where_the_user_places_it_and_must_stay_the_same(tmp_path):
    entry, told = ENTRIES["germeval2014"], []
    access = DataAccess(cache=tmp_path, tell=told.append)
    with pytest.raises(
        DataError, match=r"'germeval2014' may not be fetched: .* Place these files in '.*placed/germeval2014'"
    ):
        dataset("germeval2014", entry)(access)
    folder = tmp_path / "placed" / "germeval2014"
    folder.mkdir(parents=True)
    for file in entry.files:
        (folder / file.path).write_text("#\thttp://x\n1\tAna\tB-PER\tO\n2\tlacht\tO\tO\n\n")
    splits = dataset("germeval2014", entry)(access)
    assert list(splits.train.sentences) == [["Ana", "lacht"]]
    assert "sha256" in told[0]
    assert "must be obtained by hand" in told[-1]
    (folder / entry.files[2].path).write_text("1\tBo\tB-PER\tO\n")
    with pytest.raises(DataError, match="has changed since its first use"):
        list(paths_of("germeval2014", entry, entry.files[2], access))


@at_hand
def test_the_terms_of_a_restricted_corpus_are_told_on_its_first_use(tmp_path):
    told = []
    access = DataAccess(local=SHARED / "data", cache=tmp_path, tell=told.append)
    for _ in range(2):
        dataset("conll2000", ENTRIES["conll2000"])(access)
    (sentence,) = told
    assert sentence.startswith(
        "conll2000: LicenseRef-unstated: no licence is stated: for research and tests only. Cite: "
    )
