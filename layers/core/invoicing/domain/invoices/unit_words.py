"""The words that stand for a unit of measure, by its code, in the form of `units.plain_word`.

Written by `python -m tools.units` from Unicode CLDR and our own names: do not edit.
"""

# fmt: off
UNIT_WORDS = {
    "C62": (
        "eenheden|eenheid|einheit|einheiten|one|unidad|unidade|unidades|unit|units|unità|unité|unités"),
    "E48": (
        "service unit|service units"),
    "H87": (
        "adet|buah|buc|cái|db|gab|item|items|kom|kos|ks|pc|pce|pcs|pezzi|pezzo|piece|pieces|pieza|piezas|pièce|"
        "pièces|pz|st|stck|stk|stuk|stuks|stück|szt|tk|ud|un|vnt|τεμ|бр|шт|יח׳|قطعة|नग|ชิ้น|件|個|개"),
    "EA": (
        "ea|each"),
    "SET": (
        "bộ|conjunto|conjuntos|joc|jocs|juego|juegos|kompl|komplet|kompleta|kompletov|készlet|lot|lots|sada|sady|"
        "sarja|sarjaa|satz|set|sets|seturi|sätze|sæt|súprava|súpravy|takım|σετ|компл|סט|طقم|सेट|ชุด|セット|套|세트"),
    "PR": (
        "paar|paari|paia|paio|pair|paire|paires|pairs|par|parell|parells|pares|pari|paria|parov|pasang|pora|"
        "pora-os|pár|páry|párů|pāri|pāris|çift|đôi|ζεύγ|пар|чифт|чифта|זוג|زوج|जोड़ी|คู่|双|組|雙|쌍"),
    "XBX": (
        "box|boxes|boîte|boîtes|caja|cajas|capsa|capses|cx|doboz|doos|dus|dėžė|dėžė-s|eske|esker|hộp|karp|karpi|"
        "kartong|kartonger|kaste|kastes|kotak|krab|kutija|kutije|kutu|ltk|pud|scat|schachtel|schachteln|æske|æsker|"
        "škatla|škatle|škatule|škatuľa|κουτ|кор|кутии|кутия|קופסה|صندوق|डिब्बा|กล่อง|盒|箱|상자"),
    "XPK": (
        "bal|balenia|balenie|conf|csomag|emb|förp|gói|iepakojumi|iepakojums|opak|pachet|pachete|pack|package|"
        "packages|packs|packung|packungen|pak|paket|paketa|paketov|pakk|pakke|pakken|pakker|pakki|paquet|paquete|"
        "paquetes|paquets|pek|pkt|συσκ|пакет|пакета|уп|חבילה|عبوة|पैकेट|แพ็ค|パック|包|팩"),
    "LS": (
        "a corpo|a preu fet|bendra suma|borongan|fast pris|fastpris|fixed price|flat fee|flat rate|forfait|"
        "forfetar|götürü|kiinteä hinta|kogusumma|kopsumma|lump|lump sum|lumpsum|pauschal|pauschale|paušalno|paušál|"
        "pavšal|psch|ryczałt|sekali gus|tanto alzado|trọn gói|valor global|vaste prijs|átalány|κατ’ αποκοπή|общо|"
        "фикс. сумма|фікс. сума|סכום כולל|مبلغ مقطوع|एकमुश्त|เหมาจ่าย|一式|包干|일식"),
    "SEC": (
        "de secunde|detik|dtk|giây|mp|másodperc|s|saniye|sec|second|seconde|seconden|secondes|secondi|secondo|"
        "seconds|secs|secunde|secundă|segon|segons|segundo|segundos|sek|sekund|sekunda|sekunde|sekunden|sekunder|"
        "sekundes|sekundi|sekundit|sekundy|sekundė|sekundės|sekundžių|sekunti|sekuntia|sekunžu|sekúnd|sn|δευτ|"
        "δευτερόλεπτα|δευτερόλεπτο|с|сек|секунд|секунда|секунди|секунды|שניה|שניות|שנ׳|שתי שניות|ث|ثانية|ثانيتان|"
        "ثوان|सेकंड|से॰|วิ|วินาที|秒|秒钟|초"),
    "MIN": (
        "dakika|de minute|dk|menit|min|minit|mins|minut|minuta|minute|minuten|minuter|minutes|minuti|minutit|"
        "minuto|minutos|minuts|minutt|minutter|minuty|minutė|minutės|minuut|minuutti|minuuttia|minučių|minút|"
        "minúta|minúty|minūte|minūtes|minūšu|mnt|p|perc|phút|λ|λεπτά|λεπτό|мин|минут|минута|минути|минуты|хв|"
        "хвилин|хвилина|хвилини|דקה|דקות|דק׳|שתי דקות|د|دقائق|دقيقة|دقيقتان|मिनट|मि॰|นาที|分|分鐘|分钟|분"),
    "HUR": (
        "de ore|giờ|godz|godzin|godzina|godziny|h|heure|heures|hodin|hodina|hodiny|hodín|hora|horas|hores|hour|"
        "hours|hr|hrs|ora|ore|oră|sa|saat|sata|sati|std|stdn|stunda|stundas|stunde|stunden|stundu|tim|timer|timmar|"
        "timme|tund|tundi|tunti|tuntia|ura|ure|uur|val|valanda|valandos|valandų|ó|óra|ώ|ώρα|ώρεσ|годин|ч|час|часа|"
        "часов|שעה|שעות|שעתיים|שע׳|س|ساعات|ساعة|ساعتان|घंटा|घंटे|घं॰|ชม|ชั่วโมง|小时|小時|時間|시간"),
    "DAY": (
        "d|dag|dagar|dage|dagen|dager|dan|dana|day|days|de zile|den|deň|dia|dias|diena|dienas|dienos|dienu|dienų|"
        "dne|dneva|dni|dnia|dny|dní|dnů|dygn|dzień|día|días|døgn|dňa|giorni|giorno|gün|hari|jour|jours|nap|ngày|pv|"
        "päev|päeva|päivä|päivää|tag|tage|tg|zi|zile|ööpäev|ööpäeva|ημέρα|ημέρεσ|д|ден|день|дн|дней|дни|дня|дні|"
        "днів|יום|יומיים|ימים|ימ׳|أيام|يوم|يومان|يومًا|दिन|วัน|天|日|일"),
    "WEE": (
        "de săptămâni|hafta|hf|hét|mgg|mgu|minggu|ned|nedēļa|nedēļas|nedēļu|näd|nädal|nädalat|sav|savaitė|savaitės|"
        "savaičių|sem|semaine|semaines|semana|semanas|setm|setmana|setmanes|settimana|settimane|săpt|săptămâni|"
        "săptămână|teden|tedna|tedni|tednov|tj|tjedan|tjedana|tjedna|tuần|tydz|tydzień|tyg|tygodni|tygodnia|"
        "tygodnie|týd|týden|týdne|týdny|týdnů|týž|týždeň|týždne|týždňa|týždňov|uge|uger|uke|uker|vecka|veckor|"
        "viikko|viikkoa|vk|week|weeks|weken|wk|wkn|wks|wo|woche|wochen|εβδ|εβδομάδα|εβδομάδεσ|нед|недели|недель|"
        "неделя|седм|седмица|седмици|тиж|тиждень|тижня|тижні|тижнів|שבוע|שבועות|שבועיים|أسابيع|أسبوع|أسبوعان|"
        "أسبوعًا|सप्ताह|สัปดาห์|周|週|週間|주"),
    "MON": (
        "ay|bln|bulan|de luni|hónap|kk|kuu|kuud|kuukausi|kuukautta|luni|lună|maand|maanden|md|mdr|mes|mese|mesec|"
        "meseca|mesecev|meseci|meses|mesi|mesiac|mesiaca|mesiace|mesiacov|mesos|mies|miesiąc|miesiąca|miesiące|"
        "miesięcy|mj|mjesec|mjeseca|mjeseci|mnd|mois|mon|monat|monate|month|months|mos|mth|mths|mån|månad|månader|"
        "måned|måneder|mês|mēn|mēnesis|mēneši|mēnešu|mėn|mėnesiai|mėnesio|mėnesių|mėnuo|měs|měsíc|měsíce|měsíců|"
        "tháng|μήν|μήνασ|μήνεσ|мес|месец|месеца|месяц|месяца|месяцев|міс|місяць|місяця|місяці|місяців|חודש|חודשיים|"
        "חודשים|ח׳|أشهر|شهر|شهران|شهرًا|महीना|महीने|माह|เดือน|か月|个月|個月|개월"),
    "ANN": (
        "a|aasta|aastat|an|ani|anni|anno|ano|anos|ans|anys|año|años|de ani|gadi|gads|gadu|godina|godine|jaar|jahr|"
        "jahre|jr|lat|lata|let|leti|leto|metai|metų|năm|rok|roka|rokov|roku|roky|tahun|thn|vuosi|vuotta|year|years|"
        "yr|yrs|yıl|år|év|έτ|έτη|έτοσ|года|лет|р|роки|року|років|рік|שנה|שנים|سنة|سنة واحدة|سنتان|سنوات|वर्ष|ปี|年|"
        "년"),
    "GRM": (
        "de grame|g|gam|gr|gram|grama|gramai|gramas|grame|grami|gramm|gramma|grammaa|gramme|grammes|grammi|grammid|"
        "grammo|gramo|gramos|gramov|grams|gramu|gramy|gramów|gramů|gramų|γρ|γραμμάρια|γραμμάριο|грам|грама|грами|"
        "грамм|грамма|грамів|גרם|גר׳|غرام|غرامات|غرامان|غرامًا|ग्राम|ग्रा॰|ก|กรัม|グラム|克|그램"),
    "KGM": (
        "chilogrammi|chilogrammo|de kilograme|kg|kgs|kilo|kilogram|kilograma|kilogramai|kilogramas|kilograme|"
        "kilogrami|kilogramm|kilogramma|kilogrammaa|kilogramme|kilogrammes|kilogrammi|kilogramo|kilogramos|"
        "kilogramov|kilograms|kilogramu|kilogramy|kilogramów|kilogramů|kilogramų|kilos|kilôgam|quilogram|"
        "quilograma|quilogramas|quilograms|κιλά|κιλό|χιλιόγραμμα|χιλιόγραμμο|кг|килограм|килограма|килограмм|"
        "килограмма|кілограм|кілограма|кілограми|кілограмів|קילוגרם|ק״ג|كغم|كيلوغرام|किलोग्राम|कि॰ग्रा॰|กก|"
        "กิโลกรัม|キログラム|公斤|千克|킬로그램"),
    "TNE": (
        "de tone metrice|metric ton|metric tons|metrik ton|metrikus tonna|metrinių tonų|metrinė tona|"
        "metrinės tonos|metrische ton|metrisko tonnu|metriskā tonna|metriskās tonnas|metrična tona|metrične tone|"
        "metrični toni|metričnih ton|t m|t mètr|tan metrik|ton|tona|tona mètrica|tone metrice|tonelada|"
        "tonelada métrica|toneladas|toneladas métricas|tones mètriques|tonn|tonne|tonnellata metrica|"
        "tonnellate metriche|tonnen|tonnes|tonni|tonnia|tons|tony|tonă metrică|tun|tuna|tuny|tấn hệ mét|τ|τόνοι|"
        "τόνοσ|метр. т|метричен тон|метрична тонна|метрични тона|метричних тонн|метричної тонни|метричні тонни|т|"
        "тонн|тонна|тонны|טון מטרי|טון מ׳|ط.م|طن متري|मी टन|मीट्रिक टन|ต|เมตริกตัน|トン|公吨|公噸|메트릭 톤"),
    "LBR": (
        "de livre|font|funt|funta|funte|funti|funtov|funty|funtów|lb|lbs|libbra|libbre|liber|libier|libra|libras|"
        "libre|libry|livre|livres|livră|lliura|lliures|mārciņa|mārciņas|mārciņu|nael|naela|naelad|paun|pauna|"
        "paunaa|pfund|pound|pounds|pund|svarai|svaras|svaro|svarų|λίβρα|λίβρεσ|λβ|фнт|фунт|фунта|фунти|фунтов|"
        "фунтів|פאונד|رطل|رطلان|رطلًا|पौंड|ปอนด์|ポンド|磅|파운드"),
    "ONZ": (
        "aoxơ|auns|de uncii|once|onces|oncia|ons|onza|onzas|onça|onças|ounce|ounces|oz|unca|unce|unces|unci|uncia|"
        "uncie|uncii|uncija|uncijos|uncijų|uncja|uncje|uncji|uncí|uns|unse|unser|unssi|unssia|unts|untsi|unze|"
        "unzen|unça|unč|unča|unče|unči|unču|ουγγιά|ουγγιέσ|унц|унции|унций|унция|унцій|унція|унції|אונקיה|אונקיות|"
        "أونصة|औंस|ออนซ์|オンス|盎司|온스"),
    "MTR": (
        "de metri|m|meeter|meetrit|metar|metara|meter|meters|metr|metra|metrai|metras|metre|metres|metri|metriä|"
        "metro|metros|metrov|metrs|metru|metry|metrów|metrů|metrų|mtr|mètre|mètres|mét|méter|μ|μέτρα|μέτρο|м|метр|"
        "метра|метри|метров|метрів|метър|מטר|מטרים|מ׳|أمتار|متر|متران|مترًا|मी|मीटर|ม|เมตร|メートル|公尺|米|미터"),
    "KMT": (
        "chilometri|chilometro|de kilometri|kilomeeter|kilomeetrit|kilometar|kilometara|kilometer|kilometers|"
        "kilometr|kilometra|kilometrai|kilometras|kilometre|kilometres|kilometri|kilometriä|kilometro|kilometrov|"
        "kilometrs|kilometru|kilometry|kilometrów|kilometrů|kilometrų|kilomètre|kilomètres|kilométer|kilómetro|"
        "kilómetros|kilômét|km|quilòmetre|quilòmetres|quilômetro|quilômetros|χιλιόμετρα|χιλιόμετρο|χλμ|километр|"
        "километра|километров|километър|км|кілометр|кілометра|кілометри|кілометрів|קילומטר|קילומטרים|ק״מ|كم|"
        "كيلومتر|كيلومترات|كيلومترًا|किलोमीटर|कि॰मी॰|กม|กิโลเมตร|キロメートル|公里|킬로미터"),
    "CMT": (
        "centimetar|centimetara|centimeter|centimeters|centimetr|centimetra|centimetrai|centimetras|centimetre|"
        "centimetres|centimetri|centimetro|centimetrov|centimetrs|centimetru|centimetry|centimetrů|centimetrų|"
        "centimètre|centimètres|centiméter|centymetr|centymetra|centymetry|centymetrów|centímetre|centímetres|"
        "centímetro|centímetros|cm|de centimetri|santimetre|sentimeeter|sentimeetrit|sentimeter|senttimetri|"
        "senttimetriä|xentimét|zentimeter|εκ|εκατοστά|εκατοστό|сантиметр|сантиметра|сантиметри|сантиметров|"
        "сантиметрів|сантиметър|см|סנטימטר|סנטימטרים|ס״מ|سم|سنتيمتر|सेंटीमीटर|सें॰मी॰|ซม|เซนติเมตร|センチメートル|公分|厘米|"
        "센티미터"),
    "MMT": (
        "de milimetri|milimetar|milimetara|milimeter|milimetr|milimetra|milimetrai|milimetras|milimetre|milimetri|"
        "milimetro|milimetrov|milimetrs|milimetru|milimetry|milimetrów|milimetrů|milimetrų|milimét|millimeeter|"
        "millimeetrit|millimeter|millimeters|millimetre|millimetres|millimetri|millimetriä|millimetro|millimètre|"
        "millimètres|milliméter|mil·límetre|mil·límetres|milímetro|milímetros|mm|χιλιοστόμετρα|χιλιοστόμετρο|χλστ|"
        "милиметра|милиметър|миллиметр|миллиметра|миллиметров|мм|міліметр|міліметра|міліметри|міліметрів|מילימטר|"
        "מילימטרים|מ״מ|מ′′מ|مليمتر|مم|मिलीमीटर|मि॰मी॰|มม|มิลลิเมตร|ミリメートル|公釐|毫米|밀리미터"),
    "FOT": (
        "de picioare|feet|fit|fod|foot|fot|ft|fuss|jalg|jalga|jalka|jalkaa|kaki|láb|peus|pi|picioare|picior|pie|"
        "pied|piede|piedi|pieds|pies|pé|pés|pēda|pēdas|pēdu|pėda|pėdos|pėdų|stop|stopa|stope|stopy|stóp|stôp|voet|"
        "čevelj|čevlja|čevljev|čevlji|πδ|πόδι|πόδια|фт|фут|фута|фути|футов|футів|רגל|قدم|फ़ीट|फ़ुट|ฟุต|フィート|呎|英尺|"
        "피트"),
    "INH": (
        "cal|cala|cale|cali|coliai|colio|colių|colla|collas|collu|de inchi|hüvelyk|in|inch|inches|inchi|inci|inç|"
        "inč|inča|inči|palca|palce|palcev|palci|palcov|palců|palec|po|pol|polegada|polegadas|pollice|pollici|"
        "polzada|polzades|pouce|pouces|pulgada|pulgadas|tolli|tollid|tomme|tommer|tum|tuuma|tuumaa|zoll|ίν|ίντσα|"
        "ίντσεσ|дюйм|дюйма|дюйми|дюймов|дюймів|инч|инча|אינץ׳|بوصة|इंच|นิ้ว|インチ|吋|英寸|인치"),
    "MTK": (
        "de metri pătrați|kv. m|kvadratiniai metrai|kvadratinio metro|kvadratinis metras|kvadratinių metrų|"
        "kvadratmeter|kvadratna metra|kvadratni metar|kvadratni meter|kvadratni metri|kvadratnih metara|"
        "kvadratnih metrov|kvadrātmetri|kvadrātmetrs|kvadrātmetru|m2|meter persegi|meter štvorcový|metr kwadratowy|"
        "metr čtvereční|metra kwadratowego|metra štvorcového|metre quadrat|metre štvorcové|metrekare|"
        "metres quadrats|metri pătrați|metri quadrati|metro cuadrado|metro quadrado|metro quadrato|"
        "metros cuadrados|metros quadrados|metros2|metrov štvorcových|metru pătrat|metru čtverečního|"
        "metry kwadratowe|metry čtvereční|metrów kwadratowych|metrů čtverečních|mètre carré|mètres carrés|"
        "mét vuông|neliömetri|neliömetriä|négyzetméter|qm|quadratmeter|ruutmeeter|ruutmeetrit|sq m|sqm|"
        "square meter|square meters|square metre|square metres|vierkante meter|τ.μ|τετραγωνικά μέτρα|"
        "τετραγωνικό μέτρο|квадратен метър|квадратни метра|квадратний метр|квадратних метрів|квадратного метра|"
        "квадратный метр|квадратных метра|квадратных метров|квадратні метри|м2|מטר רבוע|מ״ר|م2|متر مربع|वर्ग मीटर|"
        "वर्ग मी॰|ตร.ม|ตารางเมตร|平方メートル|平方公尺|平方米|제곱미터"),
    "FTK": (
        "de picioare pătrate|feet vuông|fit kare|fot2|ft2|ka2|kaki persegi|kv. pėda|kv. pėdos|kv. pėdų|kv.fot|"
        "kvadratfod|kvadratfot|kvadratinių pėdų|kvadratinė pėda|kvadratinės pėdos|kvadratna stopa|kvadratna čevlja|"
        "kvadratne stope|kvadratni čevelj|kvadratni čevlji|kvadratnih stopa|kvadratnih čevljev|kvadrātpēda|"
        "kvadrātpēdas|kvadrātpēdu|neliöjalka|neliöjalkaa|négyzetláb|peu quadrat|peus quadrats|pi2|picioare pătrate|"
        "picior pătrat|pie cuadrado|pied carré|piede quadrato|piedi quadrati|pieds carrés|pies cuadrados|"
        "pé quadrado|pés quadrados|pés2|quadratfuss|ruutjalad|ruutjalg|ruutjalga|sq ft|sqft|square feet|"
        "square foot|stop čtverečních|stopa kw|stopa kwadratowa|stopa čtvereční|stopy kw|stopy kwadratowe|"
        "stopy kwadratowej|stopy čtvereční|stóp kw|stóp kwadratowych|vierkante voet|štvorcovej stopy|"
        "štvorcová stopa|štvorcové stopy|štvorcových stôp|τ.πδ|τετραγωνικά πόδια|τετραγωνικό πόδι|квадратен фут|"
        "квадратни фута|квадратний фут|квадратних футів|квадратного фута|квадратный фут|квадратных фута|"
        "квадратных футов|квадратні фути|фт2|фут2|фута2|фути2|футів2|רגל רבועה|قدم مربعة|قدم2|वर्गफ़ीट|वर्गफ़ुट|"
        "व॰फ़ी॰|ตร.ฟุต|ตารางฟุต|平方フィート|平方英尺|제곱피트"),
    "MTQ": (
        "cbm|cu m|cubic meter|cubic meters|cubic metre|cubic metres|de metri cubi|kubické metre|kubického metra|"
        "kubický meter|kubických metrov|kubieke meter|kubikkmeter|kubikmeter|kubikmetri|kubikmetrs|kubikmetru|"
        "kubiniai metrai|kubinio metro|kubinis metras|kubinių metrų|kubična metra|kubični meter|kubični metri|"
        "kubičnih metrov|kubna metra|kubni metar|kubnih metara|kuupmeeter|kuupmeetrit|kuutiometri|kuutiometriä|"
        "köbméter|m3|meter kubik|meter padu|metr krychlový|metr sześcienny|metra sześciennego|metre cúbic|metreküp|"
        "metres cúbics|metri cubi|metro cubo|metro cúbico|metros cúbicos|metru cub|metru krychlového|"
        "metry krychlové|metry sześcienne|metrów sześciennych|metrů krychlových|mètre cube|mètres cubes|mét khối|"
        "κυβικά μέτρα|κυβικό μέτρο|кубически метра|кубически метър|кубический метр|кубических метра|"
        "кубических метров|кубического метра|кубічний метр|кубічних метрів|кубічного метра|кубічні метри|м3|"
        "מטר מעוקב|م3|متر مكعب|घन मीटर|घन मी॰|ลบ.ม|ลูกบาศก์เมตร|立方メートル|立方公尺|立方米|세제곱미터"),
    "FTQ": (
        "cu ft|cubic feet|cubic foot|de picioare cubice|fit küp|fit3|foot khối|fot3|ft3|ka3|kaki kubik|kaki padu|"
        "kubickej stopy|kubická stopa|kubické stopy|kubických stôp|kubieke voet|kubikfod|kubikfot|kubikfuss|"
        "kubikkfot|kubikpēda|kubikpēdas|kubikpēdu|kubinių pėdų|kubinė pėda|kubinės pėdos|kubična čevlja|"
        "kubični čevelj|kubični čevlji|kubičnih čevljev|kubna stopa|kubne stope|kubnih stopa|kuupjalg|kuupjalga|"
        "kuutiojalka|kuutiojalkaa|köbláb|peu cúbic|peus cúbics|pi3|picioare cubice|picior cubic|pie cúbico|"
        "pied cube|piede cubo|piedi cubi|pieds cubes|pies cúbicos|pé cúbico|pés cúbicos|pés3|stop krychlových|"
        "stopa krychlová|stopa sześc|stopa sześcienna|stopy krychlové|stopy sześc|stopy sześcienne|"
        "stopy sześciennej|stóp sześc|stóp sześciennych|κυβικά πόδια|κυβικό πόδι|кубически фут|кубически фута|"
        "кубический фут|кубических фута|кубических футов|кубического фута|кубічний фут|кубічних футів|"
        "кубічного фута|кубічні фути|фт3|фут3|фута3|фути3|футів3|רגל מעוקב|قدم مكعبة|قدم3|घन फ़ीट|घ॰ फ़ी॰|ลบ.ฟุต|"
        "ลูกบาศก์ฟุต|立方フィート|立方英尺|세제곱피트"),
    "LTR": (
        "de litri|l|liiter|liitrid|liitrit|litara|liter|liters|litr|litra|litraa|litrai|litras|litre|litres|litri|"
        "litro|litros|litrov|litrs|litru|litry|litrów|litrů|litrų|ltr|lít|λίτ|λίτρα|λίτρο|литр|литра|литров|литър|"
        "літр|літра|літри|літрів|ליטר|ל׳|لتر|लीटर|ली॰|ล|ลิตร|リットル|公升|升|리터"),
    "MLT": (
        "de mililitri|mililitar|mililitara|mililiter|mililitr|mililitra|mililitrai|mililitras|mililitre|mililitri|"
        "mililitro|mililitros|mililitrov|mililitrs|mililitru|mililitry|mililitrów|mililitrů|mililitrų|mililít|"
        "militrov|milliliiter|milliliitrit|milliliter|milliliters|millilitra|millilitraa|millilitre|millilitres|"
        "millilitri|millilitro|mil·lilitre|mil·lilitres|ml|χιλιοστόλιτρα|χιλιοστόλιτρο|милилитра|милилитър|"
        "миллилитр|миллилитра|миллилитров|мл|мілілітр|мілілітра|мілілітри|мілілітрів|מיליליטר|מ״ל|ملتر|مليلتر|"
        "मिलीलीटर|मि॰ ली॰|มล|มิลลิลิตร|ミリリットル|毫升|밀리리터"),
    "KWT": (
        "de kilowați|kilovat|kilovata|kilovatai|kilovatas|kilovati|kilovatio|kilovatios|kilovato|kilovatov|"
        "kilovats|kilovatt|kilovatti|kilovatu|kilovatų|kilowat|kilowata|kilowatt|kilowatti|kilowattia|kilowattov|"
        "kilowatts|kilowattu|kilowatty|kilowattů|kilowaty|kilowatów|kilowați|kilôoát|kw|quilowatt|quilowatts|"
        "κιλοβάτ|квт|киловат|киловата|киловатт|киловатта|кіловат|кіловата|кіловати|кіловатів|קילוואט|كيلوواط|"
        "किलोवॉट|กิโลวัตต์|キロワット|千瓦|千瓦特|킬로와트"),
    "KWH": (
        "chilowattora|de kilowați-oră|kilovatio hora|kilovatios hora|kilovatna ura|kilovatne ure|kilovatni uri|"
        "kilovatnih ur|kilovatsaat|kilovatsat|kilovatsata|kilovatsati|kilovatstunda|kilovatstundas|kilovatstundu|"
        "kilovatt-tund|kilovatt-tundi|kilovatvalandė|kilovatvalandės|kilovatvalandžių|kilowatogodzin|"
        "kilowatogodzina|kilowatogodziny|kilowatt hour|kilowatt jam|kilowatt-heure|kilowatt-heures|kilowatt-hours|"
        "kilowatt-jam|kilowatt-oră|kilowatt-time|kilowatt-timer|kilowatthodin|kilowatthodina|kilowatthodiny|"
        "kilowatthodín|kilowattime|kilowattimer|kilowattimmar|kilowattimme|kilowattitunti|kilowattituntia|"
        "kilowattstunde|kilowattstunden|kilowattuur|kilowattóra|kilowați-oră|kilôoát giờ|kw-hora|kw-tund|kwh|"
        "quilowatt hora|quilowatt-hora|quilowatts hora|quilowatts-hora|κιλοβάτ/ώρα|κιλοβατώρα|κιλοβατώρεσ|квт⋅год|"
        "квт⋅ч|киловатт-час|киловатт-часа|киловатт-часов|киловатчас|киловатчаса|кіловат-годин|кіловат-година|"
        "кіловат-години|קוט״ש|קילוואט-שעה|קילוואט־שעה|ك.و.س|كيلو واط/ساعة|किलोवॉट घंटा|किलोवॉट घंटे|กว.-ชม|"
        "กิโลวัตต์-ชั่วโมง|キロワット時|千瓦小時|千瓦时|킬로와트시"),
    "4L": (
        "de megabyți|mb|mbyte|megabait|megabaitai|megabaitas|megabaiti|megabaito|megabaits|megabaitu|megabaitų|"
        "megabajt|megabajta|megabajti|megabajtov|megabajtu|megabajty|megabajtów|megabajtů|megabayt|megabyte|"
        "megabytes|megabyți|megabájt|megatavu|megatavua|mégaoctet|mégaoctets|мб|мегабайт|мегабайта|мегабайти|"
        "мегабайтів|מגה-בייט|م.ب|ميغابايت|मेगाबाइट|เมกะไบต์|メガバイト|兆字节|메가바이트"),
    "E34": (
        "de gigabyți|gb|gbyte|gigabait|gigabaitai|gigabaitas|gigabaiti|gigabaito|gigabaits|gigabaitu|gigabaitų|"
        "gigabajt|gigabajta|gigabajti|gigabajtov|gigabajtu|gigabajty|gigabajtów|gigabajtů|gigabayt|gigabyte|"
        "gigabytes|gigabyți|gigabájt|gigaoctet|gigaoctets|gigatavu|gigatavua|go|gt|гб|гигабайт|гигабайта|гігабайт|"
        "гігабайта|гігабайти|гігабайтів|ג׳יגה-בייט|غ.ب|غيغابايت|गीगाबाइट|กิกะไบต์|ギガバイト|吉字节|기가바이트"),
    "E35": (
        "de terabyți|tb|tbyte|terabait|terabaitai|terabaitas|terabaiti|terabaito|terabaits|terabaitu|terabaitų|"
        "terabajt|terabajta|terabajti|terabajtov|terabajtu|terabajty|terabajtów|terabajtů|terabayt|terabyte|"
        "terabytes|terabyți|terabájt|teratavu|teratavua|to|tt|téraoctet|téraoctets|тб|терабайт|терабайта|терабайти|"
        "терабайтів|טרה-בייט|تيرابايت|टेराबाइट|เทราไบต์|テラバイト|太字节|테라바이트"),
    "P1": (
        "%|de procente|odstotek|odstotka|odstotki|odstotkov|pct|per cent|peratus|percent|percenta|percento|"
        "percentá|persen|por cento|por ciento|pour cent|procent|procenta|procentai|procentas|procente|procenti|"
        "procento|procents|procentu|prosent|prosentti|prosenttia|protsent|protsenti|prozent|százalék|yüzde|"
        "τοισ εκατό|відсотка|відсотки|відсотків|відсоток|процент|процента|процентов|אחוז|بالمائة|٪|प्रतिशत|"
        "เปอร์เซ็นต์|パーセント"),
    "QAN": (
        "cet|ceturksnis|ceturkšņi|de trimestre|k|ketv|ketvirtis|ketvirčiai|ketvirčio|ketvirčių|krt|kuartal|kv|"
        "kvart|kvartal|kvartaler|kvartalit|kvartar|kvt|kwart|kwartaal|kwartalen|kwartał|kwartału|kwartały|"
        "kwartałów|n.év|negyedév|neljännes|neljännestä|q|qtr|qtrs|quart|quartal|quartale|quarter|quarters|quý|suku|"
        "trim|trimestre|trimestres|trimestri|trimestru|çey|çeyrek|čet|četrtl|četrtletij|četrtletja|četrtletje|"
        "četrtletji|četvrtina|četvrtine|čtvrtl|čtvrtletí|štvrťrok|štvrťroka|štvrťrokov|štvrťroky|τέτ|τέτ/α|τέταρτα|"
        "τέταρτο|кв|кварт|квартал|квартала|квартали|кварталов|кварталу|кварталів|тримес|тримесечие|тримесечия|"
        "רבעון|רבעונים|أرباع|أرباع سنوية|ربع|ربع سنوي|ربعان|ربعان سنويان|ربعًا|ربعًا سنويًا|तिमा|तिमाहियां|तिमाही|"
        "ไตรมาส|刻|四半期|季|季度|분기"),
    "YRD": (
        "de iarzi|ela|engelsk yard|engelske yard|iard|iarda|iarde|iardes|iarzi|jaardi|jaardia|jard|jarda|jardai|"
        "jardas|jardi|jardid|jardo|jardov|jards|jardu|jardy|jardów|jardų|yard|yarda|yardas|yardov|yards|yardu|"
        "yardy|yardů|yd|γιάρδα|γιάρδεσ|γρδ|ярд|ярда|ярди|ярдов|ярдів|יארד|ياردة|गज़|यार्ड|หลา|ヤード|码|碼|야드"),
    "SMI": (
        "batu|bt|de mile|dặm|jūdze|jūdzes|jūdžu|maili|mailia|meile|meilen|mf|mi|miglia|miglio|miil|miili|mijl|mil|"
        "mila|mile|miles|milha|milhas|mili|milj|milja|milje|milji|milla|millas|milles|milă|mylia|mylios|mylių|"
        "mérföld|míle|míľ|míľa|μίλ|μίλι|μίλια|ми|мили|миль|миля|милі|מייל|أميال|ميل|ميلان|ميلاً|मील|ไมล์|マイル|英里|마일"),
    "CMK": (
        "centimeter štvorcový|centimetr čtvereční|centimetra štvorcového|centimetre štvorcové|centimetri pătrați|"
        "centimetri quadrati|centimetro quadrato|centimetrov štvorcových|centimetru pătrat|centimetru čtverečního|"
        "centimetry čtvereční|centimetrů čtverečních|centimètre carré|centimètres carrés|centymetr kwadratowy|"
        "centymetra kwadratowego|centymetry kwadratowe|centymetrów kwadratowych|centímetre quadrat|"
        "centímetres quadrats|centímetro cuadrado|centímetro quadrado|centímetros cuadrados|centímetros quadrados|"
        "cm2|de centimetri pătrați|kvadratcentimeter|kvadratiniai centimetrai|kvadratinio centimetro|"
        "kvadratinis centimetras|kvadratinių centimetrų|kvadratna centimetra|kvadratni centimetar|"
        "kvadratni centimeter|kvadratni centimetri|kvadratnih centimetara|kvadratnih centimetrov|kvadrātcentimetri|"
        "kvadrātcentimetrs|kvadrātcentimetru|neliösenttimetri|neliösenttimetriä|négyzetcentiméter|"
        "quadratzentimeter|ruutsentimeeter|ruutsentimeetrit|santimetrekare|sentimeter persegi|square centimeter|"
        "square centimeters|vierkante centimeter|xentimét vuông|τ.εκ|τετραγωνικά εκατοστά|τετραγωνικό εκατοστό|"
        "квадратен сантиметър|квадратни сантиметра|квадратний сантиметр|квадратних сантиметрів|"
        "квадратного сантиметра|квадратный сантиметр|квадратных сантиметра|квадратных сантиметров|"
        "квадратні сантиметри|см2|סמ״ר|סנטימטר רבוע|سم2|سنتيمتر مربع|वर्ग सेंटीमीटर|व॰ सें॰|ตร.ซม|ตารางเซนติเมตร|"
        "平方センチメートル|平方公分|平方厘米|제곱센티미터"),
    "GLL": (
        "am. gal|am. gallona|am. gallonaa|de galoane|gal|gal am|gal us|gallon|gallone|gallonen|galloni|gallonit|"
        "gallons|galoane|galon|galon amerykański|galona|galona amerykańskiego|galonai|galonas|galone|galones|"
        "galoni|galono|galons|galonu|galony|galony amerykańskie|galonów amerykańskich|galonů|galonų|galão|galó|"
        "galón|galónov|galónu|galóny|galões|gelen|us gal|γαλ|γαλόνι|γαλόνια|ам. гал|амер. галлон|амер. галлона|"
        "амер. галлонов|гал|галон|галона|галони|галонів|גלון|גלונים|גל׳|غالون|गैलन|แกลลอน|ガロン|加仑|加侖|갤런"),
}
