/** What the map of a plane is given, sends and keeps. */

import type { FrontendRenderer } from "@streamlit/component-v2-lib";

/** Across and up, in units of the plane or in pixels. */
export type Place = [number, number];

/** From ui/generate/plane_map.py, where each field is explained. */
export interface Data {
  drawn: string;
  alt: string;
  picture: string;
  /** Left, right, bottom, top. */
  extent: [number, number, number, number];
  ratio: number;
  titles: [string, string];
  points: Place[];
  class_of: number[];
  /** Colour and path of each class. */
  marks: [string, string][];
  names: string[];
  unnamed: string;
  place: Place;
}

/** Sends each place that is pointed at. */
export type PlaneMap = FrontendRenderer<{ place: Place }, Data>;

export interface State {
  data: Data;
  send: (place: Place) => void;
  svg: SVGSVGElement;
  key: HTMLElement;
  /** The cross; there once the map is drawn. */
  cross: SVGElement;
  dragging: boolean;
  /** When a place was sent last, in milliseconds. */
  sent: number;
  /** Where the cross is. */
  at: Place;
  /** Width and height of the plane in the drawing. */
  inner: [number, number];
  /** The `drawn` of what stands there. */
  drawn: string | null;
  /** The place that the server gave last, as text. */
  served: string | null;
}

/** Of an SVG element. */
export type Attributes = Record<string, string | number>;
