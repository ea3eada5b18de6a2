// What is told of a claim when it is chosen: text nodes only.

/** The words of a quote, those that name the place, the number's teller and so on marked. */
function markQuote(quote, marked) {
  const wanted = marked.filter((words) => words && words.length > 1).sort((a, b) => b.length - a.length);
  let parts = [quote];
  for (const words of wanted) {
    parts = parts.flatMap((part) => {
      if (typeof part !== "string") return [part];
      const at = part.indexOf(words);
      if (at < 0) return [part];
      return [part.slice(0, at), make("mark", {}, words), part.slice(at + words.length)];
    });
  }
  return parts.filter((part) => part !== "");
}

function tellPlace(words, item) {
  const kind = words.word("place_kinds", item.place_kind || "area");
  const km = (item.radius || 0) / 1000;
  if (item.precision === 3 || ["region", "country", "area", "district"].includes(item.place_kind)) {
    return words.text("imprecise", { kind });
  }
  return words.text("precise", { kind, km: words.number(km < 10 ? Math.round(km * 10) / 10 : Math.round(km)) });
}

function tellNumber(words, item) {
  const span = words.span(item.low, item.high);
  if (!span || !item.unit) return span;
  return `${span} ${words.unit(item.unit, item.high === undefined ? item.low : item.high)}`;
}

function tellStatus(words, item) {
  if (item.status === "reported" && item.held) return words.word("control_statuses", item.held);
  return words.word("statuses", item.status || "reported");
}

function linkOrText(text, address) {
  const url = safeUrl(address);
  return url ? make("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text) : make("span", {}, text);
}

/** Publisher, linked where its address is http or https, and the day of publication. */
function tellSource(words, item) {
  const name = item.publisher || safeUrl(item.url) || item.report || words.text("source");
  const day = Date.parse(item.published || "");
  const when = Number.isNaN(day) ? "" : `, ${words.date(Math.floor(day / 864e5))}`;
  return [linkOrText(name, item.url), when];
}

/** Other items that tell the same: same kind, place, side and status at an overlapping time. */
function findPeers(items, item) {
  const meets = (other) =>
    (other.from === undefined || item.to === undefined || other.from <= item.to) &&
    (item.from === undefined || other.to === undefined || item.from <= other.to);
  return items.filter((other) =>
    other !== item && other.kind === item.kind && other.place === item.place && other.side === item.side &&
    other.status === item.status && other.report !== item.report && meets(other));
}

const HEADINGS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];

/** A bearing in words: "to the north-west". */
const tellHeading = (words, bearing) => words.word("headings", HEADINGS[Math.round(bearing / 45) % 8]);

/** Whereto, in words and degrees, and how that is known. */
function tellCourse(words, item) {
  if (item.bearing === undefined) return "";
  const how = item.course_text ? words.text("written", { text: item.course_text }) : item.course_rule;
  return [`${tellHeading(words, item.bearing)} (${Math.round(item.bearing) % 360}°)`, how].filter(Boolean).join(" · ");
}

function buildRows(app, item) {
  const { words } = app;
  const sides = (item.actors || []).map((code) => words.side(code));
  const line = item.is_line && item.sides ? item.sides.map((code) => words.side(code)) : sides;
  const place = [tellPlace(words, item)];
  if (item.written && item.written !== item.place) place.push(" · ", words.text("written", { text: item.written }));
  const rows = [
    ["side", [line.join(", ") || words.text("unknown_side")]],
    ["when", [item.as_of !== undefined ? words.date(item.as_of) : words.dates(item.from, item.to)]],
    ["number", [tellNumber(words, item)]],
    ["area", [areaText(words, item)]],
    ["where", item.is_line ? [] : place],
    ["heading", [tellCourse(words, item)]],
    ["who", item.quote ? [item.who || words.text("own_voice")] : []],
  ];
  const list = make("dl", {});
  for (const [key, value] of rows) {
    if (value.some(Boolean)) list.append(make("dt", {}, words.text(key)), make("dd", {}, value));
  }
  return list;
}

function areaText(words, item) {
  const span = words.span(item.area_low, item.area_high);
  return span ? `${span} km²` : "";
}

function buildFoot(app, item) {
  const { words } = app;
  const foot = make("footer", {}, make("p", {}, tellSource(words, item)));
  const peers = findPeers(app.model.items, item).slice(0, 6);
  if (peers.length) {
    const links = peers.flatMap((peer, i) => [i ? ", " : "", linkOrText(peer.publisher || peer.report, peer.url)]);
    foot.append(make("p", {}, `${words.text("also")} `, links));
  } else if (item.sources > 1) {
    foot.append(make("p", {}, words.count("independent", item.sources)));
  }
  if (item.why || item.rule) {
    foot.append(make("details", {}, make("summary", {}, words.text("why_here")),
      make("p", {}, [item.why, item.rule && `${words.text("rule")} “${item.rule}”`].filter(Boolean).join(" · "))));
  }
  return foot;
}

/** One claim in words. */
function buildCard(app, item) {
  const { words, style } = app;
  const title = item.is_line ? words.word("layers", item.layer) : words.word("kinds", item.kind);
  const chip = item.is_line ? "" : tellStatus(words, item);
  return make("article", { class: "fl-card" },
    make("header", {},
      make("p", { class: "fl-card-kind" }, drawSign(style, item.kind, item.side, item.pattern, 18, item.bearing), make("b", {}, title),
        chip && make("span", { class: `fl-chip fl-chip-${item.pattern}` }, chip)),
      item.place && make("h3", {}, item.place)),
    buildRows(app, item),
    item.quote && make("blockquote", {}, markQuote(item.quote, [item.written, item.who])),
    (item.publisher || item.url || item.report) && buildFoot(app, item));
}

/** The cards of several claims on one place, one at a time. */
function buildCards(app, items) {
  if (items.length === 1) return buildCard(app, items[0]);
  const { words } = app;
  let at = 0;
  const box = make("div", { class: "fl-cards" });
  const show = (step) => {
    at = (at + step + items.length) % items.length;
    const count = make("span", { "aria-live": "polite" }, `${at + 1} / ${words.text("several", { n: items.length })}`);
    const turn = (label, sign, way) =>
      make("button", { type: "button", "aria-label": words.text(label), onclick: () => show(way) }, sign);
    box.replaceChildren(make("nav", { class: "fl-pager", "aria-label": words.text("claims_list") },
      turn("previous", "‹", -1), count, turn("next", "›", 1)), buildCard(app, items[at]));
  };
  show(0);
  return box;
}
