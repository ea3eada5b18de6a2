// Signs at places: claims on one place stand side by side; alike ones are one sign with a count.

const SIGN = 21;
const STEP = 23;
const ROW = 4;
// More signs than this in one stack are summed up, one a kind.
const MOST_SIGNS = 12;
// More stacks than this are only built in and around the view.
const CULL_ABOVE = 250;
// Signs may overlap by so many pixels; stacks are looked for in cells that are wider than any of them.
const SLACK = 5;
const CELL = 170;

const isPointLike = (data, item) =>
  !item.is_line && item.course === undefined && data.shapes[item.shape].t !== "L" && !(item.kind === "control" && data.shapes[item.shape].t === "A");

const isPrecise = (item) => ["settlement", "site"].includes(item.place_kind);

/** Shown items by place, in the order of kinds. */
function gatherStacks(app, items) {
  const stacks = new Map();
  for (const item of items) {
    if (!isPointLike(app.data, item)) continue;
    const key = `${item.lat.toFixed(3)} ${item.lon.toFixed(3)}`;
    if (!stacks.has(key)) stacks.set(key, { lat: item.lat, lon: item.lon, items: [] });
    stacks.get(key).items.push(item);
  }
  return joinStacks(app, [...stacks.values()]);
}

/** Stacks that would hide each other on the screen become one; zooming in parts them. */
function joinStacks(app, stacks) {
  const kept = [];
  const grid = new Map();
  for (const stack of stacks.sort((a, b) => b.items.length - a.items.length)) {
    if (!stack.looks) measureStack(app, stack);
    const near = findNear(grid, stack);
    if (near) {
      near.items.push(...stack.items);
      near.radius = Math.max(near.radius, stack.radius);
      for (const [look, kind] of stack.looks) near.looks.set(look, kind);
      near.reach = estimateReach(near.looks);
    } else {
      kept.push(stack);
      const cell = `${Math.floor(stack.point.x / CELL)} ${Math.floor(stack.point.y / CELL)}`;
      if (!grid.has(cell)) grid.set(cell, []);
      grid.get(cell).push(stack);
    }
  }
  // What has grown may reach what was kept apart before.
  return kept.length === stacks.length ? kept : joinStacks(app, kept);
}

/** What a stack's signs look like, and how far they and its circles reach, roughly. */
function measureStack(app, stack) {
  stack.point = app.map.project([stack.lat, stack.lon]);
  const circles = stack.items.filter(hasCircle);
  stack.looks = new Map(stack.items.filter((item) => !hasCircle(item)).map((item) => [lookKey(app.style, item), item.kind]));
  stack.radius = Math.max(0, ...circles.map((item) => circleRadii(app.style, item, app.largest).outer));
  stack.reach = estimateReach(stack.looks);
}

function estimateReach(looks) {
  const signs = looks.size > MOST_SIGNS ? new Set(looks.values()).size : looks.size;
  const half = (Math.max(1, Math.ceil(signs / ROW)) * STEP) / 2;
  return { right: (Math.min(signs, ROW) * STEP) / 2, up: half, down: half };
}

/** Signs of one key look alike. */
function lookKey(style, item) {
  const sure = ["solid", "hatched", "outline", "struck"].indexOf(item.pattern);
  return `${style.kinds.indexOf(item.kind)} ${item.side} ${sure} ${item.bearing === undefined ? "" : item.bearing}`;
}

function findNear(grid, stack) {
  const [column, row] = [Math.floor(stack.point.x / CELL), Math.floor(stack.point.y / CELL)];
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      const near = (grid.get(`${column + dx} ${row + dy}`) || []).find((other) => hide(other, stack));
      if (near) return near;
    }
  }
  return null;
}

/** Whether two stacks hide each other: signs that overlap, or circles one of which has the other's middle inside. */
function hide(a, b) {
  const across = Math.abs(a.point.x - b.point.x);
  const down = b.point.y - a.point.y;
  if (a.radius && b.radius) return Math.hypot(across, down) < Math.max(a.radius, b.radius);
  if (a.radius || b.radius) return false;
  const between = down > 0 ? a.reach.down + b.reach.up : a.reach.up + b.reach.down;
  return across < a.reach.right + b.reach.right - SLACK && Math.abs(down) < between - SLACK;
}

/** What several tellings of one side's number in one place come to: from the lowest to the highest, never their sum. */
function joinFigures(items) {
  const known = (key) => items.map((item) => item[key]).filter((figure) => figure !== undefined);
  const low = known("low");
  const high = known("high");
  return { ...items[0], low: low.length ? Math.min(...low) : undefined, high: high.length ? Math.max(...high) : undefined };
}

/** Blocks of a stack: one circle a side and status, other signs by kind, side and how sure. */
function gatherBlocks(style, stack, largest) {
  const told = new Map();
  const signs = new Map();
  for (const item of stack.items) {
    if (hasCircle(item)) {
      const key = `${item.side} ${item.status}`;
      if (!told.has(key)) told.set(key, []);
      told.get(key).push(item);
      continue;
    }
    const key = lookKey(style, item);
    if (!signs.has(key)) signs.set(key, { items: [] });
    signs.get(key).items.push(item);
  }
  const circles = [...told.values()].map((items) => {
    const figure = joinFigures(items);
    return { items, figure, radii: circleRadii(style, figure, largest) };
  });
  circles.sort((a, b) => b.radii.outer - a.radii.outer);
  const sorted = [...signs.entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map((entry) => entry[1]);
  return { circles, signs: sorted.length > MOST_SIGNS ? sumUpSigns(style, sorted) : sorted };
}

/** One black sign a kind, where more looks meet in one stack than anybody reads. */
function sumUpSigns(style, signs) {
  const kinds = new Map();
  for (const item of signs.flatMap((block) => block.items)) {
    if (!kinds.has(item.kind)) kinds.set(item.kind, { items: [], mixed: true });
    kinds.get(item.kind).items.push(item);
  }
  return [...kinds.entries()].sort((a, b) => style.kinds.indexOf(a[0]) - style.kinds.indexOf(b[0])).map((entry) => entry[1]);
}

/** Pixel offsets of a stack's blocks from its point, and how far the stack reaches from it. */
function layOutStack({ circles, signs }) {
  const gap = 3;
  const total = circles.reduce((sum, block) => sum + 2 * block.radii.outer + gap, -gap);
  let x = -total / 2;
  let tallest = 0;
  for (const block of circles) {
    block.x = x + block.radii.outer;
    block.y = 0;
    x += 2 * block.radii.outer + gap;
    tallest = Math.max(tallest, block.radii.outer);
  }
  const rows = Math.ceil(signs.length / ROW);
  const top = circles.length ? tallest + 15 + STEP / 2 : (-(rows - 1) * STEP) / 2;
  signs.forEach((block, i) => {
    const row = Math.floor(i / ROW);
    const inRow = Math.min(ROW, signs.length - row * ROW);
    block.x = ((i % ROW) - (inRow - 1) / 2) * STEP;
    block.y = top + row * STEP;
  });
  const width = Math.max(total / 2, (Math.min(signs.length, ROW) * STEP) / 2);
  const down = signs.length ? top + (rows - 1) * STEP + STEP / 2 : tallest + 15;
  return { right: width, up: circles.length ? tallest : (rows * STEP) / 2, down };
}

/** A marker for a block; its name for screen readers says what it stands for. */
function buildMarker(app, stack, block) {
  const { style, words } = app;
  const item = block.figure || block.items[0];
  const node = make("span", { class: "fl-sign-body" });
  let half = SIGN / 2;
  if (block.radii) {
    half = block.radii.outer + 3;
    node.append(drawCircle(style, item, block.radii));
    const figure = make("span", { class: "fl-figure" }, tellFigure(words, block));
    Object.assign(figure.style, { left: `${half + block.spot[0]}px`, top: `${half + block.spot[1]}px` });
    node.append(figure);
    if (block.items.length > 1) {
      const badge = make("span", { class: "fl-badge" }, String(block.items.length));
      // On the rim of the circle, not at the corner of the square around it.
      const inset = `${Math.round(half - (half - 3) * Math.SQRT1_2 - 7)}px`;
      Object.assign(badge.style, { right: inset, top: inset });
      node.append(badge);
    }
  } else {
    node.append(block.mixed ? drawSign(style, item.kind, null, "solid", SIGN)
      : drawSign(style, item.kind, item.side, item.pattern, SIGN, item.bearing));
    if (block.items.length > 1) node.append(make("span", { class: "fl-badge" }, String(block.items.length)));
  }
  const icon = L.divIcon({ html: node, className: `fl-sign fl-sign-${item.kind} fl-${block.mixed ? "mixed" : item.pattern}`,
    iconSize: [2 * half, 2 * half], iconAnchor: [half - block.x, half - block.y], popupAnchor: [block.x, block.y - half] });
  const marker = L.marker([stack.lat, stack.lon], { icon, riseOnHover: true,
    zIndexOffset: block.radii ? -1000 : 0 });
  marker.on("add", () => {
    marker.getElement().setAttribute("aria-label", block.mixed
      ? `${words.word("layers", item.kind)}, ${words.count("claims", block.items.length)}` : tellBlock(words, block.items, item));
    // Shown in print, where colours may be greys.
    if (item.side && item.side !== "contested" && !block.mixed) marker.getElement().dataset.side = item.side;
  });
  marker.on("click keypress", (event) => {
    if (event.type === "keypress" && !["Enter", " "].includes(event.originalEvent.key)) return;
    app.openCard(block.items, marker.getLatLng(), [block.x, block.y - half]);
  });
  return marker;
}

function tellBlock(words, items, item) {
  const others = new Set(items.map((one) => one.place)).size - 1;
  const place = item.place && others > 0 ? `${item.place} +${others}` : item.place;
  const parts = [words.word("kinds", item.kind), words.word("statuses", item.status), place, words.side(item.side)];
  if (hasCircle(item)) parts.push(words.span(item.low, item.high));
  if (item.bearing !== undefined) parts.push(tellHeading(words, item.bearing));
  if (items.length > 1) parts.push(words.count("claims", items.length));
  return parts.filter(Boolean).join(", ");
}

const tellFigure = (words, block) => words.span(block.figure.low, block.figure.high);

// Height of a figure, and what it keeps free around it, pixels.
const FIGURE = 15;

/** Boxes on the screen, from where the map's pixels begin: of a stack's signs, with their badges, and of its circles. */
const signBoxes = ({ point, blocks }) => blocks.signs.map(({ x, y }) =>
  [point.x + x - SIGN / 2, point.y + y - SIGN / 2 - 4, point.x + x + SIGN / 2 + 4, point.y + y + SIGN / 2]);

/** Put each circle's figure where neither a sign nor another circle or figure hides it: below it if that can be. */
function placeFigures(words, stacks) {
  const round = stacks.flatMap((stack) => stack.blocks.circles.map((block) =>
    ({ block, x: stack.point.x + block.x, y: stack.point.y, radius: block.radii.outer })));
  if (!round.length) return [];
  const taken = stacks.flatMap(signBoxes);
  const brush = document.createElement("canvas").getContext("2d");
  brush.font = `600 12px ${FONT}`;
  const figures = [];
  for (const { block, x, y, radius } of round) {
    const half = brush.measureText(tellFigure(words, block)).width / 2 + 1;
    const others = round.filter((other) => other.block !== block).map((other) => [other.x - other.radius * 0.8,
      other.y - other.radius * 0.8, other.x + other.radius * 0.8, other.y + other.radius * 0.8]);
    const spots = [[0, radius + 9], [0, -radius - 9], [radius + half + 3, 0], [-radius - half - 3, 0], ...(half < radius ? [[0, 9]] : [])];
    const hidden = (spot) => [...taken, ...others, ...figures].reduce((sum, box) => sum + shareArea(frameFigure(x, y, half, spot), box), 0);
    block.spot = spots.map((spot) => [hidden(spot), spot]).reduce((best, next) => (next[0] < best[0] ? next : best))[1];
    figures.push(frameFigure(x, y, half, block.spot));
  }
  return figures;
}

const frameFigure = (x, y, half, spot) => [x + spot[0] - half, y + spot[1] - FIGURE / 2, x + spot[0] + half, y + spot[1] + FIGURE / 2];

const shareArea = (a, b) => Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

/** The name of a stack: that of the place most is told of, and how many others its signs stand for. */
function nameStack(stack) {
  const counts = new Map();
  for (const item of stack.items) if (item.place && isPrecise(item)) counts.set(item.place, (counts.get(item.place) || 0) + 1);
  const [first] = [...counts.entries()].reduce((best, next) => (next[1] > best[1] ? next : best), ["", 0]);
  return { name: first, text: counts.size > 1 ? `${first} +${counts.size - 1}` : first };
}

/** Draw the stacks of the shown items; returns what the names must leave free. */
function drawStacks(app, items) {
  const all = gatherStacks(app, items);
  // Of many only those in and around the view become nodes of the page.
  const view = app.map.getBounds().pad(0.4);
  app.culls = all.length > CULL_ABOVE;
  const stacks = app.culls ? all.filter((stack) => view.contains([stack.lat, stack.lon])) : all;
  app.signLayer.clearLayers();
  for (const stack of stacks) stack.blocks = gatherBlocks(app.style, stack, app.largest);
  if (app.mixedRow) app.mixedRow.hidden = !stacks.some(({ blocks }) => blocks.signs.some((block) => block.mixed));
  const reaches = stacks.map((stack) => layOutStack(stack.blocks));
  app.figures = placeFigures(app.words, stacks);
  return stacks.map((stack, i) => {
    const { blocks } = stack;
    for (const block of [...blocks.circles, ...blocks.signs]) buildMarker(app, stack, block).addTo(app.signLayer);
    return { x: mercatorX(stack.lon), y: mercatorY(stack.lat), reach: reaches[i], ...nameStack(stack) };
  });
}
