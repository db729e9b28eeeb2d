import { suggest } from "../config/suggest.js";
import type { Expression } from "./expression.js";
import { EXPRESSION_NAMES, ISAS, TENSOR_NAMES } from "./names.js";
import type { CycleCost, CyclesByIsa, Statement } from "./nest.js";

/** The key that tells which statement it is. */
export const HEADS = ["for", "read", "write", "stream", "fetch", "op", "cycles", "when"] as const;

type Head = (typeof HEADS)[number];

/** A statement as written, keys checked one by one but not together. */
export interface StatementInput {
  readonly for?: string;
  readonly of?: Expression;
  readonly step?: number;
  readonly rows?: "all" | "updated";
  readonly do?: readonly Statement[];
  readonly read?: string;
  readonly write?: string;
  readonly stream?: string;
  readonly action?: "read" | "write";
  readonly at?: readonly Expression[];
  readonly bits?: Expression;
  readonly count?: Expression;
  readonly fetch?: string;
  readonly into?: string;
  readonly op?: string;
  readonly cycles?: Readonly<Record<string, number | { value: number; status?: string; source?: string }>>;
  readonly stack?: Readonly<Record<string, readonly number[]>>;
  readonly status?: string;
  readonly source?: string;
  readonly when?: Readonly<Record<string, string>>;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly key?: string;
}

const COMPANIONS: Record<Head, { readonly needed: readonly string[]; readonly allowed: readonly string[] }> =
  {
    for: { needed: ["of", "do"], allowed: ["step", "rows"] },
    read: { needed: [], allowed: ["at", "bits", "count"] },
    write: { needed: [], allowed: ["at", "bits", "count"] },
    stream: { needed: ["bits"], allowed: ["at", "action", "cycles", "stack", "status", "source"] },
    fetch: { needed: ["into"], allowed: [] },
    op: { needed: [], allowed: ["count"] },
    cycles: { needed: [], allowed: ["stack", "status", "source"] },
    when: { needed: ["do"], allowed: [] },
  };

const ONE: Expression = { kind: "number", value: 1 };

/** Turns a written statement into one of the loop nest, or says what is wrong with it. */
export function toStatement(input: StatementInput): Statement | Refusal {
  const written = Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .map(([key]) => key);
  // A stream may have cycles of its own.
  const heads = HEADS.filter(
    (head) => written.includes(head) && !(head === "cycles" && written.includes("stream")),
  );
  const [head] = heads;
  if (head === undefined || heads.length > 1) {
    const found = heads.length === 0 ? "found none" : `found ${heads.join(" and ")}`;
    return { code: "bad-statement", message: `expected one of ${HEADS.join(", ")} in a statement, ${found}` };
  }
  const { needed, allowed } = COMPANIONS[head];
  for (const key of needed) {
    if (!written.includes(key)) return { code: "missing-key", message: `"${head}" needs "${key}"`, key };
  }
  for (const key of written) {
    if (key === head || needed.includes(key) || allowed.includes(key)) continue;
    const fitting = [...needed, ...allowed].join(", ") || "nothing else";
    return {
      code: "unknown-key",
      message: `"${key}" does not belong to "${head}", which takes ${fitting}`,
      key,
    };
  }
  const lonely = (["stack", "status", "source"] as const).find((key) => written.includes(key));
  if (lonely !== undefined && !written.includes("cycles")) {
    return {
      code: "missing-key",
      message: `"${lonely}" says something of cycles: give "cycles", too`,
      key: lonely,
    };
  }
  return unknownTensor(input, head) ?? unknownIsa(input) ?? badVariable(input) ?? build(input, head);
}

function unknownTensor(input: StatementInput, head: Head): Refusal | undefined {
  for (const key of ["read", "write", "stream", "fetch", "into"] as const) {
    const tensor = input[key];
    if (tensor === undefined || Object.hasOwn(TENSOR_NAMES, tensor)) continue;
    const nearest = suggest(tensor, Object.keys(TENSOR_NAMES));
    const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    const known = Object.keys(TENSOR_NAMES).join(", ");
    return {
      code: "unknown-tensor",
      message: `unknown tensor "${tensor}" in "${head}"${hint}; tensors: ${known}`,
      key,
    };
  }
  const { fetch, read, write, stream } = input;
  if ([read, write, stream].includes("samples")) {
    const message = 'samples come on chip by "fetch", from the sensor or the memory that keeps them';
    return { code: "unknown-tensor", message, key: head };
  }
  if (fetch === undefined || fetch === "samples") return undefined;
  const message = `"fetch" brings samples on chip; "${fetch}" comes with the accesses of its rows`;
  return { code: "unknown-tensor", message, key: "fetch" };
}

/** A figure for an instruction set that no core has would never be used. */
function unknownIsa(input: StatementInput): Refusal | undefined {
  const isUnknown = (isa: string): boolean => !ISAS.some((known) => known === isa);
  const key = (["cycles", "stack"] as const).find((name) => Object.keys(input[name] ?? {}).some(isUnknown));
  const unknown = key && Object.keys(input[key] ?? {}).find(isUnknown);
  if (key === undefined || unknown === undefined) return undefined;
  const nearest = suggest(unknown, ISAS);
  const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
  const message = `unknown instruction set "${unknown}"${hint}; instruction sets: ${ISAS.join(", ")}`;
  return { code: "unknown-key", message, key };
}

function badVariable(input: StatementInput): Refusal | undefined {
  const variable = input.for;
  if (variable === undefined) return undefined;
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(variable)) {
    return {
      code: "bad-name",
      message: `"${variable}" is no name for a loop variable: use letters and digits`,
      key: "for",
    };
  }
  if (Object.hasOwn(EXPRESSION_NAMES, variable)) {
    return {
      code: "bad-name",
      message: `"${variable}" is taken: ${EXPRESSION_NAMES[variable as keyof typeof EXPRESSION_NAMES]}`,
      key: "for",
    };
  }
  if (input.rows === "updated" && (input.step ?? 1) !== 1) {
    return { code: "out-of-range", message: "a loop over updated rows has step 1", key: "step" };
  }
  return undefined;
}

function build(input: StatementInput, head: Head): Statement {
  const at = input.at ?? [];
  const tensor = input[head === "op" || head === "cycles" || head === "when" ? "read" : head] ?? "";
  switch (head) {
    case "for":
      return {
        kind: "loop",
        variable: tensor,
        of: input.of ?? ONE,
        step: input.step ?? 1,
        updatedRows: input.rows === "updated",
        body: input.do ?? [],
      };
    case "read":
    case "write":
      return { kind: "access", action: head, tensor, at, bits: input.bits, count: input.count ?? ONE };
    case "stream":
      return {
        ...{ kind: "stream", action: input.action ?? "read", tensor, at, bits: input.bits ?? ONE },
        ...(input.cycles && costsOf(input)),
      };
    case "fetch":
      return { kind: "fetch", tensor, into: input.into ?? "" };
    case "op":
      return { kind: "operation", name: input.op ?? "", count: input.count ?? ONE };
    case "cycles":
      return { kind: "cycles", ...costsOf(input) };
    case "when":
      return { kind: "when", options: new Map(Object.entries(input.when ?? {})), body: input.do ?? [] };
  }
}

function costsOf(input: StatementInput): CyclesByIsa {
  const stack = Object.entries(input.stack ?? {}).map(
    ([isa, [reads = 0, writes = 0]]) => [isa, { reads, writes }] as const,
  );
  return { byIsa: cycleCosts(input), stackByIsa: new Map(stack) };
}

function cycleCosts(input: StatementInput): Map<string, CycleCost> {
  const { status, source } = input;
  return new Map(
    Object.entries(input.cycles ?? {}).map(([isa, cost]) => [
      isa,
      typeof cost === "number"
        ? { cycles: cost, status, source }
        : { cycles: cost.value, status: cost.status ?? status, source: cost.source ?? source },
    ]),
  );
}
