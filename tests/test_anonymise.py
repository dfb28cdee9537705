"""Anonymised outputs hold no true name anywhere, say nothing that depends on one, and warn where one stands in the words."""

import csv
import gzip
import json
import re
import unicodedata
from dataclasses import astuple, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.anonymise import anonymise
from generator.api import compare
from generator.build import build_site
from generator.cache import open_cache
from generator.engines.local import LocalEngine
from generator.errors import SettingsError
from generator.names_left import find_names, names_of
from generator.reviews import Mark, Reviews, digest_text, settle
from generator.rules import FindRules, ReadRules, Settings, SiteRules
from generator.settings import load_settings
from generator.values import Corpus, LeftOut
from generator.verify import verify_site
from tests.articles import REWRITE, WIRE, invent, make_article, reword, write_sample
from tests.test_browser import browser, opened  # noqa: F401 - fixtures
from tests.test_cli import run

HIDDEN = Settings(site=SiteRules(anonymise=True))
KEY = "0123456789abcdef-secret"
# Stands in every name of the folder below, and in no title or text; alone, in capitals, and taken apart by a slug.
MARK = "quibblefax"
FAMILY = 6


def build(folder, site="site", rules=HIDDEN, **options):
    return build_site(folder / "content", folder / site, rules, LocalEngine(1), **options)


def files(site):
    """Every file by its name; packed ones unpacked."""
    found = {}
    for path in site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found[path.relative_to(site).as_posix()] = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    return found


def report_of(site):
    return json.loads((site / "data" / "report.json").read_text(encoding="utf-8"))


def rows_of(site, name):
    with (site / "data" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def told(number):
    """The texts of a family: each a rewrite of the same story."""
    return reword(invent("family", 90), 0.02 * number, number).replace(". ", ".\n\n")


def write_everything(folder, mark=MARK):
    """A folder in which each kind of name holds a mark: of all formats, in an archive, in reviews, in what is left out."""
    content = folder / "content"
    deep = content / f"{mark}-desk"
    (deep / f"week {mark}").mkdir(parents=True)
    fields = {"source": f"The {mark.title()} Post", "author": f"Ann {mark.title()} and Rob Roe"}
    known = {**fields, "url": f"https://www.{mark}.example/{mark}/1", "place": f"{mark}ville", "date": "2024-03-05"}
    front = "".join(f"{key}: {value}\n" for key, value in known.items())
    (deep / f"{mark}-told.md").write_text(f"---\nid: {mark.upper()}-77\ntitle: A strike\n{front}---\n{told(0)}\n")
    meta = "".join(
        f'<meta name="{key}" property="{key}" content="{value}">'
        for key, value in {"author": known["author"], "og:site_name": known["source"], "og:url": known["url"]}.items()
    )
    (deep / f"week {mark}" / f"{mark}.html").write_text(
        f"<html><head><title>Told again</title>{meta}</head><body><p>{told(1)}</p></body></html>"
    )
    rows = [{"id": f"{mark}:{n}", "title": f"Row {n}", "text": told(n), **known} for n in (2, 3)]
    (content / f"{mark}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    with (content / f"all-{mark}.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, ["text", "title", *known])
        writer.writeheader()
        writer.writerow({"text": told(4), "title": "A cell", **known})
    (content / f"single-{mark}.txt").write_text("A story of one glacier\n\nNobody else has told of the ice above it.")
    (content / f"half-{mark}.txt").write_text(f"{invent('other', 60)}\n\n{invent('lifted', 60)}")
    (deep / f"rest-{mark}.txt").write_text(f"{invent('rest', 150)}\n\n{invent('lifted', 60)}")
    for name, text in (
        (f"{mark}.xyz", "x"),
        (f"{mark}.{mark}", "x"),
        (f"empty-{mark}.txt", ""),
        (f"fault-{mark}.md", f"---\n{mark}: [{mark}\n---\ntext"),
        (f"{mark}-twin.md", f"---\nid: {mark.upper()}-77\n---\nAnother text."),
        (f"fault-{mark}.jsonl", f'{{"text": "\\{mark}"}}\n'),
    ):
        (content / name).write_text(text)
    (content / f"link-{mark}.txt").symlink_to(f"/{mark}")
    archive = folder / f"archive-{mark}"
    archive.mkdir()
    (archive / f"{mark}-old.txt").write_text(f"date 2023-01-02 LISBON — {told(5)}")
    (folder / f"house-{mark}.txt").write_text(f"{mark} sign up\n")
    write_reviews(folder, mark)
    return folder


def write_reviews(folder, mark):
    (folder / "reviews").mkdir()
    pair = {"a": f"all-{mark}-1", "b": f"{mark}-2".lower()}
    texts = {"a_text": digest_text(told(4)), "b_text": digest_text(told(2))}
    marks = [
        {**pair, **texts, "mark": "fine", "note": f"Ask Ann {mark.title()}", "when": "2024-03-06T10:00:00Z"},
        {"a": f"{mark}-gone", "b": f"{mark}-3", **texts, "mark": "fine", "when": "2024-03-06T11:00:00Z"},
    ]
    review = {"format": "twicetold-reviews", "version": 1, "reviewer": f"Eve {mark.title()}", "marks": marks}
    (folder / "reviews" / f"{mark}.json").write_text(json.dumps(review))
    (folder / "reviews" / f"broken-{mark}.json").write_text(json.dumps({**review, mark: 1}))


def rules_for(folder, **site):
    find = FindRules(boilerplate=str(next(folder.glob("house-*"))), ignore_same=("folder",))
    read = ReadRules(against=(str(next(folder.glob("archive-*"))),))
    return Settings(read=read, find=find, site=SiteRules(anonymise=True, **site))


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """The folder with its site, and what the one who built was told."""
    folder = write_everything(tmp_path_factory.mktemp("names"))
    summary = build(folder, rules=rules_for(folder, search=True))
    return folder, summary


def test_the_folder_that_is_tried_shows_all_that_can_be_shown(everything):
    folder, summary = everything
    report = report_of(folder / "site")
    assert summary.articles >= FAMILY + 1
    assert (summary.archive, summary.clusters) == (1, 1)
    assert len(summary.left_out) == 8
    assert report["counts"]["passages"] == 1
    assert (report["counts"]["reviews"], len(report["outdated_reviews"])) == (1, 1)
    assert any(name.startswith("pagefind/fragment") for name in files(folder / "site"))
    assert MARK in " ".join(item.path for item in summary.left_out)


def test_no_true_name_stands_in_the_name_or_bytes_of_any_file(everything):
    folder, _ = everything
    telling = re.compile(rb"(?i)quibble|rob roe|eve q|/77|-77\b")
    for name, data in files(folder / "site").items():
        assert not telling.search(name.encode()), name
        assert not telling.search(data), (name, telling.search(data))


def test_other_names_give_the_same_bytes(everything, tmp_path):
    other = write_everything(tmp_path, "zebramole")
    build(other, rules=rules_for(other, search=True))
    ours, theirs = files(everything[0] / "site"), files(other / "site")
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_an_anonymised_site_is_whole(everything):
    assert verify_site(everything[0] / "site").faults == ()


def test_a_browser_shows_no_true_name(everything, opened):  # noqa: F811 - the fixture
    site = everything[0] / "site"
    page = opened((site / "index.html").as_uri())
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        shown = (
            page.content() + page.locator("html").text_content() + page.title() + page.url.removeprefix(site.as_uri())
        )
        assert MARK not in shown.casefold(), path
    page.goto((site / "index.html").as_uri())
    assert "Sources, authors, files and reviewers stand under neutral names" in page.locator("#names").text_content()
    assert page.locator("body").get_by_text("Source 1").count() > 0
    assert page.complaints == []


WORDS = st.text("abcdefgh ", min_size=1, max_size=6).map(str.strip).filter(bool)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.sampled_from(["", "2024-01-02"])),
        max_size=8,
    ),
    st.lists(WORDS, min_size=4, max_size=4, unique=True),
    st.lists(WORDS, min_size=4, max_size=4, unique=True),
)
def test_what_is_shown_does_not_depend_on_any_name(articles, one, other):
    def made(names, start):
        made = [
            make_article(
                f"{start}{names[folder]}-{number}",
                f"Story {number} of a harbour.",
                title="A title",
                source=names[source],
                agency=names[author],
                author=f"{names[author]} {start}",
                url=f"https://{start}.example/{number}",
                date=date,
            )
            for number, (source, author, folder, date) in enumerate(articles)
        ]
        made = [replace(a, path=f"{names[f]}/{a.id}.txt") for a, (_, _, f, _) in zip(made, articles, strict=True)]
        left_out = (LeftOut(f"{start}.txt", "empty; write"), LeftOut(f"{start}b", f"unknown kind .{start}; save"))
        marks = (Mark("a", "b", "1" * 32, "2" * 32, start, "fine", "", "2024-01-02T00:00:00Z", start),)
        return anonymise(Corpus(tuple(sorted(made, key=lambda a: a.id)), left_out, start), Reviews(marks, (), start))

    ours, theirs = made(one, "x"), made(other, "y")
    assert ours.corpus == theirs.corpus
    assert ours.reviews == theirs.reviews


def test_who_is_the_same_stays_the_same():
    known = [("The Post", "Ann Bee"), ("the  post", "ann bee"), ("AP", ""), ("", "Cee Dee")]
    articles = [
        make_article(
            f"a{n}", f"Story {n}.", source=s, author=a, agency="AP" if n == 0 else "", date=f"2024-01-0{n + 1}"
        )
        for n, (s, a) in enumerate(known)
    ]
    hidden = anonymise(Corpus(tuple(articles), (), ""))
    by_id = {article.id: article for article in hidden.corpus.articles}
    shown = [by_id[hidden.ids[article.id]] for article in articles]
    assert [(a.source, a.agency, a.author) for a in shown] == [
        ("Source 1", "Source 2", "Author 1"),
        ("Source 1", "", "Author 1"),
        ("Source 2", "", ""),
        ("", "", "Author 2"),
    ]
    assert [a.date for a in shown] == [a.date for a in articles]
    assert [(a.title, a.text) for a in shown] == [(a.title, a.text) for a in articles]


@pytest.mark.parametrize("field", ["source", "author", "place"])
def test_a_name_is_one_however_its_accents_are_encoded(field):
    written = [unicodedata.normalize(form, "Zoë Müñoz") for form in ("NFC", "NFD")]
    articles = [make_article(f"a{n}", f"Story {n}.", **{field: name}) for n, name in enumerate(written)]
    hidden = anonymise(Corpus(tuple(articles), (), ""))
    assert [getattr(article, field) for article in hidden.corpus.articles] == [f"{field.title()} 1"] * 2


def test_a_reviewer_is_one_however_the_accents_are_encoded():
    written = [unicodedata.normalize(form, "Zoë") for form in ("NFC", "NFD")]
    article = make_article("a", "A story.", source="The Post")
    marks = [
        Mark("a", "b", "1" * 32, "2" * 32, name, "fine", "", f"2024-01-0{n}T00:00:00Z", "f")
        for n, name in enumerate(written, 1)
    ]
    hidden = anonymise(Corpus((article,), (), ""), Reviews(tuple(marks), (), ""))
    assert {mark.reviewer for mark in hidden.reviews.marks} == {"Reviewer 1"}
    assert len(settle([replace(mark, a="a", b="a") for mark in marks], {}).outdated) == 1


def test_an_agency_is_one_by_any_of_its_names():
    known = [("The Associated Press", "AP"), ("", "AP"), ("associated press", "")]
    articles = [make_article(f"a{n}", f"Story {n}.", source=s, agency=a) for n, (s, a) in enumerate(known)]
    shown = anonymise(Corpus(tuple(articles), (), "")).corpus.articles
    assert {name for article in shown for name in (article.source, article.agency) if name} == {"Source 1"}


@pytest.mark.parametrize("forms", [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_name_of_one_word_is_seen_however_its_accents_are_encoded(forms):
    name, told = (unicodedata.normalize(form, "Zoë") for form in forms)
    article = make_article("a", f"A story that {told} told.", source=name)
    assert find_names(article.text, names_of([article])) == (name,)


UNUSABLE = {
    "r.txt": b"{\\rtf1 words}",
    "p.txt": b"%PDF-1.7 words",
    "s.txt": b"%!PS words",
    "w.txt": b"PK\x03\x04 words",
    "o.md": b"\xd0\xcf\x11\xe0 words",
    "g.html": b"\x1f\x8b words",
    "d.txt": b"SQLite format 3\0",
    "b.txt": b"\0\1\2\3",
    "e.txt": b"",
    "n.txt": b"...",
    "x.pdf": b"%PDF-1.7",
    "none": b"words",
    "j.jsonl": b"{\n[]\n{}\n",
    "c.csv": b'text,id\na,b,c\n"a"b,c\n"a',
    "h.csv": b"id,title\n1,x\n",
    "q.csv": b"text,id\n",
    "m.parquet": b"no table",
    "f.md": b"---\na: [\n---\nwords",
    "p.html": b"<html></html>",
}


def test_what_was_left_out_is_told_by_its_kind(tmp_path):
    write_sample(tmp_path / "content")
    for name, data in UNUSABLE.items():
        (tmp_path / "content" / name).write_bytes(data)
    assert {path.partition("#")[0] for path, _ in map(astuple, build(tmp_path).left_out)} == UNUSABLE.keys()
    reasons = [item["reason"] for item in report_of(tmp_path / "site")["left_out"]]
    assert {"a PDF", "a document in RTF", "an office document or archive", "no words"} <= set(reasons)
    assert "it could not be used" not in reasons


def test_an_anonymised_build_finds_what_a_plain_one_finds(tmp_path):
    write_sample(tmp_path / "content")
    for number in range(4):
        (tmp_path / "content" / f"told-{number}.txt").write_text(told(number))
    build(tmp_path)
    build(tmp_path, "plain", Settings())
    numbers = ("score", "reuse", "longest_passage", "verdict")
    ours, theirs = (
        sorted([row[name] for name in numbers] for row in rows_of(tmp_path / site, "pairs.csv"))
        for site in ("site", "plain")
    )
    assert ours == theirs
    assert [row["size"] for row in rows_of(tmp_path / "site", "clusters.csv")] == [
        row["size"] for row in rows_of(tmp_path / "plain", "clusters.csv")
    ]


def ids_of(texts, key=""):
    corpus = Corpus(tuple(make_article(name, text) for name, text in sorted(texts.items())), (), "")
    return anonymise(corpus, key=key).ids


def test_links_hold_while_an_article_says_the_same_whatever_joins_or_leaves():
    texts = {"b": "One story.", "d": "Another story."}
    first, more = ids_of(texts), ids_of({**texts, "a": "A third.", "c": "A fourth."})
    assert {name: more[name] for name in texts} == first
    assert ids_of({"renamed": "One story."})["renamed"] == first["b"]
    assert ids_of({"b": "One story, changed.", "d": "Another story."})["b"] != first["b"]


def test_with_a_key_links_hold_though_a_text_changes_and_differ_for_another_key():
    texts = {"b": "One story.", "d": "Another story."}
    first = ids_of(texts, KEY)
    assert ids_of({**texts, "b": "One story, changed."}, KEY) == first
    assert not set(ids_of(texts, f"{KEY}2").values()) & set(first.values())
    assert not set(ids_of(texts).values()) & set(first.values())


def test_ids_are_safe_and_articles_with_one_text_are_told_apart():
    ids = ids_of({"a": "One story.", "b": "One story.", "c": "One story."})
    assert len(set(ids.values())) == 3
    assert all(re.fullmatch(r"t[0-9a-f]{12}(-\d+)?", name) for name in ids.values())


def test_the_key_is_shown_nowhere_and_a_short_one_is_refused(tmp_path):
    write_sample(tmp_path / "content")
    (tmp_path / "twicetold.toml").write_text(f'[site]\nanonymise = true\nanonymise_key = "{KEY}"\n')
    done = run("build", "--cache", tmp_path / "cache", cwd=tmp_path)
    assert (done.returncode, KEY in done.stdout + done.stderr) == (0, False)
    for folder in ("site", "cache"):
        assert not [name for name, data in files(tmp_path / folder).items() if KEY.encode() in data]
    assert KEY not in run("settings", cwd=tmp_path).stdout
    assert report_of(tmp_path / "site")["settings"]["site.anonymise_key"] == "given"
    with pytest.raises(SettingsError, match="16 or more"):
        load_settings(None, {"site": {"anonymise_key": "short"}})


def test_a_cache_never_mixes_plain_and_anonymised_builds_or_those_of_two_keys(tmp_path):
    write_sample(tmp_path / "content")
    kept = open_cache(tmp_path / "cache")
    rules = [Settings(), HIDDEN, *(Settings(site=SiteRules(anonymise=True, anonymise_key=k)) for k in (KEY, f"{KEY}2"))]
    for number, rule in enumerate(rules):
        build(tmp_path, f"alone-{number}", rule)
    for number in (0, 1, 2, 3, 0, 2, 1):
        build(tmp_path, "shared", rules[number], cache=kept)
        assert files(tmp_path / "shared") == files(tmp_path / f"alone-{number}")


def test_names_left_in_words_are_told_to_the_one_who_builds_and_counted_for_readers(tmp_path):
    write_sample(tmp_path / "content")
    (tmp_path / "content" / "post.md").write_text(
        f"---\nsource: Morning Post\nauthor: Ann Bee\ntitle: The Morning Post asks\n---\n{REWRITE}\nWrite to ann@post.example.\n"
    )
    summary = build(tmp_path)
    said = "\n".join(summary.names)
    assert report_of(tmp_path / "site")["names_left"] == {"texts": 2, "titles": 1, "notes": 0}
    assert re.search(
        r"^wire\.txt \(t\w+\) still names, in its text: AP, .*Marta Lobo in Madrid contributed", said, re.MULTILINE
    )
    assert "post.md" in said
    assert "in its title: Morning Post; in its text: ann@post.example" in said
    assert build(tmp_path, cache=open_cache(tmp_path / "cache")).names == summary.names
    assert build(tmp_path, cache=open_cache(tmp_path / "cache")).names == summary.names
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "may still be read in the text of 2 articles and in the title of 1" in index
    assert "Ann Bee" not in index


def test_a_source_of_one_word_counts_only_as_it_is_written():
    articles = (
        make_article("a", "There is time. It is Will who said so.", title="On time", source="Time", author="will"),
    )
    hidden = anonymise(Corpus(articles, (), ""))
    from generator.names_left import find_left

    assert not list(find_left(hidden.corpus.articles, hidden.paths, hidden.names))


def make_mark(a, b, digests, mark, when):
    return {"a": a, "b": b, "a_text": digests[a], "b_text": digests[b], "mark": mark, "when": when}


def test_reviews_made_on_either_site_hold_and_show_no_reviewer(tmp_path):
    write_sample(tmp_path / "content")
    (tmp_path / "reviews").mkdir()
    build(tmp_path)
    texts = {
        m["path"]: m
        for f in (tmp_path / "site" / "clusters").glob("*.json")
        for m in json.loads(f.read_text())["members"]
    }
    neutral = sorted(texts)
    digests = {name: digest_text(texts[name]["text"]) for name in neutral}
    plain = sorted(("rewrite", "wire"))
    by_text = {digest_text(WIRE.strip()): "wire", digest_text(REWRITE.strip()): "rewrite"}
    own = {by_text[digests[name]]: digests[name] for name in neutral}
    marks = [
        make_mark(*plain, own, "fine", "2024-03-06T10:00:00Z"),
        make_mark(*neutral, digests, "credited", "2024-03-06T11:00:00Z"),
    ]
    for name, mark in zip(("Ann Bee", "Cee Dee"), marks, strict=True):
        review = {"format": "twicetold-reviews", "version": 1, "reviewer": name, "marks": [mark]}
        (tmp_path / "reviews" / f"{name}.json").write_text(json.dumps(review))
    build(tmp_path)
    rows = rows_of(tmp_path / "site", "reviews.csv")
    assert [(row["reviewer"], row["mark"], row["file"]) for row in rows] == [
        ("Reviewer 1", "fine", "review-1"),
        ("Reviewer 2", "credited", "review-2"),
    ]
    assert {row["a"] for row in rows} == {neutral[0]}
    assert verify_site(tmp_path / "site").faults == ()


@pytest.mark.parametrize(
    "command",
    [
        ("compare", "content/quibblefax-a.txt", "content/quibblefax-b.md"),
        ("compare", "content/quibblefax-a.txt", "content/quibblefax-b.md", "--json"),
        ("compare", "content", "more", "--json"),
        ("compare", "content", "more"),
        ("why", "quibblefax-a", "content/quibblefax-b.md"),
        ("why", "quibblefax-a", "quibblefax-b", "--json"),
        ("build", "--fail-over", "0.1", "--report-md", "told.md"),
    ],
)
def test_commands_follow(tmp_path, command):
    for folder, number in (("content", 0), ("more", 1)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "quibblefax-a.txt").write_text(told(number))
        (tmp_path / folder / "quibblefax-b.md").write_text(f"---\nsource: Quibblefax\n---\n{told(number + 2)}")
    done = run(*command, cwd=tmp_path, TWICETOLD_SITE_ANONYMISE="true")
    assert done.returncode == (4 if "--fail-over" in command else 0), done.stderr
    assert done.stdout
    assert MARK not in (done.stdout + done.stderr).casefold()
    if "--report-md" in command:
        assert MARK not in (tmp_path / "told.md").read_text().casefold()


def test_only_the_one_who_builds_is_told_who_is_who(everything):
    folder, _ = everything
    rules = rules_for(folder)
    done = run("names", "--against", rules.read.against[0], cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    told = {(row["kind"], row["neutral"]): row["name"] for row in csv.DictReader(done.stdout.splitlines())}
    shown = rows_of(folder / "site", "articles.csv")
    assert len(shown) == 9
    for row in shown:
        assert MARK in told["article", row["id"]]
        if row["source"]:
            assert told["source", row["source"]] == f"The {MARK.title()} Post"
    assert told["author", "Author 1"] == f"Ann {MARK.title()} and Rob Roe"
    assert told["place", "Place 1"] == f"{MARK}ville"
    assert told["reviewer", "Reviewer 1"] == f"Eve {MARK.title()}"


def test_a_page_of_two_articles_follows(tmp_path):
    write_sample(tmp_path / "content")
    done = run("compare", "--anonymise", "content/wire.txt", "content/rewrite.txt", "--html", "page.html", cwd=tmp_path)
    assert done.returncode == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "wire.txt" not in page
    assert "rewrite.txt" not in page
    assert "wire.txt" in done.stderr
    paired = compare(make_article("ann", told(0)), make_article("bee", told(1)), HIDDEN)
    assert {member.prepared.article.id for member in paired.report.members} == set(
        ids_of({"ann": told(0), "bee": told(1)}).values()
    )


def test_a_plain_build_says_nothing_of_names(tmp_path):
    write_sample(tmp_path / "content")
    summary = build(tmp_path, rules=Settings())
    assert summary.names == ()
    assert report_of(tmp_path / "site")["names_left"] is None
