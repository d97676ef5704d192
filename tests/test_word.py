"""Word files: what stands around and between the runs is read, kept, or named."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from lxml import etree
from test_layout import sentences

from translate.article.docx import read_docx, splice_docx

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(inner: str) -> str:
    return f"<w:p {_NAMES}>{inner}</w:p>"


def file(inner: str) -> bytes:
    """Return a Word file with this in its body, and a header."""
    document = docx.Document()
    document.add_paragraph("Dam talks", style="Title")
    document.add_paragraph("The ministry said so.")
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(inner))
    document.add_paragraph("Farmers agreed.")
    document.sections[0].header.paragraphs[0].text = "The Valley, a paper"
    document.core_properties.title = "Dam talks"
    document.core_properties.keywords = "dam, water"
    document.core_properties.comments = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_BOX = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
_TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
    f'<wp:docPr id="1" name="B" descr="A dam"/><wps:wsp><wps:txbx>{_BOX}</wps:txbx></wps:wsp></wp:anchor></w:drawing>'
    f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{_BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF x </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("12") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_SIMPLE = '<w:fldSimple w:instr="AUTHOR">' + run("Ann") + "</w:fldSimple>"
_CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="N"/></w:sdtPr><w:sdtContent>' + run("a dam") + "</w:sdtContent></w:sdt>"
_SMART = '<w:smartTag w:element="place">' + run("Osh") + "</w:smartTag>"
_MATHS = "<m:oMath><m:r><m:t>Q=av</m:t></m:r></m:oMath>"


def _row(inner: str) -> str:
    return f"<w:tr><w:tc>{inner}</w:tc></w:tr>"


def _table(rows: str, names: str = "") -> str:
    return f"<w:tbl {names}><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl>"


_NESTED = _table(_row(par(run("Out.")) + _table(_row(par(run("In.")))) + "<w:p/>"), _NAMES)
_HELD = _table("<w:sdt><w:sdtContent>" + _row(par(run("Held."))) + "</w:sdtContent></w:sdt>", _NAMES)
IN_A_WORD_FILE = [
    (par(run("It is ") + _TEXT_BOX + run("here.")), ["It is here.", "In a box."], ["Ин а бок.", "А дам", "wsp"]),
    (par(run("On ") + _FIELD + run(" so.")), ["On 12 so."], [" PAGEREF x ", "separate"]),
    (par(run("It is by ") + _SIMPLE), ["It is by Ann"], ['w:instr="AUTHOR"', "Анн"]),
    (par(run("Of ") + _CONTROL + run(" here.")), ["Of a dam here."], ['w:alias w:val="N"', "<w:sdtContent><w:r>"]),
    (par(_SMART + run(" is.")), ["Osh is."], ['w:element="place"']),
    (par(run("So ") + _MATHS + run(" is.")), ["So is."], ["<m:t>Q=av</m:t>"]),
    (f"<w:ins {_NAMES}>{par(run('An added one.'))}</w:ins>", ["An added one."], ["w:ins"]),
    (_NESTED, ["Out.", "In."], ["Оут.", "Ин."]),
    (_HELD, ["Held."], ["sdtContent"]),
]


@pytest.mark.parametrize(("inner", "texts", "kept"), IN_A_WORD_FILE)
def test_whatever_stands_in_a_word_file_is_read_and_kept(inner: str, texts: list[str], kept: list[str]) -> None:
    raw, path = file(inner), Path("a.docx")
    article = read_docx(raw, path).article
    assert [block.text for block in article.blocks] == ["The ministry said so.", *texts, "Farmers agreed."]
    assert splice_docx(raw, path, sentences(article, cyrillic=False), "ru", dated=False) == raw
    made = splice_docx(raw, path, sentences(article, cyrillic=True), "ru", dated=True)
    xml = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert all(piece in xml for piece in kept)
    again = read_docx(made, path).article
    assert [block.text for block in again.blocks] == ["Тхе министри саид со.", *map(turned, texts), "Фармерс агреед."]


def turned(text: str) -> str:
    return text.translate(
        str.maketrans("abcdefghijklmnopqrstuvwxyzAFIOBSH", "абцдефгхижклмнопкрстувшкизАФИОБСХ")
    )  # capitals of these tests alone


def test_words_without_properties_among_words_with_them_keep_their_looks() -> None:
    look = '<w:rStyle w:val="Strong"/>'
    raw = file(par(run("Long words in one look", look) + run(", and ") + run("more of it", look) + run(".")))
    article = read_docx(raw, Path("a.docx")).article
    made = docx.Document(
        io.BytesIO(splice_docx(raw, Path("a.docx"), sentences(article, cyrillic=True), "ru", dated=True))
    )
    looks = [(one.text, one._r.rPr is not None) for one in made.paragraphs[2].runs]
    assert looks == [("Лонг шордс ин оне лоок", True), (", анд", False), (" море оф ит", True), (".", False)]


def test_headers_and_properties_are_translated_beside_the_story() -> None:
    raw = file(par(run("It rose.")))
    article = read_docx(raw, Path("a.docx")).article
    assert [block.text for block in article.meta] == ["The Valley, a paper", "dam, water"]
    made = docx.Document(
        io.BytesIO(splice_docx(raw, Path("a.docx"), sentences(article, cyrillic=True), "ru", dated=True))
    )
    assert made.sections[0].header.paragraphs[0].text == "Тхе Валлеи, а папер"
    assert (made.core_properties.title, made.core_properties.keywords) == ("Дам талкс", "дам, шатер")


def test_what_a_tracked_change_takes_away_is_named() -> None:
    deleted = '<w:del w:id="2" w:author="A"><w:r><w:delText>never </w:delText></w:r></w:del>'
    inserted = '<w:ins w:id="3" w:author="A">' + run("still ") + "</w:ins>"
    article = read_docx(file(par(run("It ") + deleted + inserted + run("leaks."))), Path("a.docx")).article
    assert article.blocks[1].text == "It still leaks."
    assert article.left == ("never",)


def test_endnotes_are_read_and_written() -> None:
    raw = file(par(run("It rose.") + '<w:r><w:endnoteReference w:id="2"/></w:r>'))
    notes = (
        f'<w:endnotes {_NAMES}><w:endnote w:type="separator" w:id="0"><w:p/></w:endnote>'
        f'<w:endnote w:id="2">{par(run("In spring."))}</w:endnote></w:endnotes>'
    )
    raw = with_part(raw, "endnotes", notes)
    article = read_docx(raw, Path("a.docx")).article
    assert [(block.kind.value, block.text) for block in article.blocks][-1] == ("note", "In spring.")
    made = splice_docx(raw, Path("a.docx"), sentences(article, cyrillic=True), "ru", dated=True)
    assert "Ин спринг." in zipfile.ZipFile(io.BytesIO(made)).read("word/endnotes.xml").decode()


def with_part(raw: bytes, name: str, xml: str) -> bytes:
    """Return a Word file with one part more."""
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
    content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w") as after:
        for item in before.namelist():
            data = before.read(item)
            if item == "word/_rels/document.xml.rels":
                data = data.replace(
                    b"</Relationships>",
                    f'<Relationship Id="rId99" Type="{kind}" Target="{name}.xml"/></Relationships>'.encode(),
                )
            elif item == "[Content_Types].xml":
                root = etree.fromstring(data)
                etree.SubElement(
                    root, f"{{{root.nsmap[None]}}}Override", PartName=f"/word/{name}.xml", ContentType=content
                )
                data = etree.tostring(root)
            after.writestr(item, data)
        after.writestr(f"word/{name}.xml", xml)
    return out.getvalue()
