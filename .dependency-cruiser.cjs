// Import direction: docs/architecture.md. `npm run check:imports` and test/imports.test.ts enforce it.

/** A folder of src imports from itself and from the folders before it in this list. */
const folders = [
  "units",
  "config",
  "data",
  "iss",
  "kernels",
  "rbnn",
  "firmware",
  "soc",
  "report",
  "experiment",
  "studies",
  "cli",
];

const downwardOnly = folders.slice(0, -1).map((folder, position) => ({
  name: `${folder}-imports-downward`,
  comment: `src/${folder} may import only: ${[...folders.slice(0, position), folder].join(", ")}`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: { path: `^src/(${[...folders.slice(position + 1), "index[.]ts$"].join("|")})` },
}));

module.exports = {
  forbidden: [
    ...downwardOnly,
    {
      name: "soc-knows-no-training",
      comment: "a chip is given kernels to run; what they learn is not its business",
      severity: "error",
      from: { path: "^src/soc/" },
      to: { path: "^src/rbnn/" },
    },
    {
      name: "report-knows-no-origins",
      comment: "a report is numbers with names and units; how they came about is not its business",
      severity: "error",
      from: { path: "^src/report/" },
      to: { path: "^src/", pathNot: "^src/(report/|units/|config/problem[.]ts$)" },
    },
    {
      name: "library-without-command-line",
      comment: "src/index.ts is what other programs import",
      severity: "error",
      from: { path: "^src/index[.]ts$" },
      to: { path: "^src/cli/" },
    },
    {
      name: "core-runs-in-a-browser",
      comment: "only src/cli and files named node-*.ts may import node: modules",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/cli/", "/node-[^/]+[.]ts$"] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-circles",
      severity: "error",
      from: { path: "^src/" },
      to: { circular: true },
    },
    {
      name: "no-unresolved-imports",
      severity: "error",
      from: { path: "^src/" },
      to: { couldNotResolve: true },
    },
    {
      name: "no-development-dependencies",
      comment: "what src imports must be installed with the package",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // AssemblyScript, compiled by scripts/build-kernels.ts.
    exclude: { path: "^src/kernels/assembly/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
