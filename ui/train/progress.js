/* How far a run is, as the panel of the run hears it (see ui/train/live.js). */

/** @import { Head } from "./live_types" */
/** @import { Data, Progress } from "./progress_types" */

const TOLD = "aecore-run-told";
const ASKED = "aecore-run-asked";

/** @type {Progress} */
export default function ({ data, parentElement }) {
  if (!data?.run) return undefined;
  const { run, beginning } = /** @type {Data} */ (data);
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".run"));
  if (root.dataset.run !== run) {
    root.dataset.run = run;
    show(root, { doing: beginning, share: 0, figures: [] });
  }
  /** @param {Event} event */
  const hear = (event) => {
    const { run: told, head } = /** @type {CustomEvent} */ (event).detail;
    if (told === run && head) show(root, head);
  };
  document.addEventListener(TOLD, hear);
  document.dispatchEvent(new CustomEvent(ASKED));
  return () => document.removeEventListener(TOLD, hear);
}

/** @param {HTMLElement} root @param {Head} head */
function show(root, { doing, share, figures }) {
  const stripe = /** @type {HTMLElement} */ (root.querySelector(".stripe"));
  stripe.setAttribute("aria-valuenow", String(Math.round(share * 100)));
  stripe.setAttribute("aria-valuetext", doing);
  /** @type {HTMLElement} */ (stripe.firstElementChild).style.width = `${share * 100}%`;
  /** @type {HTMLElement} */ (root.querySelector(".doing")).textContent = doing;
  const list = /** @type {HTMLElement} */ (root.querySelector(".figures"));
  if (list.children.length !== figures.length) list.replaceChildren(...figures.map(entry));
  figures.forEach(([title, value], i) => {
    const [name, figure] = list.children[i].children;
    name.textContent = title;
    figure.textContent = value;
  });
}

function entry() {
  const made = document.createElement("div");
  made.append(document.createElement("dt"), document.createElement("dd"));
  return made;
}
