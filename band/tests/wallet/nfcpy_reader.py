# SPDX-License-Identifier: Apache-2.0
"""nfcpy's reader as a process of its own: `python nfcpy_reader.py PORT STEP…`.

It does each step on the card behind the port and prints one JSON list of what it saw.
"""

import contextlib
import json
import sys
from typing import Any

import ndef
import nfc
import nfc.tag


def _attempt(act: Any) -> Any:
    try:
        found = act()
    except nfc.tag.TagCommandError as error:
        return f"error {error.errno:04x}"
    return bytes(found).hex() if isinstance(found, bytes | bytearray) else found


def _records(tag: Any) -> list[str] | None:
    return None if tag.ndef is None else [record.text for record in tag.ndef.records]


def _write_records(tag: Any, text: str) -> list[str] | None:
    tag.ndef.records = [ndef.TextRecord(text)]
    return _records(tag)


STEPS: dict[str, Any] = {
    "product": lambda tag, _: tag.product,
    "format": lambda tag, _: tag.format(),
    "ndef": lambda tag, _: _records(tag),
    "write-ndef": _write_records,
    "authenticate": lambda tag, key: tag.authenticate(key.encode()),
    "protect": lambda tag, key: tag.protect(key, read_protect=True, protect_from=4),
    "read": lambda tag, block: tag.read_without_mac(int(block)),
    "read-mac": lambda tag, block: tag.read_with_mac(int(block)),
    "write": lambda tag, block: tag.write_without_mac(b"plain text here!", int(block)),
    "write-mac": lambda tag, block: tag.write_with_mac(b"signed text here", int(block)),
}


def main(port: str, steps: list[str]) -> None:
    """Connect once, take the steps, print what came of them."""
    with contextlib.closing(nfc.ContactlessFrontend(f"udp:localhost:{port}")) as reader:
        target = reader.sense(nfc.clf.RemoteTarget("212F"))
        tag = nfc.tag.activate(reader, target)
        seen = []
        for step in steps:
            name, _, argument = step.partition("=")
            seen.append(_attempt(lambda name=name, argument=argument: STEPS[name](tag, argument)))
        print(json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
