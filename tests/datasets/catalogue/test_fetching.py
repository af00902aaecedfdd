"""Files are fetched from a server on this machine under their catalogue paths: verified, resumed, refused."""

import hashlib
from pathlib import Path

import pytest
from file_server import serving

from seqbench import DataError
from seqbench_datasets.catalogue.entries import CatalogueEntry, CorpusFile, PinnedFile
from seqbench_datasets.catalogue.fetching import ADDRESSES, FetchError, cache_of, fetched

CONTENT = bytes(range(256)) * 1000
FILE = PinnedFile(path="folder/a b.txt", bytes=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest())
BLOB = hashlib.sha1(b"blob %d\0" % len(CONTENT) + CONTENT, usedforsecurity=False).hexdigest()
ADDRESS = "/owner/name/folder/a%20b.txt"


def entry():
    texts = dict.fromkeys(("title", "description", "task", "language", "licence", "citation", "format"), "x")
    return CatalogueEntry(**texts, repo="owner/name", commit="0" * 40, files=(CorpusFile(split="all", path="p"),))


@pytest.fixture
def server():
    with serving() as started:
        started.files[ADDRESS] = CONTENT
        yield started


def test_a_file_is_fetched_once_and_then_taken_from_the_cache(server, tmp_path):
    path = fetched(entry(), FILE, server.access(tmp_path))
    assert path == tmp_path / "owner/name" / ("0" * 40) / "folder/a b.txt"
    assert path.read_bytes() == CONTENT
    assert fetched(entry(), FILE, server.access(tmp_path, offline=True)) == path
    assert server.requests == [(ADDRESS, None)]
    assert [file.name for file in path.parent.iterdir()] == ["a b.txt"]


def test_progress_is_told_in_bytes(server, tmp_path):
    told = []
    fetched(entry(), FILE, server.access(tmp_path, progress=lambda *step: told.append(step)))
    assert told[-1] == ("folder/a b.txt", len(CONTENT), len(CONTENT))
    assert [step[1] for step in told] == sorted(step[1] for step in told)


def test_one_flipped_byte_is_refused_and_nothing_is_kept(server, tmp_path):
    server.files[ADDRESS] = CONTENT[:5000] + b"\0\0" + CONTENT[5002:]
    with pytest.raises(DataError, match="cannot be fetched: .* gives another content .sha256 .*: refused"):
        fetched(entry(), FILE, server.access(tmp_path))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("pinned", [PinnedFile(path=FILE.path, git_blob=BLOB), FILE])
def test_a_git_blob_id_is_as_good_as_a_sha256(server, tmp_path, pinned):
    assert fetched(entry(), pinned, server.access(tmp_path / "a")).read_bytes() == CONTENT
    server.files[ADDRESS] = CONTENT[:-1] + b"x"
    with pytest.raises(DataError, match="gives another content"):
        fetched(entry(), pinned, server.access(tmp_path / "b"))


def test_a_body_that_ends_early_every_time_is_refused_and_kept_for_the_next_try(server, tmp_path):
    server.cuts = [1000] * 9
    with pytest.raises(DataError, match="stopped after 1,000 bytes, which are kept"):
        fetched(entry(), FILE, server.access(tmp_path))
    server.cuts = []
    assert fetched(entry(), FILE, server.access(tmp_path)).read_bytes() == CONTENT
    assert server.requests[-1] == (ADDRESS, "bytes=1000-")


def test_an_address_that_sends_nothing_is_not_said_to_have_stopped(server, tmp_path):
    server.cuts = [0] * 9
    with pytest.raises(DataError, match="cannot be reached, or sends nothing; try again later"):
        fetched(entry(), FILE, server.access(tmp_path))


@pytest.mark.parametrize("place", [1, 2, 1000, 65_535, 65_536, 65_537, 131_072, 200_000, len(CONTENT) - 1])
def test_a_transfer_that_is_cut_goes_on_at_the_place_of_the_cut(server, tmp_path, place):
    server.cuts = [place]
    assert fetched(entry(), FILE, server.access(tmp_path)).read_bytes() == CONTENT
    assert server.requests == [(ADDRESS, None), (ADDRESS, f"bytes={place}-")]


def test_a_server_without_ranges_gives_the_whole_file_again(server, tmp_path):
    server.cuts, server.ranges = [1000, 70_000], False
    assert fetched(entry(), FILE, server.access(tmp_path)).read_bytes() == CONTENT


@pytest.mark.parametrize("kept", [b"x" * 1000, b"x" * len(CONTENT), b"x" * (len(CONTENT) + 5)])
def test_what_was_kept_of_another_content_is_fetched_anew(server, tmp_path, kept):
    part = tmp_path / "owner/name" / ("0" * 40) / "folder/a b.txt.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(kept)
    assert fetched(entry(), FILE, server.access(tmp_path)).read_bytes() == CONTENT


def test_a_file_of_the_cache_that_has_changed_is_said_and_fetched_again(server, tmp_path):
    told = []
    path = fetched(entry(), FILE, server.access(tmp_path))
    path.write_bytes(CONTENT[:-1])
    assert fetched(entry(), FILE, server.access(tmp_path, tell=told.append)).read_bytes() == CONTENT
    assert "has changed (255,999 bytes, expected 256,000) and is fetched again" in told[0]


def test_a_redirect_is_refused(server, tmp_path):
    server.redirect = f"http://127.0.0.1:{server.port}/elsewhere"
    server.files["/elsewhere"] = CONTENT
    with pytest.raises(DataError, match="answers with a redirect to '.*/elsewhere', which is not followed"):
        fetched(entry(), FILE, server.access(tmp_path))


def test_more_bytes_than_the_catalogue_allows_are_refused(server, tmp_path):
    server.files[ADDRESS] = CONTENT + b"x"
    with pytest.raises(DataError, match="gives 256,001 bytes or more, but the catalogue allows 256,000: refused"):
        fetched(entry(), FILE, server.access(tmp_path))


def test_a_file_that_is_nowhere_is_said_with_each_address(server, tmp_path):
    server.files.clear()
    with pytest.raises(DataError, match=f"{ADDRESS} answers 404 Not Found; try again later, or place the file"):
        fetched(entry(), FILE, server.access(tmp_path))


def test_the_next_mirror_is_asked_where_one_fails(server, tmp_path):
    access = server.access(tmp_path)
    nobody = "http://127.0.0.1:9/{repo}/{path}"
    assert fetched(entry(), FILE, type(access)(cache=tmp_path, mirrors=(nobody, *access.mirrors))).is_file()


def test_offline_nothing_is_fetched(server, tmp_path):
    with pytest.raises(DataError, match="is not in the cache .*, and offline nothing is fetched"):
        fetched(entry(), FILE, server.access(tmp_path, offline=True))
    assert server.requests == []


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "..\\x", "c:x"])
def test_no_path_leads_out_of_the_cache(server, tmp_path, path):
    with pytest.raises(DataError, match="leads out of .*: refused"):
        fetched(entry(), PinnedFile(path=path), server.access(tmp_path))
    assert server.requests == []


def test_the_cache_is_the_user_s_unless_one_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with serving() as server:
        assert cache_of(server.access(None)) == tmp_path / "seqbench"
        assert cache_of(server.access(Path("mine"))) == Path("mine")


def test_an_address_has_the_pinned_commit_and_a_quoted_path():
    assert entry().address("a b/ü.txt", ADDRESSES[0]) == (
        f"https://raw.githubusercontent.com/owner/name/{'0' * 40}/a%20b/%C3%BC.txt"
    )
    assert issubclass(FetchError, DataError)
