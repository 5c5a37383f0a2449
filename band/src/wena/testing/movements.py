# SPDX-License-Identifier: Apache-2.0
"""Movements as a strap's accelerometer would feel them: made up, the same at every call of a seed.

Driving and washing up hold no step at all; a walk holds as many as it says. They are models, not
recordings: a body on soft springs over a rough road with a hand on the wheel; bursts of scrubbing
at a hand's own pace with clatter and turning of the wrist; two unequal feet under a swinging arm.
Samples are rows of time in seconds and acceleration in g along x, y and z, at RATE a second.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Random = np.random.Generator

RATE = 50
NOISE = 0.01
"""Standard deviation of a cheap sensor's own noise, in g."""


@dataclass(frozen=True, slots=True)
class Car:
    """How a vehicle moves: roughness of the road in g, its springs in Hz and their damping."""

    rough: float = 0.05
    spring: float = 1.5
    damping: float = 0.25
    between_holes: float = 12.0
    """Mean seconds from one pothole to the next."""


@dataclass(frozen=True, slots=True)
class Scrubbing:
    """How a hand scrubs: pace in Hz, and how uneven time and strength of the strokes are."""

    slowest: float = 0.5
    fastest: float = 2.0
    uneven_time: float = 0.15
    uneven_strength: float = 0.4


CARS = {
    "a car on a good road": Car(rough=0.02),
    "a car": Car(),
    "a car on a bad road": Car(rough=0.1, between_holes=6),
    "a soft bus": Car(rough=0.08, spring=1.1, damping=0.15),
    "a stiff van": Car(rough=0.08, spring=2.0, damping=0.2),
}
WASHING_UP = {
    "washing up": Scrubbing(),
    "washing up, slowly": Scrubbing(fastest=1.2),
    "washing up, briskly": Scrubbing(slowest=1.2),
    "washing up, evenly": Scrubbing(uneven_time=0.08, uneven_strength=0.25),
}


def driving(seed: int, car: Car, minutes: float = 30) -> Array:
    """A ride with one hand on the wheel; not a single step. Shape (n, 4)."""
    random = np.random.default_rng(seed)
    times = _times(minutes * 60)
    count = len(times)
    speed = np.clip(0.6 + 0.6 * _wander(random, count, 20), 0, 1.5)
    road = np.exp(0.5 * _wander(random, count, 8)) * car.rough * speed
    body = 0.8 * _resonance(random, count, car.spring, car.damping)
    wheels = 0.4 * _resonance(random, count, 11, 0.1) + 0.3 * random.normal(size=count)
    up = 1 + road * (body + wheels) + 0.01 * np.sin(2 * np.pi * 23.3 * times)
    turn = 2 * np.pi * car.spring
    for start in _events(random, count, car.between_holes):
        after = times[start : start + 4 * RATE] - times[start]
        bounce = np.exp(-car.damping * turn * after) * np.cos(turn * after)
        up[start : start + 4 * RATE] += speed[start] * random.uniform(0.1, 0.5) * bounce
    along = 0.08 * _wander(random, count, 2) + 0.02 * random.normal(size=count) * speed
    for start in _events(random, count, 25):
        after = times[start : start + 2 * RATE] - times[start]
        jerk = np.exp(-3 * after) * np.sin(2 * np.pi * 2.2 * after)
        along[start : start + 2 * RATE] += random.choice([-1, 1]) * random.uniform(0.05, 0.2) * jerk
    across = 0.08 * _wander(random, count, 3) + 0.5 * road * _resonance(random, count, 1.1, 0.3)
    is_steering = _wander(random, count, 10) > 0.5
    roll = 0.6 + 0.35 * _wander(random, count, 1.5) * (0.3 + 0.7 * is_steering)
    x = np.cos(roll) * across + np.sin(roll) * up
    z = np.cos(roll) * up - np.sin(roll) * across
    return np.column_stack((times, x, along, z))


def washing_up(seed: int, hand: Scrubbing, minutes: float = 30) -> Array:
    """Bursts of 2 to 20 s of scrubbing with pauses up to 8 s; not a single step. Shape (n, 4)."""
    random = np.random.default_rng(seed)
    times = _times(minutes * 60)
    count = len(times)
    force, tilt = np.zeros((count, 3)), np.zeros(count)
    place = 0
    while place < count:
        place += int(random.uniform(0.5, 8) * RATE)
        place = _scrub(random, hand, force, tilt, place)
    for start in _events(random, count, 4):
        force[start : start + 3] += 0.3 * random.normal(size=3)
    roll = tilt + 0.5 * _wander(random, count, 2) + 0.6
    pitch = 0.4 * _wander(random, count, 3)
    down = (np.sin(roll) * np.cos(pitch), np.sin(pitch), np.cos(roll) * np.cos(pitch))
    noise = NOISE * random.normal(size=(count, 3))
    return np.column_stack((times, np.column_stack(down) + force + noise))


def _scrub(random: Random, hand: Scrubbing, force: Array, tilt: Array, place: int) -> int:
    """Add one burst from `place`; return where it ends."""
    pace = random.uniform(hand.slowest, hand.fastest)
    axis = random.normal(size=3)
    axis /= np.linalg.norm(axis)
    strength, turn = random.uniform(0.08, 0.4), random.uniform(0.05, 0.5)
    end = min(place + int(random.uniform(2, 20) * RATE), len(tilt))
    while place < end:
        pace = float(np.clip(pace * np.exp(0.05 * random.normal()), hand.slowest, hand.fastest))
        length = max(8, int(RATE / pace * np.exp(hand.uneven_time * random.normal())))
        wave = 2 * np.pi * np.arange(length)[: len(tilt) - place] / length
        size = np.exp(hand.uneven_strength * random.normal())
        force[place : place + length] += np.outer(strength * size * np.sin(wave), axis)
        tilt[place : place + length] += turn * size * (1 - np.cos(wave)) / 2
        place += length
    return place


def walk(seed: int, steps: int, cadence: float = 110, size: float = 0.3) -> Array:
    """A walk of exactly `steps` steps, `cadence` a minute, with 3 s of standing at either end."""
    random = np.random.default_rng(seed)
    lengths = 60 / cadence * np.exp(0.02 * random.normal(size=steps))
    landings = 3 + np.cumsum(lengths)
    times = _times(landings[-1] + 3)
    up, along = np.ones(len(times)), np.zeros(len(times))
    for number, (landing, length) in enumerate(zip(landings, lengths, strict=True)):
        near = np.abs(times - landing) < length / 2
        wave = np.cos(2 * np.pi * (times[near] - landing) / length)
        foot = 1.0 if number % 2 else 0.85
        up[near] += size * foot * np.exp(0.05 * random.normal()) * wave
        along[near] += 0.1 * (1 if number % 2 else -1) * (1 + wave) / 2
    turn, _ = np.linalg.qr(random.normal(size=(3, 3)))
    felt = np.column_stack((np.zeros(len(times)), along, up)) @ turn
    return np.column_stack((times, felt + NOISE * random.normal(size=felt.shape)))


def still(seed: int, minutes: float) -> Array:
    """A strap on a table."""
    random = np.random.default_rng(seed)
    times = _times(minutes * 60)
    return np.column_stack((times, [0, 0, 1] + NOISE * random.normal(size=(len(times), 3))))


def _times(seconds: float) -> Array:
    return np.arange(int(seconds * RATE)) / RATE


def _events(random: Random, count: int, between: float) -> list[int]:
    """Places of events that come after `between` seconds in the mean."""
    gaps = random.exponential(between, int(count / RATE / between * 2) + 10)
    return [int(time * RATE) for time in np.cumsum(gaps) if time * RATE < count]


def _wander(random: Random, count: int, seconds: float) -> Array:
    """Noise that changes over about `seconds`, with a standard deviation of one."""
    half = int(seconds * RATE)
    window = np.hanning(2 * half + 1)
    noise = np.convolve(random.normal(size=count + 2 * half), window, "valid")
    found: Array = noise / noise.std()
    return found


def _resonance(random: Random, count: int, pace: float, damping: float) -> Array:
    """What a spring of `pace` Hz makes of noise, with a standard deviation of one."""
    turn = 2 * np.pi * pace
    after = np.arange(int(RATE * min(20, 6 / (damping * turn))) + 1) / RATE
    answer = np.exp(-damping * turn * after) * np.sin(turn * np.sqrt(1 - damping**2) * after)
    noise = np.convolve(random.normal(size=count), answer)[:count]
    found: Array = noise / noise.std()
    return found
