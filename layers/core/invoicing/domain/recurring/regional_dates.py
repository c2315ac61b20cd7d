"""What regions change in the dates of their language, after Unicode CLDR: "22 Nov 2026" is British."""

from collections.abc import Mapping

_LIKE_BRITAIN = (
    "001 150 AG AI AT BB BM BS CC CH CK CM CX CY CZ DE DG DK DM ER ES FI FJ FK FM FR GB GD GG GH GI GM GS GY HK "
    "HU ID IE IL IM IN IO IT JE JM KE KI KN KY LC LR LS MG MO MS MU MW MY NA NF NG NL NO NR NU NZ PG PL PN PT PW "
    "RO RW SB SC SD SE SG SH SI SK SL SS SX SZ TC TK TO TT TV TZ UG VC VG VU WS ZM"
)
_SEPT = "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec"
_LEVANTINE = "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول"

_VARIANTS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("ar", "DZ TN", {"names": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر"}),
    ("ar", "IQ JO LB PS SY", {"names": _LEVANTINE}),
    ("ar", "MA", {"names": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر"}),
    ("ar", "MR", {"names": "يناير فبراير مارس إبريل مايو يونيو يوليو أغشت شتمبر أكتوبر نوفمبر دجمبر"}),
    (
        "de",
        "AT IT",
        {"names": "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember"},
    ),
    ("en", _LIKE_BRITAIN, {"date": "{day} {short} {year}", "short": _SEPT}),
    ("en", "AE", {"date": "{day} {short} {year}"}),
    ("en", "AU", {"date": "{day} {short} {year}", "short": _SEPT.replace("Jun Jul", "June July")}),
    ("en", "BE BW MT ZA", {"date": "{day:02} {short} {year}", "short": _SEPT}),
    ("en", "BZ PK", {"date": "{day:02}-{short}-{year}", "short": _SEPT}),
    ("en", "MV", {"date": "{day:02}-{number:02}-{year}"}),
    ("en", "ZW", {"date": "{day:02} {short},{year}", "short": _SEPT}),
    ("es", "BO", {"date": "{day} {short} de {year}"}),
    ("es", "CL", {"date": "{day:02}-{number:02}-{year}"}),
    ("es", "CO GT", {"date": "{day}/{number:02}/{year}"}),
    ("es", "MX", {"short": "ene feb mar abr may jun jul ago sep oct nov dic"}),
    ("es", "PA PR", {"date": "{number:02}/{day:02}/{year}"}),
    (
        "es",
        "PE UY",
        {
            "short": "ene. feb. mar. abr. may. jun. jul. ago. set. oct. nov. dic.",
            "names": "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre",
        },
    ),
    ("es", "PY VE", {"short": "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic."}),
    ("fr", "CA", {"short": "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc."}),
    ("fr", "MA", {"short": "jan. fév. mar. avr. mai jui. juil. août sept. oct. nov. déc."}),
    ("pt", "AO CH CV GQ GW LU MO MZ PT ST TL", {"date": "{day:02}/{number:02}/{year}"}),
)


def changes_of(language: str, region: str) -> Mapping[str, str]:
    """Return the fields of a language's dates that are others in a region; "_" is the space within a name."""
    return next((changes for of, regions, changes in _VARIANTS if of == language and region in regions.split()), {})
