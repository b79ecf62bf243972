"""`Image`: what the Dockerfile says, read."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = ROOT / "Dockerfile"


@dataclass(frozen=True)
class Image:
    """What is built.

    Attributes:
        steps: instructions and what stands behind them, in order.
    """

    steps: tuple[tuple[str, str], ...]

    def all(self, instruction: str) -> list[str]:
        """What stands behind each of an instruction."""
        return [rest for name, rest in self.steps if name == instruction]

    @property
    def variables(self) -> dict[str, str]:
        """The environment of what runs in it."""
        given = [pair.partition("=") for env in self.all("ENV") for pair in shlex.split(env)]
        return {name: value for name, _, value in given}

    @property
    def copied(self) -> dict[str, str]:
        """What is copied: file or folder of this repository -> folder inside, both relative."""
        lines = [shlex.split(rest) for rest in self.all("COPY")]
        return {source: target for *sources, target in lines for source in sources}

    @property
    def health_check(self) -> list[str]:
        """The command that says whether the server is well."""
        [check] = self.all("HEALTHCHECK")
        command: list[str] = json.loads(check[check.index("[") :])
        return command

    def copy_to(self, folder: Path) -> None:
        """Copy what a build copies."""
        for source, target in self.copied.items():
            path, into = ROOT / source, folder / target
            if path.is_dir():
                shutil.copytree(path, into, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                into.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, into)


def read() -> Image:
    """The Dockerfile of this repository."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    steps = (line.split(maxsplit=1) for line in lines)
    return Image(tuple((name, rest.strip()) for name, rest in steps))
