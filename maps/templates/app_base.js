// The base map: one canvas under everything for land and lines, one above the areas for names.

/** A canvas that covers the view and some more, redrawn when the view has come to rest. */
const ViewCanvas = L.Renderer.extend({
  initialize(paint, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._paint = paint;
  },
  _initContainer() {
    this._container = make("canvas", { class: "fl-canvas", "aria-hidden": "true" });
  },
  _destroyContainer() {
    L.DomUtil.remove(this._container);
  },
  _updatePaths() {},
  repaint() {
    if (this._map) this._update();
  },
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    canvas.width = size.x * ratio;
    canvas.height = size.y * ratio;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    const zoom = this._map.getZoom();
    const scale = 256 * 2 ** zoom;
    const origin = this._map.getPixelOrigin();
    const brush = canvas.getContext("2d");
    brush.scale(ratio, ratio);
    // From the unit square to this canvas.
    const view = { zoom, scale, x: origin.x + this._bounds.min.x, y: origin.y + this._bounds.min.y,
      width: size.x, height: size.y, left: this._bounds.min };
    this._paint(brush, view);
    this.fire("update");
  },
});

/** Delta-coded paths as flat Mercator coordinates with their boxes, ready to draw. */
function prepareLines(paths, scale) {
  return paths.map((deltas) => {
    const flat = new Float64Array(deltas.length);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    let x = 0;
    let y = 0;
    for (let i = 0; i < deltas.length; i += 2) {
      x += deltas[i];
      y += deltas[i + 1];
      const px = (flat[i] = mercatorX(x / scale));
      const py = (flat[i + 1] = mercatorY(y / scale));
      if (px < box[0]) box[0] = px;
      if (py < box[1]) box[1] = py;
      if (px > box[2]) box[2] = px;
      if (py > box[3]) box[3] = py;
    }
    return { flat, box };
  });
}

/** Trace paths that touch the view; points closer than most of a pixel are passed over. */
function tracePaths(brush, view, lines, closed) {
  const { scale, x, y, width, height } = view;
  for (const { flat, box } of lines) {
    if (box[2] * scale - x < -20 || box[0] * scale - x > width + 20) continue;
    if (box[3] * scale - y < -20 || box[1] * scale - y > height + 20) continue;
    let lastX = flat[0] * scale - x;
    let lastY = flat[1] * scale - y;
    brush.moveTo(lastX, lastY);
    const end = flat.length - 2;
    for (let i = 2; i <= end; i += 2) {
      const px = flat[i] * scale - x;
      const py = flat[i + 1] * scale - y;
      if (i < end && Math.abs(px - lastX) < 0.7 && Math.abs(py - lastY) < 0.7) continue;
      brush.lineTo(px, py);
      lastX = px;
      lastY = py;
    }
    if (closed) brush.closePath();
  }
}

/** Keys of a sheet's lines: what they are, the zoom they appear at, width and dash. */
const BASE_LINES = [
  { key: "rivers", colour: "river", from: 5.5, width: (z) => (z < 7 ? 0.8 : z < 9 ? 1.2 : 1.8) },
  { key: "district_lines", colour: "district", from: 7.5, width: () => 0.8, dash: [3, 3] },
  { key: "region_lines", colour: "region", from: 4.5, width: (z) => (z < 6 ? 0.7 : 1.1) },
  { key: "border_lines", colour: "border", from: 0, width: (z) => (z < 6 ? 1.1 : 1.6) },
  { key: "disputed_lines", colour: "disputed", from: 0, width: (z) => (z < 6 ? 1.1 : 1.6), dash: [5, 4] },
];

/** A sheet with land hides what coarser ones before it show inside its box. */
function paintBase(base, colours) {
  return (brush, view) => {
    brush.fillStyle = colours.water;
    brush.fillRect(0, 0, view.width, view.height);
    brush.lineJoin = "round";
    base.sheets.forEach((sheet, i) => {
      const finer = base.sheets.slice(i + 1).filter((other) => other.hides).map((other) => other.box);
      brush.save();
      clipSheet(brush, view, sheet.box, finer, 0);
      paintAreas(brush, view, sheet, colours);
      // Lines keep off the sheet's edge: where it cuts the land there is no shore.
      clipSheet(brush, view, sheet.box, finer, i ? 1 : 0);
      paintLines(brush, view, sheet, colours);
      brush.restore();
    });
  };
}

function clipSheet(brush, view, own, finer, inset) {
  const trace = ([west, north, east, south], by) => {
    const [left, top] = [west * view.scale - view.x + by, north * view.scale - view.y + by];
    brush.rect(left, top, east * view.scale - view.x - by - left, south * view.scale - view.y - by - top);
  };
  brush.beginPath();
  trace(own, inset);
  for (const box of finer) trace(box, 0);
  brush.clip("evenodd");
}

function paintAreas(brush, view, sheet, colours) {
  for (const [rings, colour] of [[sheet.land, colours.land], [sheet.lakes, colours.water]]) {
    brush.beginPath();
    tracePaths(brush, view, rings, true);
    brush.fillStyle = colour;
    brush.fill("evenodd");
  }
}

function paintLines(brush, view, sheet, colours) {
  brush.beginPath();
  tracePaths(brush, view, sheet.land, true);
  tracePaths(brush, view, sheet.lakes, true);
  brush.strokeStyle = colours.coast;
  brush.lineWidth = 0.8;
  brush.setLineDash([]);
  brush.stroke();
  for (const look of BASE_LINES) {
    const lines = sheet.lines[look.key];
    if (!lines || view.zoom < look.from) continue;
    brush.beginPath();
    tracePaths(brush, view, lines, false);
    brush.strokeStyle = colours[look.colour];
    brush.lineWidth = look.width(view.zoom);
    brush.setLineDash(look.dash || []);
    brush.stroke();
  }
  brush.setLineDash([]);
}

// Font, colour and letter case of a name by its kind.
const LABEL_LOOKS = {
  country: { font: "600 13px", colour: "label_faint", spacing: "0.14em", upper: true, centre: true },
  region: { font: "500 11px", colour: "label_faint", spacing: "0.06em", upper: false, centre: true },
  water: { font: "italic 400 11.5px", colour: "label_water", spacing: "0.03em", centre: true },
  zone: { font: "italic 600 13px", spacing: "0.02em", centre: true },
  claim: { font: "600 12.5px", colour: "ink", spacing: "0px" },
  city: { font: "500 12px", colour: "label", spacing: "0px" },
  town: { font: "400 11px", colour: "label", spacing: "0px" },
};
const FONT =
  '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", "Liberation Sans", Arial, system-ui, sans-serif';

// Pixels between two tellings of one holder of zones.
const TELL_AGAIN = 330;

/** Names: those of the claims' places first, then by rank, none over another or over a sign. */
function paintLabels(base, colours, claimLabels, obstacles) {
  return (brush, view) => {
    const taken = obstacles(view);
    brush.textBaseline = "middle";
    brush.lineJoin = "round";
    brush.strokeStyle = colours.halo;
    const named = new Set();
    const zones = [];
    for (const label of claimLabels(view)) {
      const zone = label.kind === "zone";
      // A holder's name is told again only where its ground lies far from where it was told.
      const told = zone && zones.some((z) => z.name === label.name && Math.hypot(z.x - label.x, z.y - label.y) * view.scale < TELL_AGAIN);
      if (told || named.has(label.name) || !placeLabel(brush, view, colours, label, taken)) continue;
      if (zone) zones.push(label);
      else named.add(label.name);
    }
    for (const label of base.hidden ? [] : base.labels) {
      if (label.from > view.zoom || (label.to && label.to < view.zoom) || named.has(label.name)) continue;
      if (placeLabel(brush, view, colours, label, taken)) named.add(label.name);
    }
  };
}

// No name of a place is longer; what a report made up does not run across the whole map.
const LONGEST = 44;

function shorten(text) {
  const letters = [...text];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : text;
}

function placeLabel(brush, view, colours, label, taken) {
  const x = label.x * view.scale - view.x;
  const y = label.y * view.scale - view.y;
  if (x < -60 || y < -20 || x > view.width + 60 || y > view.height + 20) return false;
  const look = LABEL_LOOKS[label.kind] || LABEL_LOOKS.town;
  brush.font = `${look.font} ${FONT}`;
  brush.letterSpacing = look.spacing;
  const text = shorten(look.upper ? label.name.toUpperCase() : label.text || label.name);
  const width = brush.measureText(text).width;
  // A zone's name stands in the zone or nowhere.
  if (label.wide !== undefined && label.wide * view.scale < width) return false;
  const dot = !look.centre && label.kind !== "claim";
  const seen = ([left, top]) => label.kind === "claim" && isSeen(view.width, x + left, x + left + width) && isSeen(view.height, y + top - 8, y + top + 8);
  for (const [left, top] of labelSpots(label, look, width).sort((a, b) => seen(b) - seen(a))) {
    // Far out names keep more room around them.
    const pad = view.zoom < 5.5 && label.kind !== "claim" ? 7 : 2;
    const box = [x + left - pad, y + top - 6 - pad, x + left + width + pad, y + top + 6 + pad];
    const own = [x - 3, y - 3, x + 3, y + 3];
    if (taken.some((other) => overlaps(box, other) || (dot && overlaps(own, other)))) continue;
    taken.push(box);
    if (dot) {
      taken.push(own);
      drawDot(brush, x, y, label.kind === "city" ? 2.6 : 1.9, colours);
    }
    brush.lineWidth = 3.4;
    brush.strokeText(text, x + left, y + top);
    brush.fillStyle = label.ink || colours[look.colour];
    brush.fillText(text, x + left, y + top);
    return true;
  }
  return false;
}

// The canvas reaches beyond what is seen by this share of it on each side.
const BEYOND = 0.4;

const seenMargin = (size) => (size * BEYOND) / (1 + 2 * BEYOND);

/** Whether a stretch of the canvas, which is so wide or high, lies between the edges of what is seen. */
function isSeen(size, start, end) {
  const margin = seenMargin(size);
  return start >= margin && end <= size - margin;
}

const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

/** Where a name may stand relative to its point, best first. */
function labelSpots(label, look, width) {
  if (look.centre) return [[-width / 2, 0], [-width / 2, 16], [-width / 2, -16]];
  const reach = label.reach || [6, 6];
  return [
    [-width / 2, reach[1] + 9],
    [reach[0] + 1, 0],
    [-width - reach[0] - 1, 0],
    [-width / 2, -reach[1] - 9],
    // At the edge of the page, askew is better than cut off.
    ...(label.kind === "claim" ? [[-4, reach[1] + 9], [4 - width, reach[1] + 9]] : []),
  ].sort((a, b) => (label.kind === "claim" ? 0 : Math.abs(a[1]) - Math.abs(b[1])));
}

function drawDot(brush, x, y, radius, colours) {
  brush.beginPath();
  brush.arc(x, y, radius, 0, 7);
  brush.fillStyle = colours.halo;
  brush.fill();
  brush.lineWidth = 1.1;
  brush.save();
  brush.strokeStyle = colours.label;
  brush.stroke();
  brush.restore();
}

/** Unpack the sheets of the base map: lines ready to draw, and the page's names with their place on the unit square. */
async function loadBase() {
  const sheets = [];
  const read = async (id) => JSON.parse(new TextDecoder().decode(await unpackBlock(id)));
  for (let i = 0; document.getElementById(`fl-base-${i}`); i += 1) sheets.push(prepareSheet(await read(`fl-base-${i}`)));
  const labels = (await read("fl-names")).map(([name, lon, lat, kind, from, to]) =>
    ({ name, kind, from, to, lon, lat, x: mercatorX(lon), y: mercatorY(lat) }));
  return { sheets, labels };
}

function prepareSheet(raw) {
  const [west, south, east, north] = raw.bbox;
  const lines = {};
  for (const { key } of BASE_LINES) if (raw[key]) lines[key] = prepareLines(raw[key], raw.scale);
  const rings = (raw.lakes || []).filter((lake) => !lake.drained).flatMap((lake) => lake.rings);
  return { box: [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)], lines, hides: Boolean(raw.land),
    land: prepareLines(raw.land || [], raw.scale), lakes: prepareLines(rings, raw.scale) };
}
