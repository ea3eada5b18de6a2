// Many points: packed columns, an index in space, canvas tiles.

const TILE = 256;
const OPEN = 0;
const DAY_SHIFT = 1000000;
const NO_COUNT = 0xffffffff;
const SIGN_ZOOM = 10;

/** Columns from their byte planes. */
function readColumns(buffer, head) {
  const bytes = new Uint8Array(buffer);
  const columns = {};
  let at = 0;
  for (const [name, size] of head.layout) {
    const joined = new Uint8Array(head.count * size);
    for (let plane = 0; plane < size; plane += 1) {
      for (let i = 0; i < head.count; i += 1) joined[i * size + plane] = bytes[at + i];
      at += head.count;
    }
    const Type = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[size];
    columns[name] = new Type(joined.buffer);
  }
  return columns;
}

/** Undo steps and zigzag: positions on the unit square. */
function readPositions(steps, scale, project) {
  const positions = new Float64Array(steps.length);
  let value = 0;
  for (let i = 0; i < steps.length; i += 1) {
    value += (steps[i] >>> 1) ^ -(steps[i] & 1);
    positions[i] = project(value / scale);
  }
  return positions;
}

async function loadColumns(app) {
  const { head, columns } = { head: app.data.columns, columns: readColumns(await unpackBlock("fl-numbers"), app.data.columns) };
  const x = readPositions(columns.lon, head.scale, mercatorX);
  const y = readPositions(columns.lat, head.scale, mercatorY);
  const index = makeIndex(x, y);
  return makeColumns(app, { head, columns, x, y, index });
}

// Cells a side of the index, and so many of them at most hold a search of everything.
const CELLS = 512;

/** Points by cells of a grid over their bounds: made in one pass, and asked for a box or a circle. */
function makeIndex(x, y) {
  const count = x.length;
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < count; i += 1) {
    if (x[i] < west) west = x[i];
    if (x[i] > east) east = x[i];
    if (y[i] < north) north = y[i];
    if (y[i] > south) south = y[i];
  }
  const across = CELLS / Math.max(east - west, 1e-9);
  const down = CELLS / Math.max(south - north, 1e-9);
  const bound = (value) => Math.max(0, Math.min(CELLS - 1, Math.floor(value)));
  const cells = new Uint32Array(count);
  const starts = new Uint32Array(CELLS * CELLS + 1);
  for (let i = 0; i < count; i += 1) {
    cells[i] = bound((y[i] - north) * down) * CELLS + bound((x[i] - west) * across);
    starts[cells[i] + 1] += 1;
  }
  for (let i = 1; i < starts.length; i += 1) starts[i] += starts[i - 1];
  const next = starts.slice();
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) numbers[next[cells[i]]++] = i;
  const range = (left, top, right, bottom) => {
    const found = [];
    if (right < west || left > east || bottom < north || top > south) return found;
    const [first, last] = [bound((left - west) * across), bound((right - west) * across)];
    for (let row = bound((top - north) * down); row <= bound((bottom - north) * down); row += 1) {
      for (let k = starts[row * CELLS + first]; k < starts[row * CELLS + last + 1]; k += 1) {
        const i = numbers[k];
        if (x[i] >= left && x[i] <= right && y[i] >= top && y[i] <= bottom) found.push(i);
      }
    }
    return found;
  };
  const within = (px, py, radius) => range(px - radius, py - radius, px + radius, py + radius)
    .filter((i) => Math.hypot(x[i] - px, y[i] - py) <= radius);
  return { range, within };
}

const PATTERNS = { denied: "struck", expected: "outline" };

function makeColumns(app, { head, columns, x, y, index }) {
  const { lists, count } = head;
  const from = columns.from;
  const to = columns.span;
  for (let i = 0; i < count; i += 1) to[i] += from[i];
  const lookOf = (status, held) => PATTERNS[lists.status[status]] || (lists.held[held] === "claimed" ? "hatched" : "solid");
  const patternOf = (i) => lookOf(columns.status[i], columns.held[i]);
  const fields = {
    layer: (i) => lists.kind[columns.kind[i]],
    kind: (i) => lists.kind[columns.kind[i]],
    side: (i) => lists.side[columns.side[i]],
    status: (i) => lists.status[columns.status[i]],
    publisher: (i) => lists.report[columns.report[i]][1],
    pattern: patternOf,
  };
  const shown = new Uint8Array(count).fill(1);
  const lonOf = (i) => x[i] * 360 - 180;
  const latOf = (i) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y[i]))) * 180) / Math.PI;
  const dayOf = (value) => (value === OPEN ? undefined : value - DAY_SHIFT);
  let quotes = null;
  const loadQuotes = () => {
    quotes = quotes || unpackBlock("fl-texts").then((buffer) => new TextDecoder().decode(buffer).split("\n"));
    return quotes;
  };
  let folded = null;
  const counts = new Map();
  const self = { count, columns, lists, x, y, index, shown, patternOf, fields };

  /** Each list's values that the filters hide. */
  const hiddenCodes = (state) => ({
    kind: lists.kind.map((kind) => state.layers.has(kind)),
    side: lists.side.map((side) => state.sides.has(side)),
    status: lists.status.map((status) => state.statuses.has(status || "reported")),
    report: lists.report.map((report) => state.publishers.has(report[1])),
  });
  const passes = (hidden, matches, first) => (i) =>
    !(hidden.kind[columns.kind[i]] || hidden.side[columns.side[i]] || hidden.status[columns.status[i]] ||
      hidden.report[columns.report[i]] || (matches && !matches[first + i]));

  /** Mark what is shown; counts it. */
  self.filter = () => {
    const { state, matches, first } = app.model;
    const pass = passes(hiddenCodes(state), matches, first);
    const day = state.day === null ? null : state.day + DAY_SHIFT;
    let total = 0;
    for (let i = 0; i < count; i += 1) {
      const on = pass(i) && (day === null || ((from[i] === OPEN || from[i] <= day) && (to[i] === OPEN || to[i] >= day)));
      shown[i] = on ? 1 : 0;
      total += shown[i];
    }
    self.total = total;
  };
  self.eachShown = (ignoreDay, visit) => {
    const { state, matches, first } = app.model;
    const pass = passes(hiddenCodes(state), matches, first);
    for (let i = 0; i < count; i += 1) if (pass(i)) visit(dayOf(from[i]), dayOf(to[i]));
  };
  self.span = () => {
    let low = Infinity;
    let high = 0;
    for (let i = 0; i < count; i += 1) {
      if (from[i] !== OPEN && from[i] < low) low = from[i];
      if (to[i] !== OPEN && to[i] < low) low = to[i];
      if (from[i] > high) high = from[i];
      if (to[i] > high) high = to[i];
    }
    return high ? [low - DAY_SHIFT, high - DAY_SHIFT] : null;
  };
  // How often each code occurs, counted once; what a field says is asked once a code.
  const tally = (codes, size) => {
    const sums = new Float64Array(size);
    for (let i = 0; i < count; i += 1) sums[codes(i)] += 1;
    return sums;
  };
  const heldCount = lists.held.length;
  const tallies = {
    layer: () => [tally((i) => columns.kind[i], lists.kind.length), (code) => lists.kind[code]],
    kind: () => [tally((i) => columns.kind[i], lists.kind.length), (code) => lists.kind[code]],
    side: () => [tally((i) => columns.side[i], lists.side.length), (code) => lists.side[code]],
    status: () => [tally((i) => columns.status[i], lists.status.length), (code) => lists.status[code]],
    publisher: () => [tally((i) => columns.report[i], lists.report.length), (code) => lists.report[code][1]],
    pattern: () => [tally((i) => columns.status[i] * heldCount + columns.held[i], lists.status.length * heldCount),
      (code) => lookOf(Math.floor(code / heldCount), code % heldCount)],
  };
  self.countBy = (field, into) => {
    if (!counts.has(field)) {
      const found = new Map();
      const [sums, say] = tallies[field]();
      sums.forEach((n, code) => n && found.set(say(code), (found.get(say(code)) || 0) + n));
      counts.set(field, found);
    }
    for (const [value, n] of counts.get(field)) into.set(value, (into.get(value) || 0) + n);
  };
  self.hasBearing = Boolean(columns.bearing);
  const isMovement = lists.kind.map((kind) => kind in app.style.directed);
  self.movements = lists.kind.filter((kind, code) => isMovement[code] &&
    columns.kind.some((own, i) => own === code && !(columns.bearing && columns.bearing[i])));
  const bearingOf = (i) => (columns.bearing && columns.bearing[i] ? columns.bearing[i] - 1 : undefined);
  self.bearingOf = bearingOf;
  self.brief = (i) => ({ bearing: bearingOf(i), kind: fields.kind(i), side: fields.side(i), status: fields.status(i), pattern: patternOf(i),
    place: lists.place[columns.place[i]], from: dayOf(from[i]), to: dayOf(to[i]), lon: lonOf(i), lat: latOf(i) });
  self.detail = async (number) => {
    const i = number - app.model.first;
    const [report, publisher, url, published] = lists.report[columns.report[i]];
    const low = columns.low[i];
    const high = (columns.more[i] + low) >>> 0;
    return { ...self.brief(i), report, publisher, url, published, low: low === NO_COUNT ? undefined : low,
      high: high === NO_COUNT ? undefined : high, unit: lists.unit[columns.unit[i]] || undefined,
      held: lists.held[columns.held[i]] || undefined, place_kind: lists.place_kind[columns.place_kind[i]] || undefined,
      precision: columns.precision[i], radius: columns.radius[i], who: lists.who[columns.who[i]] || undefined,
      actors: fields.side(i) ? [fields.side(i)] : [], quote: (await loadQuotes())[i] || undefined };
  };
  self.listShown = (limit, push) => {
    for (let i = 0, left = limit; i < count && left > 0; i += 1) {
      if (!shown[i]) continue;
      push(self.brief(i), app.model.first + i);
      left -= 1;
    }
    return self.total;
  };
  self.search = async (words, matches) => {
    folded = folded || (await loadQuotes()).map(foldText);
    const places = lists.place.map(foldText);
    const publishers = lists.report.map((report) => foldText(report[1]));
    for (let i = 0; i < count; i += 1) {
      const text = () => `${folded[i]} ${places[columns.place[i]]} ${publishers[columns.report[i]]}`;
      matches[app.model.first + i] = words.every((word) => text().includes(word)) ? 1 : 0;
    }
  };
  self.join = (model) => {
    model.count = model.first + count;
    for (const side of lists.side) if (!model.sides.includes(side)) model.sides.push(side);
    const own = self.span();
    if (own) model.span = model.span ? [Math.min(own[0], model.span[0]), Math.max(own[1], model.span[1])] : own;
  };
  self.addTo = (map) => addGrid(app, self, map);
  self.redraw = () => {
    self.filter();
    if (self.layer) repaintTiles(self);
  };
  self.total = count;
  return self;
}

const isOpen = (status) => status in PATTERNS;
const dotRadius = (zoom) => (zoom < 7 ? 1.3 : zoom < 8 ? 2.1 : 3.2);

/** A small picture of a point: a dot far out, its kind's sign near by. */
function makeSprite(app, { kind, side, pattern, bearing }, zoom, ratio) {
  const sign = zoom >= SIGN_ZOOM;
  const half = sign ? 9 : dotRadius(zoom) + 0.8;
  const canvas = make("canvas", { width: Math.ceil(2 * half * ratio), height: Math.ceil(2 * half * ratio) });
  const brush = canvas.getContext("2d");
  const colour = colourOf(app.style, side);
  brush.scale(ratio, ratio);
  brush.translate(half, half);
  if (!sign) {
    brush.beginPath();
    brush.arc(0, 0, dotRadius(zoom), 0, 7);
  } else {
    if (bearing !== undefined) brush.rotate((bearing * Math.PI) / 180);
    brush.scale(0.75, 0.75);
    brush.translate(-12, -12);
  }
  const outlines = bearing === undefined ? app.style.signs : app.style.directed;
  const path = sign ? new Path2D(outlines[kind] || app.style.signs.strike) : null;
  const paint = (method) => (path ? brush[method](path) : brush[method]());
  const open = pattern === "outline" || pattern === "struck";
  brush.lineWidth = sign ? 2.2 : open ? 1.1 : 0.7;
  brush.strokeStyle = open ? colour : PAPER;
  brush.fillStyle = open ? PAPER : colour;
  // Dots have no halo: where they crowd, it would show fewer of them.
  if (!open && sign) paint("stroke");
  paint("fill");
  if (open) paint("stroke");
  return { canvas, half };
}

function addGrid(app, self, map) {
  const sprites = new Map();
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  // What was drawn on a tile: one dot a cell and look, more would not be seen.
  const width = TILE + 32;
  const drawn = new Uint32Array(4 * width * width);
  const open = self.lists.status.map(isOpen);
  const inks = self.lists.side.map((side) => colourOf(app.style, side));
  self.paintTile = (canvas, coords) => {
    const scale = TILE * 2 ** coords.z;
    const left = coords.x * TILE;
    const top = coords.y * TILE;
    const sign = coords.z >= SIGN_ZOOM;
    const radius = dotRadius(coords.z);
    const pad = sign ? 10 : 5;
    const cells = coords.z < 8 ? 1 : 2;
    const brush = canvas.getContext("2d");
    brush.clearRect(0, 0, canvas.width, canvas.height);
    brush.globalAlpha = sign ? 1 : 0.6;
    drawn.fill(0);
    const { columns, shown, x, y } = self;
    const found = self.index.range((left - pad) / scale, (top - pad) / scale, (left + TILE + pad) / scale,
      (top + TILE + pad) / scale);
    let last = -1;
    for (const i of found) {
      if (!shown[i]) continue;
      const px = x[i] * scale - left;
      const py = y[i] * scale - top;
      const look = 1 + (columns.kind[i] * 64 + columns.side[i]) * 16 + columns.status[i] * 4;
      const cell = (((py + 16) * cells) | 0) * width * cells + (((px + 16) * cells) | 0);
      if (drawn[cell] === look) continue;
      drawn[cell] = look;
      // Far out a dot is so small that its corners are not seen, and a square is drawn many times faster.
      if (radius < 2 && !sign && !open[columns.status[i]]) {
        if (look !== last) brush.fillStyle = inks[columns.side[i]];
        last = look;
        brush.fillRect((px - radius) * ratio, (py - radius) * ratio, 2 * radius * ratio, 2 * radius * ratio);
        continue;
      }
      // One sprite for each ten degrees: nobody sees less.
      const heading = sign ? self.bearingOf(i) : undefined;
      const turn = heading === undefined ? undefined : (Math.round(heading / 10) * 10) % 360;
      const key = `${sign ? "sign" : radius} ${look} ${turn}`;
      let sprite = sprites.get(key);
      if (!sprite) {
        const traits = { kind: self.fields.kind(i), side: self.fields.side(i), pattern: self.patternOf(i), bearing: turn };
        sprite = makeSprite(app, traits, coords.z, ratio);
        sprites.set(key, sprite);
      }
      brush.drawImage(sprite.canvas, (px - sprite.half) * ratio, (py - sprite.half) * ratio);
    }
  };
  const Grid = L.GridLayer.extend({
    createTile(coords) {
      const canvas = make("canvas", { width: TILE * ratio, height: TILE * ratio, class: "fl-tile" });
      self.paintTile(canvas, coords);
      return canvas;
    },
  });
  self.layer = new Grid({ pane: "overlayPane", updateWhenZooming: false, keepBuffer: 1 }).addTo(map);
  map.on("click", async (event) => {
    const scale = TILE * 2 ** map.getZoom();
    const near = self.index.within(mercatorX(event.latlng.lng), mercatorY(event.latlng.lat), 8 / scale);
    const chosen = near.filter((i) => self.shown[i]).slice(0, 40);
    if (!chosen.length) return;
    app.openCard(await Promise.all(chosen.map((i) => self.detail(app.model.first + i))), event.latlng, [0, 0]);
  });
}

function repaintTiles(self) {
  for (const tile of Object.values(self.layer._tiles)) self.paintTile(tile.el, tile.coords);
}
