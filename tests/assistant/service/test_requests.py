from datetime import date

import pytest
from pydantic import ValidationError

from assistant.service.requests import AskBody, asked_for
from assistant.types import CitedBefore, Turn
from index.errors import UsageError
from index.types import Kind, Period, Understood


def turns(*history):
    return asked_for(AskBody.model_validate({"question": "x", "history": list(history)})).history


def test_an_answer_s_own_query_and_citations_are_read_as_it_gave_them():
    given = {
        "role": "assistant",
        "content": "Late. [1]",
        "citations": [{"doc_id": "a", "quote": "late", "start": 3}],
        "query": {"authorities": ["Leeds"], "from": "2022-01-01", "to": None, "kinds": []},
    }
    about = Understood(("Leeds",), Period(date(2022, 1, 1), None), ())
    assert turns(given) == (Turn("assistant", "Late. [1]", (CitedBefore("a", "late"),), about),)


@pytest.mark.parametrize(
    ("query", "about"),
    [
        (None, None),
        ({}, Understood()),
        ({"authorities": "Stockton"}, Understood(authorities=("Stockton-on-Tees",))),
        ({"authorities": None, "kinds": []}, Understood(kinds=())),
        ({"kinds": ["inspection report"]}, Understood(kinds=(Kind.INSPECTION_REPORT,))),
        ({"from": None, "to": None}, Understood(period=Period(None, None))),
        ({"to": "2022"}, Understood(period=Period(None, date(2022, 12, 31)))),
        ({"authorities": [], "more": 3}, Understood(authorities=())),
    ],
)
def test_what_a_query_leaves_out_is_not_known(query, about):
    (turn,) = turns({"role": "user", "content": "x", "query": query})
    assert turn.query == about


@pytest.mark.parametrize("query", [3, "Leeds", [], {"authorities": 3}, {"from": 2022}])
def test_what_is_no_query_is_refused(query):
    with pytest.raises(ValidationError, match="query"):
        turns({"role": "user", "content": "x", "query": query})


@pytest.mark.parametrize("query", [{"authorities": ["Atlantis"]}, {"from": "soon"}])
def test_a_value_that_cannot_be_is_named_with_its_message(query):
    with pytest.raises(UsageError, match="the query of message 1 of the history: "):
        turns({"role": "user", "content": "x", "query": query})
