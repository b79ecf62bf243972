/** What the panel of a run is given, gets as answers, and keeps. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";

/** From ui/train/live.py; nothing at all where the code is only fetched ahead. */
export interface Data {
  run: string;
  /** The run whose curves lie pale behind; empty for none. */
  behind: string;
  /** Says who looks, where visitors are told apart. */
  ticket: string;
  /** The path below which the server serves the app. */
  base: string;
  dark: boolean;
  /** Whether the page is to be run when the run ends. */
  follow: boolean;
  /** Milliseconds from one answer to the next question. */
  pace: number;
  /** The same while something is waited for. */
  quickPace: number;
}

export type Panel = FrontendRenderer<{ ended: true }, Partial<Data> | undefined>;

/** How a run looks now, from ui/train/live_answer.py. */
export interface Told {
  version: string;
  ended: boolean;
  /** Whether the first epoch is not there yet. */
  waits: boolean;
  head?: Head;
  loss: Part & { readings: Reading[] };
  /** Parts of the loss beside the reconstruction; null where it has none. */
  terms: Part | null;
  /** Names what samples and map are drawn from; these three come when that has changed. */
  snapshot?: string;
  samples?: Part;
  map?: Part;
}

export interface Head {
  doing: string;
  /** Of the epochs, from 0 to 1. */
  share: number;
  /** Title and value of each. */
  figures: [string, string][];
}

export interface Part {
  title: string;
  when?: string;
  svg: string;
  alt: string;
  caption: string;
}

/** A place across in pixels, and the lines of text that stand there. */
export type Reading = [number, ...string[]];

/** Why there is nothing to show. */
export interface Refusal {
  cause: string;
  remedy: string;
}

/** What came of a question: a run as it is, no news, a refusal for good, or trouble for now. */
export type Reply =
  | { kind: "told"; told: Told }
  | { kind: "same" }
  | { kind: "refused"; refusal: Refusal }
  | { kind: "trouble"; words: string };

export interface State {
  root: HTMLElement;
  find: (selector: string) => HTMLElement;
  data: Data;
  tellEnded: () => void;
  /** Counts the questions; the answer to an earlier one is dropped. */
  turn: number;
  failures: number;
  /** What is drawn now. */
  version: string;
  snapshot: string;
  ended: boolean;
  waits: boolean;
  width: number;
  logScale: boolean;
  readings: Reading[];
  /** Which of the readings is pointed at. */
  at: number | null;
  /** How far the run is; null once it has ended. */
  head: Head | null;
  seen: () => void;
  /** Tells the bar again how far the run is. */
  asked: () => void;
  resized: ResizeObserver;
  timer?: ReturnType<typeof setTimeout>;
  resizing?: ReturnType<typeof setTimeout>;
}
