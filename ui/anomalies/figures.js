/* The figures at the threshold, which follow it within the frame in which it moves. */

/** @import { Figure, Figures, State } from "./figures_types" */
/** @import { Moved } from "./threshold_types" */

/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {Figures} */
export default function ({ data, parentElement }) {
  const state = states.get(parentElement) ?? begin(parentElement);
  state.channel = data.channel;
  document.dispatchEvent(new CustomEvent("odd-threshold-wanted"));
  return () => {
    state.listening.abort();
    states.delete(parentElement);
  };
}

/** @param {HTMLElement | ShadowRoot} parentElement */
function begin(parentElement) {
  /** @type {State} */
  const state = {
    channel: "",
    root: /** @type {HTMLElement} */ (parentElement.querySelector(".figures")),
    titles: "",
    cells: [],
    listening: new AbortController(),
  };
  const { signal } = state.listening;
  document.addEventListener(
    "odd-threshold",
    (event) => {
      const moved = /** @type {CustomEvent<Moved>} */ (event).detail;
      if (moved.channel === state.channel) show(state, moved);
    },
    { signal },
  );
  states.set(parentElement, state);
  return state;
}

/** @param {State} state @param {Moved} moved */
function show(state, moved) {
  const figures = [...ofAlarms(moved), ...ofLabels(moved)];
  const titles = figures.map(([title]) => title).join("\n");
  if (state.titles !== titles) layOut(state, figures, titles);
  figures.forEach(([, ...values], i) => {
    values.forEach((value, place) => {
      const cell = state.cells[i][place];
      if (cell.textContent !== value) cell.textContent = value;
    });
  });
}

/** @param {State} state @param {Figure[]} figures @param {string} titles */
function layOut(state, figures, titles) {
  state.titles = titles;
  state.cells = [];
  const made = figures.map(([title]) => {
    const figure = document.createElement("dl");
    const [name, value, under] = ["dt", "dd", "dd"].map((tag) => document.createElement(tag));
    name.textContent = title;
    value.className = "value";
    under.className = "under";
    figure.append(name, value, under);
    state.cells.push([value, under]);
    return figure;
  });
  state.root.replaceChildren(...made);
}

/** @param {Moved} moved @returns {Figure[]} */
function ofAlarms({ flagged, rows, raised, calibration, rate }) {
  /** @type {Figure[]} */
  const alarms = [["Alarms", count(flagged), `${percent(flagged / rows)} of ${count(rows)} rows`]];
  if (!calibration || !rate) return [...alarms, ["False alarms", "–", "no rows to calibrate with"]];
  const band = `${percent(rate.low)} to ${percent(rate.high)}`;
  const p = (1 + raised) / (calibration + 1);
  return [
    ...alarms,
    ["False alarms", percent(rate.value), `of normal rows, 95 %: ${band}`],
    [
      "p at the threshold",
      p.toPrecision(2),
      `${count(raised)} of ${count(calibration)} calibrating rows reach it`,
    ],
  ];
}

/** @param {Moved} moved @returns {Figure[]} */
function ofLabels({ hits, falseAlarms, known }) {
  if (!known) return [];
  const [alarms, missed] = [hits + falseAlarms, known.odd - hits];
  return [
    ["Odd rows", `${count(hits)} found`, `${count(missed)} missed`],
    ["Normal rows", `${count(falseAlarms)} alarmed`, `${count(known.normal - falseAlarms)} passed`],
    ["Precision", share(hits, alarms), "of the alarms are odd"],
    ["Recall", share(hits, known.odd), "of the odd rows are found"],
    ["F1", ratio(2 * hits, alarms + known.odd), "of precision and recall"],
  ];
}

/** @param {number} number */
function count(number) {
  return number.toLocaleString("en");
}

/** @param {number} part @param {number} whole */
function share(part, whole) {
  return whole ? percent(part / whole) : "–";
}

/** @param {number} part @param {number} whole */
function ratio(part, whole) {
  return whole ? (part / whole).toFixed(2) : "–";
}

/** @param {number} value */
function percent(value) {
  return `${(100 * value).toFixed(value < 0.1 && value > 0 ? 2 : 1)} %`;
}
