"""Are guide and glossary one click away, whole, and without what a page cannot show?"""

from __future__ import annotations

from tests.app.conftest import OpenTab
from ui.guide.documents import FOLDER, glossary, guide


def test_every_section_of_the_guide_can_be_read(open_tab: OpenTab) -> None:
    """Each heading of the file is a choice; pictures and links to other files are left out."""
    tab = open_tab().switch_page("pages/guide.py").run()

    headings = [
        line[3:]
        for line in (FOLDER / "guide.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("## ")
    ]
    assert tab.pills[0].options[1:] == [*headings, "Glossary"]
    tab.pills[0].set_value("Train").run()
    assert not tab.exception
    assert any("**Preset** fills the form" in text.value for text in tab.markdown)
    assert not any("](images/" in text or "](presets.md)" in text for text in guide().values())


def test_the_glossary_says_what_words_mean(open_tab: OpenTab) -> None:
    """Sorted, each word once."""
    tab = open_tab().switch_page("pages/guide.py").run()
    tab.pills[0].set_value("Glossary").run()
    assert any("| Encoder |" in text.value for text in tab.markdown)

    words = [line.split("|")[1].strip() for line in glossary().splitlines() if "|" in line][2:]
    assert words == sorted(words, key=str.casefold) and len(set(words)) == len(words) > 30
