/** As much of Stryker's report as is read (mutation-testing-report-schema). */
export interface StrykerReport {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string;
        readonly mutants: readonly {
          readonly mutatorName: string;
          readonly replacement?: string;
          readonly status: string;
          readonly statusReason?: string;
          readonly location: Readonly<
            Record<"start" | "end", { readonly line: number; readonly column: number }>
          >;
        }[];
      }
    >
  >;
}

export interface Survivor {
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  /** The line, and what of it (its first line) is replaced. */
  readonly original: string;
  readonly replaced: string;
  readonly replacement: string;
  readonly why: string;
}

interface Counts {
  readonly mutants: number;
  /** Left out: they change what only runs while modules load. */
  readonly static: number;
  readonly sampled: number;
  readonly byTests: number;
  /** Refused by the compiler, which `npm test` runs first. */
  readonly byCompiler: number;
  readonly byTimeout: number;
  readonly survived: number;
}

export interface MutationSummary extends Counts {
  readonly killed: number;
  readonly groups: readonly (Counts & { readonly group: string })[];
  readonly survivors: readonly Survivor[];
}

const LEFT_OUT = "not in the sample";
const NOT_LOOKED_AT = "not looked at";

/** @param reasons why survivors survive, by `FILE | replaced => replacement` or by file */
export function summarise(
  runs: readonly { readonly group: string; readonly report: StrykerReport }[],
  reasons: Readonly<Record<string, string>>,
): MutationSummary {
  const groups = runs.map(({ group, report }) => ({ group, ...countsOf(report) }));
  const total = groups.reduce(addCounts, NOTHING);
  return {
    ...total,
    killed: total.byTests + total.byCompiler + total.byTimeout,
    groups,
    survivors: runs.flatMap(({ report }) => survivorsOf(report, reasons)),
  };
}

const NOTHING: Counts = {
  mutants: 0,
  static: 0,
  sampled: 0,
  byTests: 0,
  byCompiler: 0,
  byTimeout: 0,
  survived: 0,
};

function addCounts(a: Counts, b: Counts): Counts {
  const keys = Object.keys(NOTHING) as (keyof Counts)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as Counts;
}

function countsOf({ files }: StrykerReport): Counts {
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const count = (...statuses: string[]): number =>
    mutants.filter(({ status, statusReason }) => statuses.includes(status) && statusReason !== LEFT_OUT)
      .length;
  const [byTests, byCompiler, byTimeout] = [count("Killed"), count("CompileError"), count("Timeout")];
  const survived = count("Survived", "NoCoverage");
  return {
    mutants: mutants.filter(({ mutatorName }) => mutatorName !== "StringLiteral").length,
    static: mutants.filter(
      ({ status, mutatorName }) => status === "Ignored" && mutatorName !== "StringLiteral",
    ).length,
    sampled: byTests + byCompiler + byTimeout + survived,
    byTests,
    byCompiler,
    byTimeout,
    survived,
  };
}

function survivorsOf({ files }: StrykerReport, reasons: Readonly<Record<string, string>>): Survivor[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split("\n");
    return mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ location: { start, end }, mutatorName, replacement = "" }) => {
        const line = lines[start.line - 1] ?? "";
        const original = line.trim();
        const replaced = line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
        const change = `${replaced} => ${replacement.replaceAll(/\s+/g, " ")}`;
        const why = reasons[`${file} | ${change}`] ?? reasons[file] ?? NOT_LOOKED_AT;
        return { file, line: start.line, mutator: mutatorName, original, replaced, replacement, why };
      });
  });
}
