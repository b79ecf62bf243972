"""Terms of texts: words as scikit-learn finds them, and pairs of characters without spaces."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from aecore.data.columns.roles import UNSPACED, propose
from aecore.data.columns.text_terms import terms_of, words_in
from aecore.data.dataset import Table
from aecore.data.loading import describe_source
from aecore.data.prepare.preparing import prepare
from aecore.experiment import Experiment

CHINESE = ["产品的质量非常好", "物流太慢了等了很久", "屏幕很清晰电池耐用", "客服态度不好不会再买"]
JAPANESE = ["この商品はとても良いです", "配送が遅くて長く待った", "画面がきれいで電池も長持ち"]
THAI = ["สินค้านี้ดีมากและราคาถูก", "การจัดส่งช้ามากและรอนาน", "หน้าจอชัดและแบตเตอรี่ทนทาน"]


@given(st.text(st.characters(max_codepoint=0x17F)))
def test_spaced_writing_has_the_words_of_scikit_learn(text):
    """In lower case, of two letters at least, without English stop words."""
    assert terms_of(text) == CountVectorizer(stop_words="english").build_analyzer()(text)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("产品质量", ["产品", "品质", "质量"]),
        ("好", ["好"]),
        ("iPhone很好用, 真的!", ["iphone", "很好", "好用", "真的"]),
        ("ﾃﾞｰﾀ", ["ﾃﾞ", "ﾞｰ", "ｰﾀ"]),
        ("カメラ", ["カメ", "メラ"]),
        ("𠮷野", ["𠮷野"]),
        ("화면이 선명하다", ["화면이", "선명하다"]),
    ],
)
def test_terms_where_no_spaces_part_words(text, terms):
    """Neighbouring characters; words beside them stay words, and Korean has spaces."""
    assert terms_of(text) == terms


def test_two_characters_count_as_a_word():
    """So that a sentence is one in any writing."""
    assert words_in("two words") == 2
    assert words_in("产品质量 ok") == 3


@pytest.mark.parametrize("texts", [CHINESE, JAPANESE, THAI])
def test_sentences_without_spaces_are_texts(texts):
    """Proposed as text, with what their terms are; names in the same writing are not."""
    frame = pd.DataFrame({"review": [f"{texts[i % len(texts)]}{i}" for i in range(40)]})
    [column] = propose(frame, {})
    assert (column.role, column.reason) == ("text", UNSPACED)
    assert column.terms > 10
    frame = pd.DataFrame({"name": [f"{texts[0][i % 7 : i % 7 + 3]}{i}" for i in range(40)]})
    assert propose(frame, {})[0].role == "ignore"


def test_a_table_of_chinese_texts_can_be_prepared(tmp_path):
    """Its features are pairs of characters, and a new text is described by the same ones."""
    frame = pd.DataFrame(
        {"review": [f"{CHINESE[i % 4]}第{i}次" for i in range(40)], "label": list("pn") * 20}
    )
    frame.to_csv(tmp_path / "a.csv", index=False, encoding="gbk")
    source = str(tmp_path / "a.csv")
    assert describe_source(source).kind == "text"
    chosen = Experiment.from_dict(
        {"data": {"source": source}, "preprocessing": {"max_terms": 20, "scaling": "none"}}
    )
    prepared = prepare(chosen.preparation_options, Table(frame))
    assert "产品" in prepared.dataset.feature_names
    rows = prepared.preparation.transform([{"review": "产品！"}, {"review": "nothing"}])
    known = prepared.dataset.feature_names.index("产品")
    np.testing.assert_allclose(rows.x.sum(axis=1), [1, 0])
    assert rows.x[0, known] == 1
