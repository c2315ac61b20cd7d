"""What is doubtful about a locale: texts, a region or digits that documents do not have."""

from collections.abc import Iterator

from invoicing.domain.language import LANGUAGES, ZEROS, language_of, locales_of, parts_of
from invoicing.domain.warnings import InputWarning

_REGIONS = (
    "AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW "
    "BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ER "
    "ES ET EU EZ FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC "
    "ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY "
    "MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM "
    "PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA QO RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR "
    "SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM UN US UY UZ VA VC VE VG VI VN "
    "VU WF WS XK YE YT ZA ZM ZW"
)
"""The countries and territories of Unicode CLDR."""

_AREAS = "001 150 419"
"""The world, Europe and Latin America, for which CLDR has formats of its own."""


def locale_warnings(locale: str | None) -> Iterator[InputWarning]:
    """Return what of a locale has no effect on documents: nothing says so later, when they are made."""
    if locale is None:
        return
    tags = locales_of(locale)
    for index, tag in enumerate(tags):
        yield from _warnings(tag, "locale" if len(tags) == 1 else f"locales[{index}]")


def _warnings(locale: str, field: str) -> Iterator[InputWarning]:
    parts, language = parts_of(locale), language_of(locale)
    if language not in LANGUAGES:
        yield _warning(
            field,
            f"There are no texts in {language}: documents are in English, with the number and date formats of "
            f"{language} where Unicode CLDR has them.",
        )
    if parts.region and parts.region not in f"{_REGIONS} {_AREAS}".split():
        yield _warning(field, f"{parts.region} is no known region: documents have the formats of the language alone.")
    if parts.numbering and parts.numbering not in ZEROS:
        message = f"There are no digits {parts.numbering}, only {', '.join(ZEROS)}: documents have Western digits."
        yield _warning(field, message)


def _warning(field: str, message: str) -> InputWarning:
    return InputWarning(field, "LOCALE_UNSUPPORTED", message)
