import { FileError, type Files } from "../../../src/config/source.js";

/** Files in memory. A text is stored as UTF-8; "directory" stands for a path that is one. */
export function memoryFiles(
  contents: Readonly<Record<string, string | Uint8Array | { directory: true }>>,
): Files {
  return {
    read(path) {
      const content = contents[path];
      if (content === undefined) throw new FileError("missing-file", path);
      if (content instanceof Uint8Array) return content;
      if (typeof content === "string") return new TextEncoder().encode(content);
      throw new FileError("unreadable-file", path, "this is a directory");
    },
    resolve(from, relative) {
      const parts = from.split("/").slice(0, -1);
      for (const part of relative.split("/")) {
        if (part === "..") parts.pop();
        else if (part !== ".") parts.push(part);
      }
      return parts.join("/");
    },
  };
}
