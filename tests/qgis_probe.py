"""Opens files in real QGIS, tells as JSON what came up, and draws them; run by Debian's Python, not by ours.

    QT_QPA_PLATFORM=offscreen /usr/bin/python3 qgis_probe.py JOB.json

JOB: {"sources": [[uri, name, kind], ...] or "project": path, "styles": bool, "extent": [w, s, e, n],
      "pictures": [[path.png, from, to], ...], "background": "#rrggbb", "layout": [name, path.png]}
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsLayoutExporter,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt
from qgis.PyQt.QtGui import QColor

WIDTH, HEIGHT = 1000, 700


def open_layers(job):
    project = QgsProject.instance()
    if "project" in job:
        if not project.read(job["project"]):
            raise SystemExit(f"project: {project.error()}")
        return [node.layer() for node in project.layerTreeRoot().findLayers() if node.isVisible()]
    layers = [QgsVectorLayer(uri, name, "ogr") for uri, name in job["sources"]]
    for layer in layers:
        if job.get("styles"):
            layer.loadDefaultStyle()
        project.addMapLayer(layer)
    return layers


def tell_layer(layer):
    told = {
        "name": layer.name(),
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "title": layer.metadata().title(),
        "licences": list(layer.metadata().licenses()),
        "abstract": layer.metadata().abstract(),
        "crs": layer.crs().authid(),
    }
    if not layer.isValid():
        return told
    told["fields"] = {field.name(): field.typeName() for field in layer.fields()}
    told["aliases"] = {field.name(): field.alias() for field in layer.fields()}
    told["tip"] = layer.mapTipTemplate()
    told["widgets"] = {
        field.name(): layer.editorWidgetSetup(i).type() for i, field in enumerate(layer.fields())
    }
    told["hidden"] = [column.name for column in layer.attributeTableConfig().columns() if column.hidden]
    if layer.isSpatial():
        renderer, time = layer.renderer(), layer.temporalProperties()
        told["renderer"] = renderer.type()
        told["labels"] = layer.labelsEnabled()
        told["temporal"] = [time.isActive(), time.startField(), time.endField()]
        if renderer.type() == "categorizedSymbol":
            told["categories"] = [[c.value(), c.label(), describe(c.symbol())] for c in renderer.categories()]
        elif hasattr(renderer, "symbol"):
            told["symbol"] = describe(renderer.symbol())
    return told


def describe(symbol):
    return [symbol.symbolLayer(i).layerType() for i in range(symbol.symbolLayerCount())]


def draw(job, layers):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor(job.get("background", "#ffffff")))
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    transform = QgsCoordinateTransform(degrees, settings.destinationCrs(), QgsProject.instance())
    settings.setExtent(transform.transformBoundingBox(QgsRectangle(*job["extent"])))
    for path, start, end in job.get("pictures", ()):
        settings.setIsTemporal(bool(start))
        if start:
            moments = [QDateTime.fromString(day + "T00:00:00Z", Qt.ISODate) for day in (start, end)]
            settings.setTemporalRange(QgsDateTimeRange(*moments, True, False))
        task = QgsMapRendererParallelJob(settings)
        task.start()
        task.waitForFinished()
        if not task.renderedImage().save(path):
            raise SystemExit(f"cannot save {path}")


def tell_project():
    project = QgsProject.instance()
    root = project.layerTreeRoot()
    time = project.timeSettings().temporalRange()
    return {
        "title": project.title(),
        "crs": project.crs().authid(),
        "groups": {group.name(): [n.name() for n in group.findLayers()] for group in root.findGroups()},
        "time": [time.begin().toString(Qt.ISODate), time.end().toString(Qt.ISODate)],
        "layouts": [layout.name() for layout in project.layoutManager().layouts()],
        "abstract": project.metadata().abstract(),
        "invalid": [layer.name() for layer in project.mapLayers().values() if not layer.isValid()],
    }


def export_layout(name, path):
    layout = QgsProject.instance().layoutManager().layoutByName(name)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 110
    result = QgsLayoutExporter(layout).exportToImage(path, settings)
    return {"result": int(result), "items": sorted({type(item).__name__ for item in layout.items()})}


def evaluate_tip(layer):
    """The first feature's map tip, as QGIS would show it."""
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils

    context = QgsExpressionContext()
    context.appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    for feature in layer.getFeatures(QgsFeatureRequest().setLimit(1)):
        context.setFeature(feature)
        return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    return ""


def main():
    with Path(sys.argv[1]).open(encoding="utf-8") as stream:
        job = json.load(stream)
    application = QgsApplication([], False)
    application.initQgis()
    layers = open_layers(job)
    told = {"layers": [tell_layer(layer) for layer in layers]}
    if job.get("tip"):
        told["tip"] = evaluate_tip(next(layer for layer in layers if layer.name() == job["tip"]))
    if "project" in job:
        told["project"] = tell_project()
    draw(job, layers)
    if "layout" in job:
        told["layout"] = export_layout(*job["layout"])
    print("JSON" + json.dumps(told))
    sys.stdout.flush()
    os._exit(0)  # QGIS 3.22 may crash while it tidies up, after all is done


main()
