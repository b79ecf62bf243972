/** What the components use of a Plotly chart that Streamlit has drawn elsewhere on the page. */

export interface PlotlyChart extends HTMLElement {
  /** Not there until Plotly has made the chart. */
  on?: (event: string, listener: (event: HoverEvent) => void) => void;
  removeListener?: (event: string, listener: (event: HoverEvent) => void) => void;
  /** Not a public part of Plotly: where the plane lies within the chart, in pixels. */
  _fullLayout?: { xaxis?: Axis; yaxis?: Axis };
}

export interface HoverEvent {
  points: { customdata?: number }[];
}

export interface Axis {
  range: [number, number];
  _offset: number;
  _length: number;
}
