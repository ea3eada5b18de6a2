// Areas, outlines of named places, front lines and arrows: vector paths (SVG, so that patterns show).

/** An arrow along a line, drawn in pixels: a body that swells towards a swept head. */
const Arrow = L.Polygon.extend({
  options: { headLength: 19, headWidth: 24, tail: 3, neck: 9, broken: false, smoothFactor: 0 },
  _convertLatLngs(latlngs) {
    return L.Polyline.prototype._convertLatLngs.call(this, latlngs);
  },
  _setLatLngs(latlngs) {
    L.Polyline.prototype._setLatLngs.call(this, latlngs);
  },
  _project() {
    const points = this._latlngs.map((latlng) => this._map.latLngToLayerPoint(latlng));
    this._rings = arrowRings(points, this.options);
    const bounds = L.bounds(this._rings.flat());
    const pad = new L.Point(6, 6);
    this._pxBounds = new L.Bounds(bounds.min.subtract(pad), bounds.max.add(pad));
    this._rawPxBounds = this._pxBounds;
  },
  /** An arrow stands for a claim as signs do: it is reached and opened with the keyboard, and has a name. */
  name(text) {
    const path = this.getElement();
    for (const [key, value] of [["tabindex", 0], ["role", "button"], ["aria-label", text]]) path.setAttribute(key, value);
    path.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.fire("click", { latlng: this._latlngs[this._latlngs.length - 1] });
    });
  },
  /** Boxes along the arrow that names leave free, from a corner of the layer. */
  boxes(corner) {
    const path = this._latlngs.map((latlng) => this._map.latLngToLayerPoint(latlng).subtract(corner));
    const points = stretchArrow(path, this.options.broken);
    const found = [];
    for (let i = 1; i < points.length; i += 1) {
      const steps = Math.min(Math.ceil(points[i].distanceTo(points[i - 1]) / 11), 200);
      for (let k = 0; k <= steps; k += 1) {
        const { x, y } = points[i - 1].add(points[i].subtract(points[i - 1]).multiplyBy(k / Math.max(steps, 1)));
        found.push([x - 6, y - 6, x + 6, y + 6]);
      }
    }
    return found;
  },
  _updateBounds() {},
  _clipPoints() {
    this._parts = this._rings;
  },
  _simplifyPoints() {},
});

const SHORTEST_ARROW = 34;

/** An arrow too short to be seen is drawn longer: an advance still ends at its place, a withdrawal starts there. */
function stretchArrow(points, broken) {
  const tip = points[points.length - 1];
  const from = points[points.length - 2] || tip;
  if (points.length > 2 || tip.distanceTo(from) >= SHORTEST_ARROW) return points;
  const way = (tip.equals(from) ? new L.Point(0, -1) : unit(tip.subtract(from))).multiplyBy(SHORTEST_ARROW);
  return broken ? [from, from.add(way)] : [tip.subtract(way), tip];
}

function arrowRings(path, options) {
  const points = stretchArrow(path, options.broken);
  const tip = points[points.length - 1];
  const from = points[points.length - 2];
  const ahead = unit(tip.subtract(from));
  const base = tip.subtract(ahead.multiplyBy(options.headLength));
  const spine = [...points.slice(0, -1), base];
  const widths = spine.map((_, i) => options.tail + ((options.neck - options.tail) * i) / (spine.length - 1));
  const sides = spine.map((point, i) => {
    const next = spine[Math.min(i + 1, spine.length - 1)];
    const previous = spine[Math.max(i - 1, 0)];
    const along = unit(next.subtract(previous));
    const across = new L.Point(-along.y, along.x).multiplyBy(widths[i] / 2);
    return [point.add(across), point.subtract(across)];
  });
  const across = new L.Point(-ahead.y, ahead.x).multiplyBy(options.headWidth / 2);
  const swept = base.subtract(ahead.multiplyBy(5));
  const head = [swept.add(across), tip, swept.subtract(across)];
  if (!options.broken) {
    return [[...sides.map((pair) => pair[0]), ...head, ...sides.map((pair) => pair[1]).reverse()]];
  }
  return [...brokenBody(spine, options.neck - 3), [base, ...head]];
}

const unit = (point) => point.divideBy(Math.hypot(point.x, point.y) || 1);

/** The body of a withdrawal: pieces with gaps, so that its shape alone tells it from an advance. */
function brokenBody(spine, width) {
  const pieces = [];
  for (let i = 1; i < spine.length; i += 1) {
    const length = spine[i].distanceTo(spine[i - 1]);
    const along = unit(spine[i].subtract(spine[i - 1]));
    const across = new L.Point(-along.y, along.x).multiplyBy(width / 2);
    for (let at = 0; at < length - 4; at += 13) {
      const a = spine[i - 1].add(along.multiplyBy(at));
      const b = spine[i - 1].add(along.multiplyBy(Math.min(at + 8, length)));
      pieces.push([a.add(across), b.add(across), b.subtract(across), a.subtract(across)]);
    }
  }
  return pieces;
}

const SCALE = 100000;

/** A shape of the page as Leaflet coordinates. */
function decodeShape(shape) {
  if (!shape.decoded) {
    shape.decoded = shape.t === "A"
      ? shape.p.map((polygon) => polygon.map((ring) => decodePath(ring, SCALE)))
      : shape.p.map((path) => decodePath(path, SCALE));
  }
  return shape.decoded;
}

/** How an area is drawn: fill and outline say how sure. */
function areaLook(style, item) {
  const colour = colourOf(style, item.side);
  switch (item.pattern) {
    case "home":
      return { color: colour, weight: 0.6, opacity: 0.5, fillColor: colour, fillOpacity: style.home_opacity };
    case "hatched":
      return { color: colour, weight: 1.6, dashArray: "7 5", fillColor: `url(#${patternId("hatch", item.side)})`,
        fillOpacity: 1 };
    case "outline":
      return { color: colour, weight: 2, fillColor: colour, fillOpacity: 0.02 };
    case "struck":
      return { color: colour, weight: 1.2, fillColor: `url(#${patternId("strike", item.side)})`, fillOpacity: 1 };
    default:
      return { color: colour, weight: 1.3, fillColor: colour, fillOpacity: style.area_opacity };
  }
}

function buildControl(style, data, item) {
  const look = areaLook(style, item);
  const outer = decodeShape(data.shapes[item.shape]);
  if (item.inner === undefined) {
    const drawn = item.schematic ? { ...look, dashArray: "2 5", lineCap: "round" } : look;
    return [L.polygon(outer, { ...drawn, className: `fl-area fl-${item.pattern}` })];
  }
  // The outer outline is the high figure, the inner one the low; both are drawn by rule.
  const faint = item.pattern === "solid" ? { fillOpacity: 0.16 } : {};
  return [
    L.polygon(outer, { ...look, ...faint, weight: 1.6, dashArray: "2 5", lineCap: "round",
      className: `fl-area fl-${item.pattern} fl-outer` }),
    L.polygon(decodeShape(data.shapes[item.inner]), { ...look, weight: 1.6, dashArray: null,
      className: `fl-area fl-${item.pattern} fl-inner` }),
  ];
}

function buildFront(style, data, item) {
  const shape = data.shapes[item.shape];
  if (item.layer === "front_band") {
    if (shape.t !== "A") return [];
    return [L.polygon(decodeShape(shape), { stroke: false, fillColor: PAPER, fillOpacity: 0.5, interactive: false,
      className: "fl-band" })];
  }
  const line = shape.t === "A" ? decodeShape(shape).flat() : decodeShape(shape);
  return [
    L.polyline(line, { color: PAPER, weight: 6, opacity: 0.85, interactive: false, className: "fl-casing" }),
    L.polyline(line, { color: INK, weight: 2.6, className: "fl-front" }),
  ];
}

/** How an arrow is drawn: filled where it is told, hatched where one side claims it, open where it is expected or denied. */
function arrowLook(style, item) {
  const colour = colourOf(style, item.side);
  switch (item.pattern) {
    case "hatched":
      return { color: colour, weight: 1.6, fillColor: `url(#${patternId("hatch", item.side)})`, fillOpacity: 1 };
    case "outline":
      return { color: colour, weight: 2, dashArray: "5 4", fillColor: PAPER, fillOpacity: 0.8 };
    case "struck":
      return { color: colour, weight: 1.8, fillColor: `url(#${patternId("strike", item.side)})`, fillOpacity: 1 };
    default:
      // Pale where no report tells the course, and it only follows from ground that is held.
      return item.derived ? { color: colour, weight: 1.2, fillColor: colour, fillOpacity: 0.3 }
        : { color: PAPER, weight: 1.4, fillColor: colour, fillOpacity: 0.95 };
  }
}

function buildArrow(style, data, item) {
  const look = { ...arrowLook(style, item), lineJoin: "round", className: `fl-arrow fl-${item.pattern}${item.derived ? " fl-derived" : ""}`,
    broken: item.kind === "withdrawal" };
  const shape = data.shapes[item.course === undefined ? item.shape : item.course];
  return decodeShape(shape).filter((path) => path.length > 1).map((path) => new Arrow(path, look));
}

/** The outline of a place that is named and no more: one a place, whatever number of claims stand on it. */
function buildOutline(style, data, shape, items) {
  const sides = new Set(items.map((item) => item.side || ""));
  const colour = sides.size === 1 ? colourOf(style, [...sides][0]) : style.unknown;
  return L.polygon(decodeShape(data.shapes[shape]), { color: colour, weight: 1.6, dashArray: "1 5", lineCap: "round",
    fillColor: colour, fillOpacity: 0, className: "fl-area fl-place" });
}

/** All vector paths of the shown items, with what to tell when one is chosen; equal areas are drawn once. */
function buildShapes(style, data, items) {
  const groups = new Map();
  const put = (key, rank, item, build) => {
    if (!groups.has(key)) groups.set(key, { rank, build, items: [] });
    groups.get(key).items.push(item);
  };
  for (const item of items) {
    const area = data.shapes[item.shape].t === "A";
    if (item.course !== undefined) {
      const key = `course ${item.course} ${item.kind} ${item.side} ${item.pattern} ${item.derived}`;
      put(key, 4, item, () => buildArrow(style, data, item));
    }
    let [rank, key, build] = [4, "", () => buildArrow(style, data, item)];
    if (item.is_line) [rank, build] = [item.layer === "front_band" ? 2.5 : 3, () => buildFront(style, data, item)];
    else if (item.kind === "control" && area) {
      [rank, build] = [1, () => buildControl(style, data, item)];
      key = `control ${item.shape} ${item.inner} ${item.side} ${item.pattern}`;
    } else if (area) {
      [rank, build] = [2, (some) => [buildOutline(style, data, item.shape, some)]];
      key = `place ${item.shape}`;
    } else if (data.shapes[item.shape].t === "P") continue;
    put(key || `one ${groups.size}`, rank, item, build);
  }
  return [...groups.values()].sort((a, b) => a.rank - b.rank)
    .map(({ build, items: some }) => ({ layers: build(some), items: some }));
}
