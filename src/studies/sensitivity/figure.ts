import type { TopLevelSpec } from "vega-lite";
import type { OutcomeSpread, Sensitivity } from "./document.js";

/** Bars that one can still read the names of. */
const MOST_BARS = 12;
const WIDTH = 520;
const INK = "#222222";
const LOW = "#4c78a8";
const HIGH = "#e45756";

/** The tornado of the training's energy over its distribution, as a Vega-Lite specification. */
export function figureSpec({ experiment, samples, outcomes, unknowns }: Sensitivity): TopLevelSpec {
  const [energy] = outcomes as readonly [OutcomeSpread];
  const bars = unknowns.slice(0, MOST_BARS).flatMap(({ path, effects }) => {
    const [effect] = effects;
    const ends = effect === undefined ? [] : [effect.atLow, effect.atHigh];
    return ends.map((joules, index) => ({
      path: path.replace(/^chip\.(components\.)?/, ""),
      end: index === 0 ? "low end" : "high end",
      nominal: energy.nominal,
      joules,
    }));
  });
  const joules = { type: "quantitative" as const, scale: { zero: false }, axis: { format: "~s" } };
  const quantiles = (["p10", "p50", "p90"] as const).map((name) => ({
    name: name.toUpperCase(),
    joules: energy[name],
  }));
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: "white",
    padding: 12,
    title: { text: `Sensitivity of ${experiment}`, anchor: "start" },
    vconcat: [
      {
        width: WIDTH,
        title: "training energy with one unknown at an end of its interval, J",
        data: { values: bars },
        layer: [
          {
            mark: { type: "bar", height: 12 },
            encoding: {
              y: { field: "path", type: "nominal", sort: null, title: null, axis: { labelLimit: 320 } },
              x: { ...joules, field: "nominal", title: null },
              x2: { field: "joules" },
              color: {
                field: "end",
                type: "nominal",
                scale: { domain: ["low end", "high end"], range: [LOW, HIGH] },
                legend: { title: null, orient: "bottom" },
              },
            },
          },
          {
            data: { values: [{ nominal: energy.nominal }] },
            mark: { type: "rule", color: INK },
            encoding: { x: { ...joules, field: "nominal" } },
          },
        ],
      },
      {
        width: WIDTH,
        height: 120,
        title: `training energy of ${samples.toLocaleString("en")} samples, J`,
        layer: [
          {
            data: { values: binsOf(energy) },
            mark: { type: "bar", color: "#bab0ac" },
            encoding: {
              x: { ...joules, field: "from", title: null, bin: "binned" },
              x2: { field: "to" },
              y: { field: "samples", type: "quantitative", title: "samples" },
            },
          },
          {
            data: { values: quantiles },
            mark: { type: "rule", color: INK, strokeDash: [4, 3] },
            encoding: { x: { ...joules, field: "joules" } },
          },
          {
            data: { values: quantiles },
            mark: { type: "text", align: "left", dx: 3, baseline: "top", color: INK },
            encoding: { x: { ...joules, field: "joules" }, y: { value: 0 }, text: { field: "name" } },
          },
        ],
      },
    ],
    config: { font: "sans-serif", axis: { labelColor: INK, titleColor: INK } },
  };
}

function binsOf({ least, greatest, histogram }: OutcomeSpread) {
  const width = (greatest - least) / histogram.length;
  return histogram.map((samples, bin) => ({
    from: least + bin * width,
    to: least + (bin + 1) * width,
    samples,
  }));
}

/** The figure as SVG. The drawing library is loaded when it is needed. */
export async function renderFigure(study: Sensitivity): Promise<string> {
  const [{ compile }, vega] = await Promise.all([import("vega-lite"), import("vega")]);
  const view = new vega.View(vega.parse(compile(figureSpec(study)).spec), {
    renderer: "none",
    logLevel: vega.Error,
  });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}
