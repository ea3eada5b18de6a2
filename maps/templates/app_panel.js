// The panel: title, search, layers, filters, legend, what was not placed, sources.

const GROUPS = [
  ["territory", ["control", "front_line", "front_band"]],
  ["movement", ["concentration", "advance", "withdrawal"]],
  ["fighting", ["strike", "clash"]],
];
const LIST_LIMIT = 60;
// More sides than this stand in two columns.
const TWO_COLUMNS = 7;
// Where a sign stands for all movements it looks to the right.
const EAST = 90;

function section(app, key, open, ...content) {
  return make("details", { class: `fl-section fl-section-${key}`, open },
    make("summary", {}, make("h2", {}, app.words.text(key))), content);
}

function countBy(model, field) {
  const counts = new Map();
  for (const item of model.items) {
    if (!item.is_line) counts.set(item[field] || "", (counts.get(item[field] || "") || 0) + 1);
  }
  if (model.columns) model.columns.countBy(field, counts);
  return counts;
}

function checkRow(app, group, value, icon, label, count) {
  const box = make("input", { type: "checkbox", "data-group": group,
    onchange: (event) => toggleHidden(app.model, group, value, event.target.checked) });
  box.checked = !app.model.state[group].has(value);
  app.checks.push(() => {
    box.checked = !app.model.state[group].has(value);
  });
  return make("label", { class: "fl-check" }, box, icon, make("span", { class: "fl-check-name" }, label),
    count !== undefined && make("span", { class: "fl-count" }, app.words.number(count)));
}

function lineSwatch(layer) {
  const svg = draw("svg", { viewBox: "0 0 24 16", width: 22, height: 15, "aria-hidden": "true" });
  if (layer === "front_band") svg.append(draw("rect", { x: 0, y: 3, width: 24, height: 10, fill: INK, "fill-opacity": 0.5 }),
    draw("rect", { x: 0, y: 4, width: 24, height: 8, fill: PAPER, "fill-opacity": 0.62 }));
  else svg.append(draw("path", { d: "M1 12 C8 2 14 14 23 4", fill: "none", stroke: INK, "stroke-width": 2.6 }));
  return svg;
}

function buildLayers(app) {
  const counts = countBy(app.model, "layer");
  for (const item of app.model.items) if (item.is_line) counts.set(item.layer, undefined);
  const groups = GROUPS.map(([name, layers]) => {
    const rows = layers.filter((layer) => counts.has(layer)).map((layer) => {
      const icon = LINE_LAYERS.includes(layer) ? lineSwatch(layer) : drawSign(app.style, layer, null, "solid", 18, EAST);
      return checkRow(app, "layers", layer, icon, app.words.word("layers", layer), counts.get(layer));
    });
    const title = make("legend", {}, app.words.word("groups", name));
    return rows.length ? make("fieldset", { class: "fl-group" }, title, rows) : null;
  });
  return section(app, "layers", true, groups, app.data.tiles && buildTileCheck(app));
}

/** Online tiles stand apart: they are the only thing that the page asks anybody for. */
function buildTileCheck(app) {
  const { words } = app;
  const box = make("input", { type: "checkbox", checked: true, class: "fl-tiles", onchange: (event) => showTiles(app, event.target.checked) });
  const host = new URL(app.data.tiles.url.replace(/\{\w+\}/g, "0")).host;
  return make("fieldset", { class: "fl-group" }, make("legend", {}, words.text("base_map")),
    make("label", { class: "fl-check" }, box, make("span", { class: "fl-check-name" }, words.text("tiles"), make("small", {}, ` ${host}`))));
}

function sideSwatch(app, side) {
  const colour = colourOf(app.style, side);
  return draw("svg", { viewBox: "0 0 22 14", width: 22, height: 14, "aria-hidden": "true" },
    draw("rect", { x: 0.8, y: 0.8, width: 20.4, height: 12.4, fill: colour, "fill-opacity": 0.55, stroke: colour,
      "stroke-width": 1.4 }));
}

function filterGroup(app, title, group, counts, icon, name) {
  const entries = [...counts.entries()].sort((a, b) => b[1] - a[1]);
  if (entries.length < 2) return null;
  const rows = entries.slice(0, 40).map(([value, count]) => checkRow(app, group, value, icon(value), name(value), count));
  return make("fieldset", { class: "fl-group" }, make("legend", {}, app.words.text(title)), rows);
}

function buildFilters(app) {
  const { words, model } = app;
  const none = () => null;
  const groups = [
    filterGroup(app, "side", "sides", countBy(model, "side"), (side) => sideSwatch(app, side), words.side),
    filterGroup(app, "status", "statuses", countBy(model, "status"), none, (code) => words.word("statuses", code)),
    filterGroup(app, "source", "publishers", countBy(model, "publisher"), none, (name) => name || words.text("unnamed_source")),
  ].filter(Boolean);
  if (!groups.length) return null;
  const reset = make("button", { type: "button", class: "fl-quiet", onclick: () => resetFilters(app) },
    words.text("reset"));
  return section(app, "filters", false, groups, reset);
}

function resetFilters(app) {
  app.search.value = "";
  app.model.matches = null;
  changeState(app.model, { layers: new Set(), sides: new Set(), statuses: new Set(), publishers: new Set(),
    day: null, text: "" });
}

const legendRow = (icon, text, side) => make("li", {}, make("span", { class: "fl-key" }, icon),
  make("span", { "data-side": side || null }, text));

/** A swatch of an area; half and half in the colours of two sides, where what it tells holds for every side. */
function areaSwatch(app, looks, extra) {
  const list = [looks].flat();
  const width = 27 / list.length;
  return draw("svg", { viewBox: "0 0 30 18", width: 30, height: 18, "aria-hidden": "true" },
    list.map((look, i) => draw("rect", { x: 1.5 + i * width, y: 1.5, width: width - (i < list.length - 1 ? 2 : 0), height: 15,
      fill: look.fillColor, "fill-opacity": look.fillOpacity, stroke: look.color, "stroke-width": look.weight,
      "stroke-dasharray": look.dashArray })), extra);
}

/** What the areas mean, as the map's maker says it. */
function statedLegend(app) {
  const { style, data } = app;
  return data.legend.map(({ side, pattern, text }) => legendRow(areaSwatch(app, areaLook(style, { side, pattern })), text));
}

function buildTable(app) {
  const { table } = app.data;
  if (!table) return null;
  const [head, ...rows] = table.rows;
  const line = (row, tag) => make("tr", {}, row.map((cell, i) => make(i ? tag : "th", { scope: i && tag === "td" ? null : i ? "col" : "row" }, cell)));
  return make("section", { class: "fl-table" }, make("table", {}, make("caption", {}, table.title),
    make("thead", {}, line(head, "th")), make("tbody", {}, rows.map((row) => line(row, "td")))),
    table.note && make("p", { class: "fl-note" }, table.note));
}

/** The legend says only what the map shows. */
function buildLegend(app) {
  const { model, style, words } = app;
  if (app.data.legend.length) {
    return section(app, "legend", true, make("ul", { class: "fl-legend" }, statedLegend(app), legendLines(app)));
  }
  const claims = model.items.filter((item) => !item.is_line);
  const sides = [...countBy(model, "side").keys()].sort();
  const disputed = claims.some((item) => item.side === "contested" && item.kind === "control");
  // Of disputed ground the legend says more below.
  const sideRows = sides.filter((side) => !disputed || side !== "contested").map((side) => legendRow(sideSwatch(app, side), words.side(side), side === "contested" ? "" : side));
  const rows = [];
  const patterns = new Set(countBy(model, "pattern").keys());
  const named = sides.filter((code) => code && code !== "contested");
  // Patterns are shown in the colours of the two sides of whom most is told.
  const told = countBy(model, "side");
  const pair = (named.length ? [...named].sort((a, b) => told.get(b) - told.get(a)) : [""]).slice(0, 2).sort();
  const side = pair[0];
  for (const pattern of ["solid", "hatched", "home", "outline", "struck"]) {
    if (!patterns.has(pattern)) continue;
    const looks = pair.map((code) => areaLook(style, { side: code, pattern }));
    const line = pattern === "struck" && draw("path", { d: "M2 17 L28 1", stroke: INK, "stroke-width": 2 });
    const text = words.text(pattern === "home" ? "home_ground" : pattern);
    rows.push(legendRow(areaSwatch(app, looks, line), text));
  }
  if (disputed) {
    rows.push(legendRow(areaSwatch(app, areaLook(style, { side: "contested", pattern: "solid" })), words.text("contested")));
  }
  if (claims.some((item) => item.schematic && item.kind === "control")) rows.push(legendRow(schematicSwatch(app, side), words.text("schematic")));
  if (claims.some((item) => item.kind !== "control" && model.data.shapes[item.shape].t === "A")) {
    const looks = pair.map((code) => ({ color: colourOf(style, code), weight: 1.6, dashArray: "1 4",
      fillColor: PAPER, fillOpacity: 0 }));
    rows.push(legendRow(areaSwatch(app, looks), words.text("place_outline")));
  }
  rows.push(...legendMovements(app), ...legendLines(app));
  if (model.columns) rows.push(legendRow(dotSwatch(app, side), words.text("dots")));
  const circles = claims.filter(hasCircle);
  app.mixedRow = legendRow(drawSign(style, "strike", null, "solid", 17), words.text("mixed"));
  app.mixedRow.hidden = !app.stacks.some((stack) => stack.mixed);
  rows.push(app.mixedRow);
  return section(app, "legend", true, make("ul", { class: sides.length > TWO_COLUMNS ? "fl-legend fl-two" : "fl-legend" }, sideRows),
    make("ul", { class: "fl-legend" }, rows),
    circles.length > 0 && buildScale(app));
}

/** What arrows mean, and the signs of movements whose direction nobody tells. */
function legendMovements(app) {
  const { style, words, model } = app;
  const moves = model.items.filter((item) => item.kind in style.directed && !item.is_line);
  const isDirected = (item) => item.bearing !== undefined || item.course !== undefined || model.data.shapes[item.shape].t === "L";
  const kinds = (list) => [...new Set(list.map((item) => item.kind))].sort();
  const icons = (list, bearing) => kinds(list).map((kind) => drawSign(style, kind, null, "solid", 17, bearing));
  const known = moves.filter(isDirected);
  const unknown = moves.filter((item) => !isDirected(item));
  if (model.columns) {
    unknown.push(...model.columns.movements.map((kind) => ({ kind })));
    if (model.columns.hasBearing && !known.length) known.push({ kind: "advance" });
  }
  const derived = known.some((item) => item.derived);
  const told = known.filter((item) => !item.derived);
  const pale = draw("svg", { viewBox: "0 0 24 24", width: 17, height: 17, "aria-hidden": "true" }, draw("path", { d: style.directed.advance,
    transform: `rotate(${EAST} 12 12)`, fill: INK, "fill-opacity": 0.3, stroke: INK, "stroke-width": 1.4 }));
  return [
    told.length > 0 && legendRow(icons(told, EAST), words.text("directed")),
    told.some((item) => item.kind === "withdrawal" && item.course !== undefined) && legendRow(brokenSwatch(), words.text("retreat")),
    derived && legendRow(pale, words.text("derived")),
    unknown.length > 0 && legendRow(icons(unknown), words.text("undirected")),
  ].filter(Boolean);
}

const brokenSwatch = () => draw("svg", { viewBox: "0 0 30 18", width: 30, height: 18, "aria-hidden": "true" },
  draw("path", { d: "M1 6.5 H7 V11.5 H1 Z M10 6.5 H16 V11.5 H10 Z M18 9 L15.5 1.5 L29 9 L15.5 16.5 Z", fill: INK }));

function schematicSwatch(app, side) {
  const look = { ...areaLook(app.style, { side, pattern: "solid" }), fillOpacity: 0.16, dashArray: "1.5 3" };
  return areaSwatch(app, look, draw("rect", { x: 8, y: 5, width: 14, height: 8, fill: look.color, "fill-opacity": 0.4,
    stroke: look.color, "stroke-width": 1.3 }));
}

const dotSwatch = (app, side) => draw("svg", { viewBox: "0 0 30 18", width: 30, height: 18, "aria-hidden": "true" },
  [[6, 6], [11, 12], [16, 7], [22, 11]].map(([cx, cy]) => draw("circle", { cx, cy, r: 2.4, fill: colourOf(app.style, side) })));

function legendLines(app) {
  const rows = [];
  const lines = app.model.items.filter((item) => item.is_line);
  const front = lines.find((item) => item.layer === "front_line");
  const { words } = app;
  if (front) {
    const day = app.model.latest(null);
    rows.push(legendRow(lineSwatch("front_line"),
      day === null ? words.text("front_line_undated") : words.text("front_line", { date: words.date(day) })));
  }
  if (lines.some((item) => item.layer === "front_band")) {
    rows.push(legendRow(lineSwatch("front_band"), words.text("front_band")));
  }
  return rows;
}

/** A round number at most `value`, of one significant digit out of 1, 2, 5. */
function roundDown(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  const digit = value / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

function buildScale(app) {
  const { style, words, largest } = app;
  const top = roundDown(largest);
  const steps = [top, roundDown(top / 4), roundDown(top / 20)].filter((n, i, all) => n >= 1 && all.indexOf(n) === i);
  const radius = (count) => circleRadii(style, { low: count, high: count }, largest).outer;
  const half = radius(top);
  const width = 2 * half + 86;
  const svg = draw("svg", { viewBox: `0 -5 ${width} ${2 * half + 12}`, width, height: 2 * half + 12, role: "img",
    "aria-label": words.text("circles") });
  steps.forEach((count) => {
    const r = radius(count);
    const y = 2 * half + 3 - 2 * r;
    svg.append(draw("circle", { cx: half + 2, cy: 2 * half + 3 - r, r, fill: "none", stroke: INK, "stroke-width": 1.1 }),
      draw("path", { d: `M${half + 2} ${y} H${2 * half + 12}`, stroke: INK, "stroke-width": 0.6 }),
      draw("text", { x: 2 * half + 16, y: y + 4, class: "fl-scale-text" }, words.number(count)));
  });
  return make("div", { class: "fl-scale" }, make("p", {}, words.text("circles")), svg,
    make("p", { class: "fl-note" }, words.text("rings")));
}

function buildUnplaced(app) {
  const { words } = app;
  const { unplaced } = app.data;
  if (!unplaced.length) return null;
  const rows = unplaced.slice(0, 100).map((item) => make("li", {},
    make("p", {}, make("b", {}, words.word("kinds", item.kind || "")), " · ", item.written || item.place || "–"),
    make("p", { class: "fl-note" }, item.reason || ""),
    item.quote && make("blockquote", {}, markQuote(item.quote, [item.written]))));
  const more = unplaced.length - rows.length;
  const box = section(app, "unplaced", unplaced.length <= 3,
    !app.data.still && make("p", { class: "fl-note" }, words.text("unplaced_note")),
    make("ul", { class: "fl-unplaced" }, rows), more > 0 && make("p", {}, words.text("more", { n: more })));
  box.querySelector("h2").append(make("span", { class: "fl-count" }, words.number(unplaced.length)));
  return box;
}

/** What a report without a date is called: not again what its publisher is called, a file by its stem. */
function nameReport(source, report) {
  const name = report.report || "";
  return !report.url && source.publisher && source.publisher.startsWith(name.replace(/\.\w+$/, "")) ? "" : name;
}

function buildSources(app) {
  const { words, data } = app;
  const rows = data.sources.slice(0, 40).map((source) => {
    if (!source.reports) return make("li", {}, make("b", {}, source.publisher || words.text("unnamed_source")), " ", words.count("reports", source.count),
      source.unread > 0 && `, ${words.count("not_read", source.unread)}`);
    const reports = source.reports.slice(0, 8).flatMap((report, i) => {
      const day = Date.parse(report.published || "");
      const text = Number.isNaN(day) ? nameReport(source, report) : words.date(Math.floor(day / 864e5));
      return [i ? ", " : "", linkOrText(text, report.url), report.unread && [" ", make("em", { title: report.unread }, words.text("not_read"))]];
    });
    const reasons = [...new Set(source.reports.map((report) => report.unread).filter(Boolean))];
    const more = source.reports.length - 8;
    return make("li", {}, make("b", {}, source.publisher || words.text("unnamed_source")), " ", reports,
      more > 0 && ` ${words.text("more", { n: words.number(more) })}`,
      reasons.map((reason) => make("p", { class: "fl-note" }, reason)));
  });
  const more = data.sources.length - rows.length;
  return section(app, "sources", true, make("ul", { class: "fl-sources" }, rows),
    more > 0 && make("p", {}, words.text("more", { n: words.number(more) })),
    make("p", { class: "fl-note fl-borders" }, data.point_of_view),
    make("p", { class: "fl-note" }, words.text("made"), data.generated && ` ${data.generated}`),
    make("p", { class: "fl-note" }, `${words.text("base_map")}: ${data.base_sources}`));
}

/** One line of the list of claims. */
function claimButton(app, item, index) {
  const { words } = app;
  return make("li", {}, make("button", { type: "button", class: "fl-claim", onclick: () => app.goTo(index) },
    drawSign(app.style, item.kind, item.side, item.pattern, 16, item.bearing),
    make("span", {}, make("b", {}, item.place || item.written || "–"),
      make("small", {}, `${words.word("kinds", item.kind)} · ${words.dates(item.from, item.to)}`))));
}

function buildClaims(app) {
  const list = make("ul", { class: "fl-claims" });
  const note = make("p", { class: "fl-note", role: "status" });
  const box = section(app, "claims_list", false, list, note);
  const update = () => {
    const { model, words } = app;
    const shown = [];
    let total = 0;
    model.items.forEach((item, index) => {
      if (item.is_line || !isShown(model, item, index, false)) return;
      total += 1;
      if (shown.length < LIST_LIMIT) shown.push([item, index]);
    });
    if (model.columns) total += model.columns.listShown(LIST_LIMIT - shown.length, (item, index) => shown.push([item, index]));
    list.replaceChildren(...shown.map(([item, index]) => claimButton(app, item, index)));
    const rest = total - shown.length;
    note.textContent = total ? (rest > 0 ? words.text("more", { n: words.number(rest) }) : "") : words.text("no_results");
    app.summary.textContent = tellSummary(app, total);
  };
  return { box, update };
}

function tellSummary(app, shown) {
  const { words, data, model } = app;
  const total = countBy(model, "kind");
  const all = [...total.values()].reduce((sum, n) => sum + n, 0);
  if (data.still) return data.unplaced.length ? words.count("not_placed", data.unplaced.length) : "";
  const count = shown === all ? words.count("claims", all) : `${words.number(shown)} / ${words.count("claims", all)}`;
  const reports = data.sources.reduce((sum, source) => sum + source.count, 0);
  const parts = [count, words.count("reports", reports)];
  const unread = data.sources.reduce((sum, source) => sum + (source.unread || 0), 0);
  if (unread) parts.push(words.count("not_read", unread));
  if (data.unplaced.length) parts.push(words.count("not_placed", data.unplaced.length));
  return parts.join(" · ");
}

function buildSearch(app) {
  const { words, model } = app;
  const results = make("ul", { class: "fl-results", "aria-label": words.text("search") });
  const field = make("input", { type: "search", class: "fl-search", placeholder: words.text("search"),
    "aria-label": words.text("search"), autocomplete: "off", spellcheck: "false" });
  const look = debounce(async () => {
    await searchWords(model, field.value);
    changeState(model, { text: field.value.trim() });
    const places = findPlaces(app, field.value);
    results.replaceChildren(...places.map((place) => make("li", {}, make("button", { type: "button", class: "fl-claim",
      onclick: () => app.map.setView([place.lat, place.lon], Math.max(app.map.getZoom(), 9)) },
      make("span", {}, make("b", {}, place.name), make("small", {}, words.text("place_result")))))));
    if (field.value.trim()) app.claims.box.open = true;
  }, 180);
  field.addEventListener("input", look);
  app.search = field;
  return make("div", { class: "fl-finder", role: "search" }, field, results);
}

function findPlaces(app, text) {
  const wanted = foldText(text).trim();
  if (wanted.length < 2) return [];
  return app.base.labels.filter((label) => foldText(label.name).startsWith(wanted)).slice(0, 4);
}

function buildPanel(app) {
  const { words, data, model } = app;
  const panel = document.querySelector(".fl-panel");
  app.checks = [];
  app.summary = make("p", { class: "fl-summary", role: "status" });
  app.claims = buildClaims(app);
  const dates = model.span ? words.dates(model.span[0], model.span[1]) : "";
  const grip = make("button", { type: "button", class: "fl-grip", "aria-expanded": "false", "aria-controls": "fl-body",
    "aria-label": words.text("panel"), onclick: () => togglePanel(panel, grip) }, make("span", {}));
  const head = make("header", { class: "fl-head" }, make("h1", {}, data.title),
    dates && make("p", { class: "fl-dates" }, dates), app.summary,
    data.outside > 0 && make("button", { type: "button", class: "fl-quiet fl-far", onclick: () => fitData(app, true) },
      words.count("far_off", data.outside)));
  const empty = !model.count && !model.items.length;
  const shown = [buildLayers(app), buildLegend(app), app.claims.box, buildFilters(app)];
  const body = make("div", { class: "fl-body", id: "fl-body" }, buildSearch(app), buildTable(app),
    empty ? make("p", { class: "fl-note" }, words.text("nothing")) : shown, buildUnplaced(app), buildSources(app));
  panel.setAttribute("aria-label", words.text("panel"));
  panel.append(grip, head, body);
}

function togglePanel(panel, grip) {
  const open = panel.classList.toggle("fl-open");
  grip.setAttribute("aria-expanded", String(open));
}

function updatePanel(app) {
  for (const check of app.checks) check();
  app.claims.update();
  if (document.activeElement !== app.search) app.search.value = app.model.state.text;
}
