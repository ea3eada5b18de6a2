"""What GDAL does not write into a GeoPackage: styles, titles and descriptions of columns, metadata.

Tables after the schema extension (annex F.9) and the metadata extension (annex F.8) of GeoPackage 1.3, and
``layer_styles`` as QGIS reads it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from geo.schema import COLUMNS
from maps.files.json_schema import CHOICES
from maps.files.options import WriteOptions
from maps.qgis_stacks import find_spots
from maps.qgis_style import build_qml, colour_tables, title_table
from maps.words import load_words

if TYPE_CHECKING:
    from maps.files.geopackage import Table

__all__ = ["add_extras"]

_STYLES = """
create table layer_styles (
  id INTEGER primary key autoincrement not null, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME default (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""
_DATA_COLUMNS = """
create table gpkg_data_columns (
  table_name TEXT not null, column_name TEXT not null, name TEXT, title TEXT, description TEXT,
  mime_type TEXT,
  constraint_name TEXT, constraint pk_gdc primary key (table_name, column_name),
  constraint gdc_tn unique (table_name, name))
"""
_CONSTRAINTS = """
create table gpkg_data_column_constraints (
  constraint_name TEXT not null, constraint_type TEXT not null, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  constraint gdcc_ntv unique (constraint_name, constraint_type, value))
"""
_METADATA = """
create table gpkg_metadata (
  id INTEGER constraint m_pk primary key asc not null, md_scope TEXT not null default 'dataset',
  md_standard_uri TEXT not null, mime_type TEXT not null default 'text/xml',
  metadata TEXT not null default '')
"""
_REFERENCES = """
create table gpkg_metadata_reference (
  reference_scope TEXT not null, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER not null,
  md_parent_id INTEGER, constraint crmr_mfi_fk foreign key (md_file_id) references gpkg_metadata(id),
  constraint crmr_mpi_fk foreign key (md_parent_id) references gpkg_metadata(id))
"""
_EXTENSION = "insert into gpkg_extensions values (?, null, ?, ?, 'read-write')"
_QGIS = "http://mrcc.com/qgis.dtd"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def add_extras(
    connection: sqlite3.Connection, tables: Sequence[Table], options: WriteOptions, name: str
) -> None:
    """Add styles, column titles and metadata to an open GeoPackage that GDAL has written."""
    connection.execute(
        "create table if not exists gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT "
        "not null, definition TEXT not null, scope TEXT not null, "
        "constraint ge_tce unique (table_name, column_name, extension_name))"
    )
    _add_styles(connection, tables, options)
    _add_titles(connection, tables, options.language)
    _add_metadata(connection, tables, options, options.title or name)


def _add_styles(connection: sqlite3.Connection, tables: Sequence[Table], options: WriteOptions) -> None:
    connection.execute(_STYLES)
    connection.execute(
        "insert into gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
        "values ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', "
        "strftime('%Y-%m-%dT%H:%M:%fZ','now'), 0)"
    )
    colours, spots = colour_tables(tables), find_spots(tables)
    for table in tables:
        connection.execute(
            "insert into layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
            "styleName, styleQML, styleSLD, useAsDefault, description, owner, ui) "
            "values ('', '', ?, ?, ?, ?, '', 1, ?, '', '')",
            (
                table.name,
                "" if table.family == "none" else "geom",
                f"{table.name}_default"[:30],
                build_qml(table, options.language, colours, spots),
                "One symbology for all outputs: colour is the side, shape the kind, pattern how sure",
            ),
        )


def _name_constraint(column: str) -> str | None:
    return f"{column}_words" if column in CHOICES else None


def _add_titles(connection: sqlite3.Connection, tables: Sequence[Table], language: str) -> None:
    connection.execute(_DATA_COLUMNS)
    known = {column.name: column for column in COLUMNS}
    connection.execute(_CONSTRAINTS)
    rows = [
        (table.name, name, name, known[name].alias, known[name].description, _name_constraint(name))
        for table in tables
        for name in table.columns
        if name in known
    ]
    connection.executemany("insert into gpkg_data_columns values (?, ?, ?, ?, ?, null, ?)", rows)
    connection.executemany(
        "insert into gpkg_data_column_constraints (constraint_name, constraint_type, value) "
        "values (?, 'enum', ?)",
        [(_name_constraint(name), word) for name, choices in CHOICES.items() for word in choices],
    )
    definition = "http://www.geopackage.org/spec130/#extension_schema"
    for system_table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        connection.execute(_EXTENSION, (system_table, "gpkg_schema", definition))
    words = load_words(language)
    for table in tables:
        connection.execute(
            "update gpkg_contents set description = ? where table_name = ?",
            (title_table(table, words), table.name),
        )


def _add_metadata(
    connection: sqlite3.Connection, tables: Sequence[Table], options: WriteOptions, title: str
) -> None:
    connection.execute(_METADATA)
    connection.execute(_REFERENCES)
    definition = "http://www.geopackage.org/spec130/#extension_metadata"
    for system_table in ("gpkg_metadata", "gpkg_metadata_reference"):
        connection.execute(_EXTENSION, (system_table, "gpkg_metadata", definition))
    connection.execute(
        "insert into gpkg_metadata values (1, 'dataset', ?, 'text/xml', ?)",
        (_DUBLIN_CORE, _build_dublin_core(options, title)),
    )
    connection.execute(
        "insert into gpkg_metadata_reference (reference_scope, md_file_id) values ('geopackage', 1)"
    )
    words = load_words(options.language)
    for identifier, table in enumerate(tables, 2):
        text = build_qgis_metadata(options, f"{title}: {title_table(table, words)}")
        connection.execute(
            "insert into gpkg_metadata values (?, 'dataset', ?, 'text/xml', ?)", (identifier, _QGIS, text)
        )
        connection.execute(
            "insert into gpkg_metadata_reference (reference_scope, table_name, md_file_id, md_parent_id) "
            "values ('table', ?, ?, 1)",
            (table.name, identifier),
        )


def _build_dublin_core(options: WriteOptions, title: str) -> str:
    parts: Mapping[str, str] = {
        "title": title,
        "description": options.abstract,
        "rights": options.licence,
        "source": options.attribution,
    }
    inner = "".join(f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in parts.items())
    return f'<metadata xmlns:dc="{_DUBLIN_CORE}">{inner}</metadata>'


def build_qgis_metadata(options: WriteOptions, title: str) -> str:
    """Return a layer's metadata as QGIS keeps them."""
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.22.0"><title>{escape(title)}</title>'
        f"<abstract>{escape(options.abstract)}</abstract><type>dataset</type>"
        f"<license>{escape(options.licence)}</license><rights>{escape(options.attribution)}</rights></qgis>"
    )
