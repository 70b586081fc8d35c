"""Saved answers of every format, as they were written and as someone changed them."""

import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from docx import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.checking import Verdict, judge, read
from assistant.checking.judging import Checked
from assistant.checking.paragraphs import of_word
from assistant.rendering.references import formal_reference
from assistant.schema import answer_record
from assistant.types import Answer, AnswerSentence, Ask, Citation, Role, Status
from assistant.web.conversation_files import as_markdown, as_word
from assistant.web.plain_text import answer_as_text, located
from assistant.web.session import Exchange
from index.errors import UsageError
from index.types import Block, BlockKind, Document
from tests.web_fakes import FakeAnswerer, FakeStore, document, identity, seed_store

TODAY = date(2026, 1, 2)
QUESTIONS = ("connected carers?", "supervision of workers?", "budget for 2021?")
FOOTNOTES = RELATIONSHIP_TYPE.FOOTNOTES
QUOTE = "children are achieving security"


@pytest.fixture(scope="module")
def store():
    return seed_store()


@pytest.fixture(scope="module")
def answers(store):
    return [FakeAnswerer(store).answer(Ask(question)) for question in QUESTIONS]


@pytest.fixture(scope="module")
def conversation(answers):
    return tuple(Exchange(n, a.question, a, None, done=True) for n, a in enumerate(answers, 1))


@pytest.fixture(scope="module")
def markdown(conversation):
    return as_markdown(conversation, TODAY)


@pytest.fixture(scope="module")
def word(conversation):
    return as_word(conversation, TODAY)


@pytest.fixture(scope="module")
def many(answers):
    return sum(len(answer.citations) for answer in answers)


def checked(data: str | bytes, store) -> list[Checked]:
    return judge(read(data.encode() if isinstance(data, str) else data).claims, store)


def failed(data: str | bytes, store) -> list[tuple[Verdict, str]]:
    return [(one.verdict, one.quote) for one in checked(data, store) if not one.verdict.good]


def edited(word: bytes, change) -> bytes:
    file = WordFile(io.BytesIO(word))
    change(file.paragraphs)
    return saved(file)


def renoted(word: bytes, was: str, now: str) -> bytes:
    file = WordFile(io.BytesIO(word))
    part = next(r.target_part for r in file.part.rels.values() if r.reltype == FOOTNOTES)
    part._blob = part.blob.decode().replace(was, now, 1).encode()
    return saved(file)


def saved(file) -> bytes:
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def said(paragraphs, words):
    return next(p for p in paragraphs if words in p.text)


def test_every_format_that_we_write_is_accepted_and_every_quote_in_its_place(
    store, answers, markdown, word, many
):
    listed = json.dumps([answer_record(answer) for answer in answers])
    lines = "".join(json.dumps({"id": 1, **answer_record(answer)}) + "\n" for answer in answers)
    for data in (listed, lines, markdown, word):
        data = data if isinstance(data, bytes) else data.encode()
        assert read(data).answers == len(answers)
        assert {one.verdict for one in checked(data, store)} == {Verdict.IN_PLACE}
        assert len(checked(data, store)) == many
    copied = answer_as_text(answers[0])
    assert [one.verdict for one in checked(copied, store)] == [Verdict.IN_PLACE] * len(
        answers[0].citations
    )


def test_one_word_changed_is_named_with_where_the_letter_says_otherwise(store, markdown):
    changed = markdown.replace("more children are achieving", "fewer children are achieving")
    (bad,) = [one for one in checked(changed, store) if not one.verdict.good]
    assert (bad.verdict, bad.answer) == (Verdict.NOT_FOUND, "1")
    assert "fewer children are achieving" in bad.quote
    assert bad.why == (
        "after “As a result,” it has “fewer children are achieving”, the document "
        "“more children are achieving”"
    )


def test_every_single_flipped_word_of_an_export_fails(store, answers, markdown):
    for citation in answers[0].citations:
        words = citation.quote.split()
        for at in (0, len(words) // 2, len(words) - 1):
            flipped = " ".join([*words[:at], "never", *words[at + 1 :]])
            shorter = " ".join([*words[:at], *words[at + 1 :]])
            line = f"“{' '.join(words)}” [{citation.number}]"
            assert line in markdown
            for other in (flipped, shorter):
                data = markdown.replace(line, f"“{other}” [{citation.number}]", 1)
                assert [quote for _, quote in failed(data, store)] == [other]


SET_OTHERWISE = {
    "security": ("secu\u00adrity", "ｓｅｃｕｒｉｔｙ", "security\u200b"),
    "reflective": ("re\ufb02ective",),
}


@pytest.mark.parametrize(
    ("typed", "set_"), [(a, b) for a, many in SET_OTHERWISE.items() for b in many]
)
def test_a_quote_is_found_however_its_letters_were_set(store, markdown, typed, set_):
    assert typed in markdown
    assert failed(markdown.replace(typed, set_), store) == []
    held = [store.document(one.doc_id) for one in store.identities()]
    reset = FakeStore([document(one.text.replace(typed, set_), one.identity) for one in held])
    assert failed(markdown, reset) == []
    assert failed(markdown.replace(typed, f"un{set_}"), store) != []


def test_a_number_that_points_to_another_letter_fails(store, markdown):
    line = next(line for line in markdown.splitlines() if QUOTE in line)
    other = markdown.replace(line, line.replace("[1]", "[5]"))
    (bad,) = [one for one in checked(other, store) if not one.verdict.good]
    assert bad.verdict is Verdict.OTHER_NAME or "stands in 003_" in bad.why
    unknown = markdown.replace(line, line.replace("[1]", "[99]"))
    assert [verdict for verdict, _ in failed(unknown, store)] == [Verdict.NO_SOURCE]


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("; Stoke-on-Trent; 003", "; Leeds; 003", Verdict.OTHER_NAME),
        ("visit to Stoke-on-Trent, letter", "visit to Leeds, letter", Verdict.OTHER_NAME),
        (r"; 003\_60fb85a75bd1459e.txt", r"; 004\_60fb85a75bd1459e.txt", Verdict.OTHER_NAME),
        ("### Stoke-on-Trent · ", "### Middlesbrough · ", Verdict.OTHER_NAME),
        ("document 278cca6819195542", "document 84fe3d052bf6f542", Verdict.OTHER_NAME),
        ("document 278cca6819195542", "document 0123456789abcdef", Verdict.NOT_HELD),
    ],
)
def test_a_source_that_is_made_another_fails(store, markdown, old, new, verdict):
    assert old in markdown
    found = failed(markdown.replace(old, new), store)
    assert {v for v, _ in found} == {verdict}
    assert any(QUOTE in quote for _, quote in found)


def test_a_whole_entry_for_another_letter_fails_and_tells_where_the_words_stand(store, markdown):
    entries = [line for line in markdown.splitlines() if line.startswith("[")]
    stoke, other = entries[0], next(entry for entry in entries if "; Middlesbrough;" in entry)
    data = markdown.replace(stoke, "[1] " + other.split("] ", 1)[1], 1)
    data = data.replace("### Stoke-on-Trent · ", "### Middlesbrough · ", 1)
    bad = [one for one in checked(data, store) if not one.verdict.good and QUOTE in one.quote]
    assert [one.verdict for one in bad] == [Verdict.NOT_FOUND]
    assert bad[0].why == "it stands in 003_60fb85a75bd1459e.txt (Stoke-on-Trent)"


def test_a_formal_reference_must_be_that_of_the_place():
    who = identity(doc_id="a" * 16, published=date(2022, 1, 31))
    words = "Plans are clear."
    blocks = (Block(BlockKind.PARAGRAPH, 0, 16, heading=("Main findings",), paragraph="12"),)
    held = Document(who, words, (0, 16), blocks, (), "fake")
    citation = Citation(1, who, 1, "12", "Main findings", 0, 16, words)
    text = f"- “{words}” [1]\n\nSources\n\n[1] {located(citation, with_words=False)}"
    assert "letter of 31 January 2022, Main findings, page 1, paragraph 12; Ofsted’s own" in text
    assert failed(text, FakeStore([held])) == []
    older = text.replace(formal_reference(citation), "Focused visit; 31 January 2022; page 1")
    assert failed(older, FakeStore([held])) == []
    for was, now in (
        ("Main findings", "Outstanding practice"),
        ("Main findings", "Main findings, all good"),
        ("paragraph 12", "paragraph 13"),
        ("page 1,", "page 2,"),
        ("paragraph 12", "paragraph 12, https://example.org/"),
        ("31 January", "30 January"),
        ("Focused visit to", "Inspection of"),
    ):
        changed = text.replace(was, now)
        assert changed != text
        assert [v for v, _ in failed(changed, FakeStore([held]))] == [Verdict.OTHER_NAME], now


def test_a_quote_without_a_reference_fails(store, markdown):
    line = next(line for line in markdown.splitlines() if QUOTE in line)
    bare = line.removesuffix(" [1]")
    assert [v for v, _ in failed(markdown.replace(line, bare), store)] == [Verdict.NO_REFERENCE]
    added = markdown.replace(line, f"{line}\n\nOne letter says “all is very well with them”.")
    assert failed(added, store) == [(Verdict.NO_REFERENCE, "all is very well with them")]
    invented = markdown.replace(line, f"{line}\n\n- “All is well.” [1]")
    assert failed(invented, store) == [(Verdict.NOT_FOUND, "All is well.")]


def test_without_its_list_of_sources_nothing_is_good(store, markdown):
    data = "\n".join(line for line in markdown.splitlines() if not line.startswith("["))
    assert {verdict for verdict, _ in failed(data, store)} == {Verdict.NO_SOURCE}


def test_marks_of_quotation_may_be_straightened(store, markdown, many):
    straight = markdown.translate(str.maketrans("“”‘’–", "\"\"''–"))
    assert [one.verdict for one in checked(straight, store)] == [Verdict.IN_PLACE] * many


def test_a_word_file_edited_by_hand(store, word):
    def flip(paragraphs):
        quote = said(paragraphs, QUOTE)
        quote.runs[0].text = quote.text.replace("more children", "no children")

    def unnumber(paragraphs):
        said(paragraphs, QUOTE).runs[-1].text = ""

    repointed = renoted(word, "Stoke-on-Trent; 003", "Middlesbrough; 003")
    files = (edited(word, flip), edited(word, unnumber), repointed)
    found = [failed(file, store) for file in files]
    assert [[verdict for verdict, _ in bad] for bad in found] == [
        [Verdict.NOT_FOUND],
        [Verdict.NO_REFERENCE],
        [Verdict.OTHER_NAME],
    ]
    assert "no children are achieving" in found[0][0][1]


def test_footnotes_have_the_numbers_that_word_shows(store, word):
    def unmark(paragraphs):
        mark = said(paragraphs, QUOTE).runs[-1]._r
        deleted = parse_xml(f"<w:del {nsdecls('w')} w:id='1'/>")
        mark.addprevious(deleted)
        deleted.append(mark)

    whole = [p.text for p in of_word(word) if p.note]
    assert [text.split()[0] for text in whole] == [f"[{n}]" for n in range(1, len(whole) + 1)]
    assert whole[0].startswith("[1] Ofsted, Focused visit to Stoke-on-Trent, letter of 8 November")
    fewer = [p.text for p in of_word(edited(word, unmark)) if p.note]
    assert [text.split("] ")[1] for text in fewer] == [text.split("] ")[1] for text in whole[1:]]
    assert fewer[0].startswith("[1] ")
    assert failed(edited(word, unmark), store)[0][0] is Verdict.NO_REFERENCE


def test_a_word_put_in_as_a_tracked_change_is_seen(store, word):
    def insert(paragraphs):
        added = f"<w:ins {nsdecls('w')} w:id='1'><w:r><w:t>Not so: </w:t></w:r></w:ins>"
        quote = said(paragraphs, QUOTE)
        text = quote.text
        quote.runs[0].text = text[:1]
        rest = quote.add_run(text[1:])._r
        quote.runs[0]._r.addnext(parse_xml(added))
        quote.runs[0]._r.getnext().addnext(rest)

    assert [verdict for verdict, _ in failed(edited(word, insert), store)] == [Verdict.NOT_FOUND]


def test_offsets_that_moved_since_are_said_and_accepted(store, answers, markdown, many):
    def moved(match):
        return f"characters {int(match[1]) + 40}–{int(match[2]) + 40}"

    data = re.sub(r"characters (\d+)–(\d+)", moved, markdown)
    assert [one.verdict for one in checked(data, store)] == [Verdict.ELSEWHERE] * many
    record = answer_record(answers[0])
    for citation in record["citations"]:
        citation["start"], citation["end"] = citation["start"] + 9_000_000, citation["end"]
    found = checked(json.dumps(record), store)
    assert {one.verdict for one in found} <= {Verdict.ELSEWHERE, Verdict.UNPLACED}
    first = answers[0].citations[0]
    assert (found[0].start, found[0].end) == (first.start, first.end)


def test_white_space_healed_since_is_no_change(store, answers):
    record = answer_record(answers[0])
    first = record["citations"][0]
    first["quote"] = first["quote"].replace(" ", "\n\n", 1)
    first["end"] += 1
    assert checked(json.dumps(record), store)[0].verdict is Verdict.IN_PLACE


def test_a_quote_cut_short_fails(store, answers):
    record = answer_record(answers[0])
    first = record["citations"][0]
    first["quote"] = first["quote"].rsplit(" ", 3)[0]
    assert failed(json.dumps(record), store)[0] == (Verdict.CUT_SHORT, first["quote"])


@pytest.mark.parametrize("part", ["sentences", "text"])
def test_json_changed_where_it_is_read_fails_though_its_citations_are_true(store, answers, part):
    record = answer_record(answers[0])
    record["text"] = answer_as_text(answers[0]).partition("\n\nSources")[0]
    true = json.dumps(record)
    assert failed(true, store) == []
    changed = json.loads(true)
    if part == "text":
        changed["text"] = changed["text"].replace("more children are", "no children are")
    else:
        quote = next(s for s in changed["sentences"] if QUOTE in s["text"])
        quote["text"] = quote["text"].replace("more children are", "no children are")
    assert [verdict for verdict, _ in failed(json.dumps(changed), store)] == [Verdict.NOT_FOUND]


def test_a_passage_shown_with_a_refusal_is_compared_too(store):
    document = store.document("84fe3d052bf6f542")
    near = {"doc_id": document.doc_id, "start": 0, "end": 20, "text": document.text[:20]}
    record = {"question": "q", "citations": [], "nearest": [near]}
    assert checked(json.dumps(record), store) == []
    record["nearest"] = [{**near, "text": "No such words."}]
    assert failed(json.dumps(record), store) == [(Verdict.NOT_FOUND, "No such words.")]


def test_a_written_answer_saves_the_words_it_rests_on(store):
    document = store.document("278cca6819195542")
    start = document.text.index("As a result, more children")
    end = document.text.index("adoption.", start) + len("adoption.")
    cited = Citation(1, document.identity, None, None, "", start, end, document.text[start:end])
    sentences = (
        AnswerSentence("More children are “achieving security”.", Role.ANSWER, (1,)),
        AnswerSentence("All is “perfectly fine everywhere”.", Role.ANSWER, (), False),
    )
    answer = Answer("q", Status.ANSWERED, "", sentences, (cited,), model="openai/x")
    exchange = Exchange(1, "q", answer, None, done=True)
    for data in (as_markdown((exchange,), TODAY), as_word((exchange,), TODAY)):
        found = checked(data, store)
        assert [one.verdict for one in found] == [Verdict.IN_PLACE] * 2
        assert [" ".join(one.quote.split()) for one in found] == [
            "achieving security",
            " ".join(cited.quote.split()),
        ]
    invented = as_markdown((exchange,), TODAY).replace("achieving security”.", "achieving much”.")
    assert failed(invented, store) == [(Verdict.NOT_FOUND, "achieving much")]


def test_a_quote_that_its_document_does_not_hold_is_saved_with_its_doubt(store, answers):
    first, *rest = answers[0].sentences
    changed = replace(rest[0], text="Children are happy.", supported=False)
    answer = replace(answers[0], sentences=(first, changed, *rest[1:]))
    data = as_markdown((Exchange(1, "q", answer, None, done=True),), TODAY)
    assert "- “Children are happy.” [1] (not found in the letters)" in data


def test_one_letter_has_one_heading(store, answers):
    _, stoke, *rest = answers[0].sentences
    answer = replace(answers[0], sentences=(*rest, stoke, *rest[:1]))
    data = as_markdown((Exchange(1, "q", answer, None, done=True),), TODAY)
    headings = re.findall(r"^### (.*)$", data, re.M)
    assert len(headings) == len(set(headings))


def test_lists_that_name_the_file_alone_are_compared_without_a_place(store, markdown, many):
    data = re.sub(r"; document [0-9a-f]{16}, characters \d+–\d+", "", markdown)
    assert [one.verdict for one in checked(data, store)] == [Verdict.UNPLACED] * many


def test_a_paragraph_that_begins_like_a_list_stays_as_it_is(store):
    sentences = (
        AnswerSentence("27. That is all.", Role.FRAME),
        AnswerSentence("- not a list", Role.FRAME),
    )
    answer = Answer("q", Status.ANSWERED, "", sentences)
    data = as_markdown((Exchange(1, "q", answer, None, done=True),), TODAY)
    assert r"27\. That is all." in data


@pytest.mark.parametrize(
    "data",
    [b"", b"no answer", b"# A title\n\nWords.", b"\xff\xfe\x00", b"PK\x03\x04rubbish", b"{}",
     b"[3]", b"[" * 100_000],
)  # fmt: skip
def test_what_holds_no_answer_is_said(data):
    with pytest.raises(UsageError):
        read(data)


def test_nothing_held_is_said(answers):
    record = json.dumps(answer_record(answers[0]))
    assert {v for v, _ in failed(record, FakeStore([]))} == {Verdict.NOT_HELD}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Inspection of Leeds"),
        ("issuer", "council"),
        ("kind", "news article"),
        ("published", "2019-01-01"),
        ("dated", "2019-01-01"),
        ("visit_end", "2019-01-01"),
        ("url", "https://reports.ofsted.gov.uk/1"),
    ],
)
def test_what_a_saved_citation_says_of_its_document_is_checked(store, answers, field, value):
    record = answer_record(answers[0])
    record["citations"][0] = {**record["citations"][0], field: value}
    (bad, *_) = [one for one in checked(json.dumps(record), store) if not one.verdict.good]
    assert (bad.verdict, bad.number) == (Verdict.OTHER_NAME, 1)
    assert bad.why.startswith(f"its {field} is ")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("[1] Ofsted, Focused visit to", "[1] Ofsted, Inspection of"),
        ("Ofsted’s own letter; Stoke", "News article telling of Ofsted’s findings; Stoke"),
        ("Council report telling of Ofsted’s findings", "Ofsted’s own letter"),
        ("8 November 2023", "8 November 2024"),
        ("focused visit letter, 8 Nov 2023", "focused visit letter, 8 Nov 2024"),
        (" · council report", " · Ofsted report"),
    ],
)
def test_what_a_saved_page_says_of_a_document_is_checked(store, markdown, was, now):
    assert was in markdown.replace("\\", "")
    changed = markdown.replace("\\", "").replace(was, now)
    assert {verdict for verdict, _ in failed(changed, store)} == {Verdict.OTHER_NAME}


@pytest.mark.parametrize(
    "tampered",
    [
        "‘Social workers said that the children’s plans are perfect’ [1]",
        "« Social workers said that plans are perfect » [1]",
        "### “Social workers said that plans are perfect” [1]",
        "“Social workers said\n\nthat plans are perfect” [1]",
        "“Social workers said that plans are perfect [1]",
        "- “Social workers said that plans are perfect” [1] (not found in the letters)",
    ],
)
def test_a_false_quote_fails_in_whatever_marks_and_place_it_stands(store, markdown, tampered):
    head, mark, tail = markdown.partition("### ")
    assert failed(f"{head}{tampered}\n\n{mark}{tail}", store)


@pytest.mark.parametrize("name", ["strike", "double_strike", "hidden"])
def test_words_struck_out_or_hidden_in_word_are_no_part_of_a_quote(store, word, name):
    def change(paragraphs):
        paragraph = said(paragraphs, QUOTE)
        first, last = paragraph.text.split(QUOTE)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = first
        setattr(paragraph.add_run(QUOTE).font, name, True)
        paragraph.add_run(last)

    assert not failed(word, store)
    assert failed(edited(word, change), store)
