/* How does one sample turn into another? All frames arrive in one picture and are played here,
there and back again, with no word to the server. */

const FRAME_MILLISECONDS = 60;
const states = new WeakMap();

export default function ({ data, parentElement }) {
  const state = states.get(parentElement) ?? begin(parentElement);
  state.data = data;
  state.slider.max = data.frames - 1;
  if (state.sheet.src === data.sheet) show(state);
  else state.sheet.src = data.sheet;
  return () => end(state, parentElement);
}

function begin(parentElement) {
  const find = (name) => parentElement.querySelector(name);
  const state = { canvas: find("canvas"), slider: find("input"), share: find("output") };
  Object.assign(state, { button: find("button"), sheet: new Image(), timer: 0, step: 1 });
  state.sheet.onload = () => show(state);
  state.slider.oninput = () => {
    pause(state);
    show(state);
  };
  state.button.onclick = () => (state.timer ? pause(state) : play(state));
  states.set(parentElement, state);
  return state;
}

function end(state, parentElement) {
  clearInterval(state.timer);
  states.delete(parentElement);
}

function play(state) {
  state.button.textContent = "Pause";
  state.timer = setInterval(() => advance(state), FRAME_MILLISECONDS);
}

function pause(state) {
  clearInterval(state.timer);
  state.timer = 0;
  state.button.textContent = "Play";
}

function advance(state) {
  const last = state.data.frames - 1;
  const at = Number(state.slider.value);
  if (at + state.step < 0 || at + state.step > last) state.step = -state.step;
  state.slider.value = at + state.step;
  show(state);
}

function show({ canvas, data, sheet, share, slider }) {
  const { width, height, scale, frames } = data;
  const frame = Number(slider.value);
  canvas.width = width;
  canvas.height = height;
  canvas.style.width = `${width * scale}px`;
  canvas.getContext("2d").drawImage(sheet, frame * width, 0, width, height, 0, 0, width, height);
  share.value = `${Math.round((100 * frame) / (frames - 1))}%`;
  canvas.setAttribute("aria-label", `The sample at ${share.value} of the way`);
  slider.setAttribute("aria-valuetext", `${share.value} of the way`);
}
