# SPDX-License-Identifier: Apache-2.0
"""Sees to it that tests have a Chromium: the machine's own, Debian's, or Playwright's.

Says in one sentence what to do where none can be had, and fails then.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> bool:
    """Whether a browser is there for the tests to start."""
    if any(shutil.which(name) for name in NAMES):
        return True
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def from_debian() -> bool:
    """Install Debian's package, which needs root."""
    if os.geteuid() or not shutil.which("apt-get"):
        return False
    print("Installing Chromium for the browser tests …", flush=True)
    quietly("apt-get", "update", "-qq")
    return quietly("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")


def quietly(*command: str) -> bool:
    """Run a command of Debian's without its chatter and its questions; whether it went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    answer = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False)
    return answer.returncode == 0


def from_playwright() -> bool:
    """Let Playwright download its own build."""
    print("Downloading Chromium for the browser tests …", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode == 0


def main() -> None:
    """Have a browser, or say what to install."""
    if installed() or from_debian() or from_playwright():
        return
    sys.exit(
        "The browser tests need a Chromium and none could be had: install one "
        "(Debian: apt-get install chromium) and run this again."
    )


if __name__ == "__main__":
    main()
