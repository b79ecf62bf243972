/* The film of the way from one sample to another. All frames arrive in one picture and are played
here, there and back again, with no word to the server. */

/** @import { Data, Film, State } from "./way_film_types" */

const FRAME_MILLISECONDS = 60;
/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {Film} */
export default function ({ data, parentElement }) {
  const state = states.get(parentElement) ?? begin(parentElement, data);
  state.data = data;
  state.slider.max = String(data.frames - 1);
  if (state.sheet.src === data.sheet) show(state);
  else state.sheet.src = data.sheet;
  return () => end(state, parentElement);
}

/** @param {HTMLElement | ShadowRoot} parentElement @param {Data} data */
function begin(parentElement, data) {
  /** @param {string} name @returns {any} */
  const find = (name) => parentElement.querySelector(name);
  /** @type {State} */
  const state = {
    data,
    canvas: find("canvas"),
    slider: find("input"),
    share: find("output"),
    button: find("button"),
    sheet: new Image(),
    timer: 0,
    step: 1,
  };
  state.sheet.onload = () => show(state);
  state.slider.oninput = () => {
    pause(state);
    show(state);
  };
  state.button.onclick = () => (state.timer ? pause(state) : play(state));
  states.set(parentElement, state);
  return state;
}

/** @param {State} state @param {Node} parentElement */
function end(state, parentElement) {
  clearInterval(state.timer);
  states.delete(parentElement);
}

/** @param {State} state */
function play(state) {
  state.button.textContent = "Pause";
  state.timer = setInterval(() => advance(state), FRAME_MILLISECONDS);
}

/** @param {State} state */
function pause(state) {
  clearInterval(state.timer);
  state.timer = 0;
  state.button.textContent = "Play";
}

/** @param {State} state */
function advance(state) {
  const last = state.data.frames - 1;
  const at = Number(state.slider.value);
  if (at + state.step < 0 || at + state.step > last) state.step = -state.step;
  state.slider.value = String(at + state.step);
  show(state);
}

/** @param {State} state */
function show({ canvas, data, sheet, share, slider }) {
  const { width, height, scale, frames } = data;
  const frame = Number(slider.value);
  canvas.width = width;
  canvas.height = height;
  canvas.style.width = `${width * scale}px`;
  canvas.getContext("2d")?.drawImage(sheet, frame * width, 0, width, height, 0, 0, width, height);
  share.value = `${Math.round((100 * frame) / (frames - 1))}%`;
  canvas.setAttribute("aria-label", `The sample at ${share.value} of the way`);
  slider.setAttribute("aria-valuetext", `${share.value} of the way`);
}
