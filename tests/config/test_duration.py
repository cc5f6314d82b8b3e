"""Durations as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troupe_core.config.duration import read_duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("10min", timedelta(minutes=10)),
        ("1h 30min", timedelta(hours=1, minutes=30)),
        ("1h30m", timedelta(hours=1, minutes=30)),
        (" 2 days ", timedelta(days=2)),
        ("1 week 1 day", timedelta(days=8)),
        ("1.5h", timedelta(minutes=90)),
        ("45 sec", timedelta(seconds=45)),
    ],
)
def test_a_duration_is_numbers_with_units(text, duration):
    assert read_duration(text) == duration


@pytest.mark.parametrize(
    "text", ["", " ", "10", "min", "soon", "10 moons", "1h and more", "-5min", "1,5h", "1.h", "5Min"]
)
def test_anything_else_is_none(text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        read_duration(text)


@given(st.integers(0, 99), st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_what_is_written_is_read_again(days, hours, minutes, seconds):
    duration = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)

    assert read_duration(f"{days}d {hours}h {minutes}min {seconds}s") == duration
    assert read_duration(f"{seconds}seconds{minutes}m{hours}hours{days} day") == duration


@given(st.text(alphabet="0123456789. dhmins", max_size=12))
def test_a_text_is_a_duration_or_refused_and_never_less_than_nothing(text):
    try:
        duration = read_duration(text)
    except (ValueError, OverflowError):
        return
    assert duration >= timedelta(0)
