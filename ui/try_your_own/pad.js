/* The pad to draw on: strokes on a canvas, sent as a PNG file several times a second.

Ink is black on white; a blackboard is the same canvas, shown inverted. */

/** @import { Pad, State, Stroke } from "./pad_types" */

const LONGER_SIDE = 224;
const SEND_MILLISECONDS = 150;
/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {Pad} */
export default function ({ data, parentElement, setStateValue }) {
  const state = states.get(parentElement) ?? begin(parentElement);
  state.tell = (drawing) => setStateValue("drawing", drawing);
  state.canvas.classList.toggle("blackboard", !data.light);
  state.brush.style.colorScheme = data.dark ? "dark" : "light";
  const scale = LONGER_SIDE / Math.max(data.width, data.height);
  const [width, height] = [data.width, data.height].map((side) => Math.round(side * scale));
  if (state.canvas.width === width && state.canvas.height === height) return;
  Object.assign(state.canvas, { width, height });
  redraw(state);
}

/** @param {HTMLElement | ShadowRoot} parentElement */
function begin(parentElement) {
  /** @param {string} name @returns {any} */
  const find = (name) => parentElement.querySelector(name);
  /** @type {HTMLCanvasElement} */
  const canvas = find("canvas");
  /** @type {State} */
  const state = {
    tell: () => {},
    canvas,
    context: /** @type {CanvasRenderingContext2D} */ (
      canvas.getContext("2d", { willReadFrequently: true })
    ),
    brush: find("input"),
    strokes: [],
    pointer: null,
    timer: null,
    sent: "",
  };
  canvas.addEventListener("pointerdown", (event) => press(state, event));
  canvas.addEventListener("pointermove", (event) => move(state, event));
  canvas.addEventListener("pointerup", (event) => lift(state, event));
  canvas.addEventListener("pointercancel", (event) => lift(state, event));
  find(".undo").addEventListener("click", () => keep(state, -1));
  find(".clear").addEventListener("click", () => keep(state, 0));
  states.set(parentElement, state);
  return state;
}

/** @param {State} state @param {PointerEvent} event */
function press(state, event) {
  if (state.pointer !== null || event.button !== 0) return;
  event.preventDefault();
  state.pointer = event.pointerId;
  state.canvas.setPointerCapture(event.pointerId);
  const width = (Number(state.brush.value) / 100) * LONGER_SIDE;
  state.strokes.push({ width, points: [place(state, event)] });
  redraw(state);
  sendSoon(state);
}

/** @param {State} state @param {PointerEvent} event */
function move(state, event) {
  if (event.pointerId !== state.pointer) return;
  const stroke = state.strokes[state.strokes.length - 1];
  const passed = event.getCoalescedEvents?.() ?? [];
  for (const each of passed.length ? passed : [event]) stroke.points.push(place(state, each));
  // All anew: a line drawn over itself would lose its soft edges.
  redraw(state);
  sendSoon(state);
}

/** @param {State} state @param {PointerEvent} event */
function lift(state, event) {
  if (event.pointerId === state.pointer) state.pointer = null;
}

/** @param {State} state @param {number} count - of strokes; a negative one takes so many back */
function keep(state, count) {
  state.strokes = state.strokes.slice(0, count);
  redraw(state);
  sendSoon(state);
}

/** @param {State} state @param {PointerEvent} event @returns {[number, number]} */
function place({ canvas }, event) {
  const box = canvas.getBoundingClientRect();
  return [
    ((event.clientX - box.left) / box.width) * canvas.width,
    ((event.clientY - box.top) / box.height) * canvas.height,
  ];
}

/** @param {State} state */
function redraw(state) {
  state.context.fillStyle = "white";
  state.context.fillRect(0, 0, state.canvas.width, state.canvas.height);
  for (const stroke of state.strokes) draw(state, stroke);
}

/** @param {State} state @param {Stroke} stroke */
function draw({ context }, { width, points }) {
  Object.assign(context, { lineWidth: width, lineCap: "round", lineJoin: "round" });
  context.beginPath();
  context.moveTo(...points[0]);
  // A line of no length is still a dot.
  for (const point of points.length > 1 ? points.slice(1) : points) context.lineTo(...point);
  context.stroke();
}

/** @param {State} state */
function sendSoon(state) {
  state.timer ??= setTimeout(() => {
    state.timer = null;
    send(state);
  }, SEND_MILLISECONDS);
}

/** @param {State} state */
function send(state) {
  if (!state.canvas.isConnected) return;
  const drawing = state.strokes.length ? state.canvas.toDataURL("image/png") : "";
  if (drawing === state.sent) return;
  state.sent = drawing;
  state.tell(drawing);
}
