/**
 * Compiles src/kernels/assembly to WebAssembly, once for a memory of its own and once for one that threads share, and
 * embeds both as base64 in src/kernels/wasm-binary.ts, which git ignores: the same import works in Node and in a
 * browser, from the source and from dist.
 */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { main } from "assemblyscript/asc";

const project = resolve(import.meta.dirname, "..");

/** Pages of the largest WebAssembly memory, 4 GiB: a shared one has to name a limit. */
const MAX_PAGES = 65536;

async function compile(extra: readonly string[]): Promise<string> {
  let binary: Uint8Array | undefined;
  const arguments_ = [
    "src/kernels/assembly/index.ts",
    ...["--baseDir", project],
    ...["--outFile", "kernels.wasm"],
    ...["--enable", "simd", "--enable", "threads"],
    ...["--runtime", "stub"],
    "-O3",
    "--noAssert",
    "--importMemory",
    ...extra,
  ];
  const { error, stderr } = await main(arguments_, {
    writeFile: (_name: string, contents: Uint8Array | string) => {
      if (typeof contents !== "string") binary = contents;
    },
  });
  if (error !== null || binary === undefined) {
    throw new Error(`the kernels do not compile:\n${stderr.toString()}`);
  }
  return Buffer.from(binary).toString("base64");
}

const alone = await compile([]);
const shared = await compile(["--sharedMemory", "--maximumMemory", String(MAX_PAGES)]);
writeFileSync(
  join(project, "src/kernels/wasm-binary.ts"),
  `/** Compiled from src/kernels/assembly by \`npm run build\`. */
export const KERNELS_BASE64 =
  "${alone}";

/** The same for a memory that threads share. */
export const SHARED_KERNELS_BASE64 =
  "${shared}";
`,
);
