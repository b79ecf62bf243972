/* The oddest rows in a list that is gone through with the keyboard: j and k or the arrows move, o, n
and u mark a row as odd, normal or unsure, x takes its mark away.

Rows that raise an alarm follow the threshold while it moves elsewhere on the page. All texts are
set as text, never as HTML. */

/** @import { Data, FlaggedList, Mark, State } from "./flagged_types" */
/** @import { Moved } from "./threshold_types" */

/** @type {Record<string, number>} */
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
/** @type {Record<string, Mark | null>} */
const MARKS = { o: "odd", n: "normal", u: "unsure", x: null };
const SIGNS = { odd: "▲", normal: "✓", unsure: "?" };
/** @type {Record<string, string>} */
const TITLES = { o: "Odd", n: "Normal", u: "Unsure", x: "No mark" };
const REST_MILLISECONDS = 150;
/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {FlaggedList} */
export default function ({ data, parentElement, setStateValue }) {
  const state = states.get(parentElement) ?? begin(parentElement, data);
  state.data = data;
  state.sendRow = (place) => setStateValue("row", place);
  state.sendMarks = (marks) => setStateValue("marks", marks);
  if (state.drawn !== data.drawn) draw(state);
  confirm(state);
  flag(state, data.threshold);
  document.dispatchEvent(new CustomEvent("odd-threshold-wanted"));
  return () => {
    state.listening.abort();
    states.delete(parentElement);
  };
}

/** @param {HTMLElement | ShadowRoot} root @param {Data} data */
function begin(root, data) {
  /** @param {string} name */
  const find = (name) => /** @type {HTMLElement} */ (root.querySelector(name));
  /** @type {State} */
  const state = {
    data,
    list: find(".list"),
    told: find(".told"),
    head: find(".head"),
    keys: find(".keys"),
    options: [],
    drawn: null,
    at: -1,
    alarms: 0,
    marks: new Map(),
    pending: new Map(),
    sendRow: () => {},
    sendMarks: () => {},
    later: 0,
    listening: new AbortController(),
  };
  state.list.onkeydown = (event) => press(state, event);
  state.list.onclick = (event) => {
    const option = event.target instanceof Element && event.target.closest("[role=option]");
    if (option) go(state, state.options.indexOf(/** @type {HTMLElement} */ (option)));
  };
  state.keys.append(...Object.keys(MARKS).map((key) => button(state, key)));
  const { signal } = state.listening;
  document.addEventListener(
    "odd-threshold",
    (event) => {
      const { channel, threshold } = /** @type {CustomEvent<Moved>} */ (event).detail;
      if (channel === state.data.channel) flag(state, threshold);
    },
    { signal },
  );
  states.set(root, state);
  return state;
}

/** @param {State} state */
function draw(state) {
  const { data, list, head } = state;
  const looked = state.options[state.at]?.dataset.row;
  /** @type {[boolean, string, string][]} Whether it is there, its title, its width. */
  const all = [
    [true, "", "1.1rem"],
    [data.pictures.length > 0, "", "2.2rem"],
    [true, "Row", "3.4rem"],
    [true, "Score", "4.2rem"],
    [data.p.length > 0, "p", "3.8rem"],
    [data.labels.length > 0, "Label", "6rem"],
    [true, data.words.some(Boolean) ? "What says most" : "", "minmax(0, 1fr)"],
  ];
  const columns = all.filter(([there]) => there);
  head.replaceChildren(...columns.map(([, title]) => cell(title)));
  for (const part of [head, list]) {
    part.style.setProperty("--columns", columns.map(([, , width]) => width).join(" "));
  }
  state.options = data.rows.map((row, i) => option(data, row, i));
  list.replaceChildren(...state.options);
  state.drawn = data.drawn;
  state.alarms = 0;
  state.at = -1;
  // The same row stays chosen where it is still listed.
  const again = state.options.findIndex((each) => each.dataset.row === looked);
  if (again >= 0) look(state, again);
}

/** @param {Data} data @param {number} row @param {number} i */
function option(data, row, i) {
  const made = document.createElement("div");
  made.setAttribute("role", "option");
  made.id = `row-${row}`;
  made.dataset.row = String(row);
  const parts = [cell("")];
  if (data.pictures.length) parts.push(picture(data.pictures[i]));
  parts.push(cell(row.toLocaleString("en")), cell(data.shown[i]));
  if (data.p.length) parts.push(cell(data.p[i]));
  if (data.labels.length) parts.push(cell(data.labels[i]));
  if (data.odd[i]) parts[parts.length - 1].classList.add("odd");
  parts.push(cell(data.words[i] ?? ""));
  parts[0].className = "mark";
  parts[parts.length - 1].className = "words";
  parts[parts.length - 1].title = data.words[i] ?? "";
  made.append(...parts);
  return made;
}

/** @param {string} content */
function cell(content) {
  const made = document.createElement("span");
  made.textContent = content;
  return made;
}

/** @param {string} source */
function picture(source) {
  const made = document.createElement("span");
  if (!source) return made;
  const image = new Image();
  image.src = source;
  image.alt = "";
  made.append(image);
  return made;
}

/** @param {State} state @param {string} key */
function button(state, key) {
  const made = document.createElement("button");
  const letter = document.createElement("kbd");
  letter.textContent = key;
  made.append(TITLES[key], letter);
  made.onclick = () => {
    mark(state, MARKS[key]);
    state.list.focus();
  };
  return made;
}

/** @param {State} state @param {number} threshold */
function flag(state, threshold) {
  const { scores } = state.data;
  let alarms = 0;
  while (alarms < scores.length && scores[alarms] >= threshold) alarms += 1;
  const [from, to] = [Math.min(alarms, state.alarms), Math.max(alarms, state.alarms)];
  for (const each of state.options.slice(from, to))
    each.classList.toggle("alarm", alarms > state.alarms);
  state.options.forEach((each, i) => {
    if (i >= from - 1 && i <= to) each.classList.toggle("last", i === alarms - 1);
  });
  state.alarms = alarms;
  tell(state);
}

/** @param {State} state */
function tell(state) {
  const { alarms, data, marks } = state;
  const rows = count(data.rows.length);
  const listed = data.rows.length < data.total ? `The ${rows} oddest rows` : `All ${rows} rows`;
  const more = alarms === data.rows.length && alarms < data.total;
  const raised = more
    ? "all of them raise an alarm, and more may"
    : `${count(alarms)} raise an alarm`;
  const told = `${listed}, the oddest first: ${raised}${marks.size ? `, ${count(marks.size)} marked` : ""}.`;
  if (state.told.textContent !== told) state.told.textContent = told;
}

/** @param {number} number */
function count(number) {
  return number.toLocaleString("en");
}

/** @param {State} state @param {KeyboardEvent} event */
function press(state, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const last = state.options.length - 1;
  if (key in MARKS) mark(state, MARKS[key]);
  else if (key === "Home") go(state, 0);
  else if (key === "End") go(state, last);
  else if (key in STEPS) go(state, state.at < 0 ? 0 : state.at + STEPS[key]);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {State} state @param {number} to */
function go(state, to) {
  if (!state.options.length) return;
  look(state, Math.min(Math.max(to, 0), state.options.length - 1));
  window.clearTimeout(state.later);
  state.later = window.setTimeout(
    () => state.sendRow(state.data.places[state.at]),
    REST_MILLISECONDS,
  );
}

/** @param {State} state @param {number} to */
function look(state, to) {
  state.options[state.at]?.removeAttribute("aria-selected");
  state.at = to;
  const chosen = state.options[to];
  chosen.setAttribute("aria-selected", "true");
  state.list.setAttribute("aria-activedescendant", chosen.id);
  // Scrolls the list alone, never the page.
  const { list } = state;
  const [top, end] = [
    chosen.offsetTop - list.offsetTop,
    chosen.offsetTop - list.offsetTop + chosen.offsetHeight,
  ];
  if (top < list.scrollTop) list.scrollTop = top;
  else if (end > list.scrollTop + list.clientHeight) list.scrollTop = end - list.clientHeight;
}

/** @param {State} state @param {Mark | null} given */
function mark(state, given) {
  if (state.at < 0) return;
  const row = String(state.data.rows[state.at]);
  state.pending.set(row, given);
  put(state, row, given);
  state.sendMarks(Object.fromEntries(state.pending));
  // A decision leads on to the next row.
  if (given && state.at < state.options.length - 1) go(state, state.at + 1);
}

/**
 * Marks as the server has them, and over them those that are on their way.
 *
 * @param {State} state
 */
function confirm(state) {
  const { data, pending } = state;
  for (const [row, given] of pending) {
    if ((data.marks[row] ?? null) === given) pending.delete(row);
  }
  for (const row of data.rows.map(String)) {
    put(state, row, pending.has(row) ? (pending.get(row) ?? null) : (data.marks[row] ?? null));
  }
  tell(state);
}

/** @param {State} state @param {string} row @param {Mark | null} given */
function put(state, row, given) {
  if (given) state.marks.set(row, given);
  else state.marks.delete(row);
  const chosen = state.options[state.data.rows.indexOf(Number(row))];
  const sign = chosen?.querySelector(".mark");
  if (!sign || chosen.dataset.mark === (given ?? "")) return;
  chosen.dataset.mark = given ?? "";
  sign.textContent = given ? SIGNS[given] : "";
  sign.setAttribute("aria-label", given ?? "");
}
