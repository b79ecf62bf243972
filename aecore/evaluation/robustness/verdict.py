"""What robustness comes to, in words: how much is lost, beside PCA and beside other runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.features.sides import CODE, PCA
from aecore.evaluation.robustness.disturbances import DISTURBANCES
from aecore.evaluation.robustness.levels import Level
from aecore.wording import rounded, short

ERROR, TOLD = "error", "told"
# Of what a disturbance costs: as good as nothing, and no base to multiply.
NOTHING = 1e-6


def figure(level: Level, measure: str, side: str = CODE) -> Estimate:
    """What was measured of a side, `error` or `told`."""
    return (level.error if measure == ERROR else level.told)[side]


def verdict(
    disturbance: str,
    measure: str,
    levels: Sequence[Level],
    others: Mapping[str, Sequence[Level]],
    kind: str = "classes",
) -> str:
    """What one disturbance does at its strongest; in a sentence, and one more beside other runs.

    One does better than another only where intervals leave that in no doubt: of PCA that of the
    difference on the same rows, of other runs those of both.

    Args:
        levels: of the run, clean rows first.
        others: name of a further run -> its levels.
        kind: of what a probe tells.
    """
    spec = DISTURBANCES[disturbance]
    last = levels[-1]
    told = "the accuracy of a probe" if kind == "classes" else "the R² of a probe"
    named = "the error" if measure == ERROR else told
    own, pca = (_change(levels, measure, side) for side in (CODE, PCA))
    said = (
        f"{spec.title}, {short(last.strength)} {spec.unit}: {named} goes from {own}, and "
        "that of PCA "
        f"from {pca}; {_beside_pca(last, measure)}."
    )
    return " ".join([said, *_beside_others(levels, measure, others)])


def _change(levels: Sequence[Level], measure: str, side: str) -> str:
    clean, last = (figure(levels[place], measure, side).value for place in (0, -1))
    if measure == TOLD:
        return f"{clean:.2f} to {last:.2f}"
    if clean < NOTHING * last:
        return f"0 to {rounded(last)}"
    return f"{short(clean, 3)} to {short(last, 3)} ({last / clean:.1f} times)"


def _beside_pca(level: Level, measure: str) -> str:
    ahead = level.error_ahead if measure == ERROR else level.told_ahead
    if ahead is None or ahead.low <= 0 <= ahead.high:
        return "there the two do not differ by more than chance"
    return "there the autoencoder does better" if ahead.low > 0 else "there PCA does better"


def _beside_others(
    levels: Sequence[Level], measure: str, others: Mapping[str, Sequence[Level]]
) -> list[str]:
    if not others:
        return []
    ends = {"this run": figure(levels[-1], measure)}
    ends |= {f'"{name}"': figure(each[-1], measure) for name, each in others.items()}
    sign = 1 if measure == TOLD else -1
    order = sorted(ends, key=lambda name: -sign * ends[name].value)
    first, second = (ends[name] for name in order[:2])
    apart = first.low > second.high if measure == TOLD else first.high < second.low
    if not apart:
        return [
            f"Of these {len(ends)} runs none stands it better than the next by more than chance."
        ]
    return [f"Of these {len(ends)} runs {order[0]} stands it best."]
