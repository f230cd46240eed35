"""Read numbers in figures: "1,250", "-3", "$1.5m", "3 percent", "150万". Knows no words for numbers and no dates."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

import regex

from revtrack.facts.fact import Fact, FactKind
from revtrack.vocabulary import CURRENCIES, MAGNITUDES, PERCENTS, Words

_SIGN = r"(?:(?<![\p{L}\p{N}.,)%])[-−–](?=\d))?"
_FIGURE = r"\d{1,3}(?:[ ,.'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_NUMBER = regex.compile(
    rf"(?P<before>(?:(?:US|R|A|C|HK)?[$€£¥₹₺₩₽]|%|(?i:yüzde)\b)\s?)?(?P<sign>{_SIGN})(?P<figure>{_FIGURE})"
    r"(?P<tail>(?:st|nd|rd|th)\b|[\p{L}\p{M}%％$€£¥₹₽]*)"
    r"(?:[\s-]?(?P<per>p(?:er|our|or)\s)?(?P<next>[\p{L}\p{M}%％$€£¥₹₽]+)\.?"
    r"(?:\s(?:(?:of|de|di)\s|d['’])?(?P<third>[\p{L}\p{M}]+))?)?",
)
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_UNSPACED = regex.compile(r"[\p{Han}\p{Hangul}\p{Katakana}]")
_SIGNS = frozenset("$€£¥")  # that may stand right behind a magnitude: "3 M€"
_LONGEST_UNIT = 4  # letters of a unit in scripts without blanks


def figures(text: str, words: Words) -> Iterator[Fact]:
    """Yield the numbers of a text that are written in figures, with the unit behind each."""
    return (_figure(match, words) for match in _NUMBER.finditer(text))


def _figure(match: regex.Match[str], words: Words) -> Fact:
    amount, end = _amount(match["figure"]), match.end("tail")
    before = (match["before"] or "").strip().lower()
    currency, percent, points = CURRENCIES.get(before, ""), before in {"%", "yüzde"}, ""
    for place, (word, stop) in enumerate(_units(match)):
        if match["per"] and place == 1:
            percent, end = True, stop
            break
        if word in words.multipliers or (word in MAGNITUDES and not place):
            amount, end = amount * (words.multipliers.get(word) or MAGNITUDES[word]), stop
        elif word[-1:] in _SIGNS and (factor := words.multipliers.get(word[:-1]) or MAGNITUDES.get(word[:-1])):
            amount, currency, end = amount * factor, CURRENCIES[word[-1]], stop
            break
        elif word in PERCENTS or word in CURRENCIES or word in words.listed("points"):
            percent, currency = percent or word in PERCENTS, currency or CURRENCIES.get(word, "")
            points = " points" if word in words.listed("points") else ""
            end = stop
            break
        elif word:
            end = stop if not place and _UNSPACED.match(word) else end
            break
    kind = FactKind.MONEY if currency else FactKind.PERCENT if percent or points else FactKind.NUMBER
    ordinal = " th" if match["tail"].lower() in _ORDINALS else ""
    value = f"{'-' if match['sign'] else ''}{plain(amount)}{ordinal}{points}{' ' + currency if currency else ''}"
    return Fact(kind, value, match.string[match.start() : end], match.start(), end)


def _units(match: regex.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the words behind a figure, lower case, with where they end; where no blanks part them, one by one."""
    tail, start = match["tail"].lower(), match.start("tail")
    if _UNSPACED.match(tail):
        for length in (*range(min(_LONGEST_UNIT, len(tail)), 1, -1), 1):
            known = tail[:length] in PERCENTS or tail[:length] in CURRENCIES
            if known or length == 1:
                yield tail[:length], start + length
                break
        if len(tail) > 1 and length == 1:
            yield tail[1], start + 2
        return
    if len(tail) > 1 and (tail[0] in PERCENTS or tail[0] in CURRENCIES) and _UNSPACED.match(tail[1]):
        yield tail[0], start + 1
        return
    yield tail, match.end("tail")
    for group in ("next", "third"):
        yield (match[group] or "").lower(), match.end(group)


def _amount(figure: str) -> Decimal:
    """Read a figure; a last separator before one, two or more than three digits is the decimal one."""
    parts = regex.split(r"[ ,.'’]", figure)
    whole, fraction = parts, ""
    if len(parts) > 1 and (len(parts[-1]) != 3 or parts[0] == "0"):
        whole, fraction = parts[:-1], parts[-1]
    try:
        return Decimal(f"{''.join(whole)}.{fraction or 0}")
    except InvalidOperation:
        return Decimal(0)


def plain(amount: Decimal) -> str:
    """Return an amount as the value of a fact states it, without zeros that count for nothing."""
    shown = format(amount, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
