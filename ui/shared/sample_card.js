/* The card of the sample under the mouse: its picture or its lines, and its figures.

The Plotly chart stands elsewhere on the page, in the container whose key is `data.chart`; it is
found again whenever Streamlit has drawn it anew. All texts are set as text, never as HTML. */

/** @import { Card, Data, Series, Sheet, State } from "./sample_card_types" */
/** @import { PlotlyChart } from "./plotly_types" */

const GAP = 16;
const PICTURE_SIDE = 96;
const SVG = "http://www.w3.org/2000/svg";
const LINE_TOP = 255;
/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {Card} */
export default function ({ data, parentElement }) {
  const state = states.get(parentElement) ?? begin(parentElement, data);
  state.data = data;
  if (data.sheet && state.sheet.src !== data.sheet) state.sheet.src = data.sheet;
  if (data.series && state.packed !== data.series.values) {
    state.packed = data.series.values;
    state.values = Uint8Array.from(atob(state.packed), (letter) => letter.charCodeAt(0));
  }
  return () => end(state, parentElement);
}

/** @param {HTMLElement | ShadowRoot} parentElement @param {Data} data */
function begin(parentElement, data) {
  /** @type {State} */
  const state = {
    data,
    card: /** @type {HTMLElement} */ (parentElement.querySelector(".card")),
    sheet: new Image(),
    packed: "",
    values: new Uint8Array(),
    plot: null,
    pointer: [0, 0],
    show: (event) => show(state, event.points[0]?.customdata),
    hide: () => hide(state),
    listening: new AbortController(),
  };
  document.addEventListener("pointermove", (event) => follow(state, event), {
    capture: true,
    passive: true,
    signal: state.listening.signal,
  });
  states.set(parentElement, state);
  return state;
}

/** @param {State} state @param {Node} parentElement */
function end(state, parentElement) {
  state.listening.abort();
  detach(state);
  hide(state);
  states.delete(parentElement);
}

/** @param {State} state @param {PointerEvent} event */
function follow(state, event) {
  state.pointer = [event.clientX, event.clientY];
  const { target } = event;
  const chart = target instanceof Element && target.closest(`.st-key-${state.data.chart}`);
  if (!chart) {
    hide(state);
    return;
  }
  /** @type {PlotlyChart | null} */
  const plot = chart.querySelector(".js-plotly-plot");
  if (!plot?.on || plot === state.plot) return;
  detach(state);
  state.plot = plot;
  plot.on("plotly_hover", state.show);
  plot.on("plotly_unhover", state.hide);
}

/** @param {State} state */
function detach(state) {
  state.plot?.removeListener?.("plotly_hover", state.show);
  state.plot?.removeListener?.("plotly_unhover", state.hide);
  state.plot = null;
}

/** @param {State} state @param {number | undefined} position */
function show(state, position) {
  const { card, data } = state;
  if (position === undefined || data.titles[position] === undefined) return;
  /** @param {string} part @returns {any} */
  const find = (part) => card.querySelector(part);
  card.dataset.position = String(position);
  find(".title").textContent = data.titles[position];
  find(".lines").textContent = data.lines[position];
  const sheet = "columns" in data ? data : null;
  find(".pictures").hidden = !sheet;
  if (sheet) {
    card.querySelectorAll("canvas").forEach((canvas, i) => {
      paint(canvas, state.sheet, sheet, position, i);
    });
  }
  find(".series").hidden = !data.series;
  if (data.series) drawSeries(find(".channels"), state.values, data.series, position);
  if (!card.matches(":popover-open")) card.showPopover();
  place(card, state.pointer);
}

/** @param {State} state */
function hide(state) {
  if (state.card.matches(":popover-open")) state.card.hidePopover();
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLImageElement} picture
 * @param {Sheet} sheet
 * @param {number} position
 * @param {number} side - 0 for the original, 1 for its reconstruction
 */
function paint(canvas, picture, { columns, width, height }, position, side) {
  const scale = Math.max(1, Math.round((2 * PICTURE_SIDE) / Math.max(width, height)));
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.width = `${(width * scale) / 2}px`;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.imageSmoothingEnabled = false;
  const left = ((position % columns) * 2 + side) * width;
  const top = Math.floor(position / columns) * height;
  context.drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height);
}

/**
 * @param {HTMLElement} target
 * @param {Uint8Array} values
 * @param {Series} series
 * @param {number} position
 */
function drawSeries(target, values, { names, steps }, position) {
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

/** @param {Uint8Array} values @param {number} first @param {number} steps */
function points(values, first, steps) {
  const heights = [...values.subarray(first, first + steps)].map((value) => LINE_TOP - value);
  // A single step is drawn from side to side.
  if (steps === 1) heights.push(heights[0]);
  return heights.map((height, x) => `${x},${height}`).join(" ");
}

/** @param {HTMLElement} card @param {[number, number]} pointer */
function place(card, [x, y]) {
  const { width, height } = card.getBoundingClientRect();
  const left = x + GAP + width > window.innerWidth ? x - GAP - width : x + GAP;
  const top = y + GAP + height > window.innerHeight ? y - GAP - height : y + GAP;
  card.style.left = `${Math.max(0, left)}px`;
  card.style.top = `${Math.max(0, top)}px`;
}
