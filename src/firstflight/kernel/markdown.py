# SPDX-License-Identifier: Apache-2.0
"""Markdown written by makers, turned into HTML that is safe to show to anybody."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "em", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "a", "img", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}


def render(source: str) -> SafeString:
    """HTML of a CommonMark text; scripts, styles and foreign schemes are left out (nh3).

    The page owns the first heading level, so a maker's `# heading` becomes an h2.
    """
    html = _MARKDOWN.render(source)
    for level in (3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{level + 1}>")
        html = html.replace(f"</h{level}>", f"</h{level + 1}>")
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https", "mailto"})
    return mark_safe(clean)  # noqa: S308 - cleaned on the line above
