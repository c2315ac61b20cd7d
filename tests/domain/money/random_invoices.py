"""Random invoices, as cases of the vectors, and random credit notes over them."""

from decimal import Decimal
from fractions import Fraction
from math import trunc
from random import Random
from typing import Any

from tests.domain.money.second_opinion.credit import Crediting, Item, Note
from tests.domain.money.second_opinion.figures import figures
from tests.domain.money.second_opinion.invoices import DECIMALS, computed

RATES = (None, "0", "0.05", "0.07", "0.19", "0.2", "0.21", "0.0825", "0.333333", "1")
CATEGORIES = {True: (None, None, "S", "L", "M"), False: (None, None, "E", "AE", "K", "G", "Z", "O")}
NAMES = (None, None, "VAT", "GST")
TAXES = (("GST", "0.05"), ("QST", "0.09975"), ("PST", "0.07"), ("City tax", "0.0125"), ("Levy", "0"), ("HST", "0.13"))
COINS = {"EUR": ("0.05", "0.10"), "JPY": ("5", "100"), "KWD": ("0.005", "0.250"), "CLF": ("0.0025", "1")}


def some(random: Random, least: int, most: int, places: int) -> str:
    """A number with up to so many decimals."""
    return f"{Decimal(random.randint(least, most)).scaleb(-random.randint(0, places)):f}"


def a_case(random: Random) -> dict[str, Any]:
    """Any invoice: in half of them all lines are of few kinds, so that groups are large; half are quite plain."""
    plain = random.random() < 0.4
    case: dict[str, Any] = {
        "currency": random.choice(("EUR", "EUR", "JPY", "KWD", "CLF")),
        "prices_include_tax": random.random() < 0.5,
        "discount": a_discount(random),
        **a_tax(random, plain=plain),
    }
    lines = [a_line(random, case, plain=plain) for _ in range(random.randint(1, 5))]
    if random.random() < 0.5:
        lines = [random.choice(lines[:2]) for _ in range(random.randint(1, 12))]
    case["lines"] = lines
    return case if plain else case | the_rest(random, case)


def a_tax(random: Random, *, plain: bool) -> dict[str, Any]:
    """A rate or several taxes, or none."""
    if plain or random.random() < 0.6:
        return {"tax_rate": random.choice(RATES)}
    chosen = random.sample(TAXES, random.randint(1, 4))
    return {
        "tax_rate": None,
        "taxes": [{"name": name, "rate": rate, "compound": random.random() < 0.3} for name, rate in chosen],
    }


def a_category(random: Random, given: dict[str, Any], case: dict[str, Any]) -> str | None:
    """A category that goes with all taxes together, but for a few."""
    source = given if given["tax_rate"] is not None or given.get("taxes") else case
    rates = [each["rate"] for each in source.get("taxes", ())] or [source["tax_rate"] or "0"]
    return random.choice(CATEGORIES[any(map(Fraction, rates)) is (random.random() > 0.02)])


def a_line(random: Random, case: dict[str, Any], *, plain: bool) -> dict[str, Any]:
    """A line, small or large, of any sign."""
    small = random.random() < 0.5
    line = {
        "quantity": random.choice(("", "", "", "", "-")) + some(random, 1, *((9, 0) if small else (99_999, 6))),
        "unit_price": some(random, 1 if small else -300, 2_000, 4 if small else 10),
        "price_quantity": random.choice((None, None, "1", "3", "0.25", "1000")),
        "discount": a_discount(random),
        "tax_name": random.choice(NAMES),
        **a_tax(random, plain=plain),
    }
    if not plain and random.random() < 0.3:
        line["charges"] = [an_adjustment(random, case) for _ in range(random.randint(1, 2))]
    if not plain and random.random() < 0.3:
        line["allowances"] = [an_adjustment(random, case) for _ in range(random.randint(1, 2))]
    return line | {"tax_category": a_category(random, line, case)}


def a_discount(random: Random) -> dict[str, str] | None:
    """No discount, a percentage or a small amount."""
    kind = random.choice((None,) * 7 + ("percentage",) * 4 + ("fixed",))
    if kind is None:
        return None
    value = some(random, 0, 100, 3) if kind == "percentage" else str(random.randint(0, 3))
    return {"type": kind, "value": value}


def an_adjustment(random: Random, case: dict[str, Any]) -> dict[str, Any]:
    """A charge or an allowance: a percentage, or a small amount."""
    if random.random() < 0.7:
        return {"description": "x", "percentage": some(random, 1, 40, 3)}
    units = Decimal(random.randint(1, 300)).scaleb(-DECIMALS[case["currency"]])
    return {"description": "x", "amount": f"{units:f}"}


def the_rest(random: Random, case: dict[str, Any]) -> dict[str, Any]:
    """Charges and allowances of the invoice, rounding, withholdings, and prepayments of part or all of it."""
    rest: dict[str, Any] = {
        name: [of_the_invoice(random, case) for _ in range(random.randint(1, 3))]
        for name in ("charges", "allowances")
        if random.random() < 0.4
    }
    if random.random() < 0.6:
        rest["rounding"] = {
            "level": random.choice((None, "document", "line")),
            "mode": random.choice((None, "half_up", "down", "half_even")),
            "cash": random.choice((None, *COINS[case["currency"]])),
        }
    if random.random() < 0.3:
        rates = random.sample(("0.15", "0.2", "0.085", "0.333333", "0.01"), random.randint(1, 2))
        rest["withholdings"] = [{"name": f"Withheld {rate}", "rate": rate} for rate in rates]
    if random.random() < 0.3:
        rest["prepayments"] = prepayments(random, case | rest)
    return rest


def of_the_invoice(random: Random, case: dict[str, Any]) -> dict[str, Any]:
    """A charge or an allowance with its own tax, or the invoice's."""
    given = an_adjustment(random, case) | {"tax_name": random.choice(NAMES), **a_tax(random, plain=False)}
    return given | {"tax_category": a_category(random, given, case)}


def prepayments(random: Random, case: dict[str, Any]) -> list[dict[str, str]]:
    """Parts of what is to be paid, now and then all of it."""
    digits, found = DECIMALS[case["currency"]], figures(computed(case | {"rounding": None}))
    left = int((Decimal(found["total"]) - Decimal(found.get("withheld_total", 0))).scaleb(digits))
    parts = []
    for part in (random.randint(0, max(left // 2, 0)), random.choice((0, left // 3, left))):
        if 0 < part <= left:
            parts.append(part)
            left -= part
    return [{"reference": "PRE", "date": "2026-11-01", "amount": f"{Decimal(p).scaleb(-digits):f}"} for p in parts]


def a_note(random: Random, crediting: Crediting) -> Note:
    """A part of some rows, by any measure: what may be credited of them; now and then all that is left."""
    if random.random() < 0.3 and crediting.left:
        return None
    items = {}
    for index in crediting.rows:
        if random.random() < 0.6 and (item := an_item(random, crediting, index)):
            items[index] = item
    return items


def an_item(random: Random, crediting: Crediting, index: int) -> Item | None:
    """A part of a row, now and then all that is left; None where there is none of this measure."""
    state, whole = crediting.states[index], crediting.rows[index].row.quantity
    measure, part = random.choice(("quantity", "quantity", "percentage", "amount")), random.choice((1, 1, 2, 3, 5))
    if state.share == 1:
        return None
    if measure == "amount":
        amount = int((crediting.whole(index) - state.figures.base) / part)
        return Item(measure, Fraction(amount)) if amount else None
    if measure == "percentage":
        percentage = cut((1 - state.share) * 100 / part)
        return Item(measure, percentage) if percentage else None
    left = whole - state.quantity
    quantity = left if part == 1 else cut(left / part)
    too_much = quantity != left and state.share + quantity / whole > 1
    return Item(measure, quantity) if quantity and not too_much else None


def cut(value: Fraction) -> Fraction:
    """At most six decimals, as requests have."""
    return Fraction(trunc(value * 10**6), 10**6)
