"""What the scaffolds share: templates, and files that are all written or not at all."""

from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).with_name("templates")


class RefusedError(Exception):
    """Why nothing was written, in one sentence."""


class Changes:
    """Text to be added to files, or files to be made; nothing is written before all of it is known."""

    def __init__(self, root: Path):
        self.root = root
        self.texts: dict[str, str] = {}

    def text(self, path: str) -> str:
        """The file as it will be."""
        if path not in self.texts:
            self.texts[path] = (self.root / path).read_text(encoding="utf-8")
        return self.texts[path]

    def append(self, path: str, text: str) -> None:
        self.texts[path] = self.text(path).rstrip("\n") + "\n" + text

    def create(self, path: str, text: str) -> None:
        if (self.root / path).exists():
            raise RefusedError(f"{path} is already there")
        self.texts[path] = text

    def insert_after(self, path: str, line: int, text: str) -> None:
        """Put text behind a line, which counts from 1."""
        lines = self.text(path).splitlines(keepends=True)
        self.texts[path] = "".join([*lines[:line], text, *lines[line:]])

    def write(self) -> list[str]:
        """The paths that were written."""
        for path, text in self.texts.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, encoding="utf-8")
        return sorted(self.texts)


def filled(template: str, **values: str) -> str:
    return Template((TEMPLATES / template).read_text(encoding="utf-8")).substitute(values)
