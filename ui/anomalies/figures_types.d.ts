/** What the figures at the threshold are given and keep. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";

export interface Data {
  channel: string;
}

export type Figures = FrontendRenderer<Record<string, never>, Data>;

/** A figure: its title, its value, and what stands under it. */
export type Figure = [title: string, value: string, under: string];

export interface State {
  channel: string;
  root: HTMLElement;
  /** The titles that stand there, and the places for their values. */
  titles: string;
  cells: HTMLElement[][];
  listening: AbortController;
}
