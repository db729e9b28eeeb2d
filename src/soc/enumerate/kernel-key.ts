import { namesIn } from "../../firmware/expression.js";
import type { Invocation } from "../../firmware/lower.js";
import { type Statement, walk } from "../../firmware/nest.js";

/** Names and tensors that statements mention: nothing else tells two invocations of them apart. */
export class KernelKey {
  readonly #names = new Set<string>();
  readonly #tensors = new Set<string>();

  constructor(statements: readonly Statement[]) {
    walk(statements, (statement) => {
      for (const expression of expressionsOf(statement)) {
        for (const name of namesIn(expression)) this.#names.add(name);
      }
      if ("tensor" in statement) this.#tensors.add(statement.tensor);
      if (statement.kind === "fetch") this.#tensors.add(statement.into);
    });
  }

  /** Equal for invocations that access the same addresses and do the same work. */
  of({ kernel, names, bindings, options }: Invocation): string {
    const values = [...this.#names].map((name) => names[name]);
    const views = [...this.#tensors].map((tensor) => bindings[tensor]);
    return JSON.stringify([kernel, values, views, options]);
  }
}

function expressionsOf(statement: Statement) {
  switch (statement.kind) {
    case "loop":
      return [statement.of];
    case "access":
      return [...statement.at, statement.count, ...(statement.bits === undefined ? [] : [statement.bits])];
    case "stream":
      return [...statement.at, statement.bits];
    case "operation":
      return [statement.count];
    default:
      return [];
  }
}
