"""Encodings of text tables: those of Chinese, Japanese, Korean and Cyrillic text are found."""

import pytest

from aecore.data.readers.csv import read
from aecore.data.reading_notes import guessed
from aecore.data.reading_options import ReadingOptions

# Heading, and a row.
SIMPLIFIED = ("时间,温度,评价", "屏幕很清晰电池也很耐用")
TRADITIONAL = ("時間,溫度,評價", "螢幕很清晰電池也很耐用")
JAPANESE = ("時刻,データ,感想", "画面がきれいで電池も長持ちします")
KOREAN = ("시간,온도,평가", "화면이 선명하고 배터리도 오래 갑니다")
RUSSIAN = ("Время,Температура,Отзыв", "Экран чёткий и в руке удобно")
GERMAN = ("Größe,Maß,Öl", "Äußerst schön für Übergänge")
FRENCH = ("Durée,Été,À côté", "Très bon café créé à l’été")
SIGNS = ("T (°C),d (µm),A (m²)", "±5 °C – “fine”")


def written(path, heading, text, encoding, rows=30):
    """The path of a table with a column of numbers, one of them and one of text."""
    lines = [heading, *(f"{i},{i / 2},{text}{i}" for i in range(rows))]
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("content", "written_in", "found"),
    [
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (JAPANESE, "shift_jis", "cp932"),
        (JAPANESE, "euc_jp", "euc_jp"),
        (KOREAN, "euc_kr", "cp949"),
        (RUSSIAN, "cp1251", "cp1251"),
        *((western, "cp1252", "cp1252") for western in (GERMAN, FRENCH, SIGNS)),
        *((any_text, "utf-8", "utf-8") for any_text in (SIMPLIFIED, JAPANESE, RUSSIAN)),
    ],
)
@pytest.mark.parametrize("only_heading", [False, True])
def test_the_encoding_is_found_and_told(tmp_path, content, written_in, found, only_heading):
    """From sentences, and where only the heading is not ASCII."""
    heading, text = content
    if only_heading and written_in == "euc_jp":
        heading = "ひにち,データ,メモ"
    path = written(tmp_path / "a.csv", heading, "x" if only_heading else text, written_in)
    table = read(path)
    assert guessed(table.notes, "encoding") == found
    assert list(table.frame.columns) == heading.split(",")
    if not only_heading:
        assert table.frame.iloc[-1, -1] == f"{text}29"


def test_letters_far_down_count(tmp_path):
    """Beyond the part of a file that is looked at for its layout."""
    path = tmp_path / "a.csv"
    lines = ["a,b", *(f"{i},{'x' * 80}" for i in range(20_000)), "1,屏幕很清晰电池也很耐用"]
    path.write_bytes("\n".join(lines).encode("gbk"))
    assert read(path).frame["b"].iloc[-1] == "屏幕很清晰电池也很耐用"


def test_another_encoding_can_be_chosen(tmp_path):
    """Where few letters leave it open."""
    path = written(tmp_path / "a.csv", "łąka,b,c", "x", "cp1250")
    assert read(path, ReadingOptions(encoding="cp1250")).frame.columns[0] == "łąka"
