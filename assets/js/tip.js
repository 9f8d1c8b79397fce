// Read-out of a time chart: pointer or ←/→/Home/End move a cursor; the lines of text come from the server.
const charts = new WeakMap();

function chartOf(target) {
  const box = target.closest?.("[data-island=tip]");
  if (!box) return null;
  let chart = charts.get(box);
  if (!chart) {
    const points = JSON.parse(document.getElementById(box.dataset.source).textContent);
    const [plot, cursor, tip] = ["svg.plot", ".cursor-line", ".tip"].map((name) => box.querySelector(name));
    chart = { box, plot, cursor, tip, points, at: Number(box.dataset.at) };
    charts.set(box, chart);
  }
  return chart;
}

function show(chart, place) {
  const { box, plot, cursor, tip, points } = chart;
  chart.at = Math.max(0, Math.min(points.length - 1, place));
  const share = points.length > 1 ? chart.at / (points.length - 1) : 0.5;
  cursor.setAttribute("x1", `${share * 100}%`);
  cursor.setAttribute("x2", `${share * 100}%`);
  cursor.removeAttribute("visibility");
  tip.textContent = points[chart.at].join("\n");
  tip.hidden = false;
  const [inner, outer] = [plot.getBoundingClientRect(), box.getBoundingClientRect()];
  const left = inner.left - outer.left + inner.width * share;
  const right = left + 12 + tip.offsetWidth > outer.width;
  tip.style.left = `${Math.max(0, right ? left - tip.offsetWidth - 12 : left + 12)}px`;
}

function hide({ cursor, tip }) {
  tip.hidden = true;
  cursor.setAttribute("visibility", "hidden");
}

document.addEventListener("pointermove", (event) => {
  const chart = chartOf(event.target);
  if (!chart) return;
  const inner = chart.plot.getBoundingClientRect();
  show(chart, Math.round(((event.clientX - inner.left) / inner.width) * (chart.points.length - 1)));
});
document.addEventListener("pointerout", (event) => {
  const chart = chartOf(event.target);
  if (chart && !chart.box.contains(event.relatedTarget)) hide(chart);
});
document.addEventListener("focusin", (event) => {
  const chart = chartOf(event.target);
  if (chart && event.target.matches(":focus-visible")) show(chart, chart.at);
});
document.addEventListener("focusout", (event) => {
  const chart = chartOf(event.target);
  if (chart) hide(chart);
});
document.addEventListener("keydown", (event) => {
  const chart = chartOf(event.target);
  if (!chart) return;
  const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
  if (step) {
    event.preventDefault();
    show(chart, chart.at + step);
  } else if (event.key === "Escape") {
    hide(chart);
  }
});
