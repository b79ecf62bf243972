/** What the marks on a map are given, send and keep. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";
import type { PlotlyChart } from "./plotly_types";

/** From ui/shared/map_marks.py. */
export interface Data {
  /** Key of the container that the chart stands in. */
  chart: string;
  rings: Ring[];
}

/** Its place is in the map's units; radius and width are in pixels. */
export interface Ring {
  x: number;
  y: number;
  radius: number;
  width: number;
  colour: string;
}

/** Sends the `customdata` of a point that was clicked on. */
export type Marks = FrontendRenderer<{ clicked: number }, Data>;

export interface State {
  data: Data;
  tell: (position: number) => void;
  plot: PlotlyChart | null;
  layer: SVGElement | null;
  /** The `customdata` under the mouse. */
  hovered?: number;
  pressed: { on: number | undefined; clientX: number; clientY: number } | null;
  draw: () => void;
  hover: (event: import("./plotly_types").HoverEvent) => void;
  unhover: () => void;
  listening: AbortController;
  watcher: MutationObserver;
}
