"""Text from outside, made safe to show."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from troupe_core.plugin import plain_markdown, plain_text

MARKS = st.text(alphabet="*_`~[]()<>!#&;amp\\|-+=.1 \n\tä\u2028:/", max_size=40)


@example("<http://x> <b>")
@example("a __b__ c_d_e ·_f_·")
@given(st.one_of(MARKS, st.text(max_size=40)))
def test_markdown_shows_any_text_as_it_is_and_in_its_place(text):
    told = plain_markdown(text)

    paragraph, inline, _ = MarkdownIt("commonmark", {"html": False}).parse(f"Said: {told}.")
    assert paragraph.type == "paragraph_open"
    parts = inline.children or []
    assert {each.type for each in parts} <= {"text", "text_special"}
    shown = "".join(each.content for each in parts)
    assert shown == f"Said: {' '.join(plain_text(text).split())}."


@given(st.text(max_size=40))
def test_what_has_no_marks_is_not_changed(text):
    plain = "".join(character for character in text if character.isalnum())

    assert plain_markdown(plain) == plain
