"""Experiments and events as no version writes them, but as a store or a file may hold them."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from hypothesis import strategies as st

from aecore.experiment import Experiment
from aecore.runs import RunStore
from aecore.settings import with_values

WHOLE: dict[str, Any] = Experiment().to_dict()
# What 0.1 wrote of its default experiment.
OF_0_1: dict[str, Any] = {
    "data": {
        "source": "mnist-5k",
        "validation_fraction": 0.2,
        "test_fraction": 0.0,
        "split": "random",
    },
    "preprocessing": {"scaling": "min-max"},
    "model": {
        "encoding_dim": 32,
        "backbone": {"kind": "dense", "units": [256, 128], "activation": "relu"},
        "bottleneck": {"kind": "plain"},
        "output_activation": "auto",
    },
    "training": {
        "loss": "binary_crossentropy",
        "optimizer": "adam",
        "learning_rate": 0.001,
        "epochs": 50,
        "batch_size": 64,
        "early_stopping": None,
    },
    "seed": 0,
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["kind", "model", "units", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
# Groups and options, by their paths, with anything in them.
mangled = st.dictionaries(
    st.sampled_from(
        (
            "data",
            "model",
            "training",
            "preprocessing",
            "seed",
            "other",
            "version",
            "data.roles",
            "model.backbone",
            "model.backbone.kind",
            "model.penalties",
            "training.epochs",
        )
    ),
    anything,
    max_size=4,
)


def changed(**values: Any) -> str:
    """A whole experiment with some values changed: `__` stands for the dot of a path."""
    given = {path.replace("__", "."): value for path, value in values.items()}
    return json.dumps(with_values(WHOLE, given))


# Of each kind what the tag holds; None where there is none.
BROKEN: dict[str, str | None] = {
    "no tag": None,
    "empty": "",
    "blank": " \n",
    "not JSON": "{half",
    "cut short": json.dumps(WHOLE)[:300],
    "null": "null",
    "a number": "7",
    "a text": '"digits"',
    "a list": "[]",
    "a list of experiments": json.dumps([WHOLE]),
    "brackets without end": "[" * 3000,
    "groups without end": '{"model":' * 3000,
    "nested deeply": '{"model":' * 300 + "1" + "}" * 300,
    "a list in a list": json.dumps({**WHOLE, "data": [[[[]]]]}),
    "an empty object": "{}",
    "a group as text": '{"data": "x"}',
    "no group": json.dumps({**WHOLE, "data": None, "model": None, "training": None}),
    "numbers for groups": json.dumps({"data": 1, "model": 2.5, "training": False}),
    "an unknown key": json.dumps({**WHOLE, "colour of the sky": "blue"}),
    "an unknown option": changed(model__attention_heads=8),
    "many unknown options": json.dumps({**WHOLE, **{f"new{i}": i for i in range(200)}}),
    "a key of half a letter": json.dumps({**WHOLE, "\ud800": 1}),
    "an unknown backbone": changed(model__backbone={"kind": "transformer", "heads": 4}),
    "a backbone without kind": changed(model__backbone={"units": [8]}),
    "a list as backbone": changed(model__backbone=[8, 4]),
    "a list as kind": changed(model__bottleneck={"kind": ["plain"]}),
    "an unknown bottleneck": changed(model__bottleneck={"kind": "quantum"}),
    "an unknown loss": changed(training__loss="perceptual"),
    "an unknown data set": changed(data__source="nowhere"),
    "a number as data set": changed(data__source=5),
    "half a letter as data set": changed(data__source="\udfff"),
    "a zero in the data set's name": changed(data__source="a\0b.csv"),
    "a huge name": changed(data__source="x" * 200_000),
    "a dimension in words": changed(model__encoding_dim="many"),
    "a dimension below 1": changed(model__encoding_dim=-3),
    "a dimension of millions": changed(model__encoding_dim=10**12),
    "a dimension that is true": changed(model__encoding_dim=True),
    "a rate that is no number": changed(training__learning_rate=float("nan")),
    "layers of text": changed(model__backbone__units=["wide", None]),
    "roles as list": changed(data__roles=["label"]),
    "unknown roles": changed(data__roles={"a": "king", "": "feature", "b": {"c": []}}),
    "classes as number": changed(data__classes=3),
    "a seed of text": changed(seed="abc"),
    "a stop of text": changed(training__stop="soon"),
    "a newer version": json.dumps({**WHOLE, "version": 99}),
    "a version in words": json.dumps({**WHOLE, "version": "three"}),
    "a version below 1": json.dumps({**WHOLE, "version": -1}),
}
# Those that every option can be read of all the same.
READABLE = ("an unknown data set", "a zero in the data set's name")

BROKEN_EVENTS: dict[str, str] = {
    "empty": "",
    "blank lines": "\n\n \n",
    "junk": "not JSON\n\x00\x01\n[1, 2\n",
    "no objects": '7\nnull\n"event"\n[]\n[["event"]]\n',
    "no names": '{}\n{"loss": 1}\n{"event": null}\n{"event": ["epoch"]}\n{"event": {}}\n',
    "unknown names": '{"event": "reincarnated"}\n',
    "names alone": "\n".join(
        json.dumps({"event": name})
        for name in ("started", "progress", "epoch", "yardsticks", "snapshot", "failed")
    ),
    "values of other types": "\n".join(
        json.dumps(event)
        for event in (
            {"event": "started", "experiment": 3, "rows": [], "parameters": "many"},
            {"event": "progress", "epoch": 1, "batch": 1, "batches": 0},
            {"event": "epoch", "epoch": "one", "seconds": -1, "logs": {"loss": "low"}},
            {"event": "yardsticks", "measured_on": 1, "values": {"mean": "high"}},
            {"event": "snapshot", "epoch": None, "probe": [], "map": 1},
            {"event": "finished", "metrics": {"mse": {"deep": []}}, "cause": 1},
        )
    ),
    "an experiment of nothing": json.dumps(
        {"event": "started", "experiment": None, "rows": {"train": 8}, "parameters": 1}
    ),
    "a snapshot without samples": json.dumps(
        {
            "event": "snapshot",
            "epoch": 1,
            "probe": {"kind": "image", "measured_on": "validation"},
            "map": {"points": {}, "dimension": 2},
        }
    ),
    "a snapshot of another kind": json.dumps(
        {
            "event": "snapshot",
            "epoch": 1,
            "probe": {"kind": "smell", "measured_on": "validation", "original": {}},
            "map": {"points": {"shape": [2, 2], "bytes": "!"}, "dimension": 2},
        }
    ),
    "brackets without end": "[" * 3000,
}


def break_experiment(store: RunStore, run_id: str, text: str | None) -> None:
    """Put this text in place of a run's experiment, as another program might."""
    database = sqlite3.connect(store.home / "mlflow.db")
    with database:
        mine = (run_id, "experiment")
        database.execute("DELETE FROM tags WHERE run_uuid = ? AND key = ?", mine)
        if text is not None:
            database.execute(
                "INSERT INTO tags (run_uuid, key, value) VALUES (?, ?, ?)", (*mine, text)
            )
    database.close()
