/** What the card of a sample is given and keeps. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";
import type { HoverEvent, PlotlyChart } from "./plotly_types";

/** From ui/shared/sample_card.py; lists are by position among the samples. */
export type Data = {
  /** Key of the container that the chart stands in. */
  chart: string;
  titles: string[];
  lines: string[];
  series?: Series;
} & (Sheet | { sheet: "" });

/** All pictures in one, in pairs of original and reconstruction. */
export interface Sheet {
  sheet: string;
  /** Pairs in a row of the sheet. */
  columns: number;
  /** Of one picture, in pixels. */
  width: number;
  height: number;
}

export interface Series {
  /** Base64 of bytes (samples, channels, 2, steps), original before reconstruction. */
  values: string;
  names: string[];
  steps: number;
}

export type Card = FrontendRenderer<Record<string, never>, Data>;

export interface State {
  data: Data;
  card: HTMLElement;
  sheet: HTMLImageElement;
  /** What `values` were unpacked from. */
  packed: string;
  values: Uint8Array;
  plot: PlotlyChart | null;
  /** Where the mouse is in the window. */
  pointer: [number, number];
  show: (event: HoverEvent) => void;
  hide: () => void;
  listening: AbortController;
}
