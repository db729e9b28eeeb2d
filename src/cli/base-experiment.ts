import { relative } from "node:path";
import { Option } from "commander";
import { LIBRARY_FOLDER } from "../soc/library.js";

/** What is not said otherwise is as in this experiment. */
const SHIPPED = `${LIBRARY_FOLDER}experiments/quickstart.yaml`;

/** `--experiment FILE`: the experiment that a study varies. */
export const baseOption = (what: string): Option =>
  new Option("--experiment <file>", `${what} (default: that of rebit's quickstart)`);

export const basePath = (written: string | undefined): string => written ?? relative(process.cwd(), SHIPPED);

/** The command that estimates one point of a study, quoted for a shell. */
export function estimateCommandLine(
  base: string,
  files: Readonly<Record<string, string | undefined>>,
  settings: readonly string[],
): string {
  const options = Object.entries(files).flatMap(([name, file]) =>
    file === undefined ? [] : [`--${name}`, quoted(file)],
  );
  return [
    "rebit estimate",
    quoted(base),
    ...options,
    ...settings.flatMap((setting) => ["--set", quoted(setting)]),
  ].join(" ");
}

const quoted = (text: string): string =>
  /^[\w./=:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
