"""The words of a PDF that reportlab wrote: glyphs turned back into text by the fonts' own maps."""

import base64
import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_SHOWN = re.compile(rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
_MOVED = re.compile(
    rb"1 0 0 1 (?P<cm>[-\d.]+) [-\d.]+ cm"
    rb"|(?P<begin>[-\d.]+) [-\d.]+ m (?P<end>[-\d.]+) [-\d.]+ l"
    rb"|(?<=\s)(?P<keep>q)\s|(?<=\s)Q\s"
)
_PLACED = re.compile(
    rb"1 0 0 1 [-\d.]+ (?P<moved>[-\d.]+) cm|1 0 0 1 [-\d.]+ (?P<begun>[-\d.]+) Tm"
    rb"|/(?P<font>F\d+(?:\+\d+)?) [\d.]+ Tf|\((?P<shown>(?:\\.|[^\\)])*)\) Tj"
    rb"|(?<=\s)(?P<keep>q)\s|(?<=\s)Q\s",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_SINGLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_and_words(pdf: bytes) -> tuple[int, str]:
    """Pages, and every word without the spaces: a line may be shown in pieces."""
    objects: dict[bytes, bytes] = dict(_OBJECT.findall(pdf))
    maps = _maps(objects)
    pages = [body for body in objects.values() if re.search(rb"/Type /Page\b", body)]
    contents = [re.search(rb"/Contents (\d+) 0 R", page) for page in pages]
    shown = [word for found in contents if found for word in _words(_plain(objects[found.group(1)]), maps)]
    return len(pages), "".join("".join(shown).split())


def pages_of(pdf: bytes) -> Iterator[list[tuple[float, str]]]:
    """Yield the texts of each page as they are drawn: how high each is (points), and its words."""
    objects: dict[bytes, bytes] = dict(_OBJECT.findall(pdf))
    maps = _maps(objects)
    for body in objects.values():
        contents = re.search(rb"/Contents (\d+) 0 R", body) if re.search(rb"/Type /Page\b", body) else None
        if contents:
            yield list(_placed(_plain(objects[contents.group(1)]), maps))


def _placed(content: bytes, maps: dict[bytes, dict[int, str]]) -> Iterator[tuple[float, str]]:
    high, text, font = [0.0], 0.0, dict[int, str]()
    for token in _PLACED.finditer(content):
        if token["moved"]:
            high[-1] += float(token["moved"])
        elif token["begun"]:
            text = float(token["begun"])
        elif token["font"]:
            font = maps.get(token["font"], {})
        elif token["shown"] is not None:
            letters = _ESCAPE.sub(_unescaped, token["shown"])
            yield high[-1] + text, "".join(font.get(code, chr(code)) for code in letters)
        elif token["keep"]:
            high.append(high[-1])
        else:
            high.pop()


def lines_across(pdf: bytes) -> set[tuple[int, int]]:
    """Where the drawn lines begin and end from the left (points), whatever moved the paper below them."""
    found = set()
    for body in dict(_OBJECT.findall(pdf)).values():
        if b"/FlateDecode" in body and (content := _plain(body)).startswith(b"1 0 0 1 0 0 cm"):
            left = [0.0]
            for token in _MOVED.finditer(content):
                if token["cm"]:
                    left[-1] += float(token["cm"])
                elif token["begin"]:
                    ends = (float(token["begin"]), float(token["end"]))
                    found.add((round(left[-1] + min(ends)), round(left[-1] + max(ends))))
                elif token["keep"]:
                    left.append(left[-1])
                else:
                    left.pop()
    return found


def _plain(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None
    data = found.group(1)
    if b"/ASCII85Decode" in body:
        data = base64.a85decode(data.strip().removesuffix(b"~>"))
    return zlib.decompressobj().decompress(data) if b"/FlateDecode" in body else data


def _maps(objects: dict[bytes, bytes]) -> dict[bytes, dict[int, str]]:
    return {
        name.group(1): _map(_plain(objects[link.group(1)]))
        for body in objects.values()
        if (link := re.search(rb"/ToUnicode (\d+) 0 R", body))
        and (name := re.search(rb"/Name /(F[\d+]+)", body))
    }


def _map(cmap: bytes) -> dict[int, str]:
    """Code → character, as a ToUnicode map lists them."""
    pairs = re.findall(rb"<(\w\w)> <(\w{4})>", cmap)
    return {int(code, 16): chr(int(letter, 16)) for code, letter in pairs}


def _words(content: bytes, maps: dict[bytes, dict[int, str]]) -> list[str]:
    font: dict[int, str] = {}
    words = []
    for name, text in _SHOWN.findall(content):
        if name:
            font = maps.get(name, {})
        else:
            words.append("".join(font.get(code, chr(code)) for code in _ESCAPE.sub(_unescaped, text)))
    return words


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found.group(1)
    return bytes([int(code, 8)]) if len(code) == 3 else _SINGLE.get(code, code)
