/**
 * Compiles src/kernels/assembly to WebAssembly and embeds it as base64 in src/kernels/wasm-binary.ts, which git
 * ignores: the same import works in Node and in a browser, from the source and from dist.
 */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { main } from "assemblyscript/asc";

const project = resolve(import.meta.dirname, "..");
let binary: Uint8Array | undefined;
const arguments_ = [
  "src/kernels/assembly/index.ts",
  ...["--baseDir", project],
  ...["--outFile", "kernels.wasm"],
  ...["--enable", "simd"],
  ...["--runtime", "stub"],
  "-O3",
  "--noAssert",
  "--importMemory",
];
const { error, stderr } = await main(arguments_, {
  writeFile: (_name: string, contents: Uint8Array | string) => {
    if (typeof contents !== "string") binary = contents;
  },
});
if (error !== null || binary === undefined) {
  throw new Error(`the kernels do not compile:\n${stderr.toString()}`);
}
writeFileSync(
  join(project, "src/kernels/wasm-binary.ts"),
  `/** Compiled from src/kernels/assembly by \`npm run build\`. */\nexport const KERNELS_BASE64 =\n  "${Buffer.from(binary).toString("base64")}";\n`,
);
