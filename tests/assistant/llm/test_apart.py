import threading
import time

import pytest

from assistant.llm import apart
from assistant.llm.apart import Apart, LeftError, TooManyReadersError
from assistant.service.cancellation import awaited


def reading(items, may_go_on=lambda: True, stop=lambda: None):
    return Apart(iter(items), stop, may_go_on)


def test_items_come_in_order_and_end():
    read = reading("abc")
    assert [read.next(5) for _ in range(4)] == ["a", "b", "c", None]


def test_what_the_reading_raises_is_raised_here():
    def failing():
        yield 1
        raise ValueError("no")

    read = reading(failing())
    assert read.next(5) == 1
    with pytest.raises(ValueError, match="no"):
        read.next(5)


@pytest.mark.parametrize("how", ["slow", "too much", "left"])
def test_a_wait_ends_in_time_and_the_reading_is_told(how):
    ends, gone = threading.Event(), threading.Event()

    def hanging():
        ends.wait(20)
        yield 1

    read = reading(hanging(), lambda: how != "too much", ends.set)
    threading.Timer(0.3, gone.set if how == "left" else lambda: None).start()
    began = time.monotonic()
    with pytest.raises(LeftError if how == "left" else TimeoutError):
        awaited(gone, lambda: read.next(0.5 if how == "slow" else 20))
    assert time.monotonic() - began < 5
    read.close()
    assert ends.is_set()


def test_no_more_threads_read_than_may(monkeypatch):
    monkeypatch.setattr(apart, "_threads", threading.BoundedSemaphore(1))
    ends = threading.Event()

    def hanging():
        ends.wait(20)
        yield 1

    read = reading(hanging())
    with pytest.raises(TooManyReadersError):
        reading("a")
    ends.set()
    assert read.next(5) == 1
    assert read.next(5) is None
    for _ in range(100):
        try:
            assert reading("a").next(5) == "a"
            break
        except TooManyReadersError:
            time.sleep(0.02)
