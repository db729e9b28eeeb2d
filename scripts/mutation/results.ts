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

/** What one run of Stryker came to. */
export interface GroupResult extends Counts {
  readonly group: string;
  readonly survivors: readonly Survivor[];
}

const LEFT_OUT = "not in the sample";
const NOT_LOOKED_AT = "not looked at";

/** @param reasons why survivors survive, by `FILE | replaced => replacement` or by file */
export function resultOf(group: string, report: StrykerReport, reasons: Reasons): GroupResult {
  return { group, ...countsOf(report), survivors: survivorsOf(report, reasons) };
}

/** Mutants that the tests, the compiler or a time limit noticed. */
export const killedOf = ({ byTests, byCompiler, byTimeout }: Counts): number =>
  byTests + byCompiler + byTimeout;

/** Counts of several groups together. */
export function totalOf(groups: readonly Counts[]): Counts {
  const keys = ["mutants", "static", "sampled", "byTests", "byCompiler", "byTimeout", "survived"] as const;
  const sum = (key: keyof Counts): number => groups.reduce((total, group) => total + group[key], 0);
  return Object.fromEntries(keys.map((key) => [key, sum(key)])) as unknown as Counts;
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

type Reasons = Readonly<Record<string, string>>;

function whyOf(
  { file, replaced, replacement }: Pick<Survivor, "file" | "replaced" | "replacement">,
  reasons: Reasons,
): string {
  const change = `${replaced} => ${replacement.replaceAll(/\s+/g, " ")}`;
  return reasons[`${file} | ${change}`] ?? reasons[file] ?? NOT_LOOKED_AT;
}

/** A result of before, with the reasons of now: survivors are looked at after a run. */
export function withReasons(result: GroupResult, reasons: Reasons): GroupResult {
  const survivors = result.survivors.map((survivor) => ({ ...survivor, why: whyOf(survivor, reasons) }));
  return { ...result, survivors };
}

function survivorsOf({ files }: StrykerReport, reasons: Reasons): Survivor[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split("\n");
    return mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ location: { start, end }, mutatorName, replacement = "" }) => {
        const line = lines[start.line - 1] ?? "";
        const original = line.trim();
        const replaced = line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
        const why = whyOf({ file, replaced, replacement }, reasons);
        return { file, line: start.line, mutator: mutatorName, original, replaced, replacement, why };
      });
  });
}
