/** What is mutated, a group a run of Stryker, so that a run that is cut off can go on. */
export const GROUPS = [
  "src/soc/*.ts",
  "src/soc/cost-files/*.ts",
  "src/firmware/*.ts",
  "src/soc/placement/*.ts",
  "src/soc/components/*.ts",
  "src/soc/schedule/*.ts",
  "src/soc/enumerate/*.ts",
  "src/firmware/walk/*.ts",
];

/** One mutant in so many is tried: all of them would take a day. */
export const ONE_IN = 12;

/** Chooses the sample. Tests are written with other samples in view than the one that is published. */
export const SALT = "2";

/** Tests that run in this process, the quickest to notice first; what the command line does on top is not among them. */
const SPECS = [
  "scripts/mutation/shipped-goldens.test.ts",
  ...["firmware", "soc", "experiment", "studies", "report"].map((folder) => `test/${folder}/**/*.test.ts`),
];

/** The configuration of one run. Texts are left as they are: messages and documentation are no cost model. */
export function strykerConfig(group: string, report: string): object {
  return {
    packageManager: "npm",
    mutate: [group],
    mutator: { excludedMutations: ["StringLiteral"] },
    // What only runs while modules load would need a process each.
    ignoreStatic: true,
    checkers: ["sample", "typescript"],
    plugins: [
      "@stryker-mutator/mocha-runner",
      "@stryker-mutator/typescript-checker",
      "./scripts/mutation/sample-checker.mjs",
    ],
    tsconfigFile: "tsconfig.json",
    testRunner: "mocha",
    testRunnerNodeArgs: ["--import", "tsx"],
    mochaOptions: { config: "scripts/mutation/mocharc.json", spec: SPECS },
    coverageAnalysis: "perTest",
    // One of them checks types, before the others run tests.
    concurrency: 3,
    timeoutMS: 20_000,
    timeoutFactor: 2,
    reporters: ["progress-append-only", "json"],
    jsonReporter: { fileName: report },
  };
}
