/** What the film of a training is given and keeps. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";

/** From ui/reconstructions/film.py and film_frames.py; lists of frames are in order of time. */
export interface Data {
  /** The epoch of each frame. */
  epochs: number[];
  /** What is said of each frame. */
  moments: string[];
  /** Base64 of 16-bit places from 0 to 65535: (frames, samples, 2). */
  points: string;
  /** For each sample its place in `groups`. */
  group: number[];
  groups: Group[];
  /** Groups that the legend names; 0 for no legend. */
  legend: number;
  /** Of each frame the bars of the histogram. */
  counts: number[][];
  /** Lowest and highest error of the histogram; empty if there is none. */
  range: [number, number] | [];
  /** Of each frame the mean error. */
  means: number[];
  probe: Probe | null;
  colours: Colours;
}

export interface Group {
  name: string;
  colour: string;
  symbol: number;
}

export type Colours = Record<
  "text" | "muted" | "grid" | "surface" | "original" | "reconstruction",
  string
>;

/** The samples that are rebuilt at each frame. */
export type Probe = Pictures | Dots | Lines;

interface Shown {
  caption: string;
  titles: string[];
}

export interface Pictures extends Shown {
  kind: "image";
  /** A row of originals, then one of reconstructions a frame, then one of differences. */
  sheet: string;
  /** Of one picture, in pixels. */
  width: number;
  height: number;
}

export interface Dots extends Shown {
  kind: "table";
  /** Base64 of bytes (1 + frames, samples, features), originals first. */
  values: string;
  names: string[];
}

export interface Lines extends Shown {
  kind: "series";
  /** Base64 of bytes (1 + frames, samples, channels, steps), originals first. */
  values: string;
  names: string[];
  steps: number;
}

export type Film = FrontendRenderer<Record<string, never>, Data>;

export type Symbol = (context: CanvasRenderingContext2D, x: number, y: number, r: number) => void;

/** The plane of the histogram within its canvas, in pixels. */
export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface State {
  data: Data;
  /** The `points` that were unpacked. */
  taken: string;
  /** Which frame is shown; a fraction between two while it plays. */
  place: number;
  playing: boolean;
  /** Where and when it began to play. */
  from: number;
  began: number;
  /** Of the animation frame that was asked for. */
  request: number;
  points: Uint16Array;
  /** Of the probe, unpacked; empty for pictures. */
  values: Uint8Array;
  sheet: HTMLImageElement;
  map: HTMLCanvasElement;
  bars: HTMLCanvasElement;
  probe: HTMLCanvasElement;
  button: HTMLButtonElement;
  slider: HTMLInputElement;
  speed: HTMLSelectElement;
  now: HTMLElement;
  legend: HTMLElement;
  root: HTMLElement;
  watcher: ResizeObserver;
}
