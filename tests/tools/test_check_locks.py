# SPDX-License-Identifier: Apache-2.0
"""Locks name packages and hashes, and nothing that ties them to one index."""

from pathlib import Path

import pytest

from tools import check_locks

GOOD = f"nh3==0.3.8 \\\n    --hash=sha256:{'a' * 64}\n    # via firstflight\n"


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--extra-index-url https://packages.example/simple",
        "--find-links /srv/wheels",
        "wena @ https://packages.example/wena.whl",
        "# from https://packages.example/simple",
        "nh3>=0.3",
        "nh3==0.3.8",
    ],
)
def test_anything_but_a_pin_with_its_hash_is_a_fault(tmp_path: Path, line: str) -> None:
    lock = tmp_path / "runtime.txt"
    lock.write_text(GOOD + line + "\n")
    assert len(check_locks.faults(lock)) == 1


def test_pins_with_hashes_and_remarks_are_fine(tmp_path: Path) -> None:
    lock = tmp_path / "runtime.txt"
    lock.write_text(GOOD)
    assert check_locks.faults(lock) == []


def test_a_requirement_that_is_not_locked(tmp_path: Path) -> None:
    lock = tmp_path / "runtime.txt"
    lock.write_text(GOOD)
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\ndependencies = ["nh3>=0.3", "pillow[xmp]>=11"]\n')
    assert check_locks.missing(lock, project) == ["runtime.txt: pillow is not locked: make locks"]
