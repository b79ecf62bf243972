/** What the threshold on the spread of scores is given, sends and keeps. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";

/** A picture of the spread, and where its plot lies; see ui/figures/spread.py. */
export interface Drawn {
  picture: string;
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** The scores at the ends of the plot. */
  low: number;
  high: number;
  log: boolean;
}

/** From ui/anomalies/threshold.py; packed numbers are base64, ascending. */
export interface Data {
  channel: string;
  drawn: string;
  title: string;
  /** Rows in all; the largest of their scores are in `scores`. */
  total: number;
  scores: string;
  /** 1 odd, 0 normal, -1 unknown, in the order of the scores; empty without labels. */
  kinds: string;
  counts: { odd: number; normal: number };
  calibration: string;
  calibrationTotal: number;
  /** 95 % intervals of the rate of false alarms, by calibration rows that raise an alarm. */
  bands: { counts: number[]; low: number[]; high: number[] };
  linear: Drawn;
  log: Drawn | null;
  startsLog: boolean;
  threshold: number;
  /** The rate that the rule itself promises, while the threshold stands where it put it. */
  byRule: Rate | null;
}

export interface Rate {
  value: number;
  low: number;
  high: number;
}

/** What the event `odd-threshold` tells, on the document. */
export interface Moved {
  channel: string;
  threshold: number;
  flagged: number;
  rows: number;
  /** Of the rows that calibrate, those that raise an alarm, and all. */
  raised: number;
  calibration: number;
  rate: Rate | null;
  /** Odd and normal rows that raise an alarm; 0 without labels. */
  hits: number;
  falseAlarms: number;
  known: { odd: number; normal: number } | null;
}

/** Sends each threshold that a hand chose. */
export type ThresholdView = FrontendRenderer<{ threshold: number }, Data>;

export interface State {
  data: Data;
  send: (threshold: number) => void;
  svg: SVGSVGElement;
  picture: HTMLImageElement;
  log: HTMLInputElement;
  handle: SVGElement;
  alarms: SVGElement;
  scores: Float64Array;
  calibration: Float64Array;
  /** Odd, and normal, rows before each place among the scores. */
  odd: Int32Array;
  normal: Int32Array;
  at: number;
  dragging: boolean;
  /** A frame that is asked for; 0 without. */
  frame: number;
  /** A message that waits until the keys are at rest. */
  later: number;
  drawn: string | null;
  served: number | null;
  listening: AbortController;
}

/** Of an SVG element. */
export type Attributes = Record<string, string | number>;
