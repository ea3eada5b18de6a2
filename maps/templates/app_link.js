// The view and the filters in the address's fragment, so that a link keeps them.

const LINK_GROUPS = { off: "layers", side: "sides", status: "statuses", source: "publishers" };

function writeLink(app) {
  const { map, model } = app;
  const parts = new URLSearchParams();
  const centre = map.getCenter();
  parts.set("map", `${map.getZoom()}/${centre.lat.toFixed(4)}/${centre.lng.toFixed(4)}`);
  for (const [name, group] of Object.entries(LINK_GROUPS)) {
    for (const value of model.state[group]) parts.append(name, value);
  }
  if (model.state.day !== null) parts.set("day", isoDay(model.state.day));
  if (model.state.text) parts.set("q", model.state.text);
  const fragment = `#${parts}`;
  if (fragment === app.fragment) return;
  app.fragment = fragment;
  try {
    history.replaceState(null, "", fragment);
  } catch {
    // A page inside a notebook's frame has no address of its own.
  }
}

function readLink(app) {
  const fragment = location.hash;
  if (!fragment.includes("=") || fragment === app.fragment) return false;
  app.fragment = fragment;
  const parts = new URLSearchParams(fragment.slice(1));
  const change = {};
  for (const [name, group] of Object.entries(LINK_GROUPS)) change[group] = new Set(parts.getAll(name));
  const day = Date.parse(parts.get("day") || "");
  change.day = Number.isNaN(day) ? null : Math.round(day / 864e5);
  change.text = parts.get("q") || "";
  const view = (parts.get("map") || "").split("/").map(Number);
  if (view.length === 3 && view.every(Number.isFinite)) {
    app.map.setView([Math.max(-85, Math.min(85, view[1])), view[2]], view[0], { animate: false });
  }
  Object.assign(app.model.state, change);
  return true;
}
