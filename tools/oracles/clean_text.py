"""Writes what CLIP's cleaning makes of some texts: ftfy, html.unescape twice, single spaces, lower case.

    python tools/oracles/clean_text.py packages/backbones/fixtures/clean-text.json

Needs ftfy 6.
"""

import html
import json
import sys
from pathlib import Path

import ftfy

TEXTS = [
    "  A\tred \r\n DOG\u2028ran\u3000away ",
    "Tom &amp;amp; J&eacute;r&ocirc;me &#8211; &#x41;&lt;b&gt;",
    "AT&amp T &copy 2020 &unknown; R&D",
    "a <b>&amp;amp;</b>",
    "a&#0;b &#xd800; &#x110000;",
    "5 &#128; &#153;",
    "5 \u0080 \u0099 dog\u0085ran",
    "“a” ‘b’ l’hôtel ‚low‘ „deep“ «quoted» ʼ",
    "ﬁne ﬄ Ĳ ǆ ＡＢＣ！　ｶﾞ",
    "cafe\u0301 \u1e9b\u0323",
    "a\u0000b\u0007c\u007fd\ufeffe\u206af\ufffcg",
    "schÃ¶n mojibake",
    "â€œquotedâ€\u009d â€“ itâ€™s ðŸ˜€",
    "ÀÉÎ ÕÜ",
    "ΣΊΣΥΦΟΣ İstanbul STRASSE ẞ",
    "日本語 emoji 😀👍🏽 \u200d",
    "",
]


def clean(text):
    repaired = html.unescape(html.unescape(ftfy.fix_text(text))).strip()
    return " ".join(repaired.split()).strip().lower()


if __name__ == "__main__":
    cases = [{"text": text, "clean": clean(text)} for text in TEXTS]
    Path(sys.argv[1]).write_text(json.dumps(cases, indent=1) + "\n")
