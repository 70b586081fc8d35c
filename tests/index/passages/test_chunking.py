from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.building.documents import load
from index.building.files import scan
from index.passages.chunking import ChunkSettings, embedded_text, header, passages, settings_for
from index.types import BlockKind, Kind
from tests.fakes import CHUNKS, HashingEmbedder, document, held

COUNT = HashingEmbedder().count_tokens
WORDS = st.lists(st.sampled_from(["plan", "Visit.", "care", "No.", "x" * 70]), min_size=1)
PARTS = st.lists(
    st.tuples(st.sampled_from(BlockKind), st.builds(" ".join, WORDS)), min_size=1, max_size=12
)


def spans_ok(made, cut):
    edges = [edge for passage in cut for edge in (passage.start, passage.end)]
    assert edges == sorted(edges)
    assert all(p.text == made.text[p.start : p.end] for p in cut)
    inside = [False] * len(made.text)
    for passage in cut:
        inside[passage.start : passage.end] = [True] * (passage.end - passage.start)
    for block in made.blocks:
        stretch = range(block.start, block.end)
        assert all(inside[n] or made.text[n].isspace() for n in stretch)
    for passage in cut:
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end


@settings(max_examples=150, deadline=None)
@given(PARTS, st.sampled_from([CHUNKS, ChunkSettings(14, 10), ChunkSettings(3, 2)]))
def test_passages_are_spans_that_cover_every_block(parts, sizes):
    made = document(parts)
    cut = passages(made, COUNT, sizes)
    spans_ok(made, cut)
    assert [p.passage_id for p in cut] == [f"{made.doc_id}-{n:04d}" for n in range(len(cut))]
    for passage in cut:
        size = COUNT(embedded_text(made.identity, passage))
        assert size <= sizes.max_tokens or len(passage.text.split()) == 1


def test_a_heading_goes_with_what_follows_and_two_headings_never_share_a_passage():
    parts = [
        (BlockKind.PARAGRAPH, "First words."),
        (BlockKind.HEADING, "Strengths"),
        (BlockKind.PARAGRAPH, "Staff are stable."),
        (BlockKind.HEADING, "Weaknesses"),
        (BlockKind.PARAGRAPH, "Plans drift."),
        (BlockKind.ITEM, "Audits are late."),
    ]
    cut = passages(document(parts), COUNT, CHUNKS)
    assert [(p.heading, p.text) for p in cut] == [
        ("", "First words."),
        ("Strengths", "Strengths\n\nStaff are stable."),
        ("Weaknesses", "Weaknesses\n\nPlans drift.\n\nAudits are late."),
    ]


def test_a_long_paragraph_is_cut_between_sentences_into_even_pieces():
    text = " ".join(f"Sentence number {n} says one thing." for n in range(40))
    made = document([(BlockKind.PARAGRAPH, text)])
    cut = passages(made, COUNT, CHUNKS)
    assert all(p.text.startswith("Sentence") and p.text.endswith("thing.") for p in cut)
    counts = [len(p.sentences) for p in cut]
    assert sum(counts) == 40
    assert max(counts) - min(counts) <= 2


def test_a_sentence_longer_than_the_limit_is_cut_between_words():
    made = document([(BlockKind.PARAGRAPH, "word " * 299 + "end")])
    cut = passages(made, COUNT, CHUNKS)
    assert " ".join(p.text for p in cut) == made.text.strip()
    assert max(COUNT(embedded_text(made.identity, p)) for p in cut) <= 60


def test_a_heading_of_any_length_leaves_room_for_text():
    made = document([(BlockKind.HEADING, "Column " * 500), (BlockKind.PARAGRAPH, "Body. " * 90)])
    spans_ok(made, passages(made, COUNT, CHUNKS))


@pytest.mark.parametrize(
    ("who", "heading", "expected"),
    [
        (
            held("a", "Leeds", date(2022, 1, 31)),
            "Findings",
            "Leeds, focused visit letter, 31 January 2022: Findings",
        ),
        (held("a", kind=Kind.NEWS_ARTICLE), "", "news article"),
    ],
)
def test_header_says_whose_words_follow(who, heading, expected):
    assert header(who, heading) == expected


def test_settings_never_exceed_what_the_model_reads():
    assert settings_for(512) == ChunkSettings()
    assert settings_for(128) == ChunkSettings(128, 128)


def test_seeds_cover_their_blocks_and_know_page_and_paragraph(seeds):
    for found in scan([seeds]):
        made = load(found)
        cut = passages(made, COUNT, CHUNKS)
        spans_ok(made, cut)
        for passage in cut:
            starts = [s.start for s in passage.sentences]
            blocks = [made.blocks[s.block] for s in passage.sentences]
            body = next((b for b in blocks if b.kind is not BlockKind.HEADING), blocks[0])
            assert passage.paragraph == body.paragraph
            assert starts == sorted(starts)
