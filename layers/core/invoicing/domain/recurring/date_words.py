"""Dates and months as readers of a language write them, after Unicode CLDR: "22.11.2026", "November 2026".

They become part of an invoice when it is made, where nothing is rendered yet; hence a table of its own. Loaded by the
first text with a placeholder.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from invoicing.domain.language import digits_of, language_of, parts_of
from invoicing.domain.recurring.regional_dates import changes_of

FALLBACK = "en"


class _Words(NamedTuple):
    """How a language writes a date and a month, and the names of its months, in full and short."""

    date: str
    month: str
    names: str = ""
    short: str = ""


_WORDS: Mapping[str, _Words] = {
    "ar": _Words(
        "{day} {name} {year}",
        "{name} {year}",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    ),
    "bg": _Words(
        "{day}.{number:02}.{year} г.",
        "{name} {year} г.",
        "януари февруари март април май юни юли август септември октомври ноември декември",
    ),
    "ca": _Words(
        "{day} {short} {year}",
        "{name} del {year}",
        "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
        "de_gen. de_febr. de_març d’abr. de_maig de_juny de_jul. d’ag. de_set. d’oct. de_nov. de_des.",
    ),
    "cs": _Words(
        "{day}. {number}. {year}",
        "{name} {year}",
        "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    ),
    "da": _Words(
        "{day}. {short} {year}",
        "{name} {year}",
        "januar februar marts april maj juni juli august september oktober november december",
        "jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec.",
    ),
    "de": _Words(
        "{day:02}.{number:02}.{year}",
        "{name} {year}",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    ),
    "el": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος "
        "Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος",
        "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
    ),
    "en": _Words(
        "{short} {day}, {year}",
        "{name} {year}",
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    ),
    "es": _Words(
        "{day} {short} {year}",
        "{name} de {year}",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr may jun jul ago sept oct nov dic",
    ),
    "et": _Words(
        "{day}. {short} {year}",
        "{name} {year}",
        "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
        "jaan veebr märts apr mai juuni juuli aug sept okt nov dets",
    ),
    "fi": _Words(
        "{day}.{number}.{year}",
        "{name} {year}",
        "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    ),
    "fr": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    ),
    "he": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
        "בינו׳ בפבר׳ במרץ באפר׳ במאי ביוני ביולי באוג׳ בספט׳ באוק׳ בנוב׳ בדצמ׳",
    ),
    "hi": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
        "जन॰ फ़र॰ मार्च अप्रैल मई जून जुल॰ अग॰ सित॰ अक्टू॰ नव॰ दिस॰",
    ),
    "hr": _Words(
        "{day}. {short} {year}.",
        "{name} {year}.",
        "siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac",
        "sij velj ožu tra svi lip srp kol ruj lis stu pro",
    ),
    "hu": _Words(
        "{year}. {short} {day}.",
        "{year}. {name}",
        "január február március április május június július augusztus szeptember október november december",
        "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
    ),
    "id": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
    ),
    "it": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "gen feb mar apr mag giu lug ago set ott nov dic",
    ),
    "ja": _Words(
        "{year}/{number:02}/{day:02}",
        "{year}年{number}月",
    ),
    "ko": _Words(
        "{year}. {number}. {day}.",
        "{year}년 {number}월",
    ),
    "lt": _Words(
        "{year}-{number:02}-{day:02}",
        "{year} m. {name}",
        "sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis",
    ),
    "lv": _Words(
        "{year}. gada {day}. {short}",
        "{year}. g. {name}",
        "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
        "janv. febr. marts apr. maijs jūn. jūl. aug. sept. okt. nov. dec.",
    ),
    "ms": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",
        "Jan Feb Mac Apr Mei Jun Jul Ogo Sep Okt Nov Dis",
    ),
    "nl": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
    ),
    "no": _Words(
        "{day}. {short} {year}",
        "{name} {year}",
        "januar februar mars april mai juni juli august september oktober november desember",
        "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
    ),
    "pl": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    ),
    "pt": _Words(
        "{day} de {short} de {year}",
        "{name} de {year}",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
    ),
    "ro": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        "ian. feb. mar. apr. mai iun. iul. aug. sept. oct. nov. dec.",
    ),
    "ru": _Words(
        "{day} {short} {year} г.",
        "{name} {year} г.",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
    ),
    "sk": _Words(
        "{day}. {number}. {year}",
        "{name} {year}",
        "január február marec apríl máj jún júl august september október november december",
    ),
    "sl": _Words(
        "{day}. {short} {year}",
        "{name} {year}",
        "januar februar marec april maj junij julij avgust september oktober november december",
        "jan. feb. mar. apr. maj jun. jul. avg. sep. okt. nov. dec.",
    ),
    "sv": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.",
    ),
    "th": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
        "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    ),
    "tr": _Words(
        "{day} {short} {year}",
        "{name} {year}",
        "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
        "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
    ),
    "uk": _Words(
        "{day} {short} {year} р.",
        "{name} {year} р.",
        "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
        "січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.",
    ),
    "vi": _Words(
        "{day} thg {number}, {year}",
        "tháng {number} năm {year}",
    ),
    "zh-Hans": _Words(
        "{year}年{number}月{day}日",
        "{year}年{number}月",
    ),
    "zh-Hant": _Words(
        "{year}年{number}月{day}日",
        "{year}年{number}月",
    ),
}
"""By language; names are in the form that stands with a year, in order, with a space between."""


def date_in_words(day: date, locale: str) -> str:
    """Write a date in its usual short form, with an unmistakable month: "Nov 22, 2026", "22.11.2026"."""
    return _written(_words_of(locale).date, day, locale)


def month_in_words(day: date, locale: str) -> str:
    """Write the month of a date, with its year: "November 2026"."""
    return _written(_words_of(locale).month, day, locale)


def _written(form: str, day: date, locale: str) -> str:
    words = _words_of(locale)
    name, short = (_name(names, day.month) for names in (words.names, words.short))
    text = form.format(day=day.day, number=day.month, name=name, short=short, year=day.year)
    return text.translate(digits_of(locale))


def _name(names: str, month: int) -> str:
    return names.split()[month - 1].replace("_", " ") if names else ""


def _words_of(locale: str) -> _Words:
    language = language_of(locale)
    return _WORDS.get(language, _WORDS[FALLBACK])._replace(**changes_of(language, parts_of(locale).region))
