"""Counts the nights on which an observatory can observe."""

from dataclasses import dataclass

LIMIT_OF_CLOUDS = 0.3
LIMIT_OF_WIND = 12.0


@dataclass
class Night:
    """The weather of one night: clouds from 0 to 1, wind in metres a second."""

    date: str
    clouds: float
    wind: float


def is_clear(night):
    """Whether the dome may be opened: few clouds and no storm."""
    return night.clouds < LIMIT_OF_CLOUDS and night.wind <= LIMIT_OF_WIND


def count_clear_nights(nights):
    """How many of these nights were clear."""
    return sum(1 for night in nights if is_clear(night))


def longest_run(nights):
    """The most clear nights one after the other, in the order given."""
    best = run = 0
    for night in nights:
        run = run + 1 if is_clear(night) else 0
        best = max(best, run)
    return best
