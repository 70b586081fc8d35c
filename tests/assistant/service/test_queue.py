import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import GivenUpError
from assistant.service.queue import Turns


def waited_for(condition):
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_questions_are_worked_on_in_the_order_they_came():
    turns, order, gate = Turns(1), [], threading.Event()

    def work(name):
        with turns.turn(name):
            order.append(name)
            gate.wait(10)

    names = ["a", "b", "c"]
    with ThreadPoolExecutor(3) as pool:
        for n, name in enumerate(names):
            pool.submit(work, name)
            waited_for(lambda n=n: len(order) + turns.waiting == n + 1)
        assert [turns.ahead(name) for name in names] == [0, 1, 2]
        assert turns.waiting == 2
        gate.set()
    assert order == names
    assert (turns.waiting, turns.ahead("a")) == (0, 0)


def test_a_failing_question_gives_up_its_turn():
    turns = Turns(1)
    with pytest.raises(ValueError, match="x"), turns.turn("a"):
        raise ValueError("x")
    with turns.turn("b"):
        assert turns.ahead("b") == 0


def test_a_question_that_is_given_up_loses_its_place_and_is_not_worked_on():
    turns, gate = Turns(1), threading.Event()

    def work(name):
        with turns.turn(name):
            gate.wait(10)
            return name

    names = ["a", "b", "c"]
    with ThreadPoolExecutor(3) as pool:
        working = []
        for n, name in enumerate(names):
            working.append(pool.submit(work, name))
            waited_for(lambda n=n: turns.waiting == n)
        turns.leave("b")
        turns.leave("a")  # its turn has come: it keeps it
        with pytest.raises(GivenUpError, match="before its turn came"):
            working[1].result(10)
        assert turns.ahead("c") == 1
        gate.set()
        assert [working[0].result(10), working[2].result(10)] == ["a", "c"]
    turns.leave("nobody")
    with turns.turn("b"):
        assert turns.waiting == 0
