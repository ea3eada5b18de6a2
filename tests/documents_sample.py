"""Documents as offices and newsrooms write them, made by other programs' libraries or by hand, for tests."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from geo.reports.read import ReadOptions, read_reports

ODF = "urn:oasis:names:tc:opendocument:xmlns"


def make_pdf(pages, *, step=14.0, metadata=None, password=None):
    """Write pages of lines as a PDF: a line is its words at (60, height), or (words, x, y, size) in points."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    stream = io.BytesIO()
    with (
        rc_context({"pdf.fonttype": 42}),
        PdfPages(stream, metadata={"CreationDate": None} | (metadata or {})) as file,
    ):
        for page in pages:
            figure = Figure(figsize=(595 / 72, 842 / 72))
            for number, line in enumerate(page):
                words, x, y, size = line if isinstance(line, tuple) else (line, 60, 760 - number * step, 11)
                figure.text(x / 595, y / 842, words, fontsize=size)
            file.savefig(figure)
    return lock(stream.getvalue(), password) if password is not None else stream.getvalue()


def lock(data, password):
    """Lock a PDF; an empty password only forbids changes."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def make_zip(parts, *, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def make_odf(sort, body, meta=""):
    """Write an OpenDocument file: ``sort`` is "text" or "spreadsheet", ``body`` what stands in its body."""
    spaces = " ".join(
        f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table", "meta", "draw")
    )
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = f"<office:document-content {spaces}><office:body><office:{sort}>{body}</office:{sort}></office:body></office:document-content>"
    about = f"<office:document-meta {spaces}><office:meta>{meta}</office:meta></office:document-meta>"
    return make_zip(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{sort}",
            "content.xml": content,
            "meta.xml": about,
        }
    )


def make_docx(body, *, space="http://schemas.openxmlformats.org/wordprocessingml/2006/main"):
    """Write a Word document of markup that no library writes."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>'
    )
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    text = f'<w:document xmlns:w="{space}" xmlns:mc="{mc}"><w:body>{body}</w:body></w:document>'
    return make_zip({"_rels/.rels": relations, "word/document.xml": text})


def save(document):
    """Return the bytes of what a library saves to a stream."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


WORDS = "Russian forces captured Selydove. Ukrainian forces hold Sudzha."
PARAGRAPH = [
    "Ukrainian forces went on with their operation in the Kursk region and held several",
    "hundred square kilometres, the General Staff said. Russian forces have brought a large num-",
    "ber of soldiers to the north-",
    "east of the region, and an offensive may begin at any moment.",
]


def read(folder, data, name="a.pdf", **options):
    path = folder / name
    path.write_bytes(data)
    return read_reports([path], ReadOptions(**options))


def text_of(result):
    assert [str(problem) for problem in result.problems if problem.fatal] == []
    (report,) = result.reports
    return report.text


def faults(result):
    return [str(problem).split(": ", 1)[1] for problem in result.problems if problem.fatal]


def make_word(docx):
    document = docx.Document()
    document.add_heading("Assessment, 10 November 2024", 0)
    document.add_paragraph(WORDS)
    document.add_paragraph("Clashes went on near Kupiansk", style="List Bullet")
    table = document.add_table(2, 2)
    for number, words in enumerate(("Kharkiv", "5 attacks", "Sumy", "3 attacks")):
        table.cell(number // 2, number % 2).text = words
    document.add_paragraph("The end.")
    document.core_properties.author = "A. Clerk"
    document.core_properties.modified = document.core_properties.created = dt.datetime(2024, 11, 11)  # noqa: DTZ001 (python-docx writes naive ones)
    return document


def build_pdf(objects):
    base = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        4: ("<</Length 40>>", b"BT /F1 12 Tf 60 700 Td (Some words) Tj ET"),
        5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    } | objects
    data, places = b"%PDF-1.4\n", {}
    for number, value in sorted(base.items()):
        places[number] = len(data)
        head, body = value if isinstance(value, tuple) else (value, None)
        data += f"{number} 0 obj\n{head}\n".encode()
        data += b"stream\n" + body + b"\nendstream\n" if body is not None else b""
        data += b"endobj\n"
    start, last = len(data), max(places)
    data += f"xref\n0 {last + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{places.get(n, 0):010} 00000 n \n".encode() for n in range(1, last + 1))
    return data + f"trailer\n<</Size {last + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
