/* How far is a run, and what does it look like? Asks the server again and again while the page is
seen, and puts its answers on screen; the server draws (see ui/train/live_answer.py). */

const FAILURES_UNTOLD = 2;
const PAUSE_AFTER_FAILURE = 2000;
const RESIZED_MILLISECONDS = 150;
const LOG_SCALE = "aecore-log-scale";
const NO_HEAD = { settings: "", doing: "", share: 0, figures: [] };
const states = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!data?.run) return undefined;
  const state = states.get(parentElement) ?? begin(parentElement);
  const before = state.data;
  state.data = data;
  state.tellEnded = () => setTriggerValue("ended", true);
  if (before.run !== data.run || before.dark !== data.dark) forget(state);
  if (before.run !== data.run) unname(state);
  if (JSON.stringify(before) !== JSON.stringify(data)) ask(state);
  return () => end(state);
}

function begin(parentElement) {
  const find = (selector) => parentElement.querySelector(selector);
  const state = {
    root: find(".panel"),
    find,
    data: {},
    turn: 0,
    failures: 0,
    readings: [],
    at: null,
    logScale: readLogScale(),
  };
  const toggle = find(".switch input");
  toggle.checked = state.logScale;
  toggle.addEventListener("change", () => changeScale(state, toggle.checked));
  state.resized = new ResizeObserver(() => afterResize(state));
  state.resized.observe(state.root);
  state.seen = () => ask(state);
  document.addEventListener("visibilitychange", state.seen);
  watchReadings(state, find(".chart"));
  states.set(parentElement, state);
  return state;
}

function end(state) {
  state.turn += 1;
  clearTimeout(state.timer);
  clearTimeout(state.resizing);
  state.resized.disconnect();
  document.removeEventListener("visibilitychange", state.seen);
}

/* The next answer is drawn whole, whatever stands there. */
function forget(state) {
  state.version = "";
  state.snapshot = "";
}

/* Until the first answer, what is drawn is another run's. */
function unname({ find }) {
  for (const name of [".loss", ".map"]) find(`${name} .drawing`).removeAttribute("aria-label");
  find(".samples .drawing").alt = "";
}

async function ask(state) {
  clearTimeout(state.timer);
  state.turn += 1;
  // Asked again once the tab is seen.
  if (document.hidden) return;
  const turn = state.turn;
  const next = await answer(state, turn);
  // Another question was asked meanwhile, or the panel is gone.
  if (turn !== state.turn || next === null) return;
  state.timer = setTimeout(() => ask(state), next);
}

/* Shows an answer; milliseconds until the next question, null if there is none. */
async function answer(state, turn) {
  try {
    const response = await fetch(address(state), { cache: "no-store" });
    const told = response.status === 204 ? null : await response.json();
    if (turn !== state.turn) return null;
    if (response.status === 503) throw new Error(told.cause);
    state.failures = 0;
    if (response.status === 404) {
      showRefusal(state, told);
      return null;
    }
    showTrouble(state, "");
    if (told) show(state, told);
    if (!state.ended) return state.waits ? state.data.quickPace : state.data.pace;
    // Start, Stop and the figures beside the panel are the page's.
    if (state.data.follow) state.tellEnded();
    return null;
  } catch {
    if (turn !== state.turn) return null;
    state.failures += 1;
    if (state.failures > FAILURES_UNTOLD) {
      showTrouble(state, "The server does not answer. This goes on by itself once it does.");
    }
    return PAUSE_AFTER_FAILURE;
  }
}

function showRefusal(state, { cause, remedy }) {
  showTrouble(state, `${cause} ${remedy}`);
  for (const name of [".head", ".loss", ".samples", ".map"]) state.find(name).hidden = true;
  forget(state);
}

function address(state) {
  const base = state.data.base ? `/${state.data.base.replace(/^\/|\/$/g, "")}/` : "";
  const url = new URL(`${base}live/${state.data.run}`, document.baseURI);
  state.width = Math.floor(state.root.clientWidth);
  url.search = new URLSearchParams({
    width: state.width,
    dark: Number(state.data.dark),
    log: Number(state.logScale),
    version: state.version,
    snapshot: state.snapshot,
  });
  return url;
}

function show(state, told) {
  Object.assign(state, { version: told.version, ended: told.ended, waits: told.waits });
  state.find(".head").hidden = !told.head;
  showHead(state, told.head ?? NO_HEAD);
  showPart(state, ".loss", told.loss);
  state.readings = told.loss.readings;
  read(state);
  if (!told.snapshot) return;
  state.snapshot = told.snapshot;
  showPart(state, ".samples", told.samples);
  showPart(state, ".map", told.map);
}

function showHead({ find }, { settings, doing, share, figures }) {
  find(".settings").textContent = settings;
  find(".doing").textContent = doing;
  find(".bar").setAttribute("aria-valuenow", Math.round(share * 100));
  find(".bar").setAttribute("aria-valuetext", doing);
  find(".bar > div").style.width = `${share * 100}%`;
  const list = find(".figures");
  if (list.children.length !== figures.length) {
    list.replaceChildren(...figures.map(() => element("div", element("dt"), element("dd"))));
  }
  figures.forEach(([title, value], i) => {
    const [name, figure] = list.children[i].children;
    name.textContent = title;
    figure.textContent = value;
  });
}

function showPart({ find }, name, { title, when, svg, alt, caption }) {
  find(name).hidden = false;
  const heading = [element("strong", title)];
  if (when) heading.push(` · ${when}`);
  find(`${name} .title`).replaceChildren(...heading);
  find(`${name} > .caption`).textContent = caption;
  const drawing = find(`${name} .drawing`);
  if (drawing.tagName === "IMG") {
    drawing.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    drawing.alt = alt;
    return;
  }
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  drawing.replaceChildren(document.importNode(parsed, true));
  drawing.setAttribute("aria-label", alt);
}

function showTrouble({ find }, words) {
  find(".trouble").textContent = words;
  find(".trouble").hidden = !words;
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/* Losses at one point of the curves, where the pointer or the arrow keys are. */

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
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !state.readings.length) return;
    event.preventDefault();
    const last = state.readings.length - 1;
    state.at = Math.min(Math.max((state.at ?? last - step) + step, 0), last);
    read(state);
  });
}

function nearest(readings, x) {
  let found = null;
  readings.forEach(([place], i) => {
    if (found === null || Math.abs(place - x) < Math.abs(readings[found][0] - x)) found = i;
  });
  return found;
}

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

function changeScale(state, logScale) {
  state.logScale = logScale;
  try {
    sessionStorage.setItem(LOG_SCALE, Number(logScale));
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

function afterResize(state) {
  const width = Math.floor(state.root.clientWidth);
  if (!state.data.run || width === state.width || width === 0) return;
  clearTimeout(state.resizing);
  state.resizing = setTimeout(() => {
    forget(state);
    ask(state);
  }, RESIZED_MILLISECONDS);
}
