import { formatBytes, formatEngineering } from "../../units/format.js";
import type { Report } from "../report.js";
import type { StorageItem } from "../storage.js";
import { count, kibibytes, kilobytes, plural, shareOf } from "./numbers.js";
import { facts, type Section, wrapped } from "./section.js";
import { left, right, table } from "./table.js";

const hexadecimal = (address: number): string => `0x${address.toString(16).padStart(5, "0")}`;

const lifetime = ({ from, to }: StorageItem): string => (from === to ? from : `${from} - ${to}`);

const row = (item: StorageItem): string[] => [
  item.component,
  hexadecimal(item.address),
  item.rows === undefined ? item.tensor : `${item.tensor}, rows ${item.rows.first}-${item.rows.last}`,
  count(item.bytes),
  kibibytes(item.bytes),
  kilobytes(item.bytes),
  lifetime(item),
];

const byAddress = (items: readonly StorageItem[]): StorageItem[] => {
  const components = [...new Set(items.map(({ component }) => component))];
  return components.flatMap((name) =>
    items.filter(({ component }) => component === name).toSorted((a, b) => a.address - b.address),
  );
};

function itemTable(items: readonly StorageItem[]): string[] {
  if (items.length === 0) return [];
  const columns = [
    left("component"),
    right("address"),
    left("tensor"),
    right("bytes"),
    right("KiB"),
    right("kB"),
    left("live in phases"),
  ];
  return table(columns, byAddress(items).map(row));
}

/** What it costs that something lies off chip; nothing where all is on chip. */
function placementFacts({ placement, onChip, fits }: Report["storage"]): [string, string][] {
  if (!fits || onChip.spilledBytes === 0) return [];
  const { objective, method, cost, gap, isOptimal } = placement;
  const dimension = objective === "energy" ? "energy" : "time";
  const price = `${formatEngineering(cost, dimension, 4)} a training at most`;
  const how =
    method === "file"
      ? "rows off chip as the placement file says"
      : isOptimal
        ? `the least ${objective} that any choice of rows costs`
        : `at most ${formatEngineering(gap, dimension, 3)} above the least ${objective}`;
  return [["spilling costs", `${price}: ${how}`]];
}

/** Weight storage, how full the chip is, and the map of every tensor. */
export function storageSection({ storage }: Report): Section {
  const { weights, onChip, offChip } = storage;
  const { bits, bytes, finalWeights, bitsPerWeight } = weights;
  const perWeight = `${Number(bitsPerWeight.toFixed(4))} bits a weight`;
  const spilled = onChip.spilledBytes === 0 ? "nothing" : formatBytes(onChip.spilledBytes);
  const lines = facts([
    [
      "weights",
      `${count(bits)} bit = ${formatBytes(bytes)} for ${plural(finalWeights, "weight")}: ${perWeight}`,
    ],
    ["on chip, capacity", formatBytes(onChip.capacityBytes)],
    ["on chip, peak", `${formatBytes(onChip.peakBytes)}, ${shareOf(onChip.peakBytes, onChip.capacityBytes)}`],
    ["on chip, bound", `${formatBytes(onChip.lowerBoundBytes)} are live at once; no placement needs less`],
    ...placementFacts(storage),
    ["off chip", offChip.bytes === 0 ? "nothing" : `${formatBytes(offChip.bytes)}, of it ${spilled} spilled`],
  ]);
  return { title: "STORAGE", lines: [...lines, ...itemTable([...onChip.items, ...offChip.items])] };
}

/** What would keep everything on chip; absent when it is. */
export function leversSection({ storage }: Report): Section | undefined {
  const { fits, levers, misfits, onChip } = storage;
  if (fits && levers.length === 0) return undefined;
  const { capacityBytes, lowerBoundBytes } = onChip;
  const gap = Math.max(0, lowerBoundBytes - capacityBytes);
  const lacking = misfits.map(({ tensor, demandBytes, gapBytes }) => {
    return ` At least ${formatBytes(demandBytes)} are needed for ${tensor}: ${formatBytes(gapBytes)} too few.`;
  });
  const verdict = fits
    ? "It fits only with tensors spilled off chip."
    : "It does not fit, so nothing was trained or priced.";
  const demand =
    gap === 0
      ? ""
      : ` All on chip takes at least ${formatBytes(lowerBoundBytes)}, and the chip has ` +
        `${formatBytes(capacityBytes)}: ${formatBytes(gap)} too few.`;
  const lines = wrapped(verdict + demand + lacking.join(""));
  if (levers.length === 0) return { title: "LEVERS", lines };
  const rows = levers.map((lever) => [
    lever.change,
    lever.savesBytes === 0 ? "-" : formatBytes(lever.savesBytes),
    lever.allOnChip ? "yes, all on chip" : fits ? "no" : lever.fits ? "yes, with rows off chip" : "no",
  ]);
  const columns = [left("change"), right("gains on chip"), left("enough alone")];
  return { title: "LEVERS", lines: [...lines, ...table(columns, rows)] };
}
