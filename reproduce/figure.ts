import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { BITS_PER_KIB } from "./format.js";
import { GRID_POINTS, GRID_UNITS, gridName, type Method } from "./networks.js";
import type { NetworkSummary } from "./summary.js";

const METHOD_NAMES: Readonly<Record<Method, string>> = { rbnn: "RBNN", bnn: "conventional BNN" };
/** Okabe and Ito's blue and vermilion: told apart with any colour vision. */
const METHOD_COLOURS: Readonly<Record<Method, string>> = { rbnn: "#0072b2", bnn: "#d55e00" };
const INK = "#222222";
const WIDTH = 720;
const HEIGHT = 440;

interface Point {
  readonly series: string;
  readonly method: string;
  readonly bits: string;
  readonly kibibytes: number;
  readonly errorPercent: number;
  readonly low: number;
  readonly high: number;
  readonly label: string;
}

const kibibytes = ({ storageBits }: NetworkSummary): number => storageBits / BITS_PER_KIB;

/** The measured points of the grid. */
function measuredPoints(summaries: readonly NetworkSummary[]): Point[] {
  return GRID_POINTS.flatMap((point) => {
    const summary = summaries.find(({ name }) => name === gridName(point));
    if (summary === undefined) return [];
    const { method, units, weightBits } = point;
    const { mean, standardError = 0 } = summary.testErrorPercent;
    return {
      series: `${method} ${weightBits}`,
      method: METHOD_NAMES[method],
      bits: `${weightBits} bit`,
      kibibytes: kibibytes(summary),
      errorPercent: mean,
      low: mean - 2 * standardError,
      high: mean + 2 * standardError,
      label: units === GRID_UNITS[0] ? `${weightBits} bit` : "",
    };
  });
}

/** What the paper's Table 2 and text give for its own networks. */
function publishedPoints(summaries: readonly NetworkSummary[]) {
  return summaries.flatMap((summary) =>
    summary.publishedPercent === undefined
      ? []
      : {
          label: summary.title,
          method: summary.iterations.length > 1 ? METHOD_NAMES.rbnn : METHOD_NAMES.bnn,
          kibibytes: kibibytes(summary),
          errorPercent: summary.publishedPercent,
          measuredPercent: summary.testErrorPercent.mean,
        },
  );
}

/** The storage-error trade-off as a Vega-Lite specification: weight storage in KiB against mean test error. */
export function figureSpec(summaries: readonly NetworkSummary[]): TopLevelSpec {
  const measured = measuredPoints(summaries);
  const published = publishedPoints(summaries);
  const x = {
    field: "kibibytes",
    type: "quantitative" as const,
    title: "weight storage, KiB",
    scale: { type: "log" as const, domain: [42, 1400], nice: false },
    axis: { values: [50, 75, 100, 150, 200, 300, 400, 600, 800, 1200], format: "d" },
  };
  const y = {
    field: "errorPercent",
    type: "quantitative" as const,
    title: "mean test error, %",
    scale: { zero: false },
    axis: { format: ".1f" },
  };
  const color = {
    field: "method",
    type: "nominal" as const,
    scale: { domain: Object.values(METHOD_NAMES), range: Object.values(METHOD_COLOURS) },
    legend: {
      title: null,
      orient: "top-right",
      symbolType: "circle",
      symbolSize: 90,
      symbolStrokeWidth: 2,
      symbolOpacity: 1,
    },
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: WIDTH,
    height: HEIGHT,
    background: "white",
    padding: 12,
    title: {
      text: "Weight storage against test error on MNIST",
      subtitle: [
        "Filled: measured, mean of the seeds ± 2 standard errors. A line joins columns of",
        "100, 200, 400 and 800 units; an RBNN has four of them in the end. Hollow: published",
        "in arXiv 1709.05306; a dashed line leads to what rebit measures for that network.",
      ],
      anchor: "start",
    },
    layer: [
      {
        data: { values: measured },
        mark: { type: "line", strokeWidth: 1, opacity: 0.6 },
        encoding: { x, y, color, detail: { field: "series" } },
      },
      {
        data: { values: measured },
        mark: { type: "rule", strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
      },
      {
        data: { values: measured },
        mark: { type: "point", filled: true, size: 55, opacity: 1 },
        encoding: {
          x,
          y,
          color,
          shape: {
            field: "bits",
            type: "nominal",
            scale: {
              domain: ["6 bit", "8 bit", "12 bit", "16 bit"],
              range: ["triangle-up", "square", "circle", "diamond"],
            },
            legend: {
              title: "weight bits n",
              orient: "top-right",
              symbolFillColor: INK,
              symbolStrokeColor: INK,
            },
          },
        },
      },
      {
        data: { values: measured.filter(({ label }) => label !== "") },
        mark: { type: "text", align: "right", baseline: "middle", dx: -9, fontSize: 11 },
        encoding: { x, y, color, text: { field: "label" } },
      },
      {
        data: { values: published },
        mark: { type: "rule", strokeWidth: 1.5, strokeDash: [3, 3] },
        encoding: { x, y, y2: { field: "measuredPercent" }, color },
      },
      {
        data: { values: published },
        mark: { type: "tick", orient: "horizontal", size: 16, thickness: 2, opacity: 1 },
        encoding: { x, y: { ...y, field: "measuredPercent" }, color },
      },
      {
        data: { values: published },
        mark: { type: "point", filled: false, size: 90, strokeWidth: 2, fill: "white", opacity: 1 },
        encoding: { x, y, color },
      },
      {
        data: { values: published },
        mark: { type: "text", align: "left", baseline: "middle", dx: 9, fontSize: 12, fontWeight: "bold" },
        encoding: { x, y, color, text: { field: "label" } },
      },
    ],
    config: {
      font: "sans-serif",
      axis: { labelColor: INK, titleColor: INK, gridColor: "#e4e4e4", labelFontSize: 12, titleFontSize: 13 },
      legend: { labelColor: INK, titleColor: INK, labelFontSize: 12, titleFontSize: 12 },
      title: { color: INK, subtitleColor: INK, fontSize: 15, subtitleFontSize: 12, offset: 10 },
      view: { stroke: "#bbbbbb" },
    },
  };
}

/** The figure as SVG, on white whatever the page is on. */
export async function renderFigure(summaries: readonly NetworkSummary[]): Promise<string> {
  const { spec } = compile(figureSpec(summaries));
  const view = new vega.View(vega.parse(spec), { renderer: "none", logLevel: vega.Error });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}
