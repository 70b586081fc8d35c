"""What is said beside what was decided."""

import pytest

from assistant.answerers.outcome import NO_FIGURE, Outcome, without_figures
from assistant.rendering.draft import Draft
from assistant.types import AnswerSentence, Role, Status


@pytest.mark.parametrize(
    ("quote", "notes"),
    [
        ("Children's services have received significant investment.", (NO_FIGURE,)),
        ("For some children, this takes up to 16 days.", ()),
        ("Some wait up to six weeks.", ()),
    ],
)
def test_a_number_that_is_asked_for_and_not_given_is_said_so(quote, notes):
    draft = Draft()
    draft.sentences.append(AnswerSentence(quote, Role.QUOTE, (1,)))
    found = without_figures(Outcome(Status.ANSWERED, draft))
    assert found.notes == notes


def test_what_is_refused_lacks_no_number():
    assert without_figures(Outcome(Status.NOT_STATED, Draft())).notes == ()
