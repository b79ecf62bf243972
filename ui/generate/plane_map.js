/* The map of a plane of codes, to choose a place on: it is clicked, dragged over, or walked through
with the arrow keys.

The server is told the place; the cross moves at once, without waiting for it. All texts are set as
text, never as HTML. */

/** @import { Attributes, Data, Place, PlaneMap, State } from "./plane_map_types" */

const WIDTH = 640;
const LEFT = 56;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 46;
const TICKS = 5;
// Of the map's extent, for one press of an arrow key.
const STEP = 0.02;
// While the mouse is dragged, places are sent no faster than pictures come back.
const PAUSE_MILLISECONDS = 120;
/** @type {Record<string, Place>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const SVG = "http://www.w3.org/2000/svg";
/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {PlaneMap} */
export default function ({ data, parentElement, setStateValue }) {
  const state = states.get(parentElement) ?? begin(parentElement, data);
  state.data = data;
  state.send = (place) => setStateValue("place", place);
  if (state.drawn !== data.drawn) draw(state);
  const served = String(data.place);
  if (!state.dragging && state.served !== served) move(state, data.place);
  state.served = served;
}

/** @param {HTMLElement | ShadowRoot} parentElement @param {Data} data */
function begin(parentElement, data) {
  const svg = /** @type {SVGSVGElement} */ (parentElement.querySelector("svg"));
  /** @type {State} */
  const state = {
    data,
    send: () => {},
    svg,
    key: /** @type {HTMLElement} */ (parentElement.querySelector(".key")),
    cross: make("g", { class: "place" }),
    dragging: false,
    sent: 0,
    at: data.place,
    inner: [0, 0],
    drawn: null,
    served: null,
  };
  svg.onpointerdown = (event) => {
    svg.setPointerCapture(event.pointerId);
    state.dragging = true;
    point(state, event, true);
  };
  svg.onpointermove = (event) => {
    if (state.dragging) point(state, event, false);
  };
  svg.onpointerup = (event) => {
    if (state.dragging) point(state, event, true);
    state.dragging = false;
  };
  svg.onpointercancel = () => {
    state.dragging = false;
  };
  svg.onkeydown = (event) => walk(state, event);
  states.set(parentElement, state);
  return state;
}

/** @param {State} state */
function draw(state) {
  const { svg, data } = state;
  const [left, right, bottom, top] = data.extent;
  state.inner = [WIDTH - LEFT - RIGHT, Math.round((WIDTH - LEFT - RIGHT) * data.ratio)];
  const [width, height] = state.inner;
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${height + TOP + BOTTOM}`);
  svg.setAttribute("aria-label", data.alt);
  const box = { x: LEFT, y: TOP, width, height };
  const picture = make("image", { ...box, href: data.picture, preserveAspectRatio: "none" });
  const points = make("g", { class: "points" });
  data.points.forEach(([x, y], i) => {
    const [cx, cy] = onScreen(state, [x, y]);
    points.append(mark(data.marks[data.class_of[i]], cx, cy));
  });
  svg.replaceChildren(
    make("rect", { ...box, class: "ground" }),
    picture,
    points,
    make("rect", { ...box, class: "frame" }),
    ...ticks(left, right).map((x) => label(x, onScreen(state, [x, bottom]), [0, 16])),
    ...ticks(bottom, top).map((y) => label(y, onScreen(state, [left, y]), [-6, 0], "up")),
    text(data.titles[0], { x: LEFT + width / 2, y: height + TOP + BOTTOM - 8 }),
    text(data.titles[1], {
      transform: `translate(12 ${TOP + height / 2}) rotate(-90)`,
    }),
    state.cross,
  );
  const entries = data.names.map((name, i) => entry(name, data.marks[i]));
  state.key.replaceChildren(...entries, data.unnamed);
  state.drawn = data.drawn;
  state.served = null;
}

/** @param {State} state @param {PointerEvent} event @param {boolean} now */
function point(state, event, now) {
  const box = state.svg.getBoundingClientRect();
  const scale = WIDTH / box.width;
  const place = inPlane(state, [
    (event.clientX - box.left) * scale,
    (event.clientY - box.top) * scale,
  ]);
  go(state, place, now);
}

/** @param {State} state @param {KeyboardEvent} event */
function walk(state, event) {
  const arrow = ARROWS[event.key];
  if (!arrow) return;
  event.preventDefault();
  const [left, right, bottom, top] = state.data.extent;
  const [x, y] = state.at;
  go(state, [x + arrow[0] * STEP * (right - left), y + arrow[1] * STEP * (top - bottom)], true);
}

/** @param {State} state @param {Place} place @param {boolean} now */
function go(state, [x, y], now) {
  const [left, right, bottom, top] = state.data.extent;
  move(state, [clamp(x, left, right), clamp(y, bottom, top)]);
  if (!now && performance.now() - state.sent < PAUSE_MILLISECONDS) return;
  state.sent = performance.now();
  state.send(state.at);
}

/** @param {State} state @param {Place} place */
function move(state, place) {
  state.at = place;
  const [cx, cy] = onScreen(state, place);
  const [width, height] = state.inner;
  const cross = `M${LEFT} ${cy}H${LEFT + width}M${cx} ${TOP}V${TOP + height}`;
  state.cross.replaceChildren(
    make("path", { d: cross }),
    make("circle", { cx, cy, r: 7, class: "halo" }),
    make("circle", { cx, cy, r: 7 }),
  );
}

/** @param {State} state @param {Place} place @returns {Place} */
function onScreen({ data, inner }, [x, y]) {
  const [left, right, bottom, top] = data.extent;
  return [
    LEFT + ((x - left) / (right - left)) * inner[0],
    TOP + ((top - y) / (top - bottom)) * inner[1],
  ];
}

/** @param {State} state @param {Place} place @returns {Place} */
function inPlane({ data, inner }, [cx, cy]) {
  const [left, right, bottom, top] = data.extent;
  return [
    left + ((cx - LEFT) / inner[0]) * (right - left),
    top - ((cy - TOP) / inner[1]) * (top - bottom),
  ];
}

/** @param {number} low @param {number} high */
function ticks(low, high) {
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

/** @param {number} value @param {Place} place @param {Place} offset */
function label(value, [x, y], [right, down], kind = "across") {
  const shown = String(value).replace("-", "−");
  return text(shown, { x: x + right, y: y + down, class: kind });
}

/** @param {string} content @param {Attributes} attributes */
function text(content, attributes) {
  const made = make("text", attributes);
  made.textContent = content;
  return made;
}

/** @param {string} name @param {[string, string]} of - colour and path */
function entry(name, of) {
  const made = document.createElement("span");
  const drawn = make("svg", { viewBox: "-3 -3 6 6", "aria-hidden": "true" });
  drawn.append(mark(of, 0, 0));
  made.append(drawn, name);
  return made;
}

/** @param {[string, string]} of - colour and path @param {number} x @param {number} y */
function mark([colour, path], x, y) {
  return make("path", { d: `M${x} ${y}${path}`, fill: colour });
}

/** @param {string} tag @param {Attributes} attributes @returns {SVGElement} */
function make(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
