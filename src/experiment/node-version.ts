import { readFileSync } from "node:fs";

/** The version of rebit: that in package.json, which lies two folders above this file in src/experiment and in dist/experiment. */
export function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
