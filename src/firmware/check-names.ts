import { suggest } from "../config/suggest.js";
import { type Expression, namesIn } from "./expression.js";
import { EXPRESSION_NAMES, FIRMWARE_OPTIONS } from "./names.js";
import type { Loop, Statement, When } from "./nest.js";

/** A name that has no meaning where it stands. */
export interface NameProblem {
  readonly path: (string | number)[];
  readonly code: "unknown-name" | "loop-variable" | "bad-name" | "unknown-tensor";
  readonly message: string;
}

/**
 * Names in expressions that are neither documented names nor variables of an enclosing loop. Loop variables are
 * for indexes only: trip counts and sizes that depended on them would have no closed form.
 */
export function unknownNames(
  statements: readonly Statement[],
  path: readonly (string | number)[],
  variables: ReadonlySet<string> = new Set(),
): NameProblem[] {
  return statements.flatMap((statement, position) => {
    const here = [...path, position];
    const own = expressionsOf(statement).flatMap(([key, expression]) =>
      problemsOf(expression, variables, [...here, ...key], key[0] === "at"),
    );
    if (statement.kind === "when") {
      return [
        ...unknownOptions(statement, here),
        ...unknownNames(statement.body, [...here, "do"], variables),
      ];
    }
    if (statement.kind !== "loop") return [...own, ...misplacedWrites(statement, here)];
    const shadowing: NameProblem[] = variables.has(statement.variable)
      ? [
          {
            path: [...here, "for"],
            code: "bad-name",
            message: `"${statement.variable}" is already the variable of an enclosing loop`,
          },
        ]
      : [];
    const inner = new Set([...variables, statement.variable]);
    return [
      ...own,
      ...shadowing,
      ...misplacedRows(statement, here),
      ...unknownNames(statement.body, [...here, "do"], inner),
    ];
  });
}

function unknownOptions(when: When, path: readonly (string | number)[]): NameProblem[] {
  return [...when.options].flatMap(([option, value]): NameProblem[] => {
    const at = [...path, "when", option];
    const known: Readonly<Record<string, readonly string[]>> = FIRMWARE_OPTIONS;
    const values = Object.hasOwn(known, option) ? known[option] : undefined;
    if (values === undefined) {
      const options = Object.keys(known).join(", ");
      return [{ path: at, code: "unknown-name", message: `unknown option "${option}"; options: ${options}` }];
    }
    if (values.includes(value)) return [];
    return [
      {
        path: at,
        code: "unknown-name",
        message: `${option} is never "${value}"; values: ${values.join(", ")}`,
      },
    ];
  });
}

/** Cached logits are written once an iteration, all of them in order: only the kernel `cache` runs so. */
function misplacedWrites(statement: Statement, path: readonly (string | number)[]): NameProblem[] {
  if (statement.kind !== "access" && statement.kind !== "stream") return [];
  if (statement.tensor !== "cachedLogits" || statement.action === "read" || path[0] === "cache") return [];
  const key = statement.kind === "access" ? "write" : "stream";
  const message = 'only the kernel "cache" writes cachedLogits: once an iteration, sample by sample';
  return [{ path: [...path, key], code: "unknown-tensor", message }];
}

/** Which rows are updated is known for an update, and for nothing else. */
function misplacedRows(loop: Loop, path: readonly (string | number)[]): NameProblem[] {
  if (!loop.updatedRows || path[0] === "update") return [];
  const message = `only the kernel update has rows that are updated; ${path[0]} walks all rows`;
  return [{ path: [...path, "rows"], code: "bad-name", message }];
}

function expressionsOf(statement: Statement): [key: (string | number)[], expression: Expression][] {
  switch (statement.kind) {
    case "loop":
      return [[["of"], statement.of]];
    case "access":
      return [
        ...statement.at.map((index, i): [(string | number)[], Expression] => [["at", i], index]),
        ...(statement.bits === undefined ? [] : [[["bits"], statement.bits] as [string[], Expression]]),
        [["count"], statement.count],
      ];
    case "stream":
      return [
        ...statement.at.map((index, i): [(string | number)[], Expression] => [["at", i], index]),
        [["bits"], statement.bits],
      ];
    case "operation":
      return [[["count"], statement.count]];
    default:
      return [];
  }
}

function problemsOf(
  expression: Expression,
  variables: ReadonlySet<string>,
  path: (string | number)[],
  isIndex: boolean,
): NameProblem[] {
  const problems: NameProblem[] = [];
  for (const name of namesIn(expression)) {
    if (name === "sample" && !isIndex) {
      problems.push({ path, code: "loop-variable", message: '"sample" may only be used in "at"' });
    }
    if (Object.hasOwn(EXPRESSION_NAMES, name)) continue;
    if (variables.has(name)) {
      if (isIndex) continue;
      problems.push({
        path,
        code: "loop-variable",
        message: `the loop variable "${name}" may only be used in "at"`,
      });
      continue;
    }
    const known = [...variables, ...Object.keys(EXPRESSION_NAMES)];
    const nearest = suggest(name, known);
    const hint = nearest === undefined ? ";" : `; did you mean "${nearest}"?`;
    problems.push({
      path,
      code: "unknown-name",
      message: `unknown name "${name}"${hint} known: ${known.join(", ")}`,
    });
  }
  return problems;
}
