import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type Range,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { findShapeProblem, MAX_DEPTH } from "./nesting.js";
import { ConfigError, type Problem, problemAt, quote } from "./problem.js";
import { checkSize, startOf } from "./source.js";
import { lastUpTo, tagOffsets } from "./tags.js";
import {
  isForbiddenKey,
  type ListNode,
  type MapEntry,
  type MapNode,
  type Node,
  type Origin,
  type ScalarNode,
} from "./tree.js";

/** What the parser's error codes mean to somebody who does not know the YAML specification. */
const SYNTAX_MESSAGES: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  BAD_INDENT: "wrong indentation, or a bracket that is not closed",
  BLOCK_AS_IMPLICIT_KEY:
    "a second key on this line, or a next line indented too far; put text with a colon in quotes",
  IMPOSSIBLE: "this cannot be read as YAML",
  MULTILINE_IMPLICIT_KEY: 'expected "key: value"; is the colon missing, or the blank after it?',
  TAB_AS_INDENT: "indent with spaces, not with tabs",
  UNEXPECTED_TOKEN: "this does not belong here; check indentation, brackets and quotes",
};

/** Turns the parser's document into a located tree and notes everything that rebit's YAML does not have. */
class TreeBuilder {
  readonly problems: Problem[] = [];
  private readonly lines: readonly string[];
  private tags: readonly number[] | undefined;

  constructor(
    private readonly text: string,
    private readonly path: string,
    private readonly lineCounter: LineCounter,
  ) {
    this.lines = text.split(/\r?\n/);
  }

  originAt(offset: number): Origin {
    const { line, col } = this.lineCounter.linePos(offset);
    return { file: this.path, line, column: col, excerpt: this.lines[line - 1] ?? "" };
  }

  report(origin: Origin, code: string, message: string): void {
    this.problems.push(problemAt(origin, code, message));
  }

  /** @param fallback where a value would stand that was left out */
  node(item: unknown, fallback: Origin, depth: number): Node {
    const origin = this.originOf(item) ?? fallback;
    if (depth >= MAX_DEPTH && (isMap(item) || isSeq(item))) {
      this.report(origin, "too-deep", `more than ${MAX_DEPTH} levels of nesting`);
    } else if (isAlias(item)) {
      this.report(origin, "alias", "YAML is data: write it out instead of using an alias, or use extends");
    } else {
      this.refuseDecorations(item, origin);
      if (isMap(item)) return this.map(item, origin, depth);
      if (isSeq(item)) return this.list(item, origin, depth);
      const scalar: ScalarNode = { type: "scalar", origin, value: scalarValue(item) };
      return isScalar(item) && item.tag !== undefined ? { ...scalar, isReported: true } : scalar;
    }
    return { type: "scalar", origin, value: null, isReported: true };
  }

  private originOf(item: unknown): Origin | undefined {
    const range = (item as { range?: Range | null } | null | undefined)?.range;
    return range ? this.originAt(range[0]) : undefined;
  }

  /** A tag stands before its value, maybe some lines before. */
  private tagOrigin({ range }: { range?: Range | null | undefined }, fallback: Origin): Origin {
    this.tags ??= tagOffsets(this.text);
    const offset = range ? lastUpTo(this.tags, range[0]) : undefined;
    return offset === undefined ? fallback : this.originAt(offset);
  }

  private refuseDecorations(item: unknown, origin: Origin): void {
    if (!isMap(item) && !isSeq(item) && !isScalar(item)) return;
    if (item.anchor !== undefined) {
      this.report(origin, "alias", "YAML is data: anchors have no use here; write values out or use extends");
    }
    if (item.tag !== undefined) {
      this.report(
        this.tagOrigin(item, origin),
        "tag",
        "tags are not supported: the type of a value follows from its key",
      );
    }
  }

  private list(item: YAMLSeq, origin: Origin, depth: number): ListNode {
    return { type: "list", origin, items: item.items.map((child) => this.node(child, origin, depth + 1)) };
  }

  private map(item: YAMLMap, origin: Origin, depth: number): MapNode {
    const entries = new Map<string, MapEntry>();
    for (const pair of item.items) {
      const keyOrigin = this.originOf(pair.key) ?? origin;
      const value = this.node(pair.value, keyOrigin, depth + 1);
      const key = this.key(pair, keyOrigin);
      const first = key === undefined ? undefined : entries.get(key);
      if (key === undefined) continue;
      if (first === undefined) entries.set(key, { keyOrigin, value });
      else {
        const message = `${quote(key)} is already given in line ${first.keyOrigin.line}; keep one of the two`;
        this.report(keyOrigin, "duplicate-key", message);
      }
    }
    return { type: "map", origin, entries };
  }

  private key({ key }: Pair, origin: Origin): string | undefined {
    if (isAlias(key)) {
      this.report(origin, "alias", "YAML is data: write the key out instead of using an alias");
      return undefined;
    }
    this.refuseDecorations(key, origin);
    const value = isScalar(key) ? key.value : undefined;
    if (typeof value !== "string" || value === "") {
      this.report(origin, "bad-key", "expected a name as key; put a number or a word such as true in quotes");
      return undefined;
    }
    if (isForbiddenKey(value)) {
      this.report(origin, "forbidden-key", `${value} cannot be a key`);
      return undefined;
    }
    return value;
  }
}

function scalarValue(item: unknown): string | number | boolean | null {
  const value = isScalar(item) ? item.value : null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return null;
}

/** The parser's errors, one a line: what follows on the same line is mostly a consequence. */
function reportSyntax(document: Document, builder: TreeBuilder): void {
  const seen = new Set<number>();
  for (const error of document.errors) {
    const origin = builder.originAt(error.pos[0]);
    if (error.code === "MULTIPLE_DOCS") {
      builder.report(
        origin,
        "several-documents",
        "one document a file: remove the line --- or split the file",
      );
    } else if (!seen.has(origin.line)) {
      seen.add(origin.line);
      builder.report(origin, "syntax", SYNTAX_MESSAGES[error.code] ?? error.message);
    }
  }
  if (document.directives?.yaml.explicit === true) {
    builder.report(
      builder.originAt(0),
      "syntax",
      "directives such as %YAML are not supported: remove the line",
    );
  }
}

const byPosition = (a: Problem, b: Problem): number => a.line - b.line || a.column - b.column;

/** A tree and what is wrong with its text, by position. */
export interface ParsedTree {
  readonly tree: Node;
  /** `too-deep`, `duplicate-key`, `alias`, `tag`, `bad-key`, `forbidden-key`. */
  readonly problems: readonly Problem[];
}

/**
 * Parses YAML 1.2 without anchors, aliases, tags and directives into a located tree, as far as there is one.
 * @param path what problems and origins call the file.
 * @throws ConfigError with all problems of the text if one of them leaves no tree: `file-too-large`,
 *   `too-deep`, `several-documents`, `syntax`, `empty`.
 */
export function parseTree(text: string, path: string): ParsedTree {
  checkSize(path, text.length);
  const source = text.replace(/^\ufeff/, "");
  const lineCounter = new LineCounter();
  const builder = new TreeBuilder(source, path, lineCounter);
  const shape = findShapeProblem(source);
  if (shape !== undefined) {
    lineCounter.addNewLine(0);
    for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1))
      lineCounter.addNewLine(at + 1);
    throw new ConfigError([problemAt(builder.originAt(shape.offset), shape.code, shape.message)]);
  }
  const document = parseDocument(source, {
    lineCounter,
    logLevel: "error",
    merge: false,
    prettyErrors: false,
    schema: "core",
    // The library compares each key with each other one; the builder looks them up.
    uniqueKeys: false,
    version: "1.2",
  });
  reportSyntax(document, builder);
  const isEmpty =
    document.contents === null || (isScalar(document.contents) && document.contents.source === "");
  if (isEmpty && builder.problems.length === 0) {
    builder.report(startOf(path), "empty", "the file is empty");
  }
  const hasTree = builder.problems.length === 0;
  const tree = builder.node(document.contents, startOf(path), 0);
  const problems = builder.problems.sort(byPosition);
  if (!hasTree) throw new ConfigError(problems);
  return { tree, problems };
}

/** As `parseTree`. @throws ConfigError with all problems of the text. */
export function parseYaml(text: string, path: string): Node {
  const { tree, problems } = parseTree(text, path);
  if (problems.length > 0) throw new ConfigError(problems);
  return tree;
}
