"""The collector of garbage waits while a page is read, and only then."""

import gc

import pytest

from revtrack.collecting import without_collecting


@pytest.fixture(autouse=True)
def collecting():
    gc.enable()
    yield
    gc.enable()


@without_collecting
def read():
    return gc.isenabled()


@without_collecting
def read_within():
    return read(), gc.isenabled()


@without_collecting
def fail():
    return 1 / 0  # what a bug of ours does


def test_it_waits_during_each_call_and_goes_on_after():
    assert [(read(), gc.isenabled()) for _ in range(2)] == [(False, True)] * 2


def test_it_goes_on_after_an_error():
    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.isenabled()


def test_one_that_was_stopped_stays_stopped():
    gc.disable()
    read()
    assert not gc.isenabled()


def test_one_reading_within_another_changes_nothing_for_it():
    assert read_within() == (False, False)
    assert gc.isenabled()
