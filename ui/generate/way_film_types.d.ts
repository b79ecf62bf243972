/** What the film of a way is given and keeps. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";

/** From ui/generate/way_film.py. */
export interface Data {
  /** All frames in one picture, side by side. */
  sheet: string;
  frames: number;
  /** Of one frame, in pixels. */
  width: number;
  height: number;
  /** Pixels on screen for one of a frame. */
  scale: number;
}

export type Film = FrontendRenderer<Record<string, never>, Data>;

export interface State {
  data: Data;
  canvas: HTMLCanvasElement;
  slider: HTMLInputElement;
  share: HTMLOutputElement;
  button: HTMLButtonElement;
  sheet: HTMLImageElement;
  /** Of the interval; 0 while it stands still. */
  timer: number;
  /** 1 on the way there, -1 on the way back. */
  step: number;
}
