"""The figures of the README are those of the code."""

import pytest

from invoicing.domain.money.currencies import EXPONENTS
from invoicing.domain.parties.tax_ids import TAX_ID_TYPES
from invoicing_documents.wording import languages
from tests.template import ROOT
from tools.demo import lines

CUSTOMERS = [line["body"] for _, line in lines() if line["do"] == "POST /customers"]
WORDS = ("five", "six", "seven", "eight", "nine", "ten")


def in_words(number: int) -> str:
    return WORDS[number - 5]


@pytest.mark.parametrize(
    "said",
    [
        f"{len(TAX_ID_TYPES.keys() - {'other'})} kinds of tax registrations",
        f"in {len(list(languages()))} languages",
        f"- {len(EXPONENTS)} currencies",
        f"for {in_words(len(CUSTOMERS))} customers",
        f"in {in_words(len({each.get('currency', 'EUR') for each in CUSTOMERS}))} currencies",
        f"and {in_words(len({each['locale'][:2] for each in CUSTOMERS}))} languages",
    ],
)
def test_the_readme_says_how_many_there_are(said: str) -> None:
    assert said in (ROOT / "README.md").read_text(encoding="utf-8")
