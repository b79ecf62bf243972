"""What is told of a set of pictures: files left out, masks, pages, bits and sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from aecore.data.names import shown
from aecore.data.picture_files.decoding import PictureHeader
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import ALL_PAGES, FIRST_PAGE, KEEP, MOST_BITS
from aecore.wording import counted

MOST_ENDINGS = 6
# Pictures of kinds that are not read, for which there is a way.
OTHER_PICTURES = (
    *(".heic", ".heif", ".avif", ".jp2", ".dcm", ".nii", ".svg", ".psd", ".exr", ".raw", ".dng"),
    *(".cr2", ".nef", ".arw", ".npy"),
)


def endings(names: Sequence[str]) -> str:
    """How many files end in what, the most frequent first: "88 .heic and 1 .txt"."""
    counts = Counter(PurePosixPath(name).suffix.lower() or "without ending" for name in names)
    parts = [f"{n:,} {shown(ending)}" for ending, n in counts.most_common(MOST_ENDINGS)]
    rest = len(names) - sum(n for _, n in counts.most_common(MOST_ENDINGS))
    parts += [f"{rest:,} others"] if rest else []
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def about_others(others: Sequence[str], pictures: int) -> list[ReadingNote]:
    """Files that are no pictures, by kind."""
    if not others:
        return []
    remedy = ""
    if any(name.lower().endswith(OTHER_PICTURES) for name in others):
        remedy = " Save pictures among them as PNG or JPEG to have them read."
    total = len(others) + pictures
    sentence = (
        f"{len(others):,} of {total:,} files {'is' if len(others) == 1 else 'are'} left out: "
        f"{endings(others)}.{remedy}"
    )
    return [ReadingNote("files", sentence, count=len(others))]


def about_masks(masks: Sequence[str]) -> list[ReadingNote]:
    """Files that only mark what is seen in others."""
    if not masks:
        return []
    are = "1 mask is" if len(masks) == 1 else f"{len(masks):,} masks are"
    sentence = f"{are} left out, such as {shown(masks[0])}, beside the pictures that they mark."
    return [ReadingNote("files", sentence, "masks", KEEP, "Keep them", len(masks))]


def about_pages(
    headers: Mapping[str, PictureHeader], pages: Mapping[str, Sequence[int]]
) -> list[ReadingNote]:
    """Files of several pages, and how many of these are samples."""
    several = [name for name, header in headers.items() if len(header.pages) > 1]
    if not several:
        return []
    files = f"{shown(several[0])} has" if len(several) == 1 else f"{len(several):,} files have"
    count = sum(len(headers[name].pages) for name in several)
    left_out = count - sum(len(pages[name]) for name in several)
    holding = f"{files} {counted(count, 'page')}"
    if not left_out:
        return [ReadingNote("guess", f"{holding}, each a sample.", "pages", ALL_PAGES)]
    first = f"{holding}, the first of each file a sample."
    sentence = f"{holding}, as animations have: {left_out:,} are left out, all but the first."
    return [
        ReadingNote("guess", first, "pages", FIRST_PAGE),
        ReadingNote("rows", sentence, "pages", ALL_PAGES, "Take all pages", left_out),
    ]


def about_bits(headers: Mapping[str, PictureHeader], bits: int | None) -> list[ReadingNote]:
    """How values of 16 bits became bytes."""
    if bits is None:
        return []
    deep = sum(header.deep for header in headers.values())
    which = (
        "Pictures" if deep == len(headers) else f"{deep:,} of {counted(len(headers), 'picture')}"
    )
    used = "all" if bits == MOST_BITS else f"{bits}"
    sentence = (
        f"{which} have 16 bits a value, of which {used} are used: {2**bits - 1:,} became white, "
        "255, in all of them."
    )
    return [ReadingNote("guess", sentence, "bits", bits)]


def about_sizes(headers: Sequence[PictureHeader], size: tuple[int, int]) -> list[ReadingNote]:
    """How pictures of many sizes were brought to one."""
    sizes = {(header.height, header.width) for header in headers}
    if len(sizes) < 2:
        return []
    (least, most), (height, width) = (min(sizes), max(sizes)), size
    sentence = (
        f"Pictures are of {len(sizes):,} sizes, from {least[0]} × {least[1]} to {most[0]} × "
        f"{most[1]}: they are scaled and cut to {height} × {width}."
    )
    return [ReadingNote("advice", sentence)]
