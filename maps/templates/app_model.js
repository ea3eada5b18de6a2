// What is on the map and what of it is shown: one model for ordinary items and for packed columns.

const LINE_LAYERS = ["front_band", "front_line"];

/** Claims by number: the items first, then the packed points. */
function makeModel(data) {
  const items = data.items;
  const model = {
    data,
    items,
    first: items.length,
    count: items.length,
    layers: data.layers,
    sides: [],
    statuses: ["reported", "expected", "denied"],
    publishers: [],
    columns: null,
    listeners: [],
    state: { layers: new Set(), sides: new Set(), statuses: new Set(), publishers: new Set(), day: null, text: "" },
    matches: null,
  };
  const number = (list, value) => {
    const found = list.indexOf(value);
    return found >= 0 ? found : list.push(value) - 1;
  };
  for (const item of items) {
    item.n_layer = number(model.layers, item.layer);
    item.n_side = number(model.sides, item.side || "");
    item.n_status = number(model.statuses, item.status || "reported");
    item.n_publisher = number(model.publishers, item.publisher || "");
    item.is_line = LINE_LAYERS.includes(item.layer);
  }
  model.span = data.still ? null : findSpan(items.filter((item) => !item.is_line));
  model.latest = (day) => {
    const days = items.filter((i) => i.is_line && i.as_of !== undefined).map((i) => i.as_of);
    const past = day === null ? days : days.filter((value) => value <= day);
    return past.length ? Math.max(...past) : null;
  };
  return model;
}

function findSpan(items) {
  let first = Infinity;
  let last = -Infinity;
  for (const item of items) {
    for (const day of [item.from, item.to]) {
      if (day === undefined) continue;
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
  }
  return first <= last ? [first, last] : null;
}

const onDay = (day, from, to) => (from === undefined || from <= day) && (to === undefined || to >= day);

/** Whether an item is shown; `ignoreDay` for the histogram. */
function isShown(model, item, index, ignoreDay) {
  const state = model.state;
  if (state.layers.has(model.layers[item.n_layer])) return false;
  if (item.is_line) return isLineShown(model, item);
  if (state.sides.has(model.sides[item.n_side]) || state.statuses.has(model.statuses[item.n_status])) return false;
  if (state.publishers.has(model.publishers[item.n_publisher])) return false;
  if (model.matches && !model.matches[index]) return false;
  return ignoreDay || state.day === null || onDay(state.day, item.from, item.to);
}

/** Of several front lines, the one of the day: the latest that is not younger. */
function isLineShown(model, item) {
  if (item.as_of === undefined) return model.state.day === null || onDay(model.state.day, item.from, item.to);
  return item.as_of === model.latest(model.state.day);
}

function shownItems(model) {
  return model.items.filter((item, index) => isShown(model, item, index, false));
}

/** How many claims are shown on each day of the span, under the filters. */
function countDays(model) {
  const [first, last] = model.span;
  const steps = new Int32Array(last - first + 2);
  const add = (from, to) => {
    steps[Math.max(from === undefined ? first : from, first) - first] += 1;
    steps[Math.min(to === undefined ? last : to, last) - first + 1] -= 1;
  };
  model.items.forEach((item, index) => {
    if (!item.is_line && isShown(model, item, index, true)) add(item.from, item.to);
  });
  if (model.columns) model.columns.eachShown(true, add);
  const counts = new Int32Array(last - first + 1);
  let running = 0;
  for (let i = 0; i < counts.length; i += 1) counts[i] = running += steps[i];
  return counts;
}

function changeState(model, change) {
  Object.assign(model.state, change);
  for (const listener of model.listeners) listener();
}

function toggleHidden(model, group, value, shown) {
  const set = model.state[group];
  if (shown) set.delete(value);
  else set.add(value);
  changeState(model, {});
}

/** Mark what holds every word of a text; an empty text marks nothing. */
async function searchWords(model, text) {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  model.matches = null;
  if (!words.length) return;
  const matches = new Uint8Array(model.count);
  model.items.forEach((item, index) => {
    item.folded = item.folded || foldText(
      [item.place, item.written, item.quote, item.who, item.publisher].filter(Boolean).join(" ")
    );
    matches[index] = words.every((word) => item.folded.includes(word)) ? 1 : 0;
  });
  if (model.columns) await model.columns.search(words, matches);
  model.matches = matches;
}
