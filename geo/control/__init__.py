"""Control: who holds what on a day, the front line between, and what changed."""

from __future__ import annotations

from geo.control.base import read_base
from geo.control.build import build_control
from geo.control.compare import Change, compare_control, compare_series
from geo.control.course import CourseRow, trace_course
from geo.control.model import Base, ControlMap, FrontLine, Zone
from geo.control.settings import ControlSettings
from geo.control.statements import Statement, read_claims
from geo.control.tables import read_statements

__all__ = [
    "Base",
    "Change",
    "ControlMap",
    "ControlSettings",
    "CourseRow",
    "FrontLine",
    "Statement",
    "Zone",
    "build_control",
    "compare_control",
    "compare_series",
    "read_base",
    "read_claims",
    "read_statements",
    "trace_course",
]
