// Time: a slider over the span with play, steps and "all days", over a histogram of what is shown each day.

const BARS = 90;

function buildTime(app) {
  const { model, words } = app;
  const box = document.querySelector(".fl-time");
  if (!model.span || model.span[0] === model.span[1]) {
    box.hidden = true;
    return { update() {} };
  }
  const [first, last] = model.span;
  const bars = Math.min(last - first + 1, BARS);
  const step = Math.max(1, Math.round((last - first + 1) / 120));
  const range = make("input", { type: "range", min: first, max: last, step: 1, value: last, class: "fl-range",
    "aria-label": words.text("day") });
  const label = make("output", { class: "fl-day", "aria-live": "polite" });
  const chart = draw("svg", { class: "fl-bars", preserveAspectRatio: "none", viewBox: `0 0 ${bars} 30`, role: "img",
    "aria-label": words.text("per_day") });
  const play = make("button", { type: "button", class: "fl-play", "aria-label": words.text("play") });
  const all = make("button", { type: "button", class: "fl-all", "aria-pressed": "true" }, words.text("show_all"));
  const back = make("button", { type: "button", "aria-label": words.text("step_back") }, "‹");
  const on = make("button", { type: "button", "aria-label": words.text("step_forward") }, "›");
  const oneYear = isoDay(first).slice(0, 4) === isoDay(last).slice(0, 4);
  let timer = 0;
  const setDay = (day) => changeState(model, { day: day === null ? null : Math.max(first, Math.min(last, day)) });
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    update();
  };
  const move = (way) => {
    const day = model.state.day;
    if (day === null) setDay(way > 0 ? first : last);
    else setDay(day + way);
  };
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (model.state.day === null || model.state.day >= last) setDay(first);
    timer = setInterval(() => {
      if (model.state.day === null || model.state.day >= last) stop();
      else setDay(model.state.day + step);
    }, 650);
    return update();
  });
  all.addEventListener("click", () => {
    clearInterval(timer);
    timer = 0;
    setDay(model.state.day === null ? Number(range.value) : null);
  });
  back.addEventListener("click", () => move(-1));
  on.addEventListener("click", () => move(1));
  range.addEventListener("input", () => {
    clearInterval(timer);
    timer = 0;
    setDay(Number(range.value));
  });

  function update() {
    const { day } = model.state;
    if (day !== null) range.value = day;
    all.setAttribute("aria-pressed", String(day === null));
    box.classList.toggle("fl-time-all", day === null);
    play.setAttribute("aria-label", words.text(timer ? "pause" : "play"));
    play.classList.toggle("fl-playing", Boolean(timer));
    label.textContent = day === null ? words.dates(first, last) : words.date(day);
    range.setAttribute("aria-valuetext", label.textContent);
    drawBars(chart, countDays(model), bars, day === null ? null : day - first);
  }
  const icon = draw("svg", { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true" },
    draw("path", { class: "fl-icon-play", d: "M2.5 1 L11 6 L2.5 11 Z" }),
    draw("path", { class: "fl-icon-pause", d: "M2 1 H5 V11 H2 Z M7 1 H10 V11 H7 Z" }));
  play.append(icon);
  const ends = make("span", { class: "fl-ends", "aria-hidden": "true" }, make("span", {}, words.date(first, oneYear)),
    make("span", {}, words.date(last, oneYear)));
  box.append(make("div", { class: "fl-time-buttons" }, play, back, on), make("div", { class: "fl-track" },
    label, chart, range, ends), all);
  box.setAttribute("aria-label", words.text("time"));
  return { update };
}

function drawBars(chart, counts, bars, chosen) {
  const sums = new Float64Array(bars);
  for (let i = 0; i < counts.length; i += 1) {
    const bar = Math.floor((i * bars) / counts.length);
    sums[bar] = Math.max(sums[bar], counts[i]);
  }
  const top = Math.max(1, ...sums);
  const active = chosen === null ? -1 : Math.floor((chosen * bars) / counts.length);
  chart.replaceChildren(...Array.from(sums, (sum, i) => {
    const height = sum ? Math.max(1.5, (28 * sum) / top) : 0;
    return draw("rect", { x: i + (bars > 60 ? 0.08 : 0.12), y: 30 - height, width: bars > 60 ? 0.84 : 0.76, height,
      class: i === active || chosen === null ? "fl-bar-on" : "fl-bar" });
  }));
}
