"""Draw the two pictures of the page that README has: python docs/measurements/screenshots.py RUN [FOLDER].

Takes Chromium and playwright. The pictures are of the page of RUN, 1000 pixels wide: its answer with the leaderboard,
and where two models differ. They go to docs/_static, or to FOLDER.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
WIDTH, ANSWER, EXPLORER = 1000, 582, 458  # pixels


def answer(page: Page, folder: Path) -> None:
    """The summary, the leaderboard and the first pictures."""
    page.locator("figure:visible .chart[data-drawn] svg").first.wait_for()
    page.screenshot(path=folder / "page-answer.png", clip={"x": 0, "y": 0, "width": WIDTH, "height": ANSWER})


def explorer(page: Page, folder: Path) -> None:
    """The error explorer of the two best models."""
    root = page.locator(".explorer:visible")
    root.scroll_into_view_if_needed()
    root.locator(".sentence").first.wait_for()
    box = root.bounding_box()
    if box is None:
        sys.exit("the page shows no explorer: are the words of its data gone?")
    page.screenshot(
        path=folder / "page-explorer.png",
        full_page=True,
        clip={"x": 0, "y": box["y"] + page.evaluate("window.scrollY"), "width": WIDTH, "height": EXPLORER},
    )


def main() -> None:
    """Write the page, open it, and draw."""
    run, folder = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs/_static"  # noqa: PLR2004
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as started:
        file = Path(temporary) / "page.html"
        command = [sys.executable, "-m", "seqbench", "report", str(run), "--out", str(file)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- ours
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 800}, color_scheme="light")
        page.goto(file.as_uri())
        answer(page, folder)
        explorer(page, folder)
        browser.close()


if __name__ == "__main__":
    main()
