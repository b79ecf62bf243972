/** What the pad is given, sends and keeps. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";

/** From ui/try_your_own/pad.py. */
export interface Data {
  /** Of what is drawn for, in pixels; the pad has these proportions. */
  height: number;
  width: number;
  /** Whether the pad looks like paper, or like a blackboard. */
  light: boolean;
  /** Whether the page is dark. */
  dark: boolean;
}

/** Sends the drawing as the data address of a PNG file; nothing while the pad is empty. */
export type Pad = FrontendRenderer<{ drawing: string }, Data>;

export interface Stroke {
  width: number;
  points: [number, number][];
}

export interface State {
  tell: (drawing: string) => void;
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
  brush: HTMLInputElement;
  strokes: Stroke[];
  /** The finger, pen or mouse that draws. */
  pointer: number | null;
  timer: ReturnType<typeof setTimeout> | null;
  /** What was sent last. */
  sent: string;
}
