// Signs: shape is the kind, colour is the side, filling is how sure.

const INK = "#24221f";
const PAPER = "#fdfcfa";

const colourOf = (style, side) => style.sides[side] || style.unknown;
const patternId = (name, side) => `fl-${name}-${String(side || "none").replace(/[^A-Za-z]/g, "")}`;

/** Patterns that areas and signs refer to, in one hidden drawing. */
function drawPatterns(style, sides) {
  const defs = draw("defs");
  for (const side of new Set([...sides, ""])) {
    const colour = colourOf(style, side);
    defs.append(
      draw("pattern", { id: patternId("hatch", side), width: 8, height: 8, patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(45)" },
        draw("rect", { width: 8, height: 8, fill: colour, "fill-opacity": 0.1 }),
        draw("rect", { width: 2.2, height: 8, fill: colour, "fill-opacity": 0.75 })),
      draw("pattern", { id: patternId("strike", side), width: 14, height: 14, patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(-45)" },
        draw("rect", { width: 1.4, height: 14, fill: INK, "fill-opacity": 0.55 })));
  }
  return draw("svg", { width: 0, height: 0, "aria-hidden": "true", class: "fl-defs" }, defs);
}

/**
 * A sign as a drawing of `size` pixels.  What moves has an arrow turned to its `bearing` (degrees clockwise from
 * north), and where nobody tells that, a sign in a disc that points nowhere.
 */
function drawSign(style, kind, side, pattern, size, bearing) {
  const colour = side === null ? INK : colourOf(style, side);
  const svg = draw("svg", { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" });
  const open = pattern === "outline" || pattern === "struck";
  const hatch = `url(#${patternId("hatch", side)})`;
  const moves = kind in style.directed;
  const disc = moves && bearing === undefined;
  const body = { d: moves && !disc ? style.directed[kind] : style.signs[kind], "stroke-linejoin": "round" };
  if (moves && !disc) body.transform = `rotate(${bearing} 12 12)`;
  if (disc) {
    svg.append(draw("circle", { cx: 12, cy: 12, r: 10.8, fill: PAPER, stroke: colour,
      "stroke-width": 1.8, "stroke-dasharray": pattern === "outline" ? "3 2" : null }));
    Object.assign(body, { transform: "translate(12 12) scale(.7) translate(-12 -12)" });
  }
  Object.assign(body, open
    ? { fill: PAPER, stroke: colour, "stroke-width": disc ? 2.6 : 1.9 }
    : { fill: pattern === "hatched" ? hatch : colour, stroke: pattern === "hatched" ? colour : PAPER,
        "stroke-width": disc ? 0 : 1.5, "paint-order": "stroke" });
  svg.append(draw("path", body));
  if (pattern === "struck") {
    svg.append(draw("path", { d: "M3 21 L21 3", stroke: PAPER, "stroke-width": 5 }),
      draw("path", { d: "M3 21 L21 3", stroke: INK, "stroke-width": 2.2, "stroke-linecap": "round" }));
  }
  return svg;
}

/** Radii of the circle of a number: what is filled (low) and what is ringed (high). */
function circleRadii(style, item, largest) {
  const radius = (count) =>
    Math.max(style.largest_radius * Math.sqrt(Math.max(count, 0) / Math.max(largest, 1)), style.smallest_radius);
  const low = item.low === undefined ? null : radius(item.low);
  const high = item.high === undefined ? null : radius(item.high);
  return { low, high, outer: Math.max(low || 0, high || 0) };
}

/** A proportional circle: filled to the low figure, ringed at the high one, open ring where there is none. */
function drawCircle(style, item, radii) {
  const colour = colourOf(style, item.side);
  const half = radii.outer + 3;
  const svg = draw("svg", { viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`, width: 2 * half,
    height: 2 * half, "aria-hidden": "true" });
  const open = item.pattern === "outline" || item.pattern === "struck";
  const ring = { fill: colour, "fill-opacity": open ? 0 : 0.16, stroke: colour, "stroke-width": 1.4 };
  if (radii.high !== null && radii.high !== radii.low) svg.append(draw("circle", { r: radii.high, ...ring }));
  if (radii.low !== null) {
    svg.append(draw("circle", { r: radii.low, fill: open ? PAPER : colour, "fill-opacity": open ? 0.5 : 0.55,
      stroke: open ? colour : PAPER, "stroke-width": open ? 2 : 1.2 }));
    if (radii.high === null) {
      svg.append(draw("circle", { r: radii.low + 2.4, fill: "none", stroke: colour, "stroke-width": 1.4,
        "stroke-dasharray": "3 3" }));
    }
  }
  if (item.pattern === "struck") {
    svg.append(draw("path", { d: `M${-half} ${half} L${half} ${-half}`, stroke: INK, "stroke-width": 2.2 }));
  }
  return svg;
}

const hasCircle = (item) =>
  item.kind === "concentration" && (item.low !== undefined || item.high !== undefined);
