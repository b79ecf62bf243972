"""Data made by formulas: each has the geometry that its sentence claims."""

import numpy as np
import pytest
from scipy.signal import welch
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from aecore.data.sources import DATASETS, circle, ecg_like, sensor_stream, shapes, subspace


def pca_error(x, dimensions):
    """Mean squared error per value of the best linear code."""
    x = x.astype(np.float64)
    singular = np.linalg.svd(x - x.mean(axis=0), compute_uv=False)
    return (singular[dimensions:] ** 2).sum() / x.size


def test_circle_has_radius_one_and_its_angle():
    """Noise of the radius is that of a coordinate, and one straight axis loses half."""
    dataset = DATASETS["circle"].load()
    x, y = dataset.x.T
    assert np.hypot(x, y).mean() == pytest.approx(1, abs=0.002)
    assert np.hypot(x, y).std() == pytest.approx(circle.NOISE, rel=0.1)
    turned = np.exp(1j * (np.arctan2(y, x) - dataset.factors["angle"]))
    assert np.abs(np.angle(turned)).max() < 6 * circle.NOISE
    assert pca_error(dataset.x, 1) == pytest.approx(pca_error(dataset.x, 0) / 2, rel=0.05)


def test_swiss_roll_is_rolled_up():
    """x and z are an Archimedean spiral in the angle; two linear numbers cannot hold it."""
    dataset = DATASETS["swiss-roll"].load()
    angle = dataset.factors["position along the roll"]
    assert np.hypot(dataset.x[:, 0], dataset.x[:, 2]) == pytest.approx(angle, abs=0.6)
    assert pca_error(dataset.x, 2) > 100 * 0.1**2


def test_s_curve_is_bent_both_ways():
    """x = sin t and z = ±(cos t − 1), which is two arcs of a circle of radius 1."""
    dataset = DATASETS["s-curve"].load()
    t = dataset.factors["position along the S"]
    assert dataset.x[:, 0] == pytest.approx(np.sin(t), abs=0.1)
    assert dataset.x[:, 2] == pytest.approx(np.sign(t) * (np.cos(t) - 1), abs=0.1)


def test_no_line_parts_the_moons():
    """A straight line misses some points, neighbours hardly any; each moon is half a circle."""
    dataset = DATASETS["two-moons"].load()
    line = LogisticRegression().fit(dataset.x, dataset.y).score(dataset.x, dataset.y)
    neighbours = KNeighborsClassifier(5).fit(dataset.x[:1000], dataset.y[:1000])
    assert line < 0.95
    assert neighbours.score(dataset.x[1000:], dataset.y[1000:]) > 0.995
    for moon, centre in ((0, (0, 0)), (1, (1, 0.5))):
        radius = np.linalg.norm(dataset.x[dataset.y == moon] - centre, axis=1)
        assert radius.mean() == pytest.approx(1, abs=0.01)


def test_blobs_span_four_dimensions():
    """With four numbers what is lost is the variance of 1 in the other six; with three, more."""
    dataset = DATASETS["blobs"].load()
    assert np.bincount(dataset.y).tolist() == [400] * 5
    assert pca_error(dataset.x, 4) == pytest.approx(0.6, rel=0.05)
    assert pca_error(dataset.x, 3) > 1.5 * pca_error(dataset.x, 4)


def test_subspace_has_five_dimensions():
    """Five linear numbers leave noise in 15 of 20 directions; four lose the narrowest axis."""
    dataset = DATASETS["subspace"].load()
    noise = subspace.NOISE**2 * 15 / 20
    assert pca_error(dataset.x, 5) == pytest.approx(noise, rel=0.05)
    assert pca_error(dataset.x, 4) == pytest.approx(noise + 1 / 20, rel=0.1)
    axes = np.column_stack(list(dataset.factors.values()))
    back = np.linalg.lstsq(axes, dataset.x, rcond=None)[0]
    assert back @ back.T == pytest.approx(np.eye(5), abs=0.01)


AREAS = {"circle": np.pi, "square": 2, "triangle": 3 * np.sqrt(3) / 4}


@pytest.mark.parametrize("kind", shapes.CLASSES)
def test_shapes_are_where_and_as_large_as_their_factors_say(kind):
    """Centroid and area, to what anti-aliasing allows, and nothing touches the border."""
    dataset = DATASETS["shapes"].load()
    rows = dataset.y == shapes.CLASSES.index(kind)
    share = dataset.x[rows, ..., 0] / 255
    size = dataset.factors["size"][rows]
    area = share.sum(axis=(1, 2))
    assert area == pytest.approx(AREAS[kind] * size**2, rel=0.05)
    pixels = np.arange(24)
    across, down = share.sum(axis=1) @ pixels / area, share.sum(axis=2) @ pixels / area
    assert across == pytest.approx(dataset.factors["horizontal position"][rows], abs=0.1)
    assert down == pytest.approx(dataset.factors["vertical position"][rows], abs=0.1)
    assert not share[:, [0, -1]].any() and not share[:, :, [0, -1]].any()


@pytest.mark.parametrize(("kind", "corners"), [("square", 4), ("triangle", 3)])
def test_shapes_are_turned_as_their_factor_says(kind, corners):
    """The angle of the moment of as many turns as there are corners."""
    dataset = DATASETS["shapes"].load()
    rows = dataset.y == shapes.CLASSES.index(kind)
    factors = {name: values[rows, None, None] for name, values in dataset.factors.items()}
    dx = np.arange(24)[None, None, :] - factors["horizontal position"]
    dy = np.arange(24)[None, :, None] - factors["vertical position"]
    moment = ((dx + 1j * dy) ** corners * dataset.x[rows, ..., 0]).sum(axis=(1, 2))
    off = np.angle(moment * np.exp(-1j * corners * np.radians(factors["rotation"].ravel())))
    assert np.abs(np.degrees(off) / corners).max() < 4


def test_shapes_have_soft_edges_and_independent_factors():
    """Some pixels are grey, and no two of the four numbers go together."""
    dataset = DATASETS["shapes"].load()
    grey = (dataset.x > 0) & (dataset.x < 255)
    assert grey.any(axis=(1, 2, 3)).all()
    together = np.corrcoef(list(dataset.factors.values())) - np.eye(4)
    assert np.abs(together).max() < 0.06


def stream():
    """The rows of the sensor stream."""
    return DATASETS["sensor-stream"].load().frame


def test_the_stream_says_what_its_columns_are_for():
    """Time every 15 minutes, and the label of each row."""
    table = DATASETS["sensor-stream"].load()
    assert table.roles == {"time": "time", "anomaly": "label"}
    assert (table.frame["time"].diff().dropna().dt.total_seconds() == 15 * 60).all()
    assert len(table.frame) == 20_000


def test_the_stream_has_faults_only_after_its_first_rows():
    """24 spells of rows marked, none of them early, most rows normal."""
    marked = (stream()["anomaly"] == "anomaly").to_numpy()
    starts = np.flatnonzero(marked[1:] & ~marked[:-1]) + 1
    assert len(starts) == 24
    assert starts.min() >= 4_000
    assert 0.02 < marked.mean() < 0.1


def test_the_undisturbed_stream_follows_the_day_and_is_coupled():
    """Temperature peaks once in 96 rows, vibration once in 10; pressure lags by an hour."""
    values = sensor_stream.undisturbed(np.random.default_rng(1))
    for channel, period in ((0, 96), (2, 10)):
        frequency, power = welch(values[:, channel], nperseg=960)
        assert 1 / frequency[power.argmax()] == pytest.approx(period)
    lagged = np.corrcoef(values[:-4, 0], values[4:, 1])[0, 1]
    assert lagged > 0.99
    assert lagged > np.corrcoef(values[:, 0], values[:, 1])[0, 1]


@pytest.mark.parametrize("kind", sensor_stream.FAULTS)
def test_each_fault_changes_its_rows_alone(kind):
    """One channel, within the rows given."""
    before = sensor_stream.undisturbed(np.random.default_rng(1))
    after = before.copy()
    sensor_stream.FAULTS[kind](after, slice(100, 160), np.random.default_rng(2))
    changed = before != after
    assert changed[100:160].any()
    assert not changed[:100].any() and not changed[160:].any()
    assert changed.any(axis=0).sum() == 1


def test_faults_are_what_they_are_called():
    """A stuck sensor keeps still, a shift is constant, and a faster turn has another period."""
    clean = sensor_stream.undisturbed(np.random.default_rng(1))
    rows = slice(100, 160)
    made = {}
    for kind, fault in sensor_stream.FAULTS.items():
        made[kind] = clean.copy()
        fault(made[kind], rows, np.random.default_rng(2))
    assert np.ptp(made["stuck"][rows], axis=0).min() == 0
    shift = (made["level shift"] - clean)[rows]
    assert np.ptp(shift, axis=0) == pytest.approx(0, abs=1e-9)
    power = np.abs(np.fft.rfft(made["frequency change"][rows, sensor_stream.VIBRATION]))
    assert power.argmax() == 60 // sensor_stream.FAST_TURN


def test_most_heartbeats_are_normal():
    """1,400 normal beats, and 200 of each other kind."""
    dataset = DATASETS["ecg-like"].load()
    counts = dict(zip(dataset.class_names, np.bincount(dataset.y).tolist(), strict=True))
    assert counts == {"normal": 1400, "premature": 200, "ST elevation": 200, "inverted T": 200}


def test_heartbeats_differ_as_their_classes_say():
    """On average: early and wide QRS, a raised ST segment, a T wave below the base line."""
    dataset = DATASETS["ecg-like"].load()
    time = np.arange(ecg_like.STEPS) * ecg_like.SECONDS / ecg_like.STEPS
    mean = {
        name: dataset.x[dataset.y == label, :, 0].mean(axis=0)
        for label, name in enumerate(dataset.class_names)
    }
    peak = {name: time[beat.argmax()] for name, beat in mean.items()}
    wide = {name: (beat > beat.max() / 2).sum() for name, beat in mean.items()}
    st, t = np.abs(time - 0.41).argmin(), np.abs(time - 0.52).argmin()
    assert peak["normal"] == pytest.approx(0.30, abs=0.01)
    assert peak["premature"] < peak["normal"] - 0.04
    assert wide["premature"] > 1.5 * wide["normal"]
    assert mean["ST elevation"][st] > mean["normal"][st] + 0.2
    assert mean["inverted T"][t] < -0.15 < 0.15 < mean["normal"][t]


def test_the_height_of_r_is_seen_in_the_beat():
    """The factor is what the highest point shows, but for noise and the base line."""
    dataset = DATASETS["ecg-like"].load()
    normal = dataset.y == 0
    height = dataset.factors["height of R"][normal]
    assert np.corrcoef(dataset.x[normal].max(axis=(1, 2)), height)[0, 1] > 0.85
