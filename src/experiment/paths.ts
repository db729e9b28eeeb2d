import type { Origin } from "../config/tree.js";
import { LIBRARY_FOLDER } from "../soc/library.js";

/** The last part of a path, without its ending. */
export function baseName(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.[^.]*$/, "");
}

/**
 * A path as a file of the experiment's folder would write it, so that a report does not depend on where it was made.
 *
 * @example
 * relativeTo("configs/experiments/a.yaml", "configs/chips/b.yaml"); // "../chips/b.yaml"
 */
export function relativeTo(from: string, path: string): string {
  if (path.startsWith(LIBRARY_FOLDER)) return `rebit/${path.slice(LIBRARY_FOLDER.length)}`;
  const folder = normal(from).slice(0, -1);
  const target = normal(path);
  if (path.startsWith("/") !== from.startsWith("/")) return path;
  let common = 0;
  while (common < folder.length && common < target.length - 1 && folder[common] === target[common])
    common += 1;
  if (folder.slice(common).includes("..")) return path;
  return [...folder.slice(common).map(() => ".."), ...target.slice(common)].join("/");
}

function normal(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts;
}

/** An origin whose file is written as {@link relativeTo} writes it. */
export function relativeOrigin(from: string): (origin: Origin) => Origin {
  return (origin) => ({ ...origin, file: relativeTo(from, origin.file) });
}
