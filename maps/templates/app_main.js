// Puts the page together.

function makeMap(id, data, words) {
  const map = L.map(id, {
    zoomControl: false, attributionControl: false, minZoom: 2, maxZoom: 14, zoomSnap: data.columns ? 1 : 0.25, worldCopyJump: false,
    maxBounds: [[-85, -200], [85, 200]], maxBoundsViscosity: 0.8, keyboard: true,
  });
  for (const [name, level] of [["base", 150], ["names", 450]]) {
    const pane = map.createPane(name);
    pane.style.zIndex = level;
    pane.style.pointerEvents = "none";
  }
  map.getContainer().setAttribute("aria-label", words.text("map"));
  map.getContainer().setAttribute("role", "region");
  return map;
}

/** Show the first view, or all there is, however far from the rest. */
function fitData(app, whole) {
  const [west, south, east, north] = whole ? app.data.whole : app.data.bounds;
  const pad = Math.min(60, app.map.getSize().x / 10);
  app.map.fitBounds([[south, west], [north, east]], { padding: [pad, pad], maxZoom: 10, animate: false });
}

function controlButton(words, key, path, action) {
  const button = make("button", { type: "button", class: "fl-button", "aria-label": words.text(key), title: words.text(key),
    onclick: action }, draw("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" },
    draw("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round",
      "stroke-linejoin": "round" })));
  L.DomEvent.disableClickPropagation(button);
  return button;
}

function addControls(app) {
  const { map, words } = app;
  const bar = L.control({ position: "topright" });
  const root = document.querySelector(".fl");
  bar.onAdd = () => make("div", { class: "fl-buttons" },
    controlButton(words, "zoom_in", "M10 4 V16 M4 10 H16", () => map.zoomIn(1)),
    controlButton(words, "zoom_out", "M4 10 H16", () => map.zoomOut(1)),
    controlButton(words, "home", "M3 10 L10 4 L17 10 M5 9 V16 H15 V9", () => fitData(app, true)),
    document.fullscreenEnabled && controlButton(words, "full_screen", "M3 7 V3 H7 M13 3 H17 V7 M17 13 V17 H13 M7 17 H3 V13",
      () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen())),
    controlButton(words, "copy_link", "M8 12 L12 8 M9 6 L11 4 A3.5 3.5 0 0 1 16 9 L14 11 M11 14 L9 16 A3.5 3.5 0 0 1 4 11 L6 9",
      () => copyLink(app)));
  bar.addTo(map);
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 110 }).addTo(map);
  const where = L.control({ position: "bottomright" });
  where.onAdd = () => make("div", { class: "fl-where", "aria-hidden": "true" });
  where.addTo(map);
  map.on("mousemove", (event) => {
    where.getContainer().textContent = tellCoordinates(event.latlng);
  });
  app.credit = L.control.attribution({ position: "bottomright", prefix: "Leaflet" });
  app.credit.addTo(map);
  if (app.data.tiles) showTiles(app, true);
}

const tellCoordinates = ({ lat, lng }) =>
  `${Math.abs(lat).toFixed(3)}° ${lat < 0 ? "S" : "N"}  ${Math.abs(lng).toFixed(3)}° ${lng < 0 ? "W" : "E"}`;

async function copyLink(app) {
  writeLink(app);
  try {
    await navigator.clipboard.writeText(location.href);
    tellShortly(app, app.words.text("copied"));
  } catch {
    tellShortly(app, location.href);
  }
}

function tellShortly(app, text) {
  const note = document.querySelector(".fl-toast");
  note.textContent = text;
  note.classList.add("fl-toast-on");
  setTimeout(() => note.classList.remove("fl-toast-on"), 2600);
}

/** Draw what is shown; called at each change of filters or day. */
function drawShown(app) {
  const { map, style, data, model } = app;
  const items = shownItems(model);
  app.shapeLayer.clearLayers();
  app.arrows = [];
  for (const built of buildShapes(style, data, items)) {
    for (const layer of built.layers) {
      layer.addTo(app.shapeLayer);
      if (layer.options.interactive) layer.on("click", (event) => app.openCard(built.items, event.latlng, [0, 0]));
      if (!(layer instanceof Arrow)) continue;
      app.arrows.push(layer);
      layer.name(tellBlock(app.words, built.items, built.items[0]));
    }
  }
  app.stacks = drawStacks(app, items);
  app.shown = items;
  if (model.columns) model.columns.redraw();
  app.names.repaint();
  app.keepLink();
}

/** Put online tiles over the base map, or take them off; they have names of their own. */
function showTiles(app, on) {
  const { url, credit } = app.data.tiles;
  app.tiles = app.tiles || L.tileLayer(url, { pane: "tilePane", maxNativeZoom: 18 });
  if (on) app.tiles.addTo(app.map);
  else app.tiles.remove();
  app.credit[on ? "addAttribution" : "removeAttribution"](credit);
  app.base.hidden = on;
  app.names.repaint();
}

/** Who holds a zone stands in it: colour alone would not tell it in grey print. */
function zoneLabels(app) {
  const { data, words, style } = app;
  // A map whose maker tells what its areas mean says more than who holds them.
  if (data.legend.length) return [];
  const zones = app.shown.filter((item) => item.kind === "control" && !item.is_line && item.pattern !== "home" && item.side &&
    data.shapes[item.shape].t === "A");
  return zones.map((item) => {
    // The part that the name stands in, not the scattered whole, must have room for it.
    const parts = decodeShape(data.shapes[item.shape]).map((polygon) => L.latLngBounds(polygon[0]));
    const holding = parts.filter((part) => part.contains([item.lat, item.lon]));
    const across = Math.max(0, ...holding.map((part) => Math.min(part.getEast() - part.getWest(), 4 * (part.getNorth() - part.getSouth()))));
    return { name: words.text("held_label", { side: words.side(item.side) }), kind: "zone", x: mercatorX(item.lon), y: mercatorY(item.lat),
      wide: across / 360, ink: colourOf(style, item.side) };
  }).sort((a, b) => b.wide - a.wide);
}

// Pixels that the buttons at the upper and the scale at the lower right take.
const BUTTONS = [52, 215];
const SCALE_BAR = [185, 26];

/** Boxes under the controls: a name there cannot be read. */
function controlBoxes(view) {
  const [right, top, bottom] = [view.width - seenMargin(view.width), seenMargin(view.height), view.height - seenMargin(view.height)];
  return [[right - BUTTONS[0], top, right, top + BUTTONS[1]], [right - SCALE_BAR[0], bottom - SCALE_BAR[1], right, bottom]];
}

const shiftBox = (view, left, top, right, bottom) => [left - view.x, top - view.y, right - view.x, bottom - view.y];

/** Names of the claims' places, and boxes that signs take. */
function labelHelpers(app) {
  const claimLabels = () => [
    ...app.stacks.filter((stack) => stack.name).map((stack) => ({
      name: stack.name, text: stack.text, kind: "claim", x: stack.x, y: stack.y, reach: [stack.reach.right + 7, stack.reach.down],
    })),
    ...app.shown.filter((item) => item.course !== undefined && item.place && isPrecise(item)).map((item) => ({
      name: item.place, kind: "claim", x: mercatorX(item.lon), y: mercatorY(item.lat), reach: [9, 9],
    })),
    ...zoneLabels(app),
  ];
  const obstacles = (view) => [
    ...app.stacks.map((stack) => {
      const x = stack.x * view.scale - view.x;
      const y = stack.y * view.scale - view.y;
      // A badge sticks out at the upper right.
      return [x - stack.reach.right, y - stack.reach.up - 4, x + stack.reach.right + 4, y + stack.reach.down];
    }),
    ...app.figures.map(([left, top, right, bottom]) => shiftBox(view, left, top, right, bottom)),
    ...app.arrows.flatMap((arrow) => arrow.boxes(view.left)),
    ...controlBoxes(view),
  ];
  return { claimLabels, obstacles };
}

function addDrawing(app) {
  const { map, style, data, base } = app;
  document.body.append(drawPatterns(style, app.model.sides));
  app.baseCanvas = new ViewCanvas(paintBase(base, style.base), { pane: "base", padding: 0.4 }).addTo(map);
  app.shapeRenderer = L.svg({ padding: 0.4 });
  app.shapeLayer = L.layerGroup().addTo(map);
  app.signLayer = L.layerGroup().addTo(map);
  app.stacks = [];
  app.arrows = [];
  app.figures = [];
  app.shown = [];
  const { claimLabels, obstacles } = labelHelpers(app);
  app.names = new ViewCanvas(paintLabels(base, style.base, claimLabels, obstacles), { pane: "names", padding: 0.4 });
  app.names.addTo(map);
  app.largest = Math.max(1, ...app.model.items.filter(hasCircle).map((item) => item.high || item.low || 0));
  return data;
}

// CSS pixels of 1/96 inch: A4 and Letter upright within their margins, a part left to the legend.
const PAPER_WIDTH = 686;
const PAPER_HEIGHT = 560;

function addActions(app) {
  const { map, model } = app;
  // Browsers throttle pages that change their address often.
  app.keepLink = debounce(() => writeLink(app), 150);
  app.openCard = (items, latlng, offset) => {
    L.popup({ maxWidth: Math.min(330, map.getSize().x - 108), minWidth: 200, maxHeight: Math.min(420, map.getSize().y - 90), offset,
      autoPanPaddingTopLeft: [14, 14], autoPanPaddingBottomRight: [58, 14] }).setLatLng(latlng).setContent(buildCards(app, items)).openOn(map);
  };
  app.goTo = async (index) => {
    const item = index < model.first ? model.items[index] : await model.columns.detail(index);
    document.querySelector(".fl-panel").classList.remove("fl-open");
    map.setView([item.lat, item.lon], Math.max(map.getZoom(), 7), { animate: false });
    app.openCard([item], L.latLng(item.lat, item.lon), [0, -8]);
  };
  app.setDay = (day) => changeState(model, { day });
  app.countDays = () => countDays(model);
  model.listeners.push(() => {
    drawShown(app);
    updatePanel(app);
    app.time.update();
  });
  map.on("moveend", app.keepLink);
  const redrawSigns = () => {
    app.stacks = drawStacks(app, app.shown);
    app.names.repaint();
  };
  map.on("zoomend", redrawSigns);
  // A line as thick as a district hides what it parts: thinner where the map is small.
  const thin = () => map.getContainer().style.setProperty("--fl-front", `${Math.max(1.1, Math.min(3, 0.5 * map.getZoom() - 1.4))}px`);
  map.on("zoomend", thin);
  thin();
  map.on("moveend", () => app.culls && redrawSigns());
  window.addEventListener("hashchange", async () => {
    if (!readLink(app)) return;
    await searchWords(model, model.state.text);
    changeState(model, {});
  });
  // Paper shows what the screen shows, made to fit: canvases that are drawn anew while printing hide what lies below them.
  window.addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll(".fl-section-legend, .fl-section-sources, .fl-section-unplaced")) box.open = true;
    map.closePopup();
    const { x, y } = map.getSize();
    const shrink = Math.min(PAPER_WIDTH / x, PAPER_HEIGHT / y);
    const sizes = { w: `${x}px`, h: `${y}px`, shrink, "paper-h": `${y * shrink}px`, "paper-w": `${x * shrink}px` };
    for (const [name, value] of Object.entries(sizes)) document.documentElement.style.setProperty(`--fl-${name}`, value);
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
}

/** Start the page; returns the Leaflet map so that further layers can be added to it. */
function start(id) {
  const data = JSON.parse(document.getElementById("fl-data").textContent);
  const words = makeWords(data.words);
  const map = makeMap(id, data, words);
  const app = { data, words, map, style: data.style, model: makeModel(data), base: { sheets: [], labels: [] } };
  fitData(app);
  app.ready = finish(app).catch((error) => {
    tellShortly(app, typeof DecompressionStream === "undefined" ? words.text("old_browser") : String(error));
    throw error;
  });
  Frontline.app = app;
  return map;
}

async function finish(app) {
  const { model, data } = app;
  const [columns, base] = await Promise.all([data.columns ? loadColumns(app) : null, loadBase()]);
  app.base = base;
  if (columns) {
    model.columns = columns;
    columns.join(model);
  }
  addDrawing(app);
  addControls(app);
  app.time = { update() {} };
  addActions(app);
  buildPanel(app);
  app.time = buildTime(app);
  if (readLink(app)) await searchWords(model, model.state.text);
  changeState(model, {});
  // After the first filtering, so that tiles are painted once.
  if (columns) columns.addTo(app.map);
  if (!model.count) tellShortly(app, app.words.text("nothing"));
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}
