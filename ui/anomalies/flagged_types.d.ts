/** What the list of the oddest rows is given, sends and keeps. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";

export type Mark = "odd" | "normal" | "unsure";

/** From ui/anomalies/flagged.py; lists are of the rows, the oddest first. */
export interface Data {
  channel: string;
  drawn: string;
  /** Of each row its place among those that are judged, and its number. */
  places: number[];
  rows: number[];
  scores: number[];
  /** Scores as they are written. */
  shown: string[];
  p: string[];
  labels: string[];
  odd: boolean[];
  words: string[];
  pictures: string[];
  total: number;
  threshold: number;
  /** By row number. */
  marks: Record<string, Mark>;
}

/** Sends the place of the row that is looked at, and marks that are new, by row number. */
export type FlaggedList = FrontendRenderer<
  { row: number; marks: Record<string, Mark | null> },
  Data
>;

export interface State {
  data: Data;
  list: HTMLElement;
  told: HTMLElement;
  head: HTMLElement;
  keys: HTMLElement;
  options: HTMLElement[];
  drawn: string | null;
  /** Which of the rows is looked at; -1 before any is. */
  at: number;
  /** Rows that raise an alarm: all before this one. */
  alarms: number;
  marks: Map<string, Mark>;
  /** Marks that the server has not confirmed yet. */
  pending: Map<string, Mark | null>;
  sendRow: (place: number) => void;
  sendMarks: (marks: Record<string, Mark | null>) => void;
  /** A message that waits until the keys are at rest. */
  later: number;
  listening: AbortController;
}
