// Small tools: nodes (foreign words only ever become text nodes), words, numbers, dates, geometry.

const make = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const draw = (tag, attributes, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  // Node.append makes a text node of a string: markup in it stays words.
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An address to link, or null: only http and https, whatever else a report may hold. */
function safeUrl(text) {
  try {
    const url = new URL(String(text));
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

function makeWords(table) {
  const put = (phrase, values) => {
    let text = phrase;
    for (const [name, value] of Object.entries(values || {})) text = text.split(`{${name}}`).join(value);
    return text;
  };
  const forms = {
    one: (n) => (n === 1 ? 0 : 2),
    zero_one: (n) => (n < 2 ? 0 : 2),
    slavic: (n) => {
      if (n % 10 === 1 && n % 100 !== 11) return 0;
      return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2;
    },
  };
  const words = {
    text: (key, values) => put(table.texts[key] || key, values),
    word: (group, code) => (Object.hasOwn(table[group], code) ? table[group][code] : String(code)),
    side: (code) => {
      if (!code) return table.texts.unknown_side;
      return code === "contested" ? table.texts.both_sides : words.word("sides", code);
    },
    number: (value) => {
      const [whole, part] = String(Math.round(value * 100) / 100).split(".");
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, table.thousands);
      return part ? grouped + table.decimal + part : grouped;
    },
    span: (low, high) => {
      const known = (value) => value !== undefined && value !== null && !Number.isNaN(value);
      if (!known(low)) return known(high) ? words.text("up_to", { n: words.number(high) }) : "";
      if (!known(high)) return words.text("more_than", { n: words.number(low) });
      return low === high ? words.number(low) : `${words.number(low)}–${words.number(high)}`;
    },
    form: (list, n) => list[(forms[table.plural_rule] || forms.one)(Math.round(n))],
    count: (key, n) => put(words.form(table.plurals[key], n), { n: words.number(n) }),
    unit: (code, n) => (Object.hasOwn(table.units, code) ? words.form(table.units[code], n) : String(code)),
    date: (day, short) => {
      const when = new Date(day * 864e5);
      const pattern = short ? table.date_short : table.date;
      const month = table.months[when.getUTCMonth()];
      const number = when.getUTCDate() === 1 ? table.first_day : when.getUTCDate();
      return put(pattern, { day: number, month, year: when.getUTCFullYear() });
    },
    dates: (from, to) => {
      const open = (day) => day === undefined || day === null;
      if (open(from) && open(to)) return words.text("undated");
      if (open(from)) return words.text("until", { date: words.date(to) });
      if (open(to)) return words.text("from_on", { date: words.date(from) });
      const year = (day) => new Date(day * 864e5).getUTCFullYear();
      return from === to ? words.date(from) : `${words.date(from, year(from) === year(to))} – ${words.date(to)}`;
    },
  };
  return words;
}

const isoDay = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

/** Web Mercator on the unit square. */
const mercatorX = (lon) => (lon + 180) / 360;
function mercatorY(lat) {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** A delta-coded path of integers as [lat, lon] pairs. */
function decodePath(deltas, scale) {
  const points = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < deltas.length; i += 2) {
    x += deltas[i];
    y += deltas[i + 1];
    points.push([y / scale, x / scale]);
  }
  return points;
}

/** The bytes of a gzip + base64 block of the page. */
async function unpackBlock(id) {
  const node = document.getElementById(id);
  const text = atob(node.textContent.trim());
  const packed = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) packed[i] = text.charCodeAt(i);
  node.textContent = "";
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** Letters without accents and case, for searching in four languages. */
const foldText = (text) =>
  String(text || "").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’ʼ`]/g, "'").toLowerCase();

function debounce(action, wait) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };
}
