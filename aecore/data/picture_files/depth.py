"""Pictures of 16 bits a value: their values, and how they become bytes."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from aecore.data.picture_files.opening import FORMATS
from aecore.data.reading_options import LEAST_BITS, MOST_BITS

BYTE, WORD = 255, 65_535
COLOURS, WITH_ALPHA = 3, 4
GREY_16 = "I;16"
# The end of Pillow's name for the order of bytes -> that of the other order.
OTHER_ORDER = {"B": "L", "L": "B", "N": "B" if sys.byteorder == "little" else "L"}
COLOURS_16 = tuple(f"{bands};16{end}" for bands in ("RGB", "RGBA", "RGBX") for end in OTHER_ORDER)


def is_deep(image: Image.Image) -> bool:
    """Whether a picture has more than eight bits a value, told from its header."""
    if image.mode.startswith(GREY_16) or (image.format == "PPM" and image.mode == "I"):
        return True
    return _raw_mode(image) in COLOURS_16 or (_is_netpbm(image) and _most(image) > BYTE)


def used_bits(brightest: int) -> int:
    """Bits of the largest value, at least 8: as many as a camera or a file is taken to have."""
    return min(MOST_BITS, max(LEAST_BITS, int(brightest).bit_length()))


@contextmanager
def with_twin(image: Image.Image, content: bytes) -> Iterator[Image.Image | None]:
    """The same file opened once more, where the lower bytes of its colours must be read apart."""
    if _raw_mode(image) not in COLOURS_16:
        yield None
        return
    with Image.open(io.BytesIO(content), formats=FORMATS) as twin:
        yield twin


def deep_values(image: Image.Image, twin: Image.Image | None, content: bytes) -> np.ndarray | None:
    """Values (h, w) or (h, w, 3 or 4) uint16 of a picture; None for one of eight bits.

    Pillow keeps only the upper byte of 16-bit colours. Told that the bytes are the other way round,
    it keeps the lower one.
    """
    if not is_deep(image):
        return None
    if _is_netpbm(image):
        return _netpbm_values(image, content)
    if twin is None:
        return np.asarray(image).astype(np.uint16)
    high = np.asarray(image).astype(np.uint16)
    twin.tile = [_other_order(tile) for tile in twin.tile]  # type: ignore[attr-defined]
    return high << 8 | np.asarray(twin)


def of_full_range(image: Image.Image, content: bytes) -> Image.Image:
    """A picture of eight bits, one whose own largest value is less than 255 stretched to it."""
    if not _is_netpbm(image) or _most(image) > BYTE:
        return image
    return lowered(_netpbm_values(image, content), MOST_BITS)


def brightest(values: np.ndarray) -> int:
    """The largest value, whatever is transparent."""
    return int(values[..., :COLOURS].max()) if values.ndim == COLOURS else int(values.max())


def lowered(values: np.ndarray, bits: int) -> Image.Image:
    """A picture of bytes, in which the largest number of so many bits is white."""
    out = _bytes_of(bits)[values]
    if values.ndim == COLOURS and values.shape[-1] == WITH_ALPHA:
        # How much is seen is said in full 16 bits.
        out[..., COLOURS] = values[..., COLOURS] >> 8
    return Image.fromarray(out)


@lru_cache(maxsize=MOST_BITS)
def _bytes_of(bits: int) -> np.ndarray:
    """(65536,) what each value becomes."""
    most = 2**bits - 1
    return np.rint(np.minimum(np.arange(WORD + 1), most) * (BYTE / most)).astype(np.uint8)


def _raw_mode(image: Image.Image) -> str:
    """How values lie in the file; empty where Pillow does not say."""
    tiles = _tiles(image)
    if not tiles:
        return ""
    args = tiles[0].args
    return args if isinstance(args, str) else str(args[0]) if args else ""


def _tiles(image: Image.Image) -> list[Any]:
    """Where in the file the values lie, and how; only images of files have such."""
    return list(getattr(image, "tile", ()))


def _other_order(tile: Any) -> Any:
    args = tile.args
    mode = args if isinstance(args, str) else args[0]
    other = mode[:-1] + OTHER_ORDER[mode[-1]]
    return tile._replace(args=other if isinstance(args, str) else (other, *args[1:]))


def _is_netpbm(image: Image.Image) -> bool:
    """Whether values of a PGM or PPM have a range of their own, which Pillow reads one by one."""
    tiles = _tiles(image)
    return image.format == "PPM" and bool(tiles) and tiles[0].codec_name == "ppm"


def _most(image: Image.Image) -> int:
    return int(_tiles(image)[0].args[-1])


def _netpbm_values(image: Image.Image, content: bytes) -> np.ndarray:
    """Values of a PGM or PPM, with its own largest value as that of 16 bits.

    Source: the Netpbm formats; values above 255 are two bytes, the upper one first.
    """
    most, bands = _most(image), COLOURS if image.mode == "RGB" else 1
    kind = np.dtype(">u2" if most > BYTE else np.uint8)
    count = image.width * image.height * bands
    values = np.frombuffer(content, kind, count, offset=_tiles(image)[0].offset)
    shape = (image.height, image.width, bands)[: COLOURS if bands > 1 else COLOURS - 1]
    scaled = np.rint(np.minimum(values, most) * (WORD / most))
    return scaled.astype(np.uint16).reshape(shape)
