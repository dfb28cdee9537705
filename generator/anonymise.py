"""Articles and reviews → the same under neutral names; pure. Nothing behind this room knows the true ones.

Titles, texts, dates and languages stay, since they are what was told and when; so does a place that the text tells itself.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from generator.findings import Findings, NamesLeft
from generator.frozen import dataclass
from generator.names_left import Name, find_left, find_names, names_of, show_left
from generator.parties import fold_name, fold_source
from generator.read.decode import OTHER_KINDS
from generator.reviews import Mark, Reviews
from generator.rules import SiteRules
from generator.spill import change
from generator.values import Article, Corpus, LeftOut

DIGITS = 12
"""Hexadecimal digits of an article's neutral id, behind a letter that keeps spreadsheets from taking it for a number."""
GONE = "gone"
"""Stands for an article that a mark speaks of and that is no longer there."""
NOTE_LEFT_OUT = "(The note names somebody, so it was left out.)"
"""Stands for a note in which a replaced name stands."""
_UNDATED = "~"
_OTHER_REASON = "it could not be used"
# How reasons begin, and what is said of them: the rest of a reason may hold names.
_REASONS = {
    "its id ": "its id is that of another article",
    "empty": "empty",
    "no words": "no words",
    "no text": "no text",
    "no rows": "no rows",
    "no main text": "no main text found",
    "no ending": "no ending",
    "unknown kind": "unknown kind",
    "larger than": "larger than the limit",
    "more than": "more rows than the limit",
    "reading it takes": "reading it takes longer than the limit",
    "not in UTF-8": "not in UTF-8",
    "no JSON": "no JSON",
    "no usable JSON": "no JSON",
    "no column": "no column of texts",
    "front matter": "front matter that can't be used",
    "damaged": "damaged",
    "binary": "binary, not text",
    "its characters": "its characters can't be decoded",
    "can't be read": "can't be read",
    "a link": "a link that is not followed",
    "a folder": "a folder that stands too deep",
    "no file but": "a device or a pipe",
    "what reads such": "what reads such files failed on it",
    "what reads it was ended": "what reads it was ended, as where memory runs out",
    "reading Parquet needs": "Parquet, which needs a library that is not installed",
    "the row that names": "its row of columns can't be read",
    "a row of": "a row of more cells than columns",
    "not readable as CSV": "a row that is no CSV",
    "a quotation mark": "a quotation mark that is never closed",
    **{kind: kind for kind in OTHER_KINDS.values()},
}


@dataclass(frozen=True, slots=True)
class Hidden:
    """Articles and reviews under neutral names, and what these stand for.

    Attributes:
        corpus: Corpus.
        reviews: Reviews.
        ids: Dictionary from each article's own id to its neutral one.
        paths: Dictionary from each neutral id to the article's own path.
        names: Tuple of Name, all that was replaced.
        notes: Integer, how many notes of reviewers were left out, since a name stands in them.
        hides: Boolean; false where all stand under their own names.
    """

    corpus: Corpus
    reviews: Reviews
    ids: dict[str, str]
    paths: dict[str, str]
    names: tuple[Name, ...]
    notes: int = 0
    hides: bool = True


def hide_names(corpus: Corpus, reviews: Reviews, site: SiteRules) -> Hidden:
    """Give articles and reviews neutral names, where the settings ask for them.

    Args:
        corpus: Corpus.
        reviews: Reviews.
        site: SiteRules.

    Returns:
        Hidden; both as they were where nothing is to be hidden.
    """
    if not site.anonymise:
        return Hidden(corpus, reviews, {}, {}, (), hides=False)
    return anonymise(corpus, reviews, site.anonymise_key)


def warn_of_names(findings: Findings, hidden: Hidden) -> tuple[Findings, tuple[str, ...]]:
    """Look where hidden names can still be read.

    Args:
        findings: Findings.
        hidden: Hidden.

    Returns:
        Findings that say how often, and a tuple of strings that say where, for the one who builds.
    """
    if not hidden.hides:
        return findings, ()
    left = tuple(find_left(findings.corpus.articles, findings.readable, hidden.names))
    counts = NamesLeft(sum(bool(one.text) for one in left), sum(bool(one.title) for one in left), hidden.notes)
    return replace(findings, names_left=counts), tuple(show_left(left, hidden.paths))


def anonymise(corpus: Corpus, reviews: Reviews | None = None, key: str = "") -> Hidden:
    """Give articles, sources, authors, agencies, reviewers and files neutral names.

    Without a key an article's id is made of its text, which it stands beside: links hold until the text changes. With one it is
    made of the key and its own id, so that links hold as those of a plain build do, and nobody without the key can check a guess.
    All other names are numbered in the order in which they first occur by date.

    Args:
        corpus: Corpus.
        reviews: Reviews, or None.
        key: String that nobody else knows, or empty.

    Returns:
        Hidden; its digests are those of what it holds, not of what was read.
    """
    ids = _name_articles(corpus.articles, key)
    ordered = sorted(corpus.articles, key=lambda article: (article.date or _UNDATED, ids[article.id]))
    hide = _Masks(
        sources=_number(
            "Source", (fold_source(name) for article in ordered for name in (article.source, article.agency))
        ),
        authors=_number("Author", (fold_name(article.author) for article in ordered)),
        places=_number("Place", (fold_name(article.place) for article in ordered if not _tells_place(article))),
        folders=_number_folders(ordered),
    )
    articles = sorted((hide.article(article, ids[article.id]) for article in ordered), key=lambda article: article.id)
    reasons = sorted(map(_reason, corpus.left_out))
    left_out = tuple(LeftOut(f"left-out-{n:04}", reason) for n, reason in enumerate(reasons, 1))
    names = names_of(ordered, reviews.marks if reviews else ())
    told, notes = _hide_reviews(reviews or Reviews(), ids, names)
    return Hidden(
        Corpus(tuple(articles), left_out, _digest(articles, left_out), corpus.archive),
        told,
        ids,
        {ids[article.id]: article.path for article in corpus.articles},
        names,
        notes,
    )


def list_names(corpus: Corpus, reviews: Reviews, hidden: Hidden) -> tuple[tuple[str, str, str], ...]:
    """List what each neutral name stands for; for the one who builds and for nobody else.

    Args:
        corpus: Corpus, as it was read.
        reviews: Reviews, as they were read.
        hidden: Hidden, made of both.

    Returns:
        Tuple of three strings each: `article`, `source`, `author`, `place` or `reviewer`; the neutral name; the true one, which for
        an article is its path. Articles by their paths, the others by their numbers.
    """
    shown = {article.id: article for article in hidden.corpus.articles}
    known: dict[tuple[str, str], str] = {}
    for article in corpus.articles:
        other = shown[hidden.ids[article.id]]
        for field in ("source", "agency", "author", "place"):
            own, neutral = getattr(article, field), getattr(other, field)
            if own != neutral:
                known.setdefault(("source" if field == "agency" else field, neutral), own)
    known |= {("reviewer", b.reviewer): a.reviewer for a, b in zip(reviews.marks, hidden.reviews.marks, strict=True)}
    kinds = ("source", "author", "place", "reviewer")
    others = sorted(known.items(), key=lambda item: (kinds.index(item[0][0]), len(item[0][1]), item[0][1]))
    articles = sorted((article.path, hidden.ids[article.id]) for article in corpus.articles)
    return (*(("article", name, path) for path, name in articles), *((*key, own) for key, own in others))


@dataclass(frozen=True, slots=True)
class _Masks:
    """The neutral names by the true ones, folded; of folders as they are."""

    sources: Mapping[str, str]
    authors: Mapping[str, str]
    places: Mapping[str, str]
    folders: Mapping[str, str]

    def article(self, article: Article, name: str) -> Article:
        folder = self.folders[_folder(article)]
        return change(
            article,
            id=name,
            path=f"{folder}/{name}" if folder else name,
            source=self.sources.get(fold_source(article.source), ""),
            agency=self.sources.get(fold_source(article.agency), ""),
            author=self.authors.get(fold_name(article.author), ""),
            place=article.place if _tells_place(article) else self.places.get(fold_name(article.place), ""),
            url="",
        )


def _name_articles(articles: Sequence[Article], key: str) -> dict[str, str]:
    """Neutral ids; of articles with one text the earliest has the plain one, the others a number behind it."""
    ids: dict[str, str] = {}
    taken: dict[str, int] = defaultdict(int)
    for article in sorted(articles, key=lambda article: (article.date or _UNDATED, article.id)):
        told = f"id\n{article.id}" if key else f"text\n{article.text}"
        name = "t" + hmac.new(key.encode(), told.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:DIGITS]
        taken[name] += 1
        ids[article.id] = f"{name}-{taken[name]}" if taken[name] > 1 else name
    return ids


def _number(word: str, names: Iterable[str]) -> dict[str, str]:
    """Number folded names in the order in which they come, each once."""
    return {name: f"{word} {number}" for number, name in enumerate(dict.fromkeys(filter(None, names)), 1)}


def _number_folders(articles: Sequence[Article]) -> dict[str, str]:
    """Number folders, so that those of one folder are known to be; without names where there is one alone."""
    folders = list(dict.fromkeys(map(_folder, articles)))
    return {folder: f"folder-{n}" if len(folders) > 1 else "" for n, folder in enumerate(folders, 1)}


def _folder(article: Article) -> str:
    return article.path.rpartition("/")[0]


def _tells_place(article: Article) -> bool:
    return bool(article.place) and fold_name(article.place) in fold_name(article.text)


def _reason(item: LeftOut) -> str:
    return next((said for start, said in _REASONS.items() if item.reason.startswith(start)), _OTHER_REASON)


def _hide_reviews(reviews: Reviews, ids: Mapping[str, str], names: Sequence[Name]) -> tuple[Reviews, int]:
    """Reviews under neutral names, and how many notes were left out. Marks may have been made on a plain site or on this one."""
    in_time = sorted(reviews.marks, key=lambda mark: (mark.when, mark.reviewer))
    reviewers = _number("Reviewer", (fold_name(mark.reviewer) for mark in in_time))
    files = {file: f"review-{n}" for n, file in enumerate(dict.fromkeys(mark.file for mark in in_time), 1)}
    known = {**{name: name for name in ids.values()}, **ids}
    notes = 0
    marks = []
    for mark in reviews.marks:
        silent = bool(mark.note) and bool(find_names(mark.note, names))
        notes += silent
        pair = sorted([(known.get(mark.a, GONE), mark.a_text), (known.get(mark.b, GONE), mark.b_text)])
        marks.append(
            Mark(
                *(pair[0][0], pair[1][0], pair[0][1], pair[1][1]),
                reviewers[fold_name(mark.reviewer)],
                mark.mark,
                NOTE_LEFT_OUT if silent else mark.note,
                mark.when,
                files[mark.file],
            )
        )
    left_out = tuple(LeftOut(f"review-left-out-{n}", _OTHER_REASON) for n, _ in enumerate(reviews.left_out, 1))
    return Reviews(tuple(marks), left_out, _digest(marks, left_out) if reviews.digest else ""), notes


def _digest(*values: Iterable[object]) -> str:
    """Name values by all that they hold; their representation shows it."""
    whole = hashlib.sha256()
    for value in chain.from_iterable(values):
        whole.update(f"{value!r}\n".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()
