/* The panel of a run. It asks the server again and again while the page is seen, and puts the
answers on screen; the server draws (see ui/train/live_answer.py). */

/** @import { Data, Panel, Part, Reading, Refusal, Reply, State, Told } from "./live_types" */

const FAILURES_UNTOLD = 2;
const PAUSE_AFTER_FAILURE = 2000;
// The server is starting, or does not know this page since it started anew: asked again later.
const MENDS = new Set([401, 503]);
const RESIZED_MILLISECONDS = 150;
const PARTS = [".loss", ".terms", ".samples", ".map"];
// To and from the progress of the run in the bar; see ui/train/progress.js.
const TOLD = "aecore-run-told";
const ASKED = "aecore-run-asked";
// As wide, curves and map stand side by side; the same as in live.css.
const SIDE_BY_SIDE = 664;
const GAP = 24;
const LOG_SCALE = "aecore-log-scale";
const SILENT = "The server does not answer. This goes on by itself once it does.";
const UNREADABLE = "This page cannot read what the server answers. It asks again by itself.";
const OWN_FAULT =
  "This page’s own display failed; the run is not affected. Reload the page. " +
  "If it fails again, the browser’s console says where.";
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {Panel} */
export default function ({ data, parentElement, setTriggerValue }) {
  if (!data?.run) return undefined;
  const state = states.get(parentElement) ?? begin(parentElement);
  const before = state.data;
  state.data = /** @type {Data} */ (data);
  state.tellEnded = () => setTriggerValue("ended", true);
  if (before.run !== data.run || before.dark !== data.dark) forget(state);
  if (before.run !== data.run) leave(state);
  if (JSON.stringify(before) !== JSON.stringify(data)) ask(state);
  return () => end(state);
}

/** @param {HTMLElement | ShadowRoot} parentElement */
function begin(parentElement) {
  /** @param {string} selector */
  const find = (selector) => /** @type {HTMLElement} */ (parentElement.querySelector(selector));
  /** @type {State} */
  const state = {
    root: find(".panel"),
    find,
    data: /** @type {Data} */ ({}),
    tellEnded: () => {},
    turn: 0,
    failures: 0,
    version: "",
    snapshot: "",
    ended: false,
    waits: true,
    width: 0,
    logScale: readLogScale(),
    readings: [],
    at: null,
    head: null,
    seen: () => ask(state),
    asked: () => tellHead(state),
    resized: new ResizeObserver(() => afterResize(state)),
  };
  const toggle = /** @type {HTMLInputElement} */ (find(".switch input"));
  toggle.checked = state.logScale;
  toggle.addEventListener("change", () => changeScale(state, toggle.checked));
  state.resized.observe(state.root);
  document.addEventListener("visibilitychange", state.seen);
  document.addEventListener(ASKED, state.asked);
  watchReadings(state, find(".chart"));
  states.set(parentElement, state);
  return state;
}

/** @param {State} state */
function end(state) {
  state.turn += 1;
  clearTimeout(state.timer);
  clearTimeout(state.resizing);
  state.resized.disconnect();
  document.removeEventListener("visibilitychange", state.seen);
  document.removeEventListener(ASKED, state.asked);
}

/** The next answer is drawn whole, whatever stands there. @param {State} state */
function forget(state) {
  state.version = "";
  state.snapshot = "";
}

/** Until the first answer, what is drawn is another run's. @param {State} state */
function leave(state) {
  const { find } = state;
  Object.assign(state, { ended: false, waits: true, head: null });
  for (const name of [".loss", ".terms", ".map"])
    find(`${name} .drawing`).removeAttribute("aria-label");
  /** @type {HTMLImageElement} */ (find(".samples .drawing")).alt = "";
}

/** @param {State} state */
async function ask(state) {
  clearTimeout(state.timer);
  state.turn += 1;
  // Asked again once the tab is seen.
  if (document.hidden) return;
  const turn = state.turn;
  let next;
  try {
    const reply = await request(address(state), state.data.ticket);
    // Another question was asked meanwhile, or the panel is gone.
    if (turn !== state.turn) return;
    next = take(state, reply);
  } catch (error) {
    next = fail(state, error);
  }
  if (next !== null) state.timer = setTimeout(() => ask(state), next);
}

/**
 * The server's answer. What fails here is the server's or the network's, and told as that.
 *
 * @param {URL} url
 * @param {string} ticket - says who asks, where visitors are told apart
 * @returns {Promise<Reply>}
 */
async function request(url, ticket) {
  try {
    const headers = { "X-Visitor-Ticket": ticket };
    const response = await fetch(url, { cache: "no-store", headers });
    if (response.status === 204) return { kind: "same" };
    if (response.ok) return { kind: "told", told: await response.json() };
    if (response.status === 404) return { kind: "refused", refusal: await response.json() };
    if (MENDS.has(response.status)) return { kind: "trouble", words: said(await response.json()) };
    return { kind: "trouble", words: serverError(response.status) };
  } catch (error) {
    return { kind: "trouble", words: error instanceof SyntaxError ? UNREADABLE : SILENT };
  }
}

/**
 * Shows a reply.
 *
 * @param {State} state
 * @param {Reply} reply
 * @returns {number | null} milliseconds until the next question; null if there is none
 */
function take(state, reply) {
  if (reply.kind === "trouble") {
    state.failures += 1;
    if (state.failures > FAILURES_UNTOLD) showTrouble(state, reply.words);
    return PAUSE_AFTER_FAILURE;
  }
  state.failures = 0;
  if (reply.kind === "refused") {
    showRefusal(state, reply.refusal);
    return null;
  }
  if (reply.kind === "told") show(state, reply.told);
  showTrouble(state, "");
  return pause(state);
}

/**
 * What to do about a fault of this file, which is not the server's.
 *
 * @param {State} state
 * @param {unknown} error
 */
function fail(state, error) {
  console.error(error);
  showTrouble(state, OWN_FAULT);
  forget(state);
  return pause(state) === null ? null : PAUSE_AFTER_FAILURE;
}

/**
 * Milliseconds until the next question; null, and the page is told, once the run has ended.
 *
 * @param {State} state
 */
function pause(state) {
  if (!state.ended) return state.waits ? state.data.quickPace : state.data.pace;
  // Start, Stop and the figures beside the panel are the page's.
  if (state.data.follow) state.tellEnded();
  return null;
}

/** @param {number} status */
function serverError(status) {
  return (
    `The server answers with an error (${status}). The terminal in which the app was started ` +
    "says why; this page asks again by itself."
  );
}

/** @param {Refusal} refusal */
function said({ cause, remedy }) {
  return `${cause} ${remedy}`;
}

/** @param {State} state @param {Refusal} refusal */
function showRefusal(state, refusal) {
  showTrouble(state, said(refusal));
  for (const name of PARTS) state.find(name).hidden = true;
  forget(state);
}

/** @param {State} state */
function address(state) {
  const { base, run, dark } = state.data;
  state.root.dataset.run = run;
  const path = base ? `/${base.replace(/^\/|\/$/g, "")}/` : "";
  const url = new URL(`${path}live/${run}`, document.baseURI);
  state.width = Math.floor(state.root.clientWidth);
  const isWide = state.width >= SIDE_BY_SIDE;
  state.root.classList.toggle("wide", isWide);
  url.search = new URLSearchParams({
    width: String(isWide ? Math.floor((state.width - GAP) / 2) : state.width),
    behind: state.data.behind,
    dark: dark ? "1" : "0",
    log: state.logScale ? "1" : "0",
    version: state.version,
    snapshot: state.snapshot,
  }).toString();
  return url;
}

/** @param {State} state @param {Told} told */
function show(state, told) {
  Object.assign(state, { version: told.version, ended: told.ended, waits: told.waits });
  state.head = told.head ?? null;
  tellHead(state);
  showPart(state, ".loss", told.loss);
  state.readings = told.loss.readings;
  state.find(".terms").hidden = !told.terms;
  if (told.terms) showPart(state, ".terms", told.terms);
  read(state);
  if (!told.snapshot) return;
  state.snapshot = told.snapshot;
  if (told.samples) showPart(state, ".samples", told.samples);
  if (told.map) showPart(state, ".map", told.map);
}

/** Tells the bar how far the run is. @param {State} state */
function tellHead({ data, head }) {
  document.dispatchEvent(new CustomEvent(TOLD, { detail: { run: data.run, head } }));
}

/** @param {State} state @param {string} name @param {Part} part */
function showPart({ find }, name, { title, when, svg, alt, caption }) {
  find(name).hidden = false;
  /** @type {(Node | string)[]} */
  const heading = [element("strong", title)];
  if (when) heading.push(` · ${when}`);
  find(`${name} .title`).replaceChildren(...heading);
  find(`${name} .caption`).textContent = caption;
  const drawing = find(`${name} .drawing`);
  if (drawing instanceof HTMLImageElement) {
    drawing.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    drawing.alt = alt;
    return;
  }
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  drawing.replaceChildren(document.importNode(parsed, true));
  drawing.setAttribute("aria-label", alt);
}

/** @param {State} state @param {string} words - none to hide it */
function showTrouble({ find }, words) {
  find(".trouble").textContent = words;
  find(".trouble").hidden = !words;
}

/** @param {string} name @param {...(Node | string)} children */
function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/**
 * Shows the losses at one point of the curves, where the pointer or the arrow keys are.
 *
 * @param {State} state
 * @param {HTMLElement} chart
 */
function watchReadings(state, chart) {
  chart.addEventListener("pointermove", (event) => {
    state.at = nearest(state.readings, event.clientX - chart.getBoundingClientRect().left);
    read(state);
  });
  for (const name of ["pointerleave", "blur"]) {
    chart.addEventListener(name, () => {
      state.at = null;
      read(state);
    });
  }
  chart.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || !state.readings.length) return;
    event.preventDefault();
    const last = state.readings.length - 1;
    state.at = Math.min(Math.max((state.at ?? last - step) + step, 0), last);
    read(state);
  });
}

/** @param {Reading[]} readings @param {number} x */
function nearest(readings, x) {
  /** @type {number | null} */
  let found = null;
  readings.forEach(([place], i) => {
    if (found === null || Math.abs(place - x) < Math.abs(readings[found][0] - x)) found = i;
  });
  return found;
}

/** @param {State} state */
function read({ find, readings, at }) {
  const [cross, box] = [find(".cross"), find(".reading")];
  const shown = at === null ? undefined : readings[at];
  cross.hidden = box.hidden = !shown;
  if (!shown) return;
  const [x, ...lines] = shown;
  cross.style.left = `${x}px`;
  box.replaceChildren(...lines.map((line) => element("div", line)));
  // On the side of the line where there is more room.
  const isLeft = x < find(".chart").clientWidth / 2;
  box.style.left = isLeft ? `${x + 10}px` : "auto";
  box.style.right = isLeft ? "auto" : `${find(".chart").clientWidth - x + 10}px`;
}

/** @param {State} state @param {boolean} logScale */
function changeScale(state, logScale) {
  state.logScale = logScale;
  try {
    sessionStorage.setItem(LOG_SCALE, logScale ? "1" : "0");
  } catch {
    // A browser that keeps nothing forgets this at the next page, and no more.
  }
  state.version = "";
  ask(state);
}

function readLogScale() {
  try {
    return sessionStorage.getItem(LOG_SCALE) === "1";
  } catch {
    return false;
  }
}

/** @param {State} state */
function afterResize(state) {
  const width = Math.floor(state.root.clientWidth);
  if (!state.data.run || width === state.width || width === 0) return;
  clearTimeout(state.resizing);
  state.resizing = setTimeout(() => {
    forget(state);
    ask(state);
  }, RESIZED_MILLISECONDS);
}
