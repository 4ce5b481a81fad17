"""The comparison of what somebody searches for with texts and names, however the two are written.

A search box looks through the texts that it shows (`searchable`, `is_found`). The office file finds a person
by the keys of the name (`name_keys`, `sought_names`), which are in an index.
"""

import re
import unicodedata

from ult_desktop.core import personal

Forms = tuple[tuple[str, ...], ...]
"""The words that somebody searches for, each in the forms in which a list may show it."""
KeyRange = tuple[str, str]
"""A range of `name_keys`, both ends included."""
_APOSTROPHES = re.compile(
    "['`\u00b4\u02b9\u02bb-\u02bf\u02c8\u0374\u055a\u05f3\u2018-\u201b\u2032\u2035\ua78c\uff07]"
)
# What is copied out of a chat brings marks of direction and hyphens that do not break.
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
# The letters of names that Unicode does not take apart into a plain one and its mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.\-()/]+(?=\d)")
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[\s\-.]+(?=[^\W\d_])")
_INDONESIA = re.compile(r"(?<!\d)\+?620?(?=8\d{6})")  # the country's code before a mobile number
_WORD = re.compile(r"[^\W_]+")
_LONGEST_KEY, _MOST_WORDS = 40, 12  # letters of a key; words of a name that get one
_SHORTEST = 3  # bytes; a shorter word ("Na", "Li") is compared whole, or it would find half of the office
_LAST = "\U0010ffff"  # sorts after every other character
# Titles, without their dots: words of address and professions may stand anywhere, degrees after the name.
_ADDRESS = re.compile(
    "bapak|bpk|pak|ibu|bu|sdr|sdri|saudara|saudari|tn|tuan|ny|nyonya|nn|nona|mr|mrs|ms|haji|hajah|hajjah|h|hj"
    "|kh|ust|ustad|ustadz|ustaz|ustazah|prof|dr|drs|dra|drg|drh|ir|apt|ns|ners|r|rr|alm|almh"
)
_DEGREE = re.compile(
    "(?:[smd]|sp|mg)(?:pd|pdi|pdk|pdh|si|kom|ikom|t|tr|trk|trt|trkes|trkeb|e|ei|ek|h|hi|hum|ip|ap|ag|sos|sosi"
    "|kes|keb|kep|farm|km|gz|p|pt|pi|hut|psi|psikolog|stp|tp|sy|st|th|fil|ud|sn|ds|ars|ling|mat|stat|ak|ab|ad"
    "|ked|kg|or|li)|(?:amd|ma|sst)(?:pd|kom|keb|kep|kes|ak|t|gz|farm|par|pk|far|rad)?"
    "|phd|llm|llb|ba|bsc|msc|mba|mm|mpa|ca|cpa|ak|akt|kom"
)
_LONGEST_TITLE = 4  # words: "A. Md. Keb." and "S. Tr. Kes."


def folded(text: str) -> str:
    """Return `text` without case, accents and apostrophes: "Nur\u2019aini" and "NURAINI" are the same."""
    plain = _APOSTROPHES.sub("", text).casefold()
    if plain.isascii():
        return plain
    plain = _DASHES.sub("-", _UNSEEN.sub("", plain))
    letters = unicodedata.normalize("NFKD", plain.translate(_PLAIN))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def searchable(text: str) -> str:
    """Return the text that `is_found` looks through: `text` in three spellings, one after the other.

    These are the folded text, the same with its telephone numbers as dialled here (0812…), and the same
    with its words joined.
    """
    plain = folded(text)
    return f"{plain} {_dialled(plain)} {_BETWEEN_LETTERS.sub('', plain)}"


def search_forms(text: str) -> Forms:
    """Return the words that somebody searches for, each in the forms in which it may be shown.

    A telephone number in groups ("+62 812-3456 7890") is one word, as it is dialled here; where lists show a
    number masked, the mask is a form of it. Titles are not searched for where a name stands beside them.
    """
    plain = _dialled(folded(text))
    words = _without_titles(_WORD.findall(plain)) or plain.split()
    forms = []
    for word in words:
        phones = personal.phone_forms(word) if word.isdecimal() else ()
        masks = (personal.mask_text(phone, personal.PersonalKind.PHONE) for phone in phones)
        forms.append((word, *masks))
    return tuple(forms)


def is_found(haystack: str, words: Forms) -> bool:
    """Return whether every word, in one of its forms, occurs in a `searchable` text."""
    return all(any(form in haystack for form in forms) for forms in words)


def name_keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name: for each of its words, the letters from that word to the end of the name.

    "Nur Aini" has "nuraini" and "aini". A name with titles has keys with them and without. So the beginning
    of any word finds the name, and that of several words in a row, with a blank between them or not.
    """
    words = _WORD.findall(folded(name))
    keys = []
    for spelling in (words[:_MOST_WORDS], _without_titles(words)[:_MOST_WORDS]):
        keys += ["".join(spelling[start:])[:_LONGEST_KEY] for start in range(len(spelling))]
    return tuple(dict.fromkeys(keys))


def name_words(name: str) -> list[str]:
    """Return the words of a name, folded, without its titles; with them where nothing else is left."""
    return _without_titles(_WORD.findall(folded(name)))


def sought_names(text: str) -> list[tuple[KeyRange, ...]]:
    """Return the ways to read a text as a name, each as ranges of keys.

    A person is found if, for one of these ways, each range has one of the person's `name_keys`. Somebody may
    write in two words what another writes in one ("Nur aini", "Nur'aini"): so the words are read all in one,
    each for itself, and any two neighbours in one. A text without letter or digit has no way.
    """
    words = name_words(text)[:_MOST_WORDS]
    if not words:
        return []
    readings = [["".join(words)], words]
    readings += [
        [*words[:first], words[first] + words[first + 1], *words[first + 2 :]]
        for first in range(len(words) - 1)
    ]
    ranges = (tuple(map(_key_range, dict.fromkeys(reading))) for reading in readings)
    return list(dict.fromkeys(ranges))


def _key_range(word: str) -> KeyRange:
    """Return the range of the keys that begin with `word`; for a short word, the word alone."""
    first = word[:_LONGEST_KEY]
    return first, first if len(first.encode()) < _SHORTEST else f"{first}{_LAST}"


def _without_titles(words: list[str]) -> list[str]:
    """Return the words that are no title; all of them where nothing else is left."""
    names, start = list[str](), 0
    while start < len(words):
        # A title may be written in several words ("A. Md. Keb."): the longest is taken.
        ends = range(min(len(words), start + _LONGEST_TITLE), start, -1)
        title_end = 0
        for end in ends:
            joined = "".join(words[start:end])
            if _ADDRESS.fullmatch(joined) or (names and _DEGREE.fullmatch(joined)):
                title_end = end
                break
        if not title_end:
            names.append(words[start])
        start = title_end or start + 1
    return names or words


def _dialled(text: str) -> str:
    """Return the text with the groups of its numbers joined, and mobile numbers beginning with 08."""
    return _INDONESIA.sub("0", _BETWEEN_DIGITS.sub("", text))
