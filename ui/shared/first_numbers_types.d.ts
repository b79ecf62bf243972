/** What the slider of first numbers is given and keeps. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";

/** From ui/shared/first_numbers.py; lists are by length of the code. */
export interface Data {
  /** Addresses that hold the pictures themselves. */
  pictures: string[];
  sentences: string[];
}

export type Numbers = FrontendRenderer<Record<string, never>, Data>;

export interface State {
  data: Data;
  root: HTMLElement;
  slider: HTMLInputElement;
  told: HTMLOutputElement;
  frames: HTMLElement;
}
