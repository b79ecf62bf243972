/** What the progress of a run is given. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";

/** From ui/train/progress.py; nothing at all where the code is only fetched ahead. */
export interface Data {
  run: string;
  /** Said until the panel has heard of the run. */
  beginning: string;
}

export type Progress = FrontendRenderer<Record<string, never>, Partial<Data> | undefined>;
