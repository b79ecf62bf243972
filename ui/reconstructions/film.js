/* How did a run learn? All its frames arrive at once and are played here: the probe's
reconstructions, the map of codes and the histogram of errors, with no word to the server.

Places between two frames are drawn while it plays, unless less motion is asked for. All texts are
set as text, never as HTML. */

const MAP_HEIGHT = 340;
const BARS_HEIGHT = 340;
const TILE = 72;
const GAP = 6;
const LINE = 18;
const LINES_HEIGHT = 90;
const RADIUS = 3.2;
const SYMBOLS = [circle, diamond, square, cross];
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const states = new WeakMap();

export default function ({ data, parentElement }) {
  const state = states.get(parentElement) ?? begin(parentElement);
  take(state, data);
  draw(state);
  return () => end(state, parentElement);
}

function begin(parentElement) {
  const find = (name) => parentElement.querySelector(name);
  const state = { place: 0, playing: false, began: 0, from: 0, request: 0, sheet: new Image() };
  for (const name of ["map", "bars", "probe"]) {
    state[name] = find(`.${name} canvas`);
  }
  Object.assign(state, { button: find("button"), slider: find("input"), speed: find("select") });
  Object.assign(state, { now: find(".now"), legend: find(".legend"), root: find(".film") });
  state.sheet.onload = () => draw(state);
  state.button.onclick = () => (state.playing ? pause(state) : play(state));
  state.slider.oninput = () => go(state, Number(state.slider.value));
  state.speed.onchange = () => restart(state);
  state.watcher = new ResizeObserver(() => draw(state));
  state.watcher.observe(state.root);
  states.set(parentElement, state);
  return state;
}

function end(state, parentElement) {
  cancelAnimationFrame(state.request);
  state.watcher.disconnect();
  states.delete(parentElement);
}

function take(state, data) {
  if (state.data?.points !== data.points) {
    pause(state);
    state.place = 0;
    state.points = new Uint16Array(bytes(data.points).buffer);
    state.values = data.probe?.values ? bytes(data.probe.values) : null;
    state.slider.max = data.epochs.length - 1;
  }
  state.data = data;
  state.button.disabled = data.epochs.length < 2;
  state.slider.disabled = data.epochs.length < 2;
  if (data.probe?.sheet && state.sheet.src !== data.probe.sheet) state.sheet.src = data.probe.sheet;
  state.probe.parentElement.hidden = !data.probe;
  state.probe.parentElement.querySelector("figcaption").textContent = data.probe?.caption ?? "";
  state.bars.parentElement.hidden = !data.range.length;
  writeLegend(state);
}

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function play(state) {
  if (state.place >= last(state)) state.place = 0;
  state.playing = true;
  restart(state);
  state.button.textContent = "Pause";
  state.request = requestAnimationFrame((time) => step(state, time));
}

function pause(state) {
  state.playing = false;
  cancelAnimationFrame(state.request);
  state.place = Math.round(state.place);
  state.button.textContent = "Play";
}

function restart(state) {
  state.from = state.place;
  state.began = performance.now();
}

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

function go(state, place) {
  pause(state);
  state.place = place;
  draw(state);
}

function last(state) {
  return state.data.epochs.length - 1;
}

function draw(state) {
  if (!state.data) return;
  const frame = Math.round(state.place);
  say(state, frame);
  drawMap(state);
  if (state.data.range.length) drawBars(state, frame);
  if (state.data.probe) PROBES[state.data.probe.kind](state, frame);
}

function say(state, frame) {
  const { epochs, moments } = state.data;
  state.slider.value = frame;
  state.slider.setAttribute("aria-valuetext", moments[frame]);
  state.root.dataset.frame = frame;
  state.root.dataset.epoch = epochs[frame];
  state.now.textContent = moments[frame];
  for (const canvas of [state.map, state.bars, state.probe]) {
    const title = canvas.parentElement.querySelector("figcaption").textContent;
    canvas.setAttribute("aria-label", `${title}. ${moments[frame]}`);
  }
}

function ready(canvas, height) {
  const width = canvas.parentElement.clientWidth;
  const scale = window.devicePixelRatio || 1;
  canvas.style.height = `${height}px`;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.font = `12px ${getComputedStyle(canvas).fontFamily}`;
  return { context, width, height };
}

function drawMap(state) {
  const { context, width, height } = ready(state.map, MAP_HEIGHT);
  const { group, groups, colours } = state.data;
  const side = Math.min(width, height) - 4 * RADIUS;
  const left = (width - side) / 2;
  const top = (height - side) / 2;
  context.strokeStyle = colours.grid;
  context.strokeRect(left - 1.5 * RADIUS, top - 1.5 * RADIUS, side + 3 * RADIUS, side + 3 * RADIUS);
  context.globalAlpha = 0.85;
  group.forEach((own, i) => {
    const [x, y] = between(state, i);
    context.fillStyle = groups[own].colour;
    context.beginPath();
    SYMBOLS[groups[own].symbol](context, left + x * side, top + (1 - y) * side, RADIUS);
    context.fill();
  });
}

function between(state, i) {
  const before = Math.floor(state.place);
  const after = Math.min(before + 1, last(state));
  const share = state.place - before;
  const count = state.data.group.length;
  return [0, 1].map((axis) => {
    const [a, b] = [before, after].map((frame) => state.points[2 * (frame * count + i) + axis]);
    return (a + share * (b - a)) / 65535;
  });
}

function circle(context, x, y, r) {
  context.arc(x, y, r, 0, 2 * Math.PI);
}

function diamond(context, x, y, r) {
  const far = 1.4 * r;
  context.moveTo(x, y - far);
  context.lineTo(x + far, y);
  context.lineTo(x, y + far);
  context.lineTo(x - far, y);
  context.closePath();
}

function square(context, x, y, r) {
  context.rect(x - r, y - r, 2 * r, 2 * r);
}

function cross(context, x, y, r) {
  const thin = 0.4 * r;
  context.rect(x - 1.3 * r, y - thin, 2.6 * r, 2 * thin);
  context.rect(x - thin, y - 1.3 * r, 2 * thin, 2.6 * r);
}

function drawBars(state, frame) {
  const { context, width, height } = ready(state.bars, BARS_HEIGHT);
  const { counts, range, means, colours } = state.data;
  const area = { left: 34, right: width - 6, top: LINE + 4, bottom: height - 2 * LINE - 4 };
  const highest = Math.max(1, ...counts[frame]);
  const span = Math.log(range[1] / range[0]);
  const across = (value) =>
    area.left + ((area.right - area.left) * Math.log(value / range[0])) / span;
  const up = (value) => area.bottom - ((area.bottom - area.top) * value) / highest;
  const wide = (area.right - area.left) / counts[frame].length;
  drawAxes(context, state.data, area, across);
  context.textAlign = "right";
  for (const value of [0, highest]) context.fillText(value, area.left - 5, up(value) + 4);
  context.fillStyle = colours.reconstruction;
  counts[frame].forEach((value, i) => {
    context.fillRect(area.left + i * wide, up(value), wide - 1, area.bottom - up(value));
  });
  const mean = across(Math.min(Math.max(means[frame], range[0]), range[1]));
  context.strokeStyle = context.fillStyle = colours.text;
  line(context, mean, area.top, mean, area.bottom);
  context.textAlign = mean > width / 2 ? "right" : "left";
  context.fillText(`mean ${rounded(means[frame])}`, mean, area.top - 6);
}

function drawAxes(context, { range, colours }, area, across) {
  context.strokeStyle = colours.grid;
  context.fillStyle = colours.muted;
  line(context, area.left, area.bottom, area.right, area.bottom);
  context.textAlign = "center";
  for (let power = Math.ceil(Math.log10(range[0])); 10 ** power <= range[1]; power += 1) {
    const x = across(10 ** power);
    line(context, x, area.top, x, area.bottom);
    context.fillText(rounded(10 ** power), x, area.bottom + 14);
  }
  const middle = (area.left + area.right) / 2;
  context.fillText("MSE of a sample (squared scaled units)", middle, area.bottom + 32);
}

function rounded(value) {
  return Number(value.toPrecision(3)).toString();
}

function line(context, x1, y1, x2, y2) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

const PROBES = { image: drawPictures, table: drawDots, series: drawLines };

function drawPictures(state, frame) {
  const { titles, width, height } = state.data.probe;
  const label = 92;
  const room = (state.probe.parentElement.clientWidth - label) / titles.length - GAP;
  const scale = Math.min(TILE, room) / Math.max(width, height);
  const [wide, high] = [width * scale, height * scale];
  const { context } = ready(state.probe, LINE + 3 * (high + GAP));
  context.imageSmoothingEnabled = false;
  const frames = state.data.epochs.length;
  const rows = [0, 1 + frame, 1 + frames + frame];
  ["original", "reconstruction", "difference"].forEach((name, i) => {
    context.fillStyle = state.data.colours.muted;
    context.fillText(name, 0, LINE + i * (high + GAP) + high / 2 + 4);
  });
  titles.forEach((title, i) => {
    const x = label + i * (wide + GAP);
    context.fillStyle = state.data.colours.text;
    context.fillText(title, x, 12, wide);
    if (!state.sheet.complete || !state.sheet.naturalWidth) return;
    rows.forEach((row, k) => {
      const target = [x, LINE + k * (high + GAP), wide, high];
      context.drawImage(state.sheet, i * width, row * height, width, height, ...target);
    });
  });
}

function panels(state, height) {
  const { titles } = state.data.probe;
  const { context, width } = ready(state.probe, height);
  const each = (width - (titles.length - 1) * 4 * GAP) / titles.length;
  titles.forEach((title, i) => {
    context.fillStyle = state.data.colours.text;
    context.textAlign = "left";
    context.fillText(title, i * (each + 4 * GAP), 12, each);
  });
  return { context, each, left: (i) => i * (each + 4 * GAP) };
}

function drawLines(state, frame) {
  const { titles, names, steps } = state.data.probe;
  const { context, each, left } = panels(state, LINE + names.length * (LINES_HEIGHT + LINE));
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

function trace(context, values, left, top, width) {
  context.beginPath();
  values.forEach((value, step) => {
    const x = left + (width * step) / Math.max(1, values.length - 1);
    context.lineTo(x, top + LINES_HEIGHT * (1 - value / 255));
  });
  if (values.length === 1) context.lineTo(left + width, top + LINES_HEIGHT * (1 - values[0] / 255));
}

function drawDots(state, frame) {
  const { titles, names } = state.data.probe;
  const { colours } = state.data;
  const { context, each, left } = panels(state, LINE * (names.length + 1) + GAP);
  const label = Math.min(150, each * 0.45);
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
      circle(context, after, y, 4);
      context.fill();
    });
  });
}

function ring(context, x, y, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  circle(context, x, y, 4.5);
  context.stroke();
}

function writeLegend(state) {
  const { groups, legend } = state.data;
  const entries = groups.slice(0, legend).map(({ name, colour, symbol }) => {
    const entry = document.createElement("span");
    const mark = document.createElement("canvas");
    [mark.width, mark.height] = [12, 12];
    Object.assign(mark.style, { display: "inline-block", width: "12px", marginRight: "5px" });
    const context = mark.getContext("2d");
    context.fillStyle = colour;
    context.beginPath();
    SYMBOLS[symbol](context, 6, 6, 4);
    context.fill();
    entry.append(mark, name);
    return entry;
  });
  if (legend && groups.length > legend) entries.push(`and ${groups.length - legend} more`);
  state.legend.replaceChildren(...entries);
}
