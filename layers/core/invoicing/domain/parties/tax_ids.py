"""Types of tax registrations, each with its national name and the check of its numbers.

Numbers are checked by python-stdnum, which has the rules of the authorities; where it has none, any text is taken.
"""

import re
from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple


class TaxIdType(NamedTuple):
    """A type of tax registration.

    ``label`` is its national name, printed before the number; None is the word for a VAT or tax number in the language
    of the document. ``module`` of python-stdnum checks the number, and None takes any text. ``prefix`` is put before a
    number without it. A ``compact`` number is kept without separators, any other in its usual form.
    """

    meaning: str
    label: str | None = None
    module: str | None = None
    example: str = ""
    prefix: str = ""
    compact: bool = False


TAX_ID_TYPES: Mapping[str, TaxIdType] = {
    "ae_trn": TaxIdType("United Arab Emirates tax registration number", "TRN", None, "100123456700003"),
    "ar_cuit": TaxIdType("Argentine tax number", "CUIT", "ar.cuit", "20-05536168-2"),
    "at_stn": TaxIdType("Austrian tax number, Abgabenkontonummer", None, "at.tin", "59-119/9013"),
    "au_abn": TaxIdType("Australian business number", "ABN", "au.abn", "83 914 571 673"),
    "au_acn": TaxIdType("Australian company number", "ACN", "au.acn", "004 085 616"),
    "be_ent": TaxIdType("Belgian enterprise number", "KBO/BCE", "be.vat", "0428759497"),
    "bg_uic": TaxIdType("Bulgarian company number", "ЕИК", "bg.vat", "175074752"),
    "br_cnpj": TaxIdType("Brazilian company number", "CNPJ", "br.cnpj", "16.727.230/0001-97"),
    "br_cpf": TaxIdType("Brazilian tax number of a person", "CPF", "br.cpf", "390.533.447-05"),
    "ca_bn": TaxIdType("Canadian business number", "BN", "ca.bn", "123026635"),
    "ca_gst": TaxIdType("Canadian GST/HST account", "GST/HST", "ca.bn", "123026635RT0001"),
    "ca_pst": TaxIdType("Canadian provincial sales tax number", "PST", None, "PST-1234-5678"),
    "ca_qst": TaxIdType("Quebec sales tax account", "QST", None, "1234567890TQ0001"),
    "ch_uid": TaxIdType("Swiss enterprise number", "UID", "ch.uid", "CHE-100.155.212"),
    "ch_vat": TaxIdType("Swiss VAT number", None, "ch.vat", "CHE-107.787.577 MWST"),
    "cl_rut": TaxIdType("Chilean tax number", "RUT", "cl.rut", "76.086.428-5"),
    "cn_uscc": TaxIdType("Chinese unified social credit code", "USCC", "cn.uscc", "91110000600037341L"),
    "co_nit": TaxIdType("Colombian tax number", "NIT", "co.nit", "213.123.432-1"),
    "cr_cpj": TaxIdType("Costa Rican company number", "Cédula jurídica", "cr.cpj", "3-101-999999"),
    "cz_dic": TaxIdType("Czech tax number", "DIČ", "cz.dic", "25123891"),
    "de_stn": TaxIdType("German tax number, Steuernummer", None, "de.stnr", "181/815/08155"),
    "dk_cvr": TaxIdType("Danish company number", "CVR", "dk.cvr", "13585628"),
    "do_rnc": TaxIdType("Dominican tax number", "RNC", "do.rnc", "1-01-85004-3"),
    "ec_ruc": TaxIdType("Ecuadorian tax number", "RUC", "ec.ruc", "1792060346001"),
    "ee_rk": TaxIdType("Estonian company number", "Registrikood", "ee.registrikood", "12345678"),
    "eg_tn": TaxIdType("Egyptian tax number", None, "eg.tn", "100-531-385"),
    "es_cif": TaxIdType("Spanish company tax number", "CIF", "es.cif", "J99216582"),
    "es_nif": TaxIdType("Spanish tax number", "NIF", "es.nif", "54362315K"),
    "eu_vat": TaxIdType(
        "VAT number of a member state of the EU, or of Northern Ireland (`XI`), with its prefix",
        None,
        "eu.vat",
        "ATU13585627",
    ),
    "fi_ytunnus": TaxIdType("Finnish business number", "Y-tunnus", "fi.ytunnus", "2077474-0"),
    "fr_siren": TaxIdType("French company number", "SIREN", "fr.siren", "552 008 443"),
    "fr_siret": TaxIdType("French establishment number", "SIRET", "fr.siret", "732 829 320 00074"),
    "gb_utr": TaxIdType("United Kingdom unique taxpayer reference", "UTR", "gb.utr", "1955839661"),
    "gb_vat": TaxIdType("United Kingdom VAT number", None, "gb.vat", "GB980780684", "GB", compact=True),
    "gr_afm": TaxIdType("Greek tax number", "ΑΦΜ", "gr.vat", "094259216"),
    "hk_br": TaxIdType("Hong Kong business registration number", "BRN", None, "12345678"),
    "hr_oib": TaxIdType("Croatian personal number", "OIB", "hr.oib", "33392005961"),
    "hu_tin": TaxIdType("Hungarian tax number", None, "hu.anum", "12892312-2-41"),
    "id_npwp": TaxIdType("Indonesian tax number", "NPWP", "id.npwp", "01.300.066.6-091.000"),
    "il_hp": TaxIdType("Israeli company number", None, "il.hp", "516179157"),
    "in_gst": TaxIdType("Indian goods and services tax number", "GSTIN", "in_.gstin", "27AAPFU0939F1ZV"),
    "in_pan": TaxIdType("Indian permanent account number", "PAN", "in_.pan", "ACUPA7085R"),
    "is_vsk": TaxIdType("Icelandic VAT number", "VSK", "is_.vsk", "00621"),
    "it_cf": TaxIdType("Italian tax code", "C.F.", "it.codicefiscale", "RCCMNL83S18D969H"),
    "jp_cn": TaxIdType("Japanese corporate number", "Corporate Number", "jp.cn", "5835678256246", compact=True),
    "jp_trn": TaxIdType(
        "Japanese registration number of an issuer of qualified invoices, `T` and 13 digits",
        "Registration Number",
        "jp.cn",
        "T5835678256246",
        "T",
        compact=True,
    ),
    "ke_pin": TaxIdType("Kenyan tax number", "PIN", "ke.pin", "P051365947M"),
    "kr_brn": TaxIdType("Korean business registration number", "BRN", "kr.brn", "116-82-00276"),
    "li_peid": TaxIdType("Liechtenstein enterprise number", "PEID", "li.peid", "1234567"),
    "ma_ice": TaxIdType("Moroccan common company number", "ICE", "ma.ice", "001561191000066"),
    "mx_rfc": TaxIdType("Mexican tax number", "RFC", "mx.rfc", "GODE561231GR8", compact=True),
    "my_sst": TaxIdType("Malaysian sales and service tax number", "SST", None, "A01-1234-56789012"),
    "my_tin": TaxIdType("Malaysian tax number", "TIN", None, "C1234567890"),
    "ng_tin": TaxIdType("Nigerian tax number", "TIN", None, "12345678-0001"),
    "nl_kvk": TaxIdType("Dutch company number", "KvK", None, "12345678"),
    "no_mva": TaxIdType("Norwegian VAT number", "Org.nr.", "no.mva", "NO 995 525 828 MVA"),
    "no_orgnr": TaxIdType("Norwegian company number", "Org.nr.", "no.orgnr", "988 077 917"),
    "nz_bn": TaxIdType("New Zealand business number", "NZBN", "ean", "9429041535110"),
    "nz_gst": TaxIdType("New Zealand GST number", "GST", "nz.ird", "49-091-850"),
    "other": TaxIdType("any other tax number"),
    "pe_ruc": TaxIdType("Peruvian tax number", "RUC", "pe.ruc", "20512333797"),
    "ph_tin": TaxIdType("Philippine tax number", "TIN", None, "123-456-789-000"),
    "pl_nip": TaxIdType("Polish tax number", "NIP", "pl.nip", "856-734-62-15"),
    "pl_regon": TaxIdType("Polish company number", "REGON", "pl.regon", "192598184"),
    "pt_nif": TaxIdType("Portuguese tax number", "NIF", "pt.nif", "501964843"),
    "ro_cui": TaxIdType("Romanian company number", "CUI", "ro.cui", "18547290"),
    "rs_pib": TaxIdType("Serbian tax number", "PIB", "rs.pib", "101134702"),
    "ru_inn": TaxIdType("Russian tax number", "ИНН", "ru.inn", "1234567894"),
    "sa_vat": TaxIdType("Saudi VAT number", None, None, "310122393500003"),
    "se_orgnr": TaxIdType("Swedish company number", "Org.nr", "se.orgnr", "123456-7897"),
    "sg_gst": TaxIdType("Singapore GST number", "GST", None, "M90312345X"),
    "sg_uen": TaxIdType("Singapore entity number", "UEN", "sg.uen", "00192200M"),
    "si_tax": TaxIdType("Slovenian tax number", None, "si.ddv", "50223054"),
    "sk_dic": TaxIdType("Slovak tax number", "DIČ", "sk.dph", "2022749619"),
    "th_tin": TaxIdType("Thai tax number", None, "th.tin", "1-2345-45678-78-1"),
    "tr_vkn": TaxIdType("Turkish tax number", "VKN", "tr.vkn", "4540536920"),
    "tw_ubn": TaxIdType("Taiwanese business number", "UBN", "tw.ubn", "00501503"),
    "ua_edrpou": TaxIdType("Ukrainian company number", "ЄДРПОУ", "ua.edrpou", "32855961"),
    "us_ein": TaxIdType("United States employer number", "EIN", "us.ein", "91-1144442"),
    "us_itin": TaxIdType("United States individual taxpayer number", "ITIN", "us.itin", "912-90-3456"),
    "uy_rut": TaxIdType("Uruguayan tax number", "RUT", "uy.rut", "21-100342-001-7"),
    "ve_rif": TaxIdType("Venezuelan tax number", "RIF", "ve.rif", "V114702834"),
    "vn_mst": TaxIdType("Vietnamese tax number", "MST", "vn.mst", "0100233488"),
    "za_tin": TaxIdType("South African tax number", None, "za.tin", "0001339050"),
    "za_vat": TaxIdType("South African VAT number", None, None, "4123456789"),
}
"""All types, by name: the country's ISO 3166-1 code, or ``eu``, and the short name of the number."""

_REASONS = {
    "InvalidLength": "it has too few or too many characters",
    "InvalidFormat": "it has another form",
    "InvalidChecksum": "its check digits are wrong",
    "InvalidComponent": "a part of it, such as its prefix, does not exist",
}
"""What is wrong, by python-stdnum's exceptions."""


_NORTHERN_IRELAND = "XI"
"""What python-stdnum would drop."""

_WITH_VAT_CODE = re.compile(r"((?:HU)?[\s-]?[0-9]{8})[\s-]?([1-5])[\s-]?([0-9]{2})")
"""A Hungarian tax number as invoices state it: behind the 8 digits that python-stdnum knows, VAT code and county."""

_GROUPED_NPWP = 15
"""The digits of an Indonesian tax number with points; one of 16, as they are since 2024, has none."""


class WrongTaxId(ValueError):
    """A number that its authority cannot have given; the message says why."""


def standard_tax_id(type_name: str, value: str) -> str:
    """Return a number in the usual form of its type, with the separators of its country; `WrongTaxId`.

    Spaces and punctuation may be sent or left out.
    """
    kind = TAX_ID_TYPES[type_name]
    if kind.module is None:
        return value.strip()
    if type_name == "gb_vat" and value.strip().upper().startswith(_NORTHERN_IRELAND):
        raise WrongTaxId("a number of Northern Ireland for trade with the EU is of the type eu_vat")
    checked = import_module(f"stdnum.{kind.module}")
    given, end = value.strip().upper().removeprefix(kind.prefix), ""
    if type_name == "hu_tin" and (found := _WITH_VAT_CODE.fullmatch(given)):
        given, end = found[1], f"-{found[2]}-{found[3]}"
    try:
        number = checked.validate(given)
    except ValueError as error:
        reason = _REASONS.get(type(error).__name__, _REASONS["InvalidFormat"])
        raise WrongTaxId(reason) from None
    if type_name == "ca_gst" and number[9:11] not in {"", "RT"}:
        raise WrongTaxId("the account of a business for GST/HST has the letters RT")
    is_compact = kind.compact or (type_name == "id_npwp" and len(number) != _GROUPED_NPWP)
    written = number if is_compact or not hasattr(checked, "format") else checked.format(number)
    if type_name == "eu_vat" and written.startswith("GR"):
        written = f"EL{written[2:]}"  # Greece's prefix for VAT (Directive 2006/112/EC, article 215)
    return f"{kind.prefix}{written}{end}"
