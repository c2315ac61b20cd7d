"""How lines of late fees begin, in the reader's language. Loaded by the first fee that is charged."""

from collections.abc import Mapping

FALLBACK = "en"

TEXTS: Mapping[str, tuple[str, str]] = {
    "ar": ("رسوم تأخير", "فائدة تأخير"),
    "bg": ("Такса за забава", "Лихва за забава"),
    "ca": ("Recàrrec per demora", "Interessos de demora"),
    "cs": ("Poplatek za pozdní platbu", "Úrok z prodlení"),
    "da": ("Gebyr for sen betaling", "Morarenter"),
    "de": ("Verzugspauschale", "Verzugszinsen"),
    "el": ("Χρέωση καθυστέρησης πληρωμής", "Τόκοι υπερημερίας"),
    "en": ("Late fee", "Late payment interest"),
    "es": ("Recargo por demora", "Intereses de demora"),
    "et": ("Viivistasu", "Viivis"),
    "fi": ("Viivästysmaksu", "Viivästyskorko"),
    "fr": ("Indemnité de retard", "Intérêts de retard"),
    "he": ("דמי פיגור", "ריבית פיגורים"),
    "hi": ("विलंब शुल्क", "विलंबित भुगतान पर ब्याज"),
    "hr": ("Naknada za kašnjenje", "Zatezne kamate"),
    "hu": ("Késedelmi díj", "Késedelmi kamat"),
    "id": ("Denda keterlambatan", "Bunga keterlambatan"),
    "it": ("Penale per ritardato pagamento", "Interessi di mora"),
    "ja": ("延滞手数料", "遅延損害金"),
    "ko": ("연체 수수료", "연체 이자"),
    "lt": ("Mokestis už pavėluotą apmokėjimą", "Delspinigiai"),
    "lv": ("Maksa par kavējumu", "Nokavējuma procenti"),
    "ms": ("Caj bayaran lewat", "Faedah bayaran lewat"),
    "nl": ("Vergoeding voor te late betaling", "Rente wegens te late betaling"),
    "no": ("Forsinkelsesgebyr", "Forsinkelsesrenter"),
    "pl": ("Opłata za opóźnienie w płatności", "Odsetki za opóźnienie"),
    "pt": ("Encargo por atraso de pagamento", "Juros de mora"),
    "ro": ("Penalitate de întârziere", "Dobândă penalizatoare"),
    "ru": ("Неустойка за просрочку платежа", "Проценты за просрочку платежа"),
    "sk": ("Poplatok za oneskorenú platbu", "Úrok z omeškania"),
    "sl": ("Nadomestilo za zamudo", "Zamudne obresti"),
    "sv": ("Förseningsavgift", "Dröjsmålsränta"),
    "th": ("ค่าปรับชำระล่าช้า", "ดอกเบี้ยผิดนัดชำระ"),
    "tr": ("Gecikme bedeli", "Gecikme faizi"),
    "uk": ("Неустойка за прострочення платежу", "Проценти за прострочення платежу"),
    "vi": ("Phí thanh toán trễ", "Lãi chậm thanh toán"),
    "zh-Hans": ("滞纳金", "逾期利息"),
    "zh-Hant": ("滯納金", "逾期利息"),
}
"""A fee and interest, by language."""


def texts_of(language: str) -> tuple[str, str]:
    """Return how the line of a fee and that of interest begin."""
    return TEXTS.get(language, TEXTS[FALLBACK])
