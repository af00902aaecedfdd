"""Fetching of pinned files into a cache: through pooch, verified, resumed where it was cut, from one host only.

Redirects are not followed. What is not verified never gets the name of the file in the cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seqbench import DataAccess, DataError
from seqbench_datasets.catalogue.entries import CatalogueEntry, PinnedFile
from seqbench_datasets.catalogue.verification import content_of, fault_of, inside

if TYPE_CHECKING:
    from requests import Response

ADDRESSES = (
    "https://raw.githubusercontent.com/{repo}/{commit}/{path}",
    "https://cdn.jsdelivr.net/gh/{repo}@{commit}/{path}",
)
"""Addresses of what is on GitHub, asked in this order."""
_STOPS = 3  # so often a transfer may stop without a byte received
_PIECE = 1 << 16
_WHOLE, _PART, _BEYOND, _REDIRECTS = 200, 206, 416, range(300, 400)


class FetchError(DataError):
    """A file that one address does not give as the catalogue describes it."""


def cache_of(access: DataAccess) -> Path:
    """Folder of fetched files: the one that the user names, else that of the user's caches."""
    if access.cache is not None:
        return access.cache
    from pooch import os_cache

    return Path(os_cache("seqbench"))


def fetched(entry: CatalogueEntry, pinned: PinnedFile, access: DataAccess) -> Path:
    """Path of a verified file in the cache, fetched if it is not there. Raises `DataError` if that fails."""
    root = cache_of(access)
    path = inside(inside(root, f"{entry.repo}/{entry.commit}"), pinned.path)
    if path.is_file():
        fault = fault_of(content_of(path, max(pinned.limit, path.stat().st_size)), pinned)
        if not fault:
            return path
        access.tell(f"{path} has changed ({fault}) and is fetched again")
        path.unlink()
    if access.offline:
        raise DataError(
            f"{pinned.path!r} of {entry.title} is not in the cache {str(root)!r}, and offline nothing is fetched"
        )
    _fetch(entry, pinned, path, access)
    return path


def _fetch(entry: CatalogueEntry, pinned: PinnedFile, path: Path, access: DataAccess) -> None:
    from pooch import get_logger, retrieve

    get_logger().setLevel("WARNING")  # progress is told through access
    known = f"sha256:{pinned.sha256}" if pinned.sha256 else None
    faults = []
    for address in (entry.address(pinned.path, template) for template in access.mirrors or ADDRESSES):
        download = Download(pinned, path.with_name(f"{path.name}.part"), access)
        try:
            retrieve(address, known, fname=path.name, path=path.parent, downloader=download)
        except FetchError as error:
            faults.append(f"{address} {error}")
        except OSError as error:
            raise DataError(f"{path}: cannot be written: {error.strerror or error}") from error
        else:
            return
    way = "try again later, or place the file in a folder of the corpus's name below --data-dir"
    raise DataError(f"{pinned.path!r} of {entry.title} cannot be fetched: {'; '.join(faults)}; {way}")


@dataclass(frozen=True)
class Download:
    """Downloader for pooch: it keeps what it received in `part`, and goes on there when it is called again."""

    pinned: PinnedFile
    part: Path
    access: DataAccess

    def __call__(self, url: str, output_file: str, _pooch: object) -> None:
        """Receive a file, whole and verified. Raises `FetchError` if the address does not give it."""
        resumed = self._size() > 0
        self._receive_all(url)
        fault = self._fault()
        if fault and resumed:  # what was kept may have been of another content
            self._receive_all(url)
            fault = self._fault()
        if fault:
            raise FetchError(f"gives another content ({fault}): refused")
        self.part.replace(output_file)

    def _fault(self) -> str:
        """Fault of the part, which is then removed."""
        fault = fault_of(self.part.read_bytes(), self.pinned)
        if fault:
            self.part.unlink()
        return fault

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _receive_all(self, url: str) -> None:
        """Ask again and again for what is missing, as long as something comes."""
        stops, size = 0, self._size()
        while not self._received(url):
            stops = 0 if self._size() > size else stops + 1
            size = self._size()
            if stops == _STOPS:
                kept = f"stopped after {size:,} bytes, which are kept: the same command goes on there"
                raise FetchError(kept if size else "cannot be reached, or sends nothing")

    def _received(self, url: str) -> bool:
        """Whether the file is whole, after one request for what is missing."""
        import requests

        start = self._size()
        headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={start}-"} if start else {})}
        try:
            with requests.get(url, headers=headers, stream=True, timeout=(10, 60), allow_redirects=False) as response:
                return self._stored(response, start)
        except requests.RequestException:
            return False

    def _stored(self, response: Response, start: int) -> bool:
        if start and response.status_code == _BEYOND:
            if start != self.pinned.bytes:
                self.part.unlink()
            return start == self.pinned.bytes
        _check_status(response)
        begin = start if _goes_on(response, start) else 0
        announced = response.headers.get("Content-Length")
        total = begin + int(announced) if announced is not None and announced.isdecimal() else self.pinned.bytes
        self._refuse_large(total or 0)
        response.raw.enforce_content_length = False  # a body that ends early is kept to its last byte
        with self.part.open("ab" if begin else "wb") as file:
            for piece in response.iter_content(_PIECE):
                begin += len(piece)
                self._refuse_large(begin)
                file.write(piece)
                file.flush()
                self.access.progress(self.pinned.path, begin, total)
        return total is None or begin >= total

    def _refuse_large(self, size: int) -> None:
        if size > self.pinned.limit:
            self.part.unlink(missing_ok=True)
            raise FetchError(f"gives {size:,} bytes or more, but the catalogue allows {self.pinned.limit:,}: refused")


def _check_status(response: Response) -> None:
    if response.status_code in _REDIRECTS:
        target = response.headers.get("Location", "")
        raise FetchError(f"answers with a redirect to {target!r}, which is not followed")
    if response.status_code not in (_WHOLE, _PART):
        raise FetchError(f"answers {response.status_code} {response.reason}")


def _goes_on(response: Response, start: int) -> bool:
    """Whether an answer begins at the byte that was asked for."""
    return response.status_code == _PART and response.headers.get("Content-Range", "").startswith(f"bytes {start}-")
