/* What has someone drawn? Strokes on a canvas, sent as a PNG file several times a second.

Ink is black on white; a blackboard is the same canvas, shown inverted. */

const LONGER_SIDE = 224;
const SEND_MILLISECONDS = 150;
const states = new WeakMap();

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

function begin(parentElement) {
  const canvas = parentElement.querySelector("canvas");
  const state = {
    canvas,
    context: canvas.getContext("2d", { willReadFrequently: true }),
    brush: parentElement.querySelector("input"),
    strokes: [],
    pointer: null,
    timer: null,
    sent: "",
  };
  canvas.addEventListener("pointerdown", (event) => press(state, event));
  canvas.addEventListener("pointermove", (event) => move(state, event));
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => lift(state, event));
  }
  parentElement.querySelector(".undo").addEventListener("click", () => keep(state, -1));
  parentElement.querySelector(".clear").addEventListener("click", () => keep(state, 0));
  states.set(parentElement, state);
  return state;
}

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

function move(state, event) {
  if (event.pointerId !== state.pointer) return;
  const stroke = state.strokes.at(-1);
  const passed = event.getCoalescedEvents?.() ?? [];
  for (const each of passed.length ? passed : [event]) stroke.points.push(place(state, each));
  // All anew: a line drawn over itself would lose its soft edges.
  redraw(state);
  sendSoon(state);
}

function lift(state, event) {
  if (event.pointerId === state.pointer) state.pointer = null;
}

function keep(state, count) {
  state.strokes = state.strokes.slice(0, count);
  redraw(state);
  sendSoon(state);
}

function place({ canvas }, event) {
  const box = canvas.getBoundingClientRect();
  return [
    ((event.clientX - box.left) / box.width) * canvas.width,
    ((event.clientY - box.top) / box.height) * canvas.height,
  ];
}

function redraw(state) {
  state.context.fillStyle = "white";
  state.context.fillRect(0, 0, state.canvas.width, state.canvas.height);
  for (const stroke of state.strokes) draw(state, stroke);
}

function draw({ context }, { width, points }) {
  Object.assign(context, { lineWidth: width, lineCap: "round", lineJoin: "round" });
  context.beginPath();
  context.moveTo(...points[0]);
  // A line of no length is still a dot.
  for (const point of points.length > 1 ? points.slice(1) : points) context.lineTo(...point);
  context.stroke();
}

function sendSoon(state) {
  state.timer ??= setTimeout(() => {
    state.timer = null;
    send(state);
  }, SEND_MILLISECONDS);
}

function send(state) {
  if (!state.canvas.isConnected) return;
  const drawing = state.strokes.length ? state.canvas.toDataURL("image/png") : "";
  if (drawing === state.sent) return;
  state.sent = drawing;
  state.tell(drawing);
}
