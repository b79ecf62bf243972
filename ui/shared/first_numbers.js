/* Samples with the first numbers of their codes. All pictures are here from the beginning, one for
each length of the code; the slider says which is seen, with no word to the server. */

/** @import { Data, Numbers, State } from "./first_numbers_types" */

/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {Numbers} */
export default function ({ data, parentElement }) {
  const state = states.get(parentElement) ?? begin(parentElement);
  take(state, data);
  return () => states.delete(parentElement);
}

/** @param {HTMLElement | ShadowRoot} parentElement */
function begin(parentElement) {
  /** @param {string} name @returns {any} */
  const find = (name) => parentElement.querySelector(name);
  /** @type {State} */
  const state = {
    data: { pictures: [], sentences: [] },
    root: find(".numbers"),
    slider: find("input"),
    told: find("output"),
    frames: find(".frames"),
  };
  state.slider.oninput = () => show(state);
  states.set(parentElement, state);
  return state;
}

/** @param {State} state @param {Data} data */
function take(state, data) {
  if (state.data.pictures.join() === data.pictures.join()) return;
  const last = data.pictures.length - 1;
  const isFirst = !state.data.pictures.length;
  state.data = data;
  state.slider.max = String(last);
  state.slider.disabled = last < 1;
  if (isFirst) state.slider.value = String(last);
  state.frames.replaceChildren(...data.pictures.map(picture));
  show(state);
}

/** @param {string} address */
function picture(address) {
  const made = new Image();
  made.src = address;
  made.alt = "";
  return made;
}

/** @param {State} state */
function show({ data, root, slider, told, frames }) {
  const place = Number(slider.value);
  // What is not seen keeps its place and stays decoded, so that it is there within a frame.
  [...frames.children].forEach((each, i) => {
    each.classList.toggle("seen", i === place);
  });
  told.value = data.sentences[place];
  slider.setAttribute("aria-valuetext", data.sentences[place]);
  root.dataset.place = String(place);
}
