"""Documents as offices and newsrooms write them, made by other programs' libraries or by hand, for tests."""

from __future__ import annotations

import io
import zipfile

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
