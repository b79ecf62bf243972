"""Terms of a text: its words, and pairs of characters where no spaces part the words."""

from __future__ import annotations

import re
from functools import cache

# Chinese characters, Japanese syllables in both widths, and what lengthens or repeats them; Thai,
# Lao, Burmese and Khmer.
UNSPACED = (
    "\u3005-\u3007\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u104f\u1780-\u17dd"
)
PAIR = 2
RUN = re.compile(f"[{UNSPACED}]+")
# What scikit-learn takes for a word, but for what stands in the run of such characters.
PARTS = re.compile(rf"(?P<run>[{UNSPACED}]+)|(?P<word>[^\W{UNSPACED}]{{2,}})")
WORD = re.compile(r"\w\w+")


def terms_of(text: str) -> list[str]:
    """The terms of a text in its order, in lower case, without the commonest English words.

    Words are of two letters at least. Of writing without spaces between words, each two
    neighbouring characters are a term; the usual choice where no dictionary is at hand.

    Source: Nie and Ren 1999, Chinese information retrieval: using characters or words?
    """
    text = text.lower()
    if text.isascii():
        return [word for word in WORD.findall(text) if word not in _stop_words()]
    found = []
    for part in PARTS.finditer(text):
        run, word = part["run"], part["word"]
        if run:
            found += [run[i : i + PAIR] for i in range(max(1, len(run) - 1))]
        elif word not in _stop_words():
            found.append(word)
    return found


def words_in(text: str) -> float:
    """How many words a text has; two characters count as one where no spaces part them."""
    parted = len(RUN.sub(" ", text).split())
    return parted + unspaced_in(text) / PAIR


def unspaced_in(text: str) -> int:
    """How many characters of a text are of writing without spaces between words."""
    return 0 if text.isascii() else sum(map(len, RUN.findall(text)))


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)
