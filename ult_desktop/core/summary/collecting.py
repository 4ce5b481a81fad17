"""The collecting of many offices' summaries: which files count, their sums, and the months that are lacking.

Thousands of files are read one after the other: of each only numbers stay in memory.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import add
from statistics import median

import msgspec

from ult_desktop.base import _
from ult_desktop.core.figures.figures import BINS, MEDIAN, NINTH_DECILE
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.summary.signing import BadSummary, SignedSummary, read_signed
from ult_desktop.core.summary.summary import COUNTS, TABLES, Summary, Times, spread_of

_OUTLIER_DISTANCE = 3.5  # robust standard deviations from the median (Iglewicz and Hoaglin 1993)
_MAD_OF_NORMAL = 0.6745  # median distance from the median of a normal distribution, in standard deviations
_LEAST_DIFFERENCE = 0.2  # of the median: offices that are nearly alike have no outlier
_LEAST_OFFICES = 5  # with fewer, no office is an outlier
_SERVICES = "services"
_NO_WAITS = (0,) * BINS
_UNANSWERED = (0, 0)  # the number of answers, and their sum
_TO_HUNDRED = 25  # an average of 4 is an index of 100


class MonthTotals(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The numbers of an office's month, or the sums of several months; a hidden number counts as 0.

    `counts` are in the order of COUNTS. `answers` are element, number of answers and sum of their values.
    `hidden` is how many of the counts are hidden.
    """

    counts: tuple[int, ...] = (0,) * len(COUNTS)
    waits: Times = _NO_WAITS
    answers: tuple[tuple[str, int, int], ...] = ()
    hidden: int = 0

    def count(self, name: str) -> int:
        """Return the count of this name (of COUNTS)."""
        return self.counts[COUNTS.index(name)]

    def wait_quantile_s(self, share: float) -> float | None:
        """Return the seconds within which this share of the visitors was called (0.5 is the median)."""
        return spread_of(self.waits).quantile_s(share)

    @property
    def within_standard(self) -> float | None:
        """The share of steps within their standard time, in percent."""
        done = self.count("steps_done")
        return 100 * (done - self.count("steps_late")) / done if done else None

    @property
    def index(self) -> float | None:
        """The satisfaction index (25 to 100), in which each element with answers has the same weight."""
        averages = [total / answers for _element, answers, total in self.answers if answers]
        return sum(averages) / len(averages) * _TO_HUNDRED if averages else None


def totals_of(summary: Summary) -> MonthTotals:
    """Return the numbers of a summary."""
    counts = [getattr(summary, name) for name in COUNTS]
    return MonthTotals(
        counts=tuple(count or 0 for count in counts),
        waits=summary.waits,
        answers=tuple((element.element, element.answers, element.total) for element in summary.elements),
        hidden=counts.count(None),
    )


def sum_totals(parts: Iterable[MonthTotals]) -> MonthTotals:
    """Return the sums of several months or offices."""
    every = tuple(parts)
    if not every:
        return MonthTotals()
    answers, values = Counter[str](), Counter[str]()
    for part in every:
        for element, count, total in part.answers:
            answers[element] += count
            values[element] += total
    return MonthTotals(
        counts=tuple(map(sum, zip(*(part.counts for part in every), strict=True))),
        waits=tuple(map(sum, zip(*(part.waits for part in every), strict=True))),
        answers=tuple((element, answers[element], values[element]) for element in answers),
        hidden=sum(part.hidden for part in every),
    )


class RefusedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file with a remark: why it does not count, or (as a warning) what somebody must look at."""

    file: str
    why: str


class CollectedOffice(msgspec.Struct, frozen=True, kw_only=True):
    """An office with its months ("2026-11"); `lacks` are the other months, without a file of it."""

    code: str
    name: str
    province: str
    months: dict[str, MonthTotals]
    lacks: tuple[str, ...] = ()

    @property
    def whole(self) -> MonthTotals:
        """The sums of all its months."""
        return sum_totals(self.months.values())


class Outlier(msgspec.Struct, frozen=True, kw_only=True):
    """An office whose figure lies far from that of the others, in the figure's own unit."""

    code: str
    name: str
    figure: str
    value: float
    usual: float


class OfferedKey(msgspec.Struct, frozen=True, kw_only=True):
    """An office's public key (base64) that nobody has confirmed.

    `known` is the name of the office with the same code whose other key is confirmed, "" for none.
    """

    code: str
    name: str
    key: str
    known: str = ""


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """The sums of all summaries that count, and the remarks about files.

    `first` and `last` are months, "" where no file counts. `months` are the sums of all offices by month.
    `services` have name and sums, by letter and name. `tables` have words and number of each row, by the
    table's name and the row's key.
    """

    first: str
    last: str
    offices: tuple[CollectedOffice, ...]
    months: dict[str, MonthTotals]
    services: dict[str, tuple[str, MonthTotals]]
    tables: dict[str, dict[str, tuple[str, int]]]
    outliers: tuple[Outlier, ...]
    refused: tuple[RefusedFile, ...]
    warnings: tuple[RefusedFile, ...]
    unconfirmed: tuple[OfferedKey, ...]

    @property
    def whole(self) -> MonthTotals:
        """The sums of all offices and months."""
        return sum_totals(self.months.values())

    @property
    def provinces(self) -> dict[str, MonthTotals]:
        """The sums of each province, by Kemendagri's code."""
        parts = defaultdict[str, list[MonthTotals]](list)
        for office in self.offices:
            parts[office.province].append(office.whole)
        return {code: sum_totals(totals) for code, totals in sorted(parts.items())}


class TrustedKey(msgspec.Struct, frozen=True, kw_only=True):
    """An office's public key (base64) that a person has confirmed."""

    name: str
    key: str


class _FileNumbers(msgspec.Struct, frozen=True, gc=False):
    """The numbers of a file, in arrays, for thousands of files must fit into memory. `made_at` is UTC ms.

    `rows` has two numbers for each row of the file's tables: the row's number in the `Collector`, its count.
    `services` has for each service: its row's number, visits, respondents, the bins of the waits, and for
    each of the `elements` the number of answers and the sum of their values.
    """

    made_at: int
    file: str
    digest: int
    totals: MonthTotals
    rows: "array[int]"
    services: "array[int]"
    elements: tuple[str, ...]


class Collector:
    """A collector of summaries, which are added file by file.

    `trusted` are the confirmed keys by office code. `month` ("2026-11") is the present one: a summary of it,
    or of a later one, does not count.
    """

    def __init__(self, trusted: Mapping[str, TrustedKey], month: str) -> None:
        self._trusted, self._month = trusted, month
        self._files: dict[tuple[str, str], _FileNumbers] = {}  # by office code and month
        self._names: dict[str, tuple[str, str]] = {}  # name and province by office code
        self._row_numbers: dict[tuple[str, str], int] = {}  # by the table's name and the row's key
        self._row_words: list[str] = []  # by the row's number
        self._elements: dict[tuple[str, ...], tuple[str, ...]] = {}  # each once, whichever file has it
        self._heads: dict[tuple[str, str], tuple[str, str]] = {}  # hash and file by office code and month
        self._refused: list[RefusedFile] = []
        self._warnings: list[RefusedFile] = []
        self._unconfirmed: dict[tuple[str, str], OfferedKey] = {}  # by office code and key

    def add(self, file: str, content: bytes) -> None:
        """Add the content of a file; one that is no summary to count is noted as refused."""
        try:
            signed = read_signed(content)
            self._require_countable(signed)
            self._keep(file, signed.summary, hash(content))
        except BadSummary as error:
            self._refused.append(RefusedFile(file=file, why=error.what))

    def refuse(self, file: str, why: str) -> None:
        """Note a file that could not be read."""
        self._refused.append(RefusedFile(file=file, why=why))

    def _require_countable(self, signed: SignedSummary) -> None:
        """Check that the summary's key is confirmed and its month is over. Raises BadSummary."""
        office, month = signed.summary.office, signed.summary.month
        trusted = self._trusted.get(office.code)
        if trusted is None or trusted.key != signed.key:
            known_name = "" if trusted is None else trusted.name
            offered = OfferedKey(code=office.code, name=office.name, key=signed.key, known=known_name)
            self._unconfirmed.setdefault((office.code, signed.key), offered)
        if trusted is None:
            why = _("Kunci kantor {code} ({name}) belum dipastikan: summary trust.")
            raise BadSummary(why.format(code=office.code, name=office.name))
        if trusted.key != signed.key:
            why = _("Kode {code} dipastikan untuk {known} dengan kunci lain; berkas ini dari {name}.")
            raise BadSummary(why.format(code=office.code, known=trusted.name, name=office.name))
        if month >= self._month:
            raise BadSummary(_("{month} belum berakhir.").format(month=month))

    def _keep(self, file: str, summary: Summary, digest: int) -> None:
        """Keep the numbers of a file; if there are two of one month, those of the one made later."""
        code, month = summary.office.code, summary.month
        before = self._files.get((code, month))
        if before is not None:
            is_older = summary.made_at < before.made_at or digest == before.digest
            dropped, counted = (file, before.file) if is_older else (before.file, file)
            why = _("{code} {month} ada dua kali; yang dihitung {other}.")
            self.refuse(dropped, why.format(code=code, month=month, other=counted))
            if is_older:
                return
        self._compare_log_heads(file, summary)
        self._names[code] = summary.office.name, summary.office.province
        names = tuple(element.element for element in summary.elements)
        self._files[code, month] = _FileNumbers(
            summary.made_at,
            file,
            digest,
            totals_of(summary),
            array("I", self._rows_of(summary)),
            array("I", self._services_of(summary, names)),
            self._elements.setdefault(names, names),
        )

    def _rows_of(self, summary: Summary) -> Iterator[int]:
        for table in TABLES:
            for row in getattr(summary, table):
                if row.count:
                    yield self._row_number(table, row.key, row.name)
                    yield row.count

    def _services_of(self, summary: Summary, elements: tuple[str, ...]) -> list[int]:
        numbers = list[int]()
        for row in summary.services:
            # The key has the name too, for in each office a letter is another service.
            number = self._row_number(_SERVICES, f"{row.key} {row.name}", row.name)
            numbers += (number, row.count or 0, row.respondents or 0, *(row.waits or _NO_WAITS))
            answers = {element.element: (element.answers, element.total) for element in row.elements}
            for element in elements:
                numbers += answers.get(element, _UNANSWERED)
        return numbers

    def _row_number(self, table: str, key: str, words: str) -> int:
        number = self._row_numbers.setdefault((table, key), len(self._row_words))
        if number == len(self._row_words):
            self._row_words.append(words)
        return number

    def _compare_log_heads(self, file: str, summary: Summary) -> None:
        """Warn if two files of an office differ in the hash of the log's last event of a month."""
        code = summary.office.code
        for month, head in summary.heads.items():
            known, other = self._heads.setdefault((code, month), (head, file))
            if known != head:
                why = _(
                    "Catatan {code} sampai akhir {month} berbeda dari yang di {other}: masa lalunya berubah."
                )
                self._warnings.append(
                    RefusedFile(file=file, why=why.format(code=code, month=month, other=other))
                )
                return

    def result(self) -> Collected:
        """Return what was collected from all files so far."""
        months = sorted({month for _code, month in self._files}) or [""]
        all_months = _months_between(months[0], months[-1]) if self._files else ()
        by_office = defaultdict[str, dict[str, MonthTotals]](dict)
        by_month = defaultdict[str, list[MonthTotals]](list)
        for (code, month), numbers in sorted(self._files.items()):
            by_office[code][month] = numbers.totals
            by_month[month].append(numbers.totals)
        offices = tuple(
            CollectedOffice(
                code=code,
                name=self._names[code][0],
                province=self._names[code][1],
                months=totals,
                lacks=tuple(month for month in all_months if month not in totals),
            )
            for code, totals in by_office.items()
        )
        return Collected(
            first=months[0],
            last=months[-1],
            offices=offices,
            months={month: sum_totals(by_month[month]) for month in all_months},
            services=self._services(),
            tables=self._tables(),
            outliers=tuple(_outliers(offices)),
            refused=tuple(self._refused),
            warnings=tuple(self._warnings),
            unconfirmed=tuple(self._unconfirmed.values()),
        )

    def _services(self) -> dict[str, tuple[str, MonthTotals]]:
        # Numbers of files with the same elements are added as they are: that is quick.
        sums = dict[tuple[int, tuple[str, ...]], list[int]]()
        for file in self._files.values():
            width = 3 + BINS + 2 * len(file.elements)
            for begin in range(0, len(file.services), width):
                row, *numbers = file.services[begin : begin + width]
                before = sums.get((row, file.elements))
                sums[row, file.elements] = numbers if before is None else list(map(add, before, numbers))
        parts = defaultdict[int, list[MonthTotals]](list)
        for (row, elements), numbers in sums.items():
            parts[row].append(_service_totals(numbers, elements))
        services = {}
        for (table, key), row in self._row_numbers.items():
            totals = sum_totals(parts[row])
            if table == _SERVICES and any(totals.counts):
                services[key] = (self._row_words[row], totals)
        return services

    def _tables(self) -> dict[str, dict[str, tuple[str, int]]]:
        sums = Counter[int]()
        for file in self._files.values():
            for row, count in zip(file.rows[::2], file.rows[1::2], strict=True):
                sums[row] += count
        tables: dict[str, dict[str, tuple[str, int]]] = {table: {} for table in TABLES}
        for (table, key), row in self._row_numbers.items():
            if table in tables and sums[row]:
                tables[table][key] = (self._row_words[row], sums[row])
        return tables


def _service_totals(numbers: Sequence[int], elements: Sequence[str]) -> MonthTotals:
    """Return the sums of a service from those of its `_FileNumbers.services` that follow the row's number."""
    counts = {"visits": numbers[0], "respondents": numbers[1]}
    waits, answers = numbers[2 : 2 + BINS], numbers[2 + BINS :]
    return MonthTotals(
        counts=tuple(counts.get(name, 0) for name in COUNTS),
        waits=tuple(waits),
        answers=tuple(zip(elements, answers[::2], answers[1::2], strict=True)),
    )


def _months_between(first: str, last: str) -> tuple[str, ...]:
    """Return the months from `first` to `last`, both included."""
    months, month = [], parse_period(first)
    while month.name <= last:
        months.append(month.name)
        month = month.moved(1)
    return tuple(months)


def figures_of(totals: MonthTotals) -> dict[str, float | None]:
    """Return the figures by which offices are compared, by their keys; times in minutes."""
    visits = totals.count("visits")
    median_s, p90_s = totals.wait_quantile_s(MEDIAN), totals.wait_quantile_s(NINTH_DECILE)
    return {
        "no_show_share": 100 * totals.count("no_show") / visits if visits else None,
        "wait_median": None if median_s is None else median_s / 60,
        "wait_p90": None if p90_s is None else p90_s / 60,
        "within_standard": totals.within_standard,
        "index": totals.index,
    }


def usual_of(values: Iterable[float | None]) -> float | None:
    """Return the median of the values that are known; None without any."""
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _outliers(offices: Iterable[CollectedOffice]) -> Iterator[Outlier]:
    """Yield each figure of an office that is far from the median of all, in median distances from it."""
    offices_figures = [(office, figures_of(office.whole)) for office in offices]
    for name in offices_figures[0][1] if offices_figures else ():  # each office has the same ones
        values = [
            (office, value) for office, figures in offices_figures if (value := figures[name]) is not None
        ]
        if len(values) < _LEAST_OFFICES:
            continue
        usual = median(value for _office, value in values)
        spread = median(abs(value - usual) for _office, value in values)
        for office, value in values:
            distance = abs(value - usual)
            is_far = spread and distance * _MAD_OF_NORMAL / spread > _OUTLIER_DISTANCE
            if is_far and distance > _LEAST_DIFFERENCE * usual:
                yield Outlier(code=office.code, name=office.name, figure=name, value=value, usual=usual)
