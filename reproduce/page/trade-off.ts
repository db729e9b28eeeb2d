import { table } from "../../docs/generate/markdown.js";
import { type Comparison, compare, gainIsAtLeast, type PointComparison } from "../comparison.js";
import { enumerate, meanAndError, signed, storage, two } from "../format.js";
import { BNN_EPOCHS, MOST_DITHERED_BITS, RBNN_EPOCHS, RBNN_ITERATIONS } from "../grid-workload.js";
import type { NetworkSummary } from "../summary.js";

/** Recursive against conventional networks of the paper's Table 2, with its own figures. */
const NAMED_PAIRS = [
  { recursive: "r1", conventional: "b3", equal: "storage" },
  { recursive: "r1", conventional: "b1", equal: "final size" },
  { recursive: "r3", conventional: "b2", equal: "final size" },
] as const;

/** The gain at equal storage that the paper's abstract gives, in points. */
const CLAIMED_POINTS = 1;

/** The storage-error trade-off: figure, comparison at equal storage, at equal final size, at equal error. */
export function tradeOffSection(
  summaries: readonly NetworkSummary[],
  points: readonly PointComparison[],
): string {
  const figure = `## Weight storage against test error

The paper's Figure 4: recursive networks (RBNN, ${RBNN_ITERATIONS} iterations) against conventional binary-weight networks (BNN), with
weights of 6, 8, 12 and 16 bits and columns of 100, 200, 400 and 800 hidden units. An RBNN trains ${RBNN_EPOCHS} epochs an iteration, a
BNN ${BNN_EPOCHS}. Weights of at most ${MOST_DITHERED_BITS} bits are dithered, wider ones truncated as in the paper: narrowing never differs
between the two networks of a column.

![Weight storage in KiB against mean test error in percent](paper-figure-4.svg)`;
  const sections = [figure, namedPairs(summaries)];
  if (points.length > 0) sections.push(equalStorage(points), equalSize(points), equalError(points));
  return sections.filter((section) => section !== "").join("\n\n");
}

function namedPairs(summaries: readonly NetworkSummary[]): string {
  const find = (name: string) => summaries.find((summary) => summary.name === name);
  const rows = NAMED_PAIRS.flatMap(({ recursive, conventional, equal }) => {
    const [r, b] = [find(recursive), find(conventional)];
    if (r === undefined || b === undefined) return [];
    const { gain, storageRatio } = compare(r, b);
    const published = (b.publishedPercent ?? 0) - (r.publishedPercent ?? 0);
    return [
      [
        `${r.title} against ${b.title}`,
        equal,
        storageRatio.toFixed(1),
        signed({ points: published }),
        signed(gain),
        holds(gainIsAtLeast(gain, published)),
      ],
    ];
  });
  if (rows.length === 0) return "";
  const header = [
    "networks of Table 2",
    "equal",
    "storage of the BNN over that of the RBNN",
    "published gain, points",
    "measured gain",
    "as large as published",
  ];
  return `A gain is the test error of the BNN minus that of the RBNN, with its standard error. A verdict needs two of them: it is open
where the difference is smaller.

${table(header, rows)}`;
}

const holds = (answer: "yes" | "no" | "open"): string => answer;

const shapeOf = ({ point }: PointComparison): string => `${point.units} x ${point.weightBits} bit`;

function equalStorage(points: readonly PointComparison[]): string {
  const rows = points.map((compared) => {
    const { sameShape, bestWithinStorage } = compared;
    return [
      shapeOf(compared),
      storage(sameShape.recursive.storageBits),
      meanAndError(sameShape.recursive.testErrorPercent),
      meanAndError(sameShape.conventional.testErrorPercent),
      signed(sameShape.gain),
      holds(gainIsAtLeast(sameShape.gain, CLAIMED_POINTS)),
      `${bestWithinStorage.conventional.hidden.join("-")} x ${bestWithinStorage.conventional.weightBits} bit`,
      signed(bestWithinStorage.gain),
      holds(gainIsAtLeast(bestWithinStorage.gain, CLAIMED_POINTS)),
    ];
  });
  const header = [
    "column",
    "storage",
    "RBNN, %",
    "BNN of that column, %",
    "gain",
    `at least ${CLAIMED_POINTS}`,
    "best BNN within that storage",
    "gain over it",
    `at least ${CLAIMED_POINTS}`,
  ];
  return `### At equal weight storage

The paper's abstract claims about ${CLAIMED_POINTS} point. Without recursion the same column in the same bits needs exactly the same
storage. But that storage can also hold more units of fewer bits, so the last columns compare with the best BNN of the grid, by
validation error, that needs no more.

${table(header, rows)}

${claim(points, "the same column", ({ sameShape }) => sameShape)}

${claim(points, "the best BNN within the same storage", ({ bestWithinStorage }) => bestWithinStorage)}`;
}

/** Where the claimed gain holds, where it does not, and how large the gain is. */
function claim(
  points: readonly PointComparison[],
  against: string,
  of: (point: PointComparison) => Comparison,
): string {
  const withAnswer = (wanted: "yes" | "no" | "open") =>
    points.filter((point) => gainIsAtLeast(of(point).gain, CLAIMED_POINTS) === wanted);
  const list = (some: readonly PointComparison[]): string =>
    enumerate(some.map((point) => `${shapeOf(point)} (${signed(of(point).gain)})`));
  const [yes, no, open] = [withAnswer("yes"), withAnswer("no"), withAnswer("open")];
  const sentences = [
    `**Against ${against}, "${CLAIMED_POINTS} point better" holds at ${yes.length} of ${points.length} points.**`,
  ];
  if (yes.length > 0) sentences.push(`It holds at ${list(yes)}.`);
  if (no.length > 0) sentences.push(`It does not hold at ${list(no)}.`);
  if (open.length > 0) sentences.push(`Undecided: ${list(open)}.`);
  const worse = points.filter((point) => of(point).gain.points < 0);
  if (worse.length > 0) sentences.push(`The RBNN is the worse of the two at ${list(worse)}.`);
  return sentences.join(" ");
}

function equalSize(points: readonly PointComparison[]): string {
  const compared = points.flatMap((point) =>
    point.sameFinalSize === undefined ? [] : { point, comparison: point.sameFinalSize },
  );
  if (compared.length === 0) return "";
  const rows = compared.map(({ point, comparison }) => [
    shapeOf(point),
    `${comparison.conventional.hidden.join("-")} x ${comparison.conventional.weightBits} bit`,
    comparison.storageRatio.toFixed(1),
    meanAndError(comparison.recursive.testErrorPercent),
    meanAndError(comparison.conventional.testErrorPercent),
    signed(comparison.gain),
  ]);
  const header = ["RBNN", "BNN", "storage of the BNN over that of the RBNN", "RBNN, %", "BNN, %", "gain"];
  return `### At equal final size

A BNN of as many hidden units as the RBNN ends with, in the same weight bits.

${table(header, rows)}`;
}

function equalError(points: readonly PointComparison[]): string {
  const rows = points.map((point) => {
    const { leastForError, sameShape } = point;
    const { recursive } = sameShape;
    const shown =
      leastForError === undefined
        ? ["none of the grid", "-", "-"]
        : [
            `${leastForError.conventional.hidden.join("-")} x ${leastForError.conventional.weightBits} bit`,
            meanAndError(leastForError.conventional.testErrorPercent),
            leastForError.storageRatio.toFixed(2),
          ];
    return [shapeOf(point), meanAndError(recursive.testErrorPercent), ...shown];
  });
  const ratios = points.flatMap(({ leastForError }) => leastForError?.storageRatio ?? []);
  const beyond = points.length - ratios.length;
  const range =
    ratios.length === 0
      ? "No BNN of the grid reaches any of them."
      : `The BNN needs ${two(Math.min(...ratios))} to ${two(Math.max(...ratios))} times the storage` +
        (beyond === 0 ? "." : `; ${beyond} of ${points.length} RBNNs are better than every BNN of the grid.`);
  const header = [
    "RBNN",
    "RBNN, %",
    "smallest BNN that is no worse",
    "its error, %",
    "storage over that of the RBNN",
  ];
  return `### At equal error

The paper claims a third to a quarter of the storage. For each RBNN, the BNN of least storage whose mean test error is no higher:

${table(header, rows)}

${range}`;
}
