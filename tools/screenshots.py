# SPDX-License-Identifier: Apache-2.0
"""Takes the pictures of the README from a demo of its own, which is thrown away afterwards."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "img"
MOST_BYTES = 300_000
ZONES = {"en": "Europe/London", "ja": "Asia/Tokyo", "fr": "Europe/Paris"}
DESKTOP, PHONE = (1280, 860), (390, 780)


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it; `staff` signs in with the company's account of that address."""

    name: str
    path: str
    language: str = "en"
    size: tuple[int, int] = DESKTOP
    staff: str = ""


WANTED = (
    Picture("campaign", "/campaigns/wena/"),
    Picture("first-page-phone", "/", "ja", PHONE),
    Picture("campaign-phone", "/campaigns/kage/", "fr", PHONE),
    Picture("dashboard", "/desk/projects/2/dashboard/", staff="kento@devices.aozora.example"),
    Picture("parcels", "/desk/fulfilment/1/", staff="warehouse@living.aozora.example"),
)


@contextmanager
def demo(port: int) -> Iterator[str]:
    """The address of a demo with a folder of its own for what it keeps."""
    folder = Path(tempfile.mkdtemp(prefix="first-flight-pictures-"))
    folder.chmod(0o755)  # the database may run under another account
    command = [sys.executable, "-m", "firstflight.cli.main", "demo", f"--port={port}"]
    environment = {**os.environ, "FIRSTFLIGHT_VAR": str(folder)}
    try:
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout is not None  # noqa: S101 - it is a pipe
            try:
                for line in run.stdout:
                    print(line, end="", flush=True)
                    if "Ctrl-C stops everything" in line:
                        yield f"http://localhost:{port}"
                        break
            finally:
                run.terminate()
                run.communicate()  # what it says while it stops
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def take(browser: Browser, site: str, picture: Picture) -> Path:
    """One picture, in its file."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if picture.size == PHONE else 1,
        locale=picture.language,
        timezone_id=ZONES[picture.language],
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.staff:
        sign_in(page, site, picture.staff)
    answer = page.goto(site + picture.path, wait_until="networkidle")
    if answer is None or not answer.ok:
        sys.exit(f"{picture.path} does not answer as it should: no picture of it was taken.")
    file = PICTURES / f"{picture.name}.jpg"
    page.screenshot(path=file, type="jpeg", quality=82)
    context.close()
    return file


def sign_in(page: Page, site: str, address: str) -> None:
    """Come in through the stand-in for the company's sign-in."""
    page.goto(f"{site}/accounts/login/code/")
    page.get_by_role("button", name=re.compile("^Continue with")).click()
    page.get_by_role("button", name=address).click()
    page.wait_for_url(f"{site}/**")


def main() -> None:
    """Take them all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    quiet = ["--no-sandbox"] if os.geteuid() == 0 else []
    with demo(int(os.environ.get("PORT", "8600"))) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=quiet)
        for picture in WANTED:
            file = take(browser, site, picture)
            size = file.stat().st_size
            print(f"{file.relative_to(ROOT)}  {size // 1000} kB", flush=True)
            if size > MOST_BYTES:
                sys.exit(f"{file.name} is larger than {MOST_BYTES // 1000} kB.")


if __name__ == "__main__":
    main()
