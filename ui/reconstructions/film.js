/* The film of a training. All its frames arrive at once and are played here: the probe's
reconstructions, the map of codes and the histogram of errors, with no word to the server.

Places between two frames are drawn while it plays, unless less motion is asked for. All texts are
set as text, never as HTML. */

/** @import { Area, Data, Dots, Film, Lines, Pictures, State } from "./film_types" */

const MAP_HEIGHT = 340;
const BARS_HEIGHT = 340;
const TILE = 72;
const GAP = 6;
const LINE = 18;
const LINES_HEIGHT = 90;
const RADIUS = 3.2;
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
/** @type {WeakMap<Node, State>} */
const states = new WeakMap();

/** @type {Film} */
export default function ({ data, parentElement }) {
  const state = states.get(parentElement) ?? begin(parentElement, data);
  take(state, data);
  draw(state);
  return () => end(state, parentElement);
}

/** @param {HTMLElement | ShadowRoot} parentElement @param {Data} data */
function begin(parentElement, data) {
  /** @param {string} name @returns {any} */
  const find = (name) => parentElement.querySelector(name);
  /** @type {State} */
  const state = {
    data,
    taken: "",
    place: 0,
    playing: false,
    from: 0,
    began: 0,
    request: 0,
    marks: [],
    points: new Uint16Array(),
    values: new Uint8Array(),
    sheet: new Image(),
    map: find(".map canvas"),
    bars: find(".bars canvas"),
    probe: find(".probe canvas"),
    button: find("button"),
    slider: find("input"),
    speed: find("select"),
    now: find(".now"),
    legend: find(".legend"),
    root: find(".film"),
    watcher: new ResizeObserver(() => draw(state)),
  };
  state.sheet.onload = () => draw(state);
  state.button.onclick = () => (state.playing ? pause(state) : play(state));
  state.slider.oninput = () => go(state, Number(state.slider.value));
  state.speed.onchange = () => restart(state);
  state.watcher.observe(state.root);
  states.set(parentElement, state);
  return state;
}

/** @param {State} state @param {Node} parentElement */
function end(state, parentElement) {
  cancelAnimationFrame(state.request);
  state.watcher.disconnect();
  states.delete(parentElement);
}

/** @param {State} state @param {Data} data */
function take(state, data) {
  const { epochs, points, probe, ticks } = data;
  if (state.taken !== points) {
    pause(state);
    state.taken = points;
    state.place = 0;
    state.points = new Uint16Array(bytes(points).buffer);
    state.values = probe && "values" in probe ? bytes(probe.values) : new Uint8Array();
    state.marks = data.classes.map(({ path }) => new Path2D(path));
    state.slider.max = String(epochs.length - 1);
  }
  state.data = data;
  state.button.disabled = epochs.length < 2;
  state.slider.disabled = epochs.length < 2;
  if (probe?.kind === "image" && state.sheet.src !== probe.sheet) state.sheet.src = probe.sheet;
  figure(state.probe).hidden = !probe;
  caption(state.probe).textContent = probe?.caption ?? "";
  figure(state.bars).hidden = !ticks.length;
  writeLegend(state);
}

/** @param {HTMLCanvasElement} canvas */
function figure(canvas) {
  return /** @type {HTMLElement} */ (canvas.parentElement);
}

/** @param {HTMLCanvasElement} canvas */
function caption(canvas) {
  return /** @type {HTMLElement} */ (figure(canvas).querySelector("figcaption"));
}

/** @param {string} text */
function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** @param {State} state */
function play(state) {
  if (state.place >= last(state)) state.place = 0;
  state.playing = true;
  restart(state);
  state.button.textContent = "Pause";
  state.request = requestAnimationFrame((time) => step(state, time));
}

/** @param {State} state */
function pause(state) {
  state.playing = false;
  cancelAnimationFrame(state.request);
  state.place = Math.round(state.place);
  state.button.textContent = "Play";
}

/** @param {State} state */
function restart(state) {
  state.from = state.place;
  state.began = performance.now();
}

/** @param {State} state @param {number} time */
function step(state, time) {
  const passed = (Math.max(0, time - state.began) / 1000) * Number(state.speed.value);
  const place = Math.min(last(state), state.from + passed);
  state.place = still.matches ? Math.floor(place) : place;
  draw(state);
  if (place >= last(state)) {
    pause(state);
  } else if (state.playing) {
    state.request = requestAnimationFrame((next) => step(state, next));
  }
}

/** @param {State} state @param {number} place */
function go(state, place) {
  pause(state);
  state.place = place;
  draw(state);
}

/** @param {State} state */
function last(state) {
  return state.data.epochs.length - 1;
}

/** @param {State} state */
function draw(state) {
  const frame = Math.round(state.place);
  const { probe, ticks } = state.data;
  say(state, frame);
  drawMap(state);
  if (ticks.length) drawBars(state, frame);
  if (probe?.kind === "image") drawPictures(state, probe, frame);
  if (probe?.kind === "table") drawDots(state, probe, frame);
  if (probe?.kind === "series") drawLines(state, probe, frame);
}

/** @param {State} state @param {number} frame */
function say(state, frame) {
  const { epochs, moments } = state.data;
  state.slider.value = String(frame);
  state.slider.setAttribute("aria-valuetext", moments[frame]);
  state.root.dataset.frame = String(frame);
  state.root.dataset.epoch = String(epochs[frame]);
  state.now.textContent = moments[frame];
  for (const canvas of [state.map, state.bars, state.probe]) {
    canvas.setAttribute("aria-label", `${caption(canvas).textContent}. ${moments[frame]}`);
  }
}

/** @param {HTMLCanvasElement} canvas @param {number} height */
function ready(canvas, height) {
  const width = figure(canvas).clientWidth;
  const scale = window.devicePixelRatio || 1;
  canvas.style.height = `${height}px`;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(scale, scale);
  context.font = `12px ${getComputedStyle(canvas).fontFamily}`;
  return { context, width, height };
}

/** @param {State} state */
function drawMap(state) {
  const { context, width, height } = ready(state.map, MAP_HEIGHT);
  const { class_of, classes, colours } = state.data;
  const side = Math.min(width, height) - 4 * RADIUS;
  const left = (width - side) / 2;
  const top = (height - side) / 2;
  context.strokeStyle = colours.grid;
  context.strokeRect(left - 1.5 * RADIUS, top - 1.5 * RADIUS, side + 3 * RADIUS, side + 3 * RADIUS);
  context.globalAlpha = 0.85;
  class_of.forEach((own, i) => {
    const [x, y] = between(state, i);
    context.fillStyle = classes[own].colour;
    fillMark(context, state.marks[own], left + x * side, top + (1 - y) * side, RADIUS);
  });
}

/**
 * The mark of a class around a point.
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} mark - around the origin, of radius 1
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function fillMark(context, mark, x, y, radius) {
  context.save();
  context.translate(x, y);
  context.scale(radius, radius);
  context.fill(mark);
  context.restore();
}

/** @param {State} state @param {number} i - of the samples */
function between(state, i) {
  const before = Math.floor(state.place);
  const after = Math.min(before + 1, last(state));
  const share = state.place - before;
  const count = state.data.class_of.length;
  return [0, 1].map((axis) => {
    const [a, b] = [before, after].map((frame) => state.points[2 * (frame * count + i) + axis]);
    return (a + share * (b - a)) / 65535;
  });
}

/** @param {State} state @param {number} frame */
function drawBars(state, frame) {
  const { context, width, height } = ready(state.bars, BARS_HEIGHT);
  const { counts, means, means_at, colours } = state.data;
  const area = { left: 34, right: width - 6, top: LINE + 4, bottom: height - 2 * LINE - 4 };
  const highest = Math.max(1, ...counts[frame]);
  /** @param {number} share - of the way along the axis */
  const across = (share) => area.left + (area.right - area.left) * share;
  /** @param {number} value */
  const up = (value) => area.bottom - ((area.bottom - area.top) * value) / highest;
  const wide = (area.right - area.left) / counts[frame].length;
  drawAxes(context, state.data, area, across);
  context.textAlign = "right";
  for (const value of [0, highest]) context.fillText(String(value), area.left - 5, up(value) + 4);
  context.fillStyle = colours.reconstruction;
  counts[frame].forEach((value, i) => {
    context.fillRect(area.left + i * wide, up(value), wide - 1, area.bottom - up(value));
  });
  const mean = across(means_at[frame]);
  context.strokeStyle = context.fillStyle = colours.text;
  line(context, mean, area.top, mean, area.bottom);
  context.textAlign = mean > width / 2 ? "right" : "left";
  context.fillText(means[frame], mean, area.top - 6);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Data} data
 * @param {Area} area
 * @param {(share: number) => number} across
 */
function drawAxes(context, { ticks, axis, colours }, area, across) {
  context.strokeStyle = colours.grid;
  context.fillStyle = colours.muted;
  line(context, area.left, area.bottom, area.right, area.bottom);
  context.textAlign = "center";
  for (const [share, label] of ticks) {
    const x = across(share);
    line(context, x, area.top, x, area.bottom);
    context.fillText(label, x, area.bottom + 14);
  }
  context.fillText(axis, (area.left + area.right) / 2, area.bottom + 32);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 */
function line(context, x1, y1, x2, y2) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/** @param {State} state @param {Pictures} probe @param {number} frame */
function drawPictures(state, { titles, names, width, height }, frame) {
  const label = 92;
  const room = (figure(state.probe).clientWidth - label) / titles.length - GAP;
  const scale = Math.min(TILE, room) / Math.max(width, height);
  const [wide, high] = [width * scale, height * scale];
  const { context } = ready(state.probe, LINE + names.length * (high + GAP));
  context.imageSmoothingEnabled = false;
  const frames = state.data.epochs.length;
  const rows = [0, 1 + frame, 1 + frames + frame];
  names.forEach((name, i) => {
    context.fillStyle = state.data.colours.muted;
    context.fillText(name, 0, LINE + i * (high + GAP) + high / 2 + 4);
  });
  titles.forEach((title, i) => {
    const x = label + i * (wide + GAP);
    context.fillStyle = state.data.colours.text;
    context.fillText(title, x, 12, wide);
    if (!state.sheet.complete || !state.sheet.naturalWidth) return;
    rows.forEach((row, k) => {
      const y = LINE + k * (high + GAP);
      context.drawImage(state.sheet, i * width, row * height, width, height, x, y, wide, high);
    });
  });
}

/** @param {State} state @param {string[]} titles @param {number} height */
function panels(state, titles, height) {
  const { context, width } = ready(state.probe, height);
  const each = (width - (titles.length - 1) * 4 * GAP) / titles.length;
  titles.forEach((title, i) => {
    context.fillStyle = state.data.colours.text;
    context.textAlign = "left";
    context.fillText(title, i * (each + 4 * GAP), 12, each);
  });
  /** @param {number} i - of the panels */
  const left = (i) => i * (each + 4 * GAP);
  return { context, each, left };
}

/** @param {State} state @param {Lines} probe @param {number} frame */
function drawLines(state, { titles, names, steps }, frame) {
  const { context, each, left } = panels(
    state,
    titles,
    LINE + names.length * (LINES_HEIGHT + LINE),
  );
  const samples = titles.length;
  titles.forEach((_, i) => {
    names.forEach((name, channel) => {
      const top = LINE + channel * (LINES_HEIGHT + LINE);
      context.fillStyle = state.data.colours.muted;
      context.fillText(name, left(i), top + 12, each);
      [0, 1 + frame].forEach((look, side) => {
        const first = ((look * samples + i) * names.length + channel) * steps;
        const values = state.values.subarray(first, first + steps);
        trace(context, values, left(i), top + LINE, each);
        context.strokeStyle = side
          ? state.data.colours.reconstruction
          : state.data.colours.original;
        context.globalAlpha = side ? 1 : 0.5;
        context.lineWidth = side ? 1.6 : 3.5;
        context.stroke();
        context.globalAlpha = 1;
      });
    });
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Uint8Array} values
 * @param {number} left
 * @param {number} top
 * @param {number} width
 */
function trace(context, values, left, top, width) {
  context.beginPath();
  values.forEach((value, step) => {
    const x = left + (width * step) / Math.max(1, values.length - 1);
    context.lineTo(x, top + LINES_HEIGHT * (1 - value / 255));
  });
  if (values.length === 1) context.lineTo(left + width, top + LINES_HEIGHT * (1 - values[0] / 255));
}

/** @param {State} state @param {Dots} probe @param {number} frame */
function drawDots(state, { titles, names }, frame) {
  const { colours } = state.data;
  const { context, each, left } = panels(state, titles, LINE * (names.length + 1) + GAP);
  const label = Math.min(150, each * 0.45);
  /** @param {number} look @param {number} i @param {number} k */
  const value = (look, i, k) => state.values[(look * titles.length + i) * names.length + k] / 255;
  titles.forEach((_, i) => {
    const start = left(i) + label;
    const wide = each - label - 6;
    names.forEach((name, k) => {
      const y = LINE * (k + 1.5);
      const [before, after] = [0, 1 + frame].map((look) => start + wide * value(look, i, k));
      context.fillStyle = colours.muted;
      context.fillText(name, left(i), y + 4, label - 8);
      context.strokeStyle = colours.grid;
      context.lineWidth = 4;
      line(context, before, y, after, y);
      ring(context, before, y, colours.original);
      context.fillStyle = colours.reconstruction;
      context.beginPath();
      context.arc(after, y, 4, 0, 2 * Math.PI);
      context.fill();
    });
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 */
function ring(context, x, y, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 4.5, 0, 2 * Math.PI);
  context.stroke();
}

/** @param {State} state */
function writeLegend(state) {
  const { classes, named, unnamed } = state.data;
  /** @type {(Node | string)[]} */
  const entries = classes.slice(0, named).map(({ name, colour }, i) => {
    const entry = document.createElement("span");
    const mark = document.createElement("canvas");
    [mark.width, mark.height] = [12, 12];
    Object.assign(mark.style, { display: "inline-block", width: "12px", marginRight: "5px" });
    const context = /** @type {CanvasRenderingContext2D} */ (mark.getContext("2d"));
    context.fillStyle = colour;
    fillMark(context, state.marks[i], 6, 6, 4);
    entry.append(mark, name);
    return entry;
  });
  if (unnamed) entries.push(unnamed);
  state.legend.replaceChildren(...entries);
}
