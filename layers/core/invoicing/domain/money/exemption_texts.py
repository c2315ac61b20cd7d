"""Why an amount has no tax, in the reader's language: the texts of categories without a reason of their own.

Where the law fixes the words, they are its own: of reverse charge those of Directive 2006/112/EC, article 226 (11a), in
each language. Loaded by the first document that needs one.
"""

from collections.abc import Mapping

SMALL_BUSINESS = "small_business"
"""The text of an account that charges no tax because of its size."""

FALLBACK = "en"

TEXTS: Mapping[str, Mapping[str, str]] = {
    "ar": {
        "E": "معفى من الضريبة",
        "AE": "احتساب عكسي: يلتزم العميل بالضريبة",
        "K": "توريد داخل الاتحاد الأوروبي معفى من الضريبة",
        "G": "تصدير معفى من الضريبة",
        "O": "خارج نطاق الضريبة",
        SMALL_BUSINESS: "إعفاء المنشآت الصغيرة: لا تُحتسب ضريبة",
    },
    "cs": {
        "E": "Osvobozeno od DPH",
        "AE": "Daň odvede zákazník",
        "K": "Osvobozené dodání zboží do jiného členského státu EU",
        "G": "Vývoz osvobozený od DPH",
        "O": "Není předmětem DPH",
        SMALL_BUSINESS: "Dodavatel není plátcem DPH",
    },
    "da": {
        "E": "Fritaget for moms",
        "AE": "Omvendt betalingspligt",
        "K": "Momsfri levering til et andet EU-land",
        "G": "Momsfri eksport",
        "O": "Uden for momslovens anvendelsesområde",
        SMALL_BUSINESS: "Fritaget for moms som lille virksomhed",
    },
    "de": {
        "E": "Umsatzsteuerfrei",
        "AE": "Steuerschuldnerschaft des Leistungsempfängers",
        "K": "Steuerfreie innergemeinschaftliche Lieferung",
        "G": "Steuerfreie Ausfuhrlieferung",
        "O": "Nicht steuerbar",
        SMALL_BUSINESS: "Steuerbefreiung für Kleinunternehmer: Es wird keine Umsatzsteuer berechnet",
    },
    "el": {
        "E": "Απαλλάσσεται από ΦΠΑ",
        "AE": "Αντίστροφη επιβάρυνση",
        "K": "Ενδοκοινοτική παράδοση απαλλασσόμενη από ΦΠΑ",
        "G": "Εξαγωγή απαλλασσόμενη από ΦΠΑ",
        "O": "Εκτός πεδίου εφαρμογής του ΦΠΑ",
        SMALL_BUSINESS: "Απαλλαγή από ΦΠΑ: ειδικό καθεστώς μικρών επιχειρήσεων",
    },
    "en": {
        "E": "Exempt from tax",
        "AE": "Reverse charge",
        "K": "Exempt intra-Community supply",
        "G": "Export exempt from tax",
        "O": "Outside the scope of tax",
        SMALL_BUSINESS: "Small business exemption: no tax is charged",
    },
    "es": {
        "E": "Operación exenta de IVA",
        "AE": "Inversión del sujeto pasivo",
        "K": "Entrega intracomunitaria exenta de IVA",
        "G": "Exportación exenta de IVA",
        "O": "Operación no sujeta a IVA",
        SMALL_BUSINESS: "Operación exenta de IVA: régimen de franquicia de pequeñas empresas",
    },
    "fi": {
        "E": "Vapautettu arvonlisäverosta",
        "AE": "Käännetty verovelvollisuus",
        "K": "Veroton yhteisömyynti",
        "G": "Veroton vienti",
        "O": "Arvonlisäveron soveltamisalan ulkopuolella",
        SMALL_BUSINESS: "Arvonlisäveroton: vähäinen toiminta",
    },
    "fr": {
        "E": "Exonéré de TVA",
        "AE": "Autoliquidation",
        "K": "Livraison intracommunautaire exonérée de TVA",
        "G": "Exportation exonérée de TVA",
        "O": "Hors champ d’application de la TVA",
        SMALL_BUSINESS: "TVA non applicable – franchise en base",
    },
    "he": {
        "E": "פטור ממס",
        "AE": "חיוב הפוך: המס חל על הלקוח",
        "K": "אספקה פטורה ממס בתוך האיחוד האירופי",
        "G": "יצוא פטור ממס",
        "O": "מחוץ לתחולת המס",
        SMALL_BUSINESS: "פטור לעסק קטן: לא נגבה מס",
    },
    "hi": {
        "E": "कर से मुक्त",
        "AE": "प्रतिलोम प्रभार: कर का दायित्व ग्राहक का है",
        "K": "यूरोपीय संघ के भीतर कर-मुक्त आपूर्ति",
        "G": "कर-मुक्त निर्यात",
        "O": "कर के दायरे से बाहर",
        SMALL_BUSINESS: "लघु व्यवसाय छूट: कोई कर नहीं लिया जाता",
    },
    "hu": {
        "E": "Áfamentes",
        "AE": "Fordított adózás",
        "K": "Adómentes Közösségen belüli termékértékesítés",
        "G": "Adómentes termékexport",
        "O": "Az áfa hatályán kívül",
        SMALL_BUSINESS: "Alanyi adómentes",
    },
    "it": {
        "E": "Operazione esente da IVA",
        "AE": "Inversione contabile",
        "K": "Cessione intracomunitaria non imponibile",
        "G": "Cessione all’esportazione non imponibile",
        "O": "Operazione fuori campo IVA",
        SMALL_BUSINESS: "Operazione senza applicazione dell’IVA: regime di franchigia per le piccole imprese",
    },
    "ja": {
        "E": "非課税",
        "AE": "リバースチャージ（お客様が納税義務者）",
        "K": "EU域内の免税取引",
        "G": "輸出免税",
        "O": "課税対象外",
        SMALL_BUSINESS: "小規模事業者の免税：税は加算されません",
    },
    "ko": {
        "E": "면세",
        "AE": "대리납부: 고객이 세금을 납부합니다",
        "K": "EU 역내 면세 공급",
        "G": "수출 면세",
        "O": "과세 대상 아님",
        SMALL_BUSINESS: "소규모 사업자 면세: 세금이 부과되지 않습니다",
    },
    "nl": {
        "E": "Vrijgesteld van btw",
        "AE": "Btw verlegd",
        "K": "Vrijgestelde intracommunautaire levering",
        "G": "Vrijgestelde uitvoer",
        "O": "Buiten het toepassingsgebied van de btw",
        SMALL_BUSINESS: "Vrijgesteld van btw: kleineondernemersregeling",
    },
    "no": {
        "E": "Unntatt fra merverdiavgift",
        "AE": "Omvendt avgiftsplikt",
        "K": "Avgiftsfri levering til et annet EU-land",
        "G": "Avgiftsfri eksport",
        "O": "Utenfor merverdiavgiftslovens område",
        SMALL_BUSINESS: "Selgeren er ikke registrert i Merverdiavgiftsregisteret",
    },
    "pl": {
        "E": "Zwolnione z VAT",
        "AE": "Odwrotne obciążenie",
        "K": "Wewnątrzwspólnotowa dostawa towarów bez VAT",
        "G": "Eksport bez VAT",
        "O": "Nie podlega opodatkowaniu VAT",
        SMALL_BUSINESS: "Zwolnienie podmiotowe z VAT",
    },
    "pt": {
        "E": "Isento de IVA",
        "AE": "IVA – autoliquidação",
        "K": "Transmissão intracomunitária isenta de IVA",
        "G": "Exportação isenta de IVA",
        "O": "Não sujeito a IVA",
        SMALL_BUSINESS: "IVA – regime de isenção",
    },
    "ro": {
        "E": "Scutit de TVA",
        "AE": "Taxare inversă",
        "K": "Livrare intracomunitară scutită de TVA",
        "G": "Export scutit de TVA",
        "O": "În afara sferei de aplicare a TVA",
        SMALL_BUSINESS: "Scutit de TVA: regim special pentru întreprinderile mici",
    },
    "ru": {
        "E": "Освобождено от НДС",
        "AE": "НДС исчисляет и уплачивает покупатель",
        "K": "Поставка внутри ЕС, освобождённая от НДС",
        "G": "Экспорт, освобождённый от НДС",
        "O": "Не является объектом обложения НДС",
        SMALL_BUSINESS: "Без НДС: продавец не является плательщиком НДС",
    },
    "sv": {
        "E": "Undantaget från moms",
        "AE": "Omvänd betalningsskyldighet",
        "K": "Momsfri leverans till ett annat EU-land",
        "G": "Momsfri export",
        "O": "Utanför momsens tillämpningsområde",
        SMALL_BUSINESS: "Befriat från moms enligt reglerna för små företag",
    },
    "th": {
        "E": "ได้รับยกเว้นภาษี",
        "AE": "ผู้ซื้อเป็นผู้นำส่งภาษี (reverse charge)",
        "K": "การขายภายในสหภาพยุโรปที่ได้รับยกเว้นภาษี",
        "G": "การส่งออกที่ได้รับยกเว้นภาษี",
        "O": "อยู่นอกขอบเขตภาษี",
        SMALL_BUSINESS: "ได้รับยกเว้นสำหรับกิจการขนาดเล็ก: ไม่เรียกเก็บภาษี",
    },
    "tr": {
        "E": "KDV’den istisna",
        "AE": "KDV alıcı tarafından beyan edilir",
        "K": "AB içi teslim, KDV’den istisna",
        "G": "İhracat, KDV’den istisna",
        "O": "KDV kapsamı dışında",
        SMALL_BUSINESS: "KDV’den muaf küçük işletme",
    },
    "uk": {
        "E": "Звільнено від ПДВ",
        "AE": "ПДВ нараховує та сплачує покупець",
        "K": "Постачання в межах ЄС, звільнене від ПДВ",
        "G": "Експорт, звільнений від ПДВ",
        "O": "Не є об’єктом оподаткування ПДВ",
        SMALL_BUSINESS: "Без ПДВ: продавець не є платником ПДВ",
    },
    "zh-Hans": {
        "E": "免税",
        "AE": "反向征收：由客户缴纳税款",
        "K": "欧盟内部免税供应",
        "G": "出口免税",
        "O": "不属于征税范围",
        SMALL_BUSINESS: "小规模企业免税：不收取税款",
    },
    "zh-Hant": {
        "E": "免稅",
        "AE": "反向課稅：由客戶繳納稅款",
        "K": "歐盟境內免稅供應",
        "G": "出口免稅",
        "O": "不屬於課稅範圍",
        SMALL_BUSINESS: "小規模企業免稅：不收取稅款",
    },
}
"""The text of each category, by language."""


def texts_of(language: str) -> Mapping[str, str]:
    """Return the texts in a language, in English where there are none."""
    return TEXTS.get(language, TEXTS[FALLBACK])
