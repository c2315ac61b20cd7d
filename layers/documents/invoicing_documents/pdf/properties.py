"""XMP metadata of the file (ISO 16684-1), which is all that PDF/A-3 requires.

fpdf2 would write it too, but with the current time in it.
"""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

from invoicing.dataclass import dataclass

_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>fpdf2</pdf:Producer>
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{created}</xmp:ModifyDate>
<xmp:MetadataDate>{created}</xmp:MetadataDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>"""


@dataclass(frozen=True, slots=True)
class Properties:
    """Properties of the file: ``language`` is a BCP 47 tag; ``created`` is the only time in the file."""

    title: str
    author: str
    language: str
    created: datetime


def xmp(properties: Properties) -> str:
    """Write the metadata packet."""
    return _XMP.format(
        title=escape(properties.title),
        author=escape(properties.author),
        language=escape(properties.language),
        created=properties.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
