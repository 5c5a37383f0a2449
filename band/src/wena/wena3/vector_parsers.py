# SPDX-License-Identifier: Apache-2.0
"""From received bytes to the samples that a byte vector lists.

Names of parsers and keys are those of docs/services/wena3.md; times are Unix seconds.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from wena.wena3.activity_frame import ActivityPacket
from wena.wena3.activity_kinds import Block, Intervals, Kind, Vo2MaxValues
from wena.wena3.activity_receiver import ActivityReceiver
from wena.wena3.errors import MalformedPacket
from wena.wena3.reading import Reading
from wena.wena3.reports import BandRequest, Battery, DeviceInfo
from wena.wena3.timeline import Timeline

Sample = dict[str, Any]
ONE_KIND = {f"activity_{kind.name.lower()}": kind for kind in Kind}
SHORT = ("battery", "device_info", "band_request", "activity_packet")
PARSERS = frozenset(ONE_KIND) | {"activity_stream", "activity_timeline"} | set(SHORT)


def parse_values(parser: str, values: Sequence[bytes], reading: Reading) -> list[Sample]:
    """The samples in `values`; none where they are malformed. Raises KeyError for the name."""
    if parser in SHORT:
        return [sample for value in values for sample in _short(parser, value, reading)]
    if parser not in PARSERS:
        raise KeyError(parser)
    blocks = list(_blocks(values, reading))
    if parser == "activity_timeline":
        return _rows(blocks, reading)
    if parser in ONE_KIND:
        wanted = ONE_KIND[parser]
        return [sample for block in blocks if block.kind is wanted for sample in _samples(block)]
    found = [
        (block.kind, {"data": block.kind.name.lower()} | sample)
        for block in blocks
        for sample in _samples(block)
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].get("unix_s", pair[1].get("start_unix_s"))))
    return [sample for _, sample in found]


def _blocks(values: Sequence[bytes], reading: Reading) -> Iterator[Block]:
    receiver = ActivityReceiver(reading)
    for value in values:
        block = receiver.feed(value)
        if block is not None:
            yield block


def _samples(block: Block) -> Iterator[Sample]:
    if isinstance(block, Intervals):
        for item in block.items:
            yield {
                "start_unix_s": item.time,
                "end_unix_s": item.end,
                "kind": item.kind.name.lower(),
            }
    elif isinstance(block, Vo2MaxValues):
        for single in block.items:
            yield {"unix_s": single.time, "vo2max": single.value}
    else:
        name = block.kind.name.lower()
        for time, value in block.samples():
            yield {"unix_s": time, name: value}


def _rows(blocks: Sequence[Block], reading: Reading) -> list[Sample]:
    timeline = Timeline(reading)
    for block in blocks:
        timeline.add(block)
    return [
        {
            "unix_s": row.unix_s,
            "steps": row.steps,
            "kind": row.kind.name.lower(),
            "heart_rate": row.heart_rate,
        }
        for row in timeline.rows
    ]


def _short(parser: str, value: bytes, reading: Reading) -> list[Sample]:
    try:
        if parser == "battery":
            return [{"percent": Battery.from_bytes(value, reading).percent}]
        if parser == "band_request":
            request = BandRequest.from_bytes(value)
            return [{"request": request.number, "name": request.name}]
        if parser == "device_info":
            info = DeviceInfo.from_bytes(value)
            return [{"firmware": info.firmware, "serial": str(info.serial)}]
        packet = ActivityPacket.from_bytes(value)
    except MalformedPacket:
        return []
    return [
        {
            "seq": packet.sequence,
            "crc": packet.checksum,
            "type": packet.type.name.lower(),
            "data_hex": packet.payload.hex(),
            "crc_ok": packet.is_intact,
            "expected_crc": packet.expected_checksum,
        }
    ]
