/* Which sample is the point under the mouse? A card beside it shows the picture or
the lines, and the figures.

The Plotly chart stands elsewhere on the page, in the container whose key is `data.chart`; it is
found again whenever Streamlit has drawn it anew. All texts are set as text, never as HTML. */

const GAP = 16;
const PICTURE_SIDE = 96;
const SVG = "http://www.w3.org/2000/svg";
const LINE_TOP = 255;
const states = new WeakMap();

export default function ({ data, parentElement }) {
  const state = states.get(parentElement) ?? begin(parentElement);
  state.data = data;
  if (data.sheet && state.sheet.src !== data.sheet) state.sheet.src = data.sheet;
  if (data.series && state.packed !== data.series.values) {
    state.packed = data.series.values;
    state.values = Uint8Array.from(atob(state.packed), (letter) => letter.charCodeAt(0));
  }
  return () => end(state, parentElement);
}

function begin(parentElement) {
  const state = {
    card: parentElement.querySelector(".card"),
    sheet: new Image(),
    listening: new AbortController(),
    plot: null,
    pointer: [0, 0],
  };
  state.show = (event) => show(state, event.points[0]?.customdata);
  state.hide = () => hide(state);
  document.addEventListener("pointermove", (event) => follow(state, event), {
    capture: true,
    passive: true,
    signal: state.listening.signal,
  });
  states.set(parentElement, state);
  return state;
}

function end(state, parentElement) {
  state.listening.abort();
  detach(state);
  hide(state);
  states.delete(parentElement);
}

function follow(state, event) {
  state.pointer = [event.clientX, event.clientY];
  const chart = event.target.closest?.(`.st-key-${state.data.chart}`);
  if (!chart) {
    hide(state);
    return;
  }
  const plot = chart.querySelector(".js-plotly-plot");
  if (!plot?.on || plot === state.plot) return;
  detach(state);
  state.plot = plot;
  plot.on("plotly_hover", state.show);
  plot.on("plotly_unhover", state.hide);
}

function detach(state) {
  state.plot?.removeListener?.("plotly_hover", state.show);
  state.plot?.removeListener?.("plotly_unhover", state.hide);
  state.plot = null;
}

function show(state, position) {
  const { card, data } = state;
  if (position === undefined || data.titles[position] === undefined) return;
  card.dataset.position = position;
  card.querySelector(".title").textContent = data.titles[position];
  card.querySelector(".lines").textContent = data.lines[position];
  card.querySelector(".pictures").hidden = !data.sheet;
  if (data.sheet) {
    card.querySelectorAll("canvas").forEach((canvas, i) => {
      paint(canvas, state, position, i);
    });
  }
  card.querySelector(".series").hidden = !data.series;
  if (data.series) drawSeries(card.querySelector(".channels"), state, position);
  if (!card.matches(":popover-open")) card.showPopover();
  place(card, state.pointer);
}

function hide(state) {
  if (state.card.matches(":popover-open")) state.card.hidePopover();
}

function paint(canvas, { sheet, data }, position, side) {
  const scale = Math.max(1, Math.round((2 * PICTURE_SIDE) / Math.max(data.width, data.height)));
  canvas.width = data.width * scale;
  canvas.height = data.height * scale;
  canvas.style.width = `${(data.width * scale) / 2}px`;
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  const left = ((position % data.columns) * 2 + side) * data.width;
  const top = Math.floor(position / data.columns) * data.height;
  const target = [0, 0, canvas.width, canvas.height];
  context.drawImage(sheet, left, top, data.width, data.height, ...target);
}

function drawSeries(target, { values, data }, position) {
  const { names, steps } = data.series;
  const channels = names.map((name, channel) => {
    const first = (position * names.length + channel) * 2 * steps;
    const lines = document.createElementNS(SVG, "svg");
    lines.setAttribute("viewBox", `0 0 ${Math.max(1, steps - 1)} ${LINE_TOP}`);
    lines.setAttribute("preserveAspectRatio", "none");
    ["original", "reconstruction"].forEach((side, i) => {
      const line = document.createElementNS(SVG, "polyline");
      line.classList.add(side);
      line.setAttribute("points", points(values, first + i * steps, steps));
      lines.append(line);
    });
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    caption.textContent = name;
    figure.append(caption, lines);
    return figure;
  });
  target.replaceChildren(...channels);
}

function points(values, first, steps) {
  const heights = [...values.subarray(first, first + steps)].map((value) => LINE_TOP - value);
  // A single step is drawn from side to side.
  if (steps === 1) heights.push(heights[0]);
  return heights.map((height, x) => `${x},${height}`).join(" ");
}

function place(card, [x, y]) {
  const { width, height } = card.getBoundingClientRect();
  const left = x + GAP + width > window.innerWidth ? x - GAP - width : x + GAP;
  const top = y + GAP + height > window.innerHeight ? y - GAP - height : y + GAP;
  card.style.left = `${Math.max(0, left)}px`;
  card.style.top = `${Math.max(0, top)}px`;
}
