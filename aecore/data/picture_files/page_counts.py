"""Counts of the pages of TIFF stacks and GIF animations, told from how their files are built."""

from __future__ import annotations

import struct

GIF, TIFF = b"GIF8", (b"II", b"MM")
# Parts of 255 bytes each that a GIF of any sensible size is made of.
MOST_PARTS = 4_000_000
GIF_HEAD, GIF_IMAGE, GIF_EXTENSION, GIF_END = 13, 0x2C, 0x21, 0x3B
GIF_TABLE = 0x80
BIG_TIFF = 43


def counted_pages(content: bytes, most: int) -> int:
    """Pages of a GIF or TIFF, at most one more than asked for; 1 of other files.

    Raises:
        ValueError: a GIF is made of more parts than one of any sensible size.
    """
    if content.startswith(GIF):
        return _frames_of_gif(content, most)
    return _pages_of_tiff(content, most) if content.startswith(TIFF) else 1


def _frames_of_gif(content: bytes, most: int) -> int:
    """Images in a GIF, at most one more than asked for.

    Source: the GIF89a specification, CompuServe 1990.
    """
    frames, parts = 0, 0
    try:
        place = GIF_HEAD + _table_bytes(content[10])
        while frames <= most and content[place] != GIF_END:
            kind = content[place]
            if kind == GIF_IMAGE:
                frames += 1
                place += 11 + _table_bytes(content[place + 9])
            else:
                place += 2 if kind == GIF_EXTENSION else 1
            if kind in (GIF_IMAGE, GIF_EXTENSION):
                while content[place]:
                    place, parts = place + 1 + content[place], parts + 1
                    if parts > MOST_PARTS:
                        raise ValueError("too many parts")
                place += 1
    except IndexError:
        # It is cut short; so many have begun.
        pass
    return frames


def _table_bytes(flags: int) -> int:
    """Bytes of a table of colours of three bytes each."""
    return 3 << (1 + (flags & 7)) if flags & GIF_TABLE else 0


def _pages_of_tiff(content: bytes, most: int) -> int:
    """Directories in a TIFF that follow one another, at most one more than asked for.

    Source: TIFF 6.0, Adobe 1992; BigTIFF has longer numbers.
    """
    order = "<" if content[:2] == b"II" else ">"
    big = BIG_TIFF in content[2:4]
    count_of, offset_of = struct.Struct(order + "HQ"[big]), struct.Struct(order + "IQ"[big])
    entry, start = (20, 8) if big else (12, 4)
    seen: set[int] = set()
    try:
        (place,) = offset_of.unpack_from(content, start)
        while place and place not in seen and len(seen) <= most:
            (entries,) = count_of.unpack_from(content, place)
            seen.add(place)
            (place,) = offset_of.unpack_from(content, place + count_of.size + entry * entries)
    except struct.error:
        # What it leads to is not there.
        pass
    return len(seen)
