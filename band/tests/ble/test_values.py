# SPDX-License-Identifier: Apache-2.0
"""The bytes of the standard services and of the advertisement."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wena.ble.advertising import advertisement, scan_response
from wena.ble.battery_level import decode_level, encode_level
from wena.ble.current_time import (
    AdjustReason,
    LocalTime,
    decode_current_time,
    encode_current_time,
    instant,
)
from wena.ble.device_information import DeviceInformation
from wena.ble.errors import AdvertisementTooLong, MalformedValue
from wena.ble.running_speed import RunningSpeed, estimate


def on_the_wall(*time):
    """A local time of 25 November 2026, without a zone, as the service carries it."""
    return datetime(2026, 11, 25, *time, tzinfo=UTC).replace(tzinfo=None)


def test_the_advertisement_names_the_strap_and_solicits_ancs_in_31_bytes():
    assert advertisement().hex() == (
        "020106"
        "1115d0002d121e4b0fa4994eceb531f40579"
        "0809574e572d323141"
    )  # fmt: skip
    assert len(scan_response()) <= 31


def test_a_name_that_leaves_no_room_is_refused():
    with pytest.raises(AdvertisementTooLong, match="8 bytes"):
        advertisement("WNW-21A-2")


@pytest.mark.parametrize(("percent", "byte"), [(-1, 0), (0, 0), (57, 57), (100, 100), (200, 100)])
def test_a_battery_level_is_one_byte_of_percent(percent, byte):
    assert encode_level(percent) == bytes([byte])


def test_the_current_time_has_the_ten_bytes_of_the_service():
    local = on_the_wall(14, 5, 9, 500_000)

    value = encode_current_time(local, AdjustReason.MANUAL)

    assert value.hex() == "ea070b190e0509038001"
    assert decode_current_time(value) == local
    assert decode_current_time(value[:9]) == local


@pytest.mark.parametrize(
    "value",
    [
        "",
        "ea070b190e050903",
        "ea070b1f0e0509038001",
        "ea0700190e0509038001",
        "ea070b190e0509088001",
    ],
)
def test_a_time_that_does_not_exist_is_refused(value):
    with pytest.raises(MalformedValue):
        decode_current_time(bytes.fromhex(value))


def test_local_time_and_zone_together_tell_the_moment():
    tokyo = LocalTime.from_bytes(bytes.fromhex("2400"))

    assert instant(on_the_wall(9), tokyo) == datetime(2026, 11, 25, tzinfo=UTC)
    assert instant(on_the_wall(9), LocalTime(None, None)) is None
    assert bytes(tokyo) == b"\x24\x00"


@given(st.binary(max_size=16))
def test_any_bytes_are_values_of_the_services_or_refused(value):
    for read in (decode_level, decode_current_time, LocalTime.from_bytes, RunningSpeed.from_bytes):
        with contextlib.suppress(MalformedValue):
            assert read(value) is not None


def test_walking_is_told_with_an_estimated_stride():
    value = bytes(estimate(110, 1.70))

    assert value.hex() == "014b016e4700"
    read = RunningSpeed.from_bytes(value)
    assert (read.cadence, read.running, read.stride) == (110, False, 0.71)


def test_running_sets_its_flag():
    assert RunningSpeed.from_bytes(bytes(estimate(170, 1.70))).running


@given(
    st.builds(
        RunningSpeed,
        st.integers(0, 65535).map(lambda n: n / 256),
        st.integers(0, 255),
        st.booleans(),
        st.none() | st.integers(0, 65535).map(lambda n: n / 100),
        st.none() | st.integers(0, 2**32 - 1).map(lambda n: n / 10),
    )
)
def test_a_running_speed_reads_as_it_was_written(speed):
    assert RunningSpeed.from_bytes(bytes(speed)) == speed


def test_the_strap_says_who_made_it_and_does_not_pose_as_the_makers():
    values = DeviceInformation().values()

    assert b"software" in values[0x2A24]
    assert b"Sony" not in b"".join(values.values())
