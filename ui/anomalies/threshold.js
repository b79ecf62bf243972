/* The threshold on the spread of scores: a handle that is dragged, or moved row by row with the
arrow keys.

Scores are sorted, so that each count is a binary search; the figures and the list elsewhere on the
page hear of them within the same frame, by an event on the document. */

/** @import { Attributes, Data, Moved, Rate, State, ThresholdView } from "./threshold_types" */

const REST_MILLISECONDS = 250;
/** @type {Record<string, number>} Rows more, or fewer, that raise an alarm. */
const KEYS = { ArrowLeft: 1, ArrowDown: 1, ArrowRight: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
const SVG = "http://www.w3.org/2000/svg";
/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {ThresholdView} */
export default function ({ data, parentElement, setStateValue }) {
  const state = states.get(parentElement) ?? begin(parentElement, data);
  state.data = data;
  state.send = (threshold) => setStateValue("threshold", threshold);
  if (state.drawn !== data.drawn) unpack(state);
  if (!state.dragging && state.served !== data.threshold) {
    state.served = data.threshold;
    state.at = data.threshold;
  }
  move(state, state.at);
  return () => {
    state.listening.abort();
    states.delete(parentElement);
  };
}

/** @param {HTMLElement | ShadowRoot} root @param {Data} data */
function begin(root, data) {
  const svg = /** @type {SVGSVGElement} */ (root.querySelector("svg"));
  /** @type {State} */
  const state = {
    data,
    send: () => {},
    svg,
    picture: /** @type {HTMLImageElement} */ (root.querySelector("img")),
    log: /** @type {HTMLInputElement} */ (root.querySelector("input")),
    handle: make("g", { class: "handle", tabindex: 0, role: "slider", "aria-label": "Threshold" }),
    alarms: make("rect", { class: "alarms" }),
    scores: new Float64Array(),
    calibration: new Float64Array(),
    odd: new Int32Array(),
    normal: new Int32Array(),
    at: data.threshold,
    dragging: false,
    frame: 0,
    later: 0,
    drawn: null,
    served: null,
    listening: new AbortController(),
  };
  const { signal } = state.listening;
  document.addEventListener("odd-threshold-wanted", () => tell(state), { signal });
  svg.onpointerdown = (event) => {
    svg.setPointerCapture(event.pointerId);
    state.dragging = true;
    point(state, event);
    event.preventDefault();
    state.handle.focus();
  };
  svg.onpointermove = (event) => {
    if (state.dragging) point(state, event);
  };
  svg.onpointerup = () => rest(state);
  svg.onpointercancel = () => rest(state);
  state.handle.onkeydown = (event) => walk(state, event);
  state.log.onchange = () => {
    draw(state);
    move(state, state.at);
  };
  states.set(root, state);
  return state;
}

/** @param {State} state */
function unpack(state) {
  const { data } = state;
  state.scores = new Float64Array(bytes(data.scores).buffer);
  state.calibration = new Float64Array(bytes(data.calibration).buffer);
  const kinds = new Int8Array(bytes(data.kinds).buffer);
  state.odd = counted(kinds, 1);
  state.normal = counted(kinds, 0);
  state.log.checked = data.startsLog;
  state.log.disabled = !data.log;
  state.log.title = data.log ? "" : "Some scores are not positive.";
  state.drawn = data.drawn;
  draw(state);
}

/** @param {string} packed */
function bytes(packed) {
  return Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
}

/** @param {Int8Array} kinds @param {number} kind */
function counted(kinds, kind) {
  const before = new Int32Array(kinds.length + 1);
  kinds.forEach((each, i) => {
    before[i + 1] = before[i] + Number(each === kind);
  });
  return before;
}

/** @param {State} state */
function shown({ data, log }) {
  return log.checked && data.log ? data.log : data.linear;
}

/** @param {State} state */
function draw(state) {
  const { svg, picture, alarms, handle, data } = state;
  const { width, height, top, bottom, picture: source } = shown(state);
  picture.src = source;
  picture.alt = `How ${data.title} is spread over ${data.total.toLocaleString("en")} rows`;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  alarms.setAttribute("y", String(top));
  alarms.setAttribute("height", String(bottom - top));
  svg.replaceChildren(alarms, handle);
}

/** @param {State} state @param {PointerEvent} event */
function point(state, event) {
  const box = state.svg.getBoundingClientRect();
  const { width, left, right, low, high, log } = shown(state);
  const x = ((event.clientX - box.left) * width) / box.width;
  const share = clamp((x - left) / (right - left), 0, 1);
  const at = log ? low * (high / low) ** share : low + share * (high - low);
  state.at = Math.max(at, least(state));
  state.frame ||= requestAnimationFrame(() => {
    state.frame = 0;
    move(state, state.at);
  });
}

/** @param {State} state */
function rest(state) {
  if (!state.dragging) return;
  state.dragging = false;
  state.served = state.at;
  state.send(state.at);
}

/** @param {State} state @param {KeyboardEvent} event */
function walk(state, event) {
  const { scores } = state;
  const sent = scores.length;
  const flagged = sent - below(scores, state.at);
  const wanted = { Home: sent, End: 0 }[event.key] ?? flagged + (KEYS[event.key] ?? Number.NaN);
  if (Number.isNaN(wanted) || !sent) return;
  event.preventDefault();
  state.at = cutFor(scores, clamp(wanted, 0, sent), wanted > flagged);
  move(state, state.at);
  window.clearTimeout(state.later);
  state.later = window.setTimeout(() => {
    state.served = state.at;
    state.send(state.at);
  }, REST_MILLISECONDS);
}

/**
 * Equal scores raise an alarm all or none: the next threshold that flags at least, or at most, so
 * many.
 *
 * @param {Float64Array} scores
 * @param {number} flagged
 * @param {boolean} more
 */
function cutFor(scores, flagged, more) {
  const { length } = scores;
  if (!flagged) return above(scores[length - 1]);
  const score = scores[length - flagged];
  if (more || below(scores, score) === length - flagged) return score;
  return above(score);
}

/** @param {number} score */
function above(score) {
  return score + Math.max(Math.abs(score) * Number.EPSILON, Number.MIN_VALUE);
}

/** @param {State} state */
function least({ data, scores }) {
  return scores.length < data.total ? scores[0] : Number.NEGATIVE_INFINITY;
}

/**
 * The number of values below a threshold.
 *
 * @param {Float64Array} values - ascending
 * @param {number} threshold
 */
function below(values, threshold) {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {State} state @param {number} threshold */
function move(state, threshold) {
  const { data, handle, alarms, scores } = state;
  const { right, top, bottom, low, high } = shown(state);
  state.at = threshold;
  const x = across(state, clamp(threshold, low, high));
  alarms.setAttribute("x", String(x));
  alarms.setAttribute("width", String(right - x));
  handle.replaceChildren(
    make("path", { d: `M${x} ${top - 6}V${bottom}` }),
    make("circle", { cx: x, cy: top - 6, r: 8 }),
  );
  const flagged = scores.length - below(scores, threshold);
  const rows = `${flagged.toLocaleString("en")} of ${data.total.toLocaleString("en")}`;
  const told = {
    valuemin: low,
    valuemax: high,
    valuenow: threshold,
    valuetext: `${number(threshold)}, ${rows} rows raise an alarm`,
  };
  for (const [name, value] of Object.entries(told))
    handle.setAttribute(`aria-${name}`, String(value));
  tell(state);
}

/** @param {State} state */
function tell(state) {
  const { data, scores, calibration, odd, normal, at } = state;
  const place = below(scores, at);
  const sent = scores.length;
  const raised = calibration.length - below(calibration, at);
  /** @type {Moved} */
  const detail = {
    channel: data.channel,
    threshold: at,
    flagged: sent - place,
    rows: data.total,
    raised,
    calibration: data.calibrationTotal,
    rate: rate(state, raised),
    hits: data.kinds ? odd[sent] - odd[place] : 0,
    falseAlarms: data.kinds ? normal[sent] - normal[place] : 0,
    known: data.kinds ? data.counts : null,
  };
  document.dispatchEvent(new CustomEvent("odd-threshold", { detail }));
}

/** @param {State} state @param {number} raised @returns {Rate | null} */
function rate({ data, at }, raised) {
  if (data.byRule && at === data.threshold) return data.byRule;
  const { counts, low, high } = data.bands;
  if (!counts.length) return null;
  const right = Math.max(
    1,
    counts.findIndex((count) => count >= raised),
  );
  const left = Math.min(right, counts.length - 1) - 1;
  const share = left < 0 ? 0 : (raised - counts[left]) / (counts[left + 1] - counts[left]);
  const between = (/** @type {number[]} */ values) =>
    left < 0 ? values[0] : values[left] + share * (values[left + 1] - values[left]);
  return { value: raised / data.calibrationTotal, low: between(low), high: between(high) };
}

/** @param {State} state @param {number} score */
function across(state, score) {
  const { left, right, low, high, log } = shown(state);
  const share = log ? Math.log(score / low) / Math.log(high / low) : (score - low) / (high - low);
  return left + share * (right - left);
}

/** @param {number} value */
function number(value) {
  return String(Number(value.toPrecision(4))).replace("-", "−");
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
