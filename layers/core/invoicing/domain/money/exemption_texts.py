"""Why an amount has no tax, in the reader's language: the texts of categories without a reason of their own.

Where the law fixes the words, they are its own: of reverse charge those of Directive 2006/112/EC, article 226 (11a), in
each language. Loaded by the first document that needs one.
"""

from collections.abc import Mapping

SMALL_BUSINESS = "small_business"
"""The text of an account that charges no tax because of its size."""

FALLBACK = "en"

_NAMES = ("E", "AE", "K", "G", "O", SMALL_BUSINESS)

# fmt: off
_TEXTS: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "ar": (
        "معفى من الضريبة", "احتساب عكسي: يلتزم العميل بالضريبة", "توريد داخل الاتحاد الأوروبي معفى من الضريبة",
        "تصدير معفى من الضريبة", "خارج نطاق الضريبة", "إعفاء المنشآت الصغيرة: لا تُحتسب ضريبة",
    ),
    "bg": (
        "Освободено от ДДС", "Обратно начисляване", "Освободена вътреобщностна доставка", "Износ, освободен от ДДС",
        "Извън обхвата на ДДС", "Доставчикът не е регистриран по ДДС: данък не се начислява",
    ),
    "ca": (
        "Operació exempta d’IVA", "Inversió del subjecte passiu", "Lliurament intracomunitari exempt d’IVA",
        "Exportació exempta d’IVA", "Operació no subjecta a l’IVA",
        "Operació exempta d’IVA: règim de franquícia de petites empreses",
    ),
    "cs": (
        "Osvobozeno od DPH", "Daň odvede zákazník", "Osvobozené dodání zboží do jiného členského státu EU",
        "Vývoz osvobozený od DPH", "Není předmětem DPH", "Dodavatel není plátcem DPH",
    ),
    "da": (
        "Fritaget for moms", "Omvendt betalingspligt", "Momsfri levering til et andet EU-land", "Momsfri eksport",
        "Uden for momslovens anvendelsesområde", "Fritaget for moms som lille virksomhed",
    ),
    "de": (
        "Umsatzsteuerfrei", "Steuerschuldnerschaft des Leistungsempfängers",
        "Steuerfreie innergemeinschaftliche Lieferung", "Steuerfreie Ausfuhrlieferung", "Nicht steuerbar",
        "Steuerbefreiung für Kleinunternehmer: Es wird keine Umsatzsteuer berechnet",
    ),
    "el": (
        "Απαλλάσσεται από ΦΠΑ", "Αντίστροφη επιβάρυνση", "Ενδοκοινοτική παράδοση απαλλασσόμενη από ΦΠΑ",
        "Εξαγωγή απαλλασσόμενη από ΦΠΑ", "Εκτός πεδίου εφαρμογής του ΦΠΑ",
        "Απαλλαγή από ΦΠΑ: ειδικό καθεστώς μικρών επιχειρήσεων",
    ),
    "en": (
        "Exempt from tax", "Reverse charge", "Exempt intra-Community supply", "Export exempt from tax",
        "Outside the scope of tax", "Small business exemption: no tax is charged",
    ),
    "es": (
        "Operación exenta de IVA", "Inversión del sujeto pasivo", "Entrega intracomunitaria exenta de IVA",
        "Exportación exenta de IVA", "Operación no sujeta a IVA",
        "Operación exenta de IVA: régimen de franquicia de pequeñas empresas",
    ),
    "et": (
        "Käibemaksust vabastatud", "Pöördmaksustamine", "Käibemaksust vabastatud ühendusesisene käive",
        "Käibemaksust vabastatud eksport", "Ei ole käibemaksuga maksustatav",
        "Väikeettevõtja maksuvabastus: käibemaksu ei lisata",
    ),
    "fi": (
        "Vapautettu arvonlisäverosta", "Käännetty verovelvollisuus", "Veroton yhteisömyynti", "Veroton vienti",
        "Arvonlisäveron soveltamisalan ulkopuolella", "Arvonlisäveroton: vähäinen toiminta",
    ),
    "fr": (
        "Exonéré de TVA", "Autoliquidation", "Livraison intracommunautaire exonérée de TVA",
        "Exportation exonérée de TVA", "Hors champ d’application de la TVA", "TVA non applicable – franchise en base",
    ),
    "he": (
        "פטור ממס", "חיוב הפוך: המס חל על הלקוח", "אספקה פטורה ממס בתוך האיחוד האירופי", "יצוא פטור ממס",
        "מחוץ לתחולת המס", "פטור לעסק קטן: לא נגבה מס",
    ),
    "hi": (
        "कर से मुक्त", "प्रतिलोम प्रभार: कर का दायित्व ग्राहक का है", "यूरोपीय संघ के भीतर कर-मुक्त आपूर्ति",
        "कर-मुक्त निर्यात", "कर के दायरे से बाहर", "लघु व्यवसाय छूट: कोई कर नहीं लिया जाता",
    ),
    "hr": (
        "Oslobođeno PDV-a", "Prijenos porezne obveze", "Isporuka unutar EU oslobođena PDV-a", "Izvoz oslobođen PDV-a",
        "Ne podliježe PDV-u", "Prodavatelj nije u sustavu PDV-a: PDV nije obračunan",
    ),
    "hu": (
        "Áfamentes", "Fordított adózás", "Adómentes Közösségen belüli termékértékesítés", "Adómentes termékexport",
        "Az áfa hatályán kívül", "Alanyi adómentes",
    ),
    "id": (
        "Dibebaskan dari pajak", "Pajak terutang oleh pembeli (reverse charge)",
        "Penyerahan di dalam Uni Eropa yang dibebaskan dari pajak", "Ekspor yang dibebaskan dari pajak",
        "Di luar lingkup pajak", "Pembebasan usaha kecil: pajak tidak dipungut",
    ),
    "it": (
        "Operazione esente da IVA", "Inversione contabile", "Cessione intracomunitaria non imponibile",
        "Cessione all’esportazione non imponibile", "Operazione fuori campo IVA",
        "Operazione senza applicazione dell’IVA: regime di franchigia per le piccole imprese",
    ),
    "ja": (
        "非課税", "リバースチャージ（お客様が納税義務者）", "EU域内の免税取引", "輸出免税", "課税対象外",
        "小規模事業者の免税：税は加算されません",
    ),
    "ko": (
        "면세", "대리납부: 고객이 세금을 납부합니다", "EU 역내 면세 공급", "수출 면세", "과세 대상 아님",
        "소규모 사업자 면세: 세금이 부과되지 않습니다",
    ),
    "lt": (
        "Neapmokestinama PVM", "Atvirkštinis apmokestinimas",
        "Neapmokestinamas PVM prekių tiekimas į kitą ES valstybę", "Neapmokestinamas PVM eksportas",
        "Ne PVM objektas", "Pardavėjas nėra PVM mokėtojas: PVM neskaičiuojamas",
    ),
    "lv": (
        "Atbrīvots no PVN", "Nodokļa apgrieztā maksāšana", "No PVN atbrīvota piegāde Eiropas Savienībā",
        "No PVN atbrīvots eksports", "Nav PVN objekts", "Mazā uzņēmuma atbrīvojums: PVN netiek piemērots",
    ),
    "ms": (
        "Dikecualikan daripada cukai", "Caj berbalik: cukai ditanggung oleh pelanggan",
        "Pembekalan dalam Kesatuan Eropah yang dikecualikan daripada cukai",
        "Eksport yang dikecualikan daripada cukai", "Di luar skop cukai",
        "Pengecualian perniagaan kecil: tiada cukai dikenakan",
    ),
    "nl": (
        "Vrijgesteld van btw", "Btw verlegd", "Vrijgestelde intracommunautaire levering", "Vrijgestelde uitvoer",
        "Buiten het toepassingsgebied van de btw", "Vrijgesteld van btw: kleineondernemersregeling",
    ),
    "no": (
        "Unntatt fra merverdiavgift", "Omvendt avgiftsplikt", "Avgiftsfri levering til et annet EU-land",
        "Avgiftsfri eksport", "Utenfor merverdiavgiftslovens område",
        "Selgeren er ikke registrert i Merverdiavgiftsregisteret",
    ),
    "pl": (
        "Zwolnione z VAT", "Odwrotne obciążenie", "Wewnątrzwspólnotowa dostawa towarów bez VAT", "Eksport bez VAT",
        "Nie podlega opodatkowaniu VAT", "Zwolnienie podmiotowe z VAT",
    ),
    "pt": (
        "Isento de IVA", "IVA – autoliquidação", "Transmissão intracomunitária isenta de IVA",
        "Exportação isenta de IVA", "Não sujeito a IVA", "IVA – regime de isenção",
    ),
    "ro": (
        "Scutit de TVA", "Taxare inversă", "Livrare intracomunitară scutită de TVA", "Export scutit de TVA",
        "În afara sferei de aplicare a TVA", "Scutit de TVA: regim special pentru întreprinderile mici",
    ),
    "ru": (
        "Освобождено от НДС", "НДС исчисляет и уплачивает покупатель", "Поставка внутри ЕС, освобождённая от НДС",
        "Экспорт, освобождённый от НДС", "Не является объектом обложения НДС",
        "Без НДС: продавец не является плательщиком НДС",
    ),
    "sk": (
        "Oslobodené od DPH", "Prenesenie daňovej povinnosti",
        "Dodanie tovaru do iného členského štátu EÚ oslobodené od DPH", "Vývoz oslobodený od DPH",
        "Nie je predmetom DPH", "Dodávateľ nie je platiteľom DPH",
    ),
    "sl": (
        "Oproščeno DDV", "Obrnjena davčna obveznost", "Dobava blaga v drugo državo članico EU, oproščena DDV",
        "Izvoz, oproščen DDV", "Ni predmet DDV", "Prodajalec ni identificiran za namene DDV: DDV ni obračunan",
    ),
    "sv": (
        "Undantaget från moms", "Omvänd betalningsskyldighet", "Momsfri leverans till ett annat EU-land",
        "Momsfri export", "Utanför momsens tillämpningsområde", "Befriat från moms enligt reglerna för små företag",
    ),
    "th": (
        "ได้รับยกเว้นภาษี", "ผู้ซื้อเป็นผู้นำส่งภาษี (reverse charge)", "การขายภายในสหภาพยุโรปที่ได้รับยกเว้นภาษี",
        "การส่งออกที่ได้รับยกเว้นภาษี", "อยู่นอกขอบเขตภาษี", "ได้รับยกเว้นสำหรับกิจการขนาดเล็ก: ไม่เรียกเก็บภาษี",
    ),
    "tr": (
        "KDV’den istisna", "KDV alıcı tarafından beyan edilir", "AB içi teslim, KDV’den istisna",
        "İhracat, KDV’den istisna", "KDV kapsamı dışında", "KDV’den muaf küçük işletme",
    ),
    "uk": (
        "Звільнено від ПДВ", "ПДВ нараховує та сплачує покупець", "Постачання в межах ЄС, звільнене від ПДВ",
        "Експорт, звільнений від ПДВ", "Не є об’єктом оподаткування ПДВ", "Без ПДВ: продавець не є платником ПДВ",
    ),
    "vi": (
        "Miễn thuế", "Cơ chế đảo thuế: người mua nộp thuế", "Cung cấp trong nội bộ Liên minh châu Âu được miễn thuế",
        "Xuất khẩu được miễn thuế", "Không thuộc đối tượng chịu thuế",
        "Miễn thuế cho doanh nghiệp nhỏ: không tính thuế",
    ),
    "zh-Hans": (
        "免税", "反向征收：由客户缴纳税款", "欧盟内部免税供应", "出口免税", "不属于征税范围",
        "小规模企业免税：不收取税款",
    ),
    "zh-Hant": (
        "免稅", "反向課稅：由客戶繳納稅款", "歐盟境內免稅供應", "出口免稅", "不屬於課稅範圍",
        "小規模企業免稅：不收取稅款",
    ),
}
# fmt: on

TEXTS: Mapping[str, Mapping[str, str]] = {
    language: dict(zip(_NAMES, texts, strict=True)) for language, texts in _TEXTS.items()
}
"""The text of each category, by language."""


def texts_of(language: str) -> Mapping[str, str]:
    """Return the texts in a language, in English where there are none."""
    return TEXTS.get(language, TEXTS[FALLBACK])
