"""Text → its language: by its most frequent words where they settle it, else by py3langid."""

import re
import struct
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from generator.laid_out import keep, recall

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ENOUGH = 400
_MOST = 2000
_FEWEST_WORDS = 3
_SURE_SHARE = 0.08
_SURE_LEAD = 3
_SURE_CONFIDENCE = 0.5

UNDETERMINED = "und"
_VOLAPUEK = "vo"  # The model takes tables of figures for it.
_TAG = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]+)*", re.ASCII | re.IGNORECASE)
_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\W\d_]+")

# Words at least four times as frequent in one language as in any other of these, by wordfreq's lists. Afrikaans and
# Galician stand here so that they aren't taken for Dutch and Portuguese.
_FREQUENT = {
    "en": "the and of that to with this be are have he not but from by were which has said it been they their his its",
    "fr": "et à est pas pour dans qui sur qu par plus avec une ils elle sont cette aux même été ses aussi du les au ou",
    "de": "der und das ist nicht zu von mit ein auf für im sie eine sich dem dass bei wie aber hat nach wird",
    "es": "el y los las más pero sus fue muy también hasta donde cuando están sido otros hay así según uno desde había",
    "it": "di che non è della sono più dei nel anche gli delle questo ad nella cui stato dal degli alla dalla sul ed tra",
    "pt": "em não uma os ao aos pelo pela são foi isso ele ela muito também até já você seu é dos num mesmo depois nas",
    "nl": "van het een op dat voor met niet zijn maar aan hij ook door naar uit bij dit wat heeft nog hebben te er",
    "af": "nie die hy deur vir hulle sy",
    "gl": "unha pola polo máis xa tamén",
}
_LANGUAGE_OF = {word: code for code, words in _FREQUENT.items() for word in words.split()}


class _Identifier(Protocol):
    nb_ptc: "NDArray[np.float16]"
    nb_pc: "NDArray[np.float32]"
    nb_classes: list[str]
    tk_nextmove: Sequence[int]
    tk_row: Sequence[int]
    tk_output: Sequence[int]

    @property
    def labels(self) -> list[str]: ...
    def set_languages(self, langs: list[str]) -> None: ...
    def classify(self, text: str) -> tuple[str, float]: ...


def language_code(tag: str) -> str:
    """Reduce a language tag to its language.

    Args:
        tag: String, such as `en-US` (BCP 47) or `pt_BR`.

    Returns:
        String, the ISO 639-1 code in lower case, or empty where the tag begins with none.
    """
    match = _TAG.fullmatch(tag.strip())
    return match[1].lower() if match else ""


def language_of(text: str) -> str:
    """Tell the language of a text.

    Args:
        text: String; its first 2,000 characters are looked at.

    Returns:
        String, an ISO 639-1 code, or `und` where there are fewer than three words or none is likely enough.
    """
    return _by_frequent_words(text[:_ENOUGH]) or _by_frequent_words(text[:_MOST]) or _by_model(text[:_MOST])


def _by_frequent_words(text: str) -> str:
    words = _WORD.findall(text.lower())
    if len(words) < _FEWEST_WORDS:
        return UNDETERMINED
    counts = Counter(filter(None, map(_LANGUAGE_OF.get, words)))
    (code, most), (_, second) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    return code if most >= max(2, _SURE_SHARE * len(words), _SURE_LEAD * second) else ""


def _by_model(text: str) -> str:
    code, confidence = _identifier().classify(text)
    return code if confidence >= _SURE_CONFIDENCE else UNDETERMINED


@cache
def _identifier() -> _Identifier:
    from py3langid import langid

    path = langid.MODEL_DIR / langid.MODEL_FILE
    held = recall("langid", (path, __file__))
    if held is not None:
        return _from_model(held)
    identifier: _Identifier = langid.LanguageIdentifier.from_model_file(path, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == 2 and code != _VOLAPUEK])
    keep("langid", (path, __file__), lambda: _lay_out(identifier))
    return identifier


# How many languages, features, states and moves the model has.
_SIZES = struct.Struct("=4q")


def _lay_out(model: _Identifier) -> bytes:
    """The model as far as it is asked for; to unpack the one that py3langid carries takes a third of a second."""
    import numpy as np

    sizes = _SIZES.pack(*model.nb_ptc.shape[::-1], len(model.tk_row), len(model.tk_nextmove))
    parts = (model.tk_nextmove, model.tk_row, model.tk_output, model.nb_pc, model.nb_ptc)
    kinds = (np.uint32, np.uint32, np.int32, np.float32, np.float16)
    rows = (np.asarray(part).astype(kind).tobytes() for part, kind in zip(parts, kinds, strict=True))
    return b"".join([sizes, *rows, "".join(model.nb_classes).encode("ascii")])


def _from_model(held: memoryview) -> _Identifier:
    import numpy as np
    from py3langid import langid

    languages, features, states, moves = _SIZES.unpack_from(held)
    rest = held[_SIZES.size :]

    def take(size: int) -> memoryview:
        nonlocal rest
        part, rest = rest[:size], rest[size:]
        return part

    next_states, rows, outputs = take(4 * moves).cast("I"), take(4 * states).cast("I"), take(4 * states).cast("i")
    prior = np.frombuffer(take(4 * languages), np.float32)
    table = np.frombuffer(take(2 * features * languages), np.float16).reshape(features, languages)
    codes = str(rest, "ascii")
    classes = [codes[at : at + 2] for at in range(0, len(codes), 2)]
    own: _Identifier = langid.LanguageIdentifier(
        table, prior, classes, next_states, outputs.tolist(), norm_probs=True, tk_row=rows.tolist()
    )
    return own
