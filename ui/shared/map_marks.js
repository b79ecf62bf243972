/* Marks on a map: rings around some of its points, and clicks on any of them.

The Plotly chart stands elsewhere on the page, in the container whose key is `data.chart`. Streamlit
may draw it anew at any time, so it is looked for whenever the page changes. Streamlit also turns
Plotly's own clicks off, so a click is where the mouse goes up again over the point it points at. */

/** @import { Data, Marks, Ring, State } from "./map_marks_types" */
/** @import { Axis, PlotlyChart } from "./plotly_types" */

const SVG = "http://www.w3.org/2000/svg";
const REDRAWN_BY = ["plotly_afterplot", "plotly_relayout", "plotly_relayouting"];
// How far a hand may move between the two without meaning to drag.
const STILL = 4;
/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {Marks} */
export default function ({ data, parentElement, setTriggerValue }) {
  const state = states.get(parentElement) ?? begin(parentElement, data);
  state.data = data;
  state.tell = (position) => setTriggerValue("clicked", position);
  look(state);
  draw(state);
  return () => end(state, parentElement);
}

/** @param {Node} parentElement @param {Data} data */
function begin(parentElement, data) {
  /** @type {State} */
  const state = {
    data,
    tell: () => {},
    plot: null,
    layer: null,
    pressed: null,
    draw: () => draw(state),
    hover: (event) => {
      state.hovered = event.points[0]?.customdata;
    },
    unhover: () => {
      state.hovered = undefined;
    },
    listening: new AbortController(),
    watcher: new MutationObserver(() => look(state)),
  };
  const { signal } = state.listening;
  const options = { capture: true, passive: true, signal };
  document.addEventListener("pointerdown", (event) => press(state, event), options);
  document.addEventListener("pointerup", (event) => release(state, event), options);
  state.watcher.observe(document.body, { childList: true, subtree: true });
  states.set(parentElement, state);
  return state;
}

/**
 * Plotly stops pointing at anything once a button is down, so the point is noted before.
 *
 * @param {State} state
 * @param {PointerEvent} event
 */
function press(state, event) {
  const { target } = event;
  const onChart = target instanceof Element && target.closest(`.st-key-${state.data.chart}`);
  const { clientX, clientY } = event;
  state.pressed = onChart && event.button === 0 ? { on: state.hovered, clientX, clientY } : null;
}

/** @param {State} state @param {PointerEvent} event */
function release({ pressed, tell }, { clientX, clientY }) {
  if (pressed?.on === undefined) return;
  const moved = Math.hypot(clientX - pressed.clientX, clientY - pressed.clientY);
  if (moved <= STILL) tell(pressed.on);
}

/** @param {State} state @param {Node} parentElement */
function end(state, parentElement) {
  state.watcher.disconnect();
  state.listening.abort();
  detach(state);
  states.delete(parentElement);
}

/** @param {State} state */
function look(state) {
  /** @type {PlotlyChart | null} */
  const plot = document.querySelector(`.st-key-${state.data.chart} .js-plotly-plot`);
  if (plot === state.plot || (plot && !plot.on)) return;
  detach(state);
  if (!plot?.on) return;
  state.plot = plot;
  for (const event of REDRAWN_BY) plot.on(event, state.draw);
  plot.on("plotly_hover", state.hover);
  plot.on("plotly_unhover", state.unhover);
  draw(state);
}

/** @param {State} state */
function detach(state) {
  for (const event of REDRAWN_BY) state.plot?.removeListener?.(event, state.draw);
  state.plot?.removeListener?.("plotly_hover", state.hover);
  state.plot?.removeListener?.("plotly_unhover", state.unhover);
  state.layer?.remove();
  state.hovered = undefined;
  state.plot = state.layer = null;
}

/** @param {State} state */
function draw(state) {
  state.layer?.remove();
  const { plot } = state;
  const { xaxis, yaxis } = plot?._fullLayout ?? {};
  // A map in space has no such axes.
  if (!plot || !state.data.rings.length || !xaxis?._length || !yaxis?._length) return;
  state.layer = layer(xaxis, yaxis);
  state.layer.append(...state.data.rings.map((ring) => circle(ring, xaxis, yaxis)));
  plot.append(state.layer);
}

/**
 * Exactly over the plane, so that what lies outside of it is cut off.
 *
 * @param {Axis} xaxis
 * @param {Axis} yaxis
 */
function layer(xaxis, yaxis) {
  const svg = document.createElementNS(SVG, "svg");
  svg.classList.add("map-marks");
  svg.setAttribute("aria-hidden", "true");
  Object.assign(svg.style, {
    position: "absolute",
    left: `${xaxis._offset}px`,
    top: `${yaxis._offset}px`,
    width: `${xaxis._length}px`,
    height: `${yaxis._length}px`,
    overflow: "hidden",
    pointerEvents: "none",
  });
  return svg;
}

/** @param {Ring} ring @param {Axis} xaxis @param {Axis} yaxis */
function circle(ring, xaxis, yaxis) {
  const drawn = document.createElementNS(SVG, "circle");
  const { radius, width, colour } = ring;
  const shown = {
    cx: share(ring.x, xaxis.range) * xaxis._length,
    cy: (1 - share(ring.y, yaxis.range)) * yaxis._length,
    r: radius,
    fill: "none",
    stroke: colour,
    "stroke-width": width,
  };
  for (const [name, value] of Object.entries(shown)) drawn.setAttribute(name, String(value));
  return drawn;
}

/** @param {number} value @param {[number, number]} range */
function share(value, [low, high]) {
  return (value - low) / (high - low);
}
