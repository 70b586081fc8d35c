"""Tamper with a saved answer as somebody would who wants the letters to say something else.

``python -m tests.tampers`` changes an answer over the seeds in every way listed here, as JSON,
Markdown, plain text and Word, and names the changes that ``check-quotes`` lets pass: none may.
"""

import copy
import io
import json
import re
import sys
from datetime import date
from functools import partial

from docx import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.checking import judge, read
from assistant.schema import answer_record
from assistant.types import Ask
from assistant.web.conversation_files import as_markdown, as_word
from assistant.web.plain_text import answer_as_text
from assistant.web.session import Exchange
from tests.web_fakes import FakeAnswerer, seed_store

QUOTE = "more children are achieving security and stability through permanence at home"
WORDS = {
    "a word put in": "more children are not achieving security and stability through permanence "
    "at home",
    "a word left out": "more children are achieving security through permanence at home",
    "a word turned": "fewer children are achieving security and stability through permanence at "
    "home",
    "words moved": "more children are achieving stability and security through permanence at home",
    "a degree": "many more children are achieving security and stability through permanence at "
    "home",
    "left out with dots": "more children are achieving … permanence at home",
    "left out in brackets": "more children are achieving [...] permanence at home",
    "put in in brackets": "more children [in Leeds] are achieving security and stability through "
    "permanence at home",
    "a letter of another alphabet": "more childrеn are achieving security and stability through "
    "permanence at home",
    "another tense": "more children were achieving security and stability through permanence at "
    "home",
    "spelt together": "more children are achieving security andstability through permanence at "
    "home",
    "a full stop": "more children are achieving security. And stability through permanence at "
    "home",
    "a figure": "3 more children are achieving security and stability through permanence at home",
    "a raised figure": "more children³ are achieving security and stability through permanence at "
    "home",
    "in capitals": "more CHILDREN are achieving security and stability through permanence at home",
}  # fmt: skip
FIELDS = {
    "title": "Inspection of Leeds", "issuer": "press", "kind": "inspection report",
    "authority": "Leeds", "published": "2019-01-01", "dated": "2024-11-08",
    "visit_start": "2020-01-01", "visit_end": "2020-01-02", "url": "https://example.org/1",
    "source": "004_15baae9e72f688f5.txt", "doc_id": "b18a741bc3d9a15f", "page": 3,
    "paragraph": "99", "heading": "Outstanding practice", "quote": QUOTE,
}  # fmt: skip
ENTRIES = (
    ("; Stoke-on-Trent; 003", "; Leeds; 003"),
    ("Focused visit to Stoke", "Inspection of Stoke"),
    ("Focused visit to Stoke-on-Trent", "Focused visit to Leeds"),
    ("Ofsted, Focused", "Focused"),
    ("letter of 8 November 2023", "report of 8 November 2023"),
    ("letter of 8 November 2023", "letter, undated"),
    ("8 November 2023", "8 November 2024"),
    ("8 November 2023", "8 November 2023, page 3"),
    ("8 November 2023", "8 November 2023, paragraph 99"),
    ("8 November 2023", "8 November 2023, Outstanding practice"),
    ("8 November 2023", "8 November 2023, https://example.org/1"),
    ("; Ofsted’s own letter; Stoke", "; page 3; Ofsted’s own letter; Stoke"),
    ("; Ofsted’s own letter; Stoke", "; rated outstanding; Ofsted’s own letter; Stoke"),
    ("; Ofsted’s own letter; Stoke", "; rated good 8 November 2023; Ofsted’s own letter; Stoke"),
    ("Ofsted’s own letter; Stoke", "Ofsted’s inspection report; Stoke"),
    ("Ofsted’s own letter; Stoke", "Council report telling of Ofsted’s findings; Stoke"),
    ("Council report telling of Ofsted’s findings", "Ofsted’s own letter"),
    ("News article telling of Ofsted’s findings", "Ofsted’s own letter"),
    ("undated", "31 January 2022"),
    ("003_60fb85a75bd1459e.txt", "004_15baae9e72f688f5.txt"),
    ("document 278cca6819195542", "document b18a741bc3d9a15f"),
    ("document 278cca6819195542", "document 0123456789abcdef"),
)
HEADINGS = (
    ("### Stoke-on-Trent · ", "### Leeds · "),
    ("### Stoke-on-Trent · ", "### Stockton-on-Tees · "),
    ("letter, 8 Nov 2023", "letter, 8 Nov 2024"),
    ("focused visit letter, 8 Nov", "inspection report, 8 Nov"),
    ("focused visit letter, 8 Nov", "monitoring visit letter, 8 Nov"),
    (" · council report", " · Ofsted report"),
    (" · news article telling of an Ofsted inspection", " · Ofsted focused visit letter"),
)
MARKS = (
    "‘{}’ [1]", "'{}' [1]", "«{}» [1]", "“{} [1]", "\"{}\" [1]", "### “{}” [1]", "- “{}” [1]",
    "> “{}” [1]", "1. “{}” [1]", "**“{}”** [1]", "| “{}” [1] |", "“{}” [1, 2]",
    "“{}” [1] (not found in the letters)", "“{}”", "“{}” [99]",
    "The letter says “{}” [1], and more.",
)  # fmt: skip
FALSE = "Social workers told inspectors that every plan for a child is perfect"


def told():
    """What is tampered with, untouched: the store, and the answer in each format."""
    store = seed_store()
    answer = FakeAnswerer(store).answer(Ask("connected carers?"))
    pages = (Exchange(1, answer.question, answer, None, done=True),)
    markdown = as_markdown(pages, date(2026, 1, 2)).replace("\\", "")
    record = {**answer_record(answer), "text": markdown}
    return store, record, markdown, answer_as_text(answer), as_word(pages, date(2026, 1, 2))


def tampers(record, markdown, text, word):
    """Every tamper: its name, and the file."""
    for name, words in WORDS.items():
        yield f"quote: {name}", markdown.replace(QUOTE, words)
        yield f"text: {name}", text.replace(QUOTE, words)
        yield f"citation: {name}", _cited(record, quote=_whole(record).replace(QUOTE, words))
        yield f"sentence: {name}", _changed(record, "sentences", QUOTE, words)
        yield f"word: {name}", _edited(word, partial(_rewritten, words))
    for name, value in FIELDS.items():
        yield f"citation’s {name}", _cited(record, **{name: value})
    yield "citation without its document", _cited(record, doc_id=None)
    yield "citation of nothing", _cited(record, quote="")
    for was, now in ENTRIES:
        yield f"source: {now}", markdown.replace(was, now)
        yield f"source in text: {now}", text.replace(was, now)
    for was, now in HEADINGS:
        yield f"heading: {now}", markdown.replace(was, now)
        group = was.removeprefix("### "), now.removeprefix("### ")
        yield f"group: {now}", _changed(record, "sentences", *group)
    head, mark, tail = markdown.partition("### ")
    for marks in MARKS:
        yield f"false words: {marks}", f"{head}{marks.format(FALSE)}\n\n{mark}{tail}"
    yield "false words over two paragraphs", f"{head}“{FALSE},\n\nalways.” [1]\n\n{mark}{tail}"
    for was, now in ENTRIES:
        yield f"footnote: {now}", _renoted(word, was, now)
    for style in ("strike", "double_strike", "hidden"):
        yield f"word: {style}", _edited(word, partial(_styled, style))
    yield "word: put in as a change", _edited(word, _tracked)


def passed():
    """The names of the tampers that nothing was said of, and how many there were."""
    store, *files = told()
    for untouched in files:
        assert not _failing(store, untouched), "what was not tampered with fails"
    made = list(tampers(*files))
    unchanged = [name for name, file in made if file in files]
    assert not unchanged, f"nothing was tampered with: {unchanged}"
    return [name for name, file in made if not _failing(store, file)], len(made)


def _failing(store, file):
    given = json.dumps(file) if isinstance(file, dict) else file
    data = given.encode() if isinstance(given, str) else given
    return [one for one in judge(read(data).claims, store) if not one.verdict.good]


def _whole(record):
    return next(c["quote"] for c in record["citations"] if QUOTE in c["quote"])


def _cited(record, **fields):
    changed = copy.deepcopy(record)
    next(c for c in changed["citations"] if QUOTE in c["quote"]).update(fields)
    return changed


def _changed(record, name, was, now):
    changed = copy.deepcopy(record)
    changed[name] = json.loads(json.dumps(changed[name], ensure_ascii=False).replace(was, now))
    return changed


def _edited(word, change):
    file = WordFile(io.BytesIO(word))
    change(next(p for p in file.paragraphs if QUOTE in p.text))
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _renoted(word, was, now):
    file = WordFile(io.BytesIO(word))
    kind = RELATIONSHIP_TYPE.FOOTNOTES
    notes = next(r.target_part for r in file.part.rels.values() if r.reltype == kind)
    told = notes.blob.decode()
    assert was in told, f"nothing to tamper with: {was}"
    notes._blob = told.replace(was, now).encode()
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _rewritten(words, paragraph):
    paragraph.runs[0].text = paragraph.text.replace(QUOTE, words)


def _styled(style, paragraph):
    first, last = re.split(re.escape(QUOTE), paragraph.text)
    quote, rest = paragraph.add_run(QUOTE), paragraph.add_run(last)
    setattr(quote.font, style, True)
    _first(paragraph, first, quote._r, rest._r)


def _tracked(paragraph):
    first, last = re.split(re.escape(QUOTE), paragraph.text)
    added = f"<w:ins {nsdecls('w')} w:id='1'><w:r><w:t>It is not so that </w:t></w:r></w:ins>"
    rest = paragraph.add_run(QUOTE + last)
    _first(paragraph, first, parse_xml(added), rest._r)


def _first(paragraph, text, *others):
    """Let a paragraph begin with this text and these, before the marks of its footnotes."""
    run = paragraph.runs[0]
    run.text = text
    for one in reversed(others):
        run._r.addnext(one)


if __name__ == "__main__":
    names, count = passed()
    sys.stdout.write("\n".join([f"{count} tampers, {len(names)} passed", *names, ""]))
    sys.exit(bool(names))
