# SPDX-License-Identifier: Apache-2.0
"""What makers write is shown; what could run is not."""

import pytest

from firstflight.kernel.markdown import render


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='https://x' onclick=alert(1)>x</a>",
        "<style>body{display:none}</style>",
    ],
)
def test_a_script_in_a_story_never_reaches_the_page(source: str) -> None:
    html = render(source)

    for danger in ("<script", 'href="javascript', "<style", 'src="data', "<img", "<a href='https"):
        assert danger not in html


def test_headings_stay_below_the_pages_own() -> None:
    assert render("# Why") == "<h2>Why</h2>\n"


def test_structure_survives() -> None:
    html = render("**bold**\n\n- one\n- two\n\n![The watch](https://example.com/a.png)")

    assert "<strong>bold</strong>" in html
    assert html.count("<li>") == 2
    assert 'alt="The watch"' in html
