"""Citations of the source lead somewhere: every page, heading, rule, assumption, step and law.

The forms: `docs/store.md, rule 9`, `docs/store.md, rules 5 and 13`, `docs/domain.md, A6`,
`docs/screens.md, "Kiosk times"`, or a page alone.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache

import msgspec

from tests.test_docs import ROOT, headings_of

FOLDERS = ("ult_desktop", "tests", "tools", "benchmarks", "resources", ".github")
MAY_CITE = re.compile(
    r"\.md\b|\bPOS\s[A-Z]|\s\d+/\d{4}\b|\b(?:rules?|assumptions?|section|chapter|item)[\s#]+\d", re.IGNORECASE
)
OUTPUT = frozenset({"results.md"})  # what a benchmark writes
NUMBERS = r"\d+(?:(?:,\s|\sand\s|\sto\s)\d+)*"
CITED = re.compile(
    rf"""(?P<page>[\w./-]+\.md)\b
    (?:,\s(?: rules?\s(?P<rules>{NUMBERS})
        | (?P<assumptions>A\d+(?:(?:,\s|\sand\s)A\d+)*)
        | "(?P<heading>[^"]+)"
    ))?""",
    re.VERBOSE,
)
LOOSE = re.compile(r"\b(?:rules?|assumptions?|section|chapter|item) \d+", re.IGNORECASE)
RULE = re.compile(r"Rule (\d+):")
ASSUMPTION = re.compile(r"^\| (A\d+) \|", re.MULTILINE)
STEP = re.compile(rf"\bPOS (Kaltara|Kepri|Sumut telepon|Sumut tatap muka|DKI) ({NUMBERS})")
PROCEDURE = {
    "Kaltara": "kaltara-helpdesk",
    "Kepri": "kepri-daring",
    "Sumut telepon": "sumut-telepon",
    "Sumut tatap muka": "sumut-tatap-muka",
    "DKI": "dki-kelompok-rentan",
}
LAW = re.compile(r"\b(?:UU|PP|Perpres|PerKI|PermenPANRB|Permendikbudristek|SE MenPANRB) \d+/\d{4}")


def prose_of(source: str) -> str:
    """Comments and docstrings, in which citations stand; strings of the program are not prose."""
    comments = [
        token.string.lstrip("# ")
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
    told = [
        node.value.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]
    return re.sub(r"\s+", " ", "\n".join(" ".join(comments).splitlines() + told))


def sources() -> Iterator[tuple[str, str]]:
    """Every file that may cite, with its prose in one line."""
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*"))]
    for path in (*files, ROOT / "dev.py", ROOT / "pyproject.toml"):
        if path.suffix not in (".py", ".toml", ".qss", ".yml"):
            continue
        text = path.read_text(encoding="utf-8")
        if MAY_CITE.search(text):
            prose = prose_of(text) if path.suffix == ".py" else re.sub(r"\s+(?:#\s*)?", " ", text)
            yield path.relative_to(ROOT).as_posix(), prose


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def unfounded(prose: str) -> list[str]:
    """Citations that lead nowhere: no such page, heading, rule or assumption, or no page named at all."""
    wrong = [
        match[0] for match in CITED.finditer(prose) if match["page"] not in OUTPUT and not _is_founded(match)
    ]
    return wrong + [match[0] for match in LOOSE.finditer(CITED.sub("", prose))]


def _is_founded(cited: re.Match[str]) -> bool:
    page = ROOT / cited["page"]
    at_home = page.parent in (ROOT / "docs", ROOT / "docs" / "decisions", ROOT)
    if not at_home or not page.is_file():
        return False
    headings = headings_of(page)
    if cited["rules"]:
        known = {int(found[1]) for heading in headings if (found := RULE.match(heading))}
        return known.issuperset(numbers(cited["rules"]))
    if cited["assumptions"]:
        assumed = set(ASSUMPTION.findall(page.read_text(encoding="utf-8")))
        return assumed.issuperset(re.findall(r"A\d+", cited["assumptions"]))
    return cited["heading"] is None or cited["heading"] in headings


def unknown_steps(prose: str) -> list[str]:
    return [
        match[0]
        for match in STEP.finditer(prose)
        if max(numbers(match[2])) > steps_of(PROCEDURE[match[1]]) or min(numbers(match[2])) < 1
    ]


@cache
def steps_of(procedure: str) -> int:
    file = ROOT / "resources" / "procedures" / f"{procedure}.toml"
    return len(msgspec.toml.decode(file.read_bytes())["steps"])


def unnamed_laws(prose: str, page: str) -> list[str]:
    return sorted({law for law in LAW.findall(prose) if law not in page})


def test_every_citation_leads_to_what_it_names() -> None:
    """Python cites pages, steps of procedures and laws; a file of a procedure lists its own laws."""
    page = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
    wrong = {}
    for name, prose in sources():
        laws = unnamed_laws(prose, page) if name.endswith(".py") else []
        wrong[name] = [*unfounded(prose), *unknown_steps(prose), *laws]
    assert {name: found for name, found in wrong.items() if found} == {}


def test_the_numbers_of_rules_and_assumptions_have_no_gap() -> None:
    rules = [int(found[1]) for each in headings_of(ROOT / "docs/store.md") if (found := RULE.match(each))]
    assumed = ASSUMPTION.findall((ROOT / "docs/domain.md").read_text(encoding="utf-8"))
    assert rules == list(range(1, len(rules) + 1))
    assert assumed == [f"A{number}" for number in range(1, len(assumed) + 1)]


def test_what_is_wrong_would_be_found() -> None:
    right = (
        'docs/store.md, rules 5 and 13; docs/domain.md, A6; docs/screens.md, "Kiosk times"; docs/it-guide.md.'
    )
    assert unfounded(right) == []
    for wrong in (
        *("docs/store.md, rule 99", "docs/store.md, rules 5 and 99", "docs/domain.md, A99"),
        *('docs/screens.md, "Nowhere"', "docs/nowhere.md", "store.md", "tests/nowhere.md"),
        *("(rule 9)", "see assumption 3", "section 5"),
    ):
        assert unfounded(f"Told by {wrong}.") != [], wrong
    assert unknown_steps("POS Kaltara 6, POS Sumut tatap muka 3 and 7") == []
    assert unknown_steps("POS Kaltara 5 and 7; POS DKI 11") == ["POS Kaltara 5 and 7", "POS DKI 11"]
    assert unnamed_laws("UU 14/2008 and UU 1/1999", "UU 14/2008") == ["UU 1/1999"]
    assert prose_of('"""Told."""\nA = "x.md"  # why\n') == "why Told."
