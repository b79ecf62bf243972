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
  /** For each sample its place in `classes`. */
  class_of: number[];
  classes: Class[];
  /** How many classes the legend names; 0 for no legend. */
  named: number;
  /** How many more there are, in words; may be empty. */
  unnamed: string;
  /** Of each frame the bars of the histogram. */
  counts: number[][];
  /** Of each frame the mean error, in words. */
  means: string[];
  /** Of each frame where that stands, as a share of the way along the axis. */
  means_at: number[];
  /** Of the axis of errors: shares of the way along it, and what is written there; may be empty. */
  ticks: [number, string][];
  /** What the axis of errors is. */
  axis: string;
  probe: Probe | null;
  colours: Colours;
}

export interface Class {
  name: string;
  colour: string;
  /** Of its mark in SVG, around the origin, of radius 1. */
  path: string;
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
  /** Of rows of pictures, of features, or of channels. */
  names: string[];
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
}

export interface Lines extends Shown {
  kind: "series";
  /** Base64 of bytes (1 + frames, samples, channels, steps), originals first. */
  values: string;
  steps: number;
}

export type Film = FrontendRenderer<Record<string, never>, Data>;

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
  /** Of each class, around the origin, of radius 1. */
  marks: Path2D[];
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
