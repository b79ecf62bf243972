"""What the probes come to, in words: what codes tell, and whether something simpler tells more."""

from __future__ import annotations

from aecore.evaluation.features.measuring import MeasuredFeatures
from aecore.evaluation.features.scores import CHANCE, LINEAR, NEAREST, PROBES, SideScore
from aecore.evaluation.features.sides import CODE, PCA, RANDOM, RAW
from aecore.wording import counted


def verdict(found: MeasuredFeatures) -> tuple[str, ...]:
    """Sentences, the most important first; none before anything was measured.

    One side does better than another only where the interval of their difference, on the same
    held-out rows, leaves out 0.
    """
    code = found.score(LINEAR, CODE)
    if code is None:
        return ()
    told = [_told(found, code), *_raw(found), *_pca(found), *_random(found)]
    return (*told, *_nearest(found), *_few(found))


def _told(found: MeasuredFeatures, code: SideScore) -> str:
    main, probe = code.main, PROBES[LINEAR, found.kind]
    between = f"({_said(found, main.low)} to {_said(found, main.high)})"
    if found.kind == "numbers":
        return (
            f"A {probe.lower()} on codes of {found.numbers} numbers explains "
            f"{_said(found, main.value)} of the variance of {found.target} on "
            f"{found.held_out:,} held-out rows {between}; naming the mean explains none."
        )
    chance = found.score(CHANCE, CHANCE)
    beside = f"; chance is {_said(found, chance.main.value)}" if chance is not None else ""
    return (
        f"A {probe.lower()} on codes of {found.numbers} numbers names the class of "
        f"{_said(found, main.value)} of {found.held_out:,} held-out rows rightly {between}{beside}."
    )


def _said(found: MeasuredFeatures, value: float) -> str:
    """Accuracies in percent, as people say them; R² as a number, for it may be below 0."""
    return f"{value:.0%}" if found.kind == "classes" else f"{value:.2f}"


def _raw(found: MeasuredFeatures) -> list[str]:
    better, worse = (
        "the code has lost something that tells them apart.",
        "the code says more plainly what tells them apart.",
    )
    return _compared(found, RAW, f"All {counted(found.values, 'value')} of a sample", better, worse)


def _pca(found: MeasuredFeatures) -> list[str]:
    score = found.score(LINEAR, PCA)
    if score is None or score.gain is None:
        return []
    if score.gain.low <= 0 <= score.gain.high:
        return [
            f"PCA with as many numbers does as well ({_said(found, score.main.value)}; the "
            "difference is within chance): for this purpose it is the simpler choice."
        ]
    better = "for this purpose it is the better choice."
    worse = "the layers of the network pay."
    return _compared(found, PCA, "PCA with as many numbers", better, worse)


def _random(found: MeasuredFeatures) -> list[str]:
    score = found.score(LINEAR, RANDOM)
    if score is None or score.gain is None or score.gain.low > 0:
        return []
    return [
        f"A random projection to as many numbers does as well or better "
        f"({_said(found, score.main.value)}): as far as these rows tell, training has added "
        "nothing for this purpose."
    ]


def _compared(found: MeasuredFeatures, side: str, name: str, better: str, worse: str) -> list[str]:
    score = found.score(LINEAR, side)
    if score is None or score.gain is None:
        return []
    value, gain = score.main.value, score.gain
    points = f"{100 * abs(gain.value):.0f} points" if found.kind == "classes" else ""
    amount = f"{_said(found, value)}, by {points or _said(found, abs(gain.value))}"
    verb = "do" if name.startswith("All") else "does"
    if gain.high < 0:
        return [f"{name} {verb} better ({amount}): {better}"]
    if gain.low > 0:
        return [f"{name} {verb} worse ({amount}): {worse}"]
    return [f"{name} {verb} as well ({_said(found, value)}); the difference is within chance."]


def _nearest(found: MeasuredFeatures) -> list[str]:
    code, raw = found.score(NEAREST, CODE), found.score(NEAREST, RAW)
    if code is None or raw is None or raw.gain is None:
        return []
    beside = "as far as in"
    if raw.gain.high < 0:
        beside = "less than in"
    if raw.gain.low > 0:
        beside = "more than in"
    return [
        f"Neighbours in the code can be trusted {beside} all values: nearest neighbours reach "
        f"{_said(found, code.main.value)} against {_said(found, raw.main.value)}."
    ]


def _few(found: MeasuredFeatures) -> list[str]:
    curve = found.labels
    if curve is None or CODE not in curve.sides or RAW not in curve.sides:
        return []
    code, raw = curve.sides[CODE][0][0], curve.sides[RAW][0][0]
    return [
        f"With {curve.labels[0]} labelled rows, codes reach {_said(found, code)} and all values "
        f"{_said(found, raw)}."
    ]
