"""What is said under the end of a run: findings, a change to try, and whether it helped."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from aecore.runs import RunStore, kept_answers
from aecore.runs.kept_answers import Answer
from tests.app.conftest import OpenTab, look_until
from tests.app.trained import Trained

RULE = "worse-than-pca"


def said(tab: AppTest) -> str:
    """All sentences on the page, without what keeps Markdown from reading signs in them."""
    return "\n".join(text.value for text in [*tab.markdown, *tab.caption]).replace("\\", "")


def test_a_finding_stands_under_the_end_with_its_numbers(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """A run of two epochs is worse than PCA, and says by how much, with a button."""
    tab = open_tab(run=trained["digits"].add_to(store))
    assert not tab.exception
    assert "**Worse than PCA.** The held-out error is" in said(tab)
    assert tab.get_by_key(f"try-{RULE}").label == "Try this change"


def test_a_change_says_whether_it_helped(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """A run that answers a finding shows both curves and the answer in a sentence."""
    before, after = (trained["digits"].add_to(store, name) for name in ("before", "after"))
    kept_answers.keep(store, after, Answer(before, RULE))
    tab = open_tab(run=after)
    assert not tab.exception
    assert "**Did it help?** It did not help: “Worse than PCA” is still there" in said(tab)
    assert {"Before", "With the change"} <= {caption.value for caption in tab.caption}


def test_a_run_whose_question_is_gone_is_shown_all_the_same(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """Where the run that it answers was deleted, or the file is damaged, nothing is compared."""
    before, after = (trained["digits"].add_to(store, name) for name in ("before", "after"))
    kept_answers.keep(store, after, Answer(before, RULE))
    store.delete(before)
    assert "Did it help?" not in said(open_tab(run=after))
    Path(store.path(after, kept_answers.FILE)).write_text("{")
    tab = open_tab(run=after)
    assert not tab.exception
    assert "Worse than PCA" in said(tab)


def test_trying_a_change_trains_it_and_remembers_why(
    open_tab: OpenTab, engine_store: RunStore
) -> None:
    """The button starts a run of the changed settings, which answers the finding."""
    (first,) = engine_store.summaries()
    tab = open_tab(run=first.run_id)
    tab.get_by_key(f"try-{RULE}").click()
    look_until(tab.run(), lambda tab: tab.query_params.get("run") != [first.run_id])
    trying = next(run for run in engine_store.summaries() if run.run_id != first.run_id)
    assert kept_answers.load(engine_store, trying.run_id) == Answer(first.run_id, RULE)
    assert trying.experiment.values != first.experiment.values
    tab.get_by_key("stop").click()
    tab.run()
