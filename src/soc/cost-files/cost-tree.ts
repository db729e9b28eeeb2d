import type { MapNode, Node, Origin, Scalar } from "../../config/tree.js";

/** A figure of another tool's file, with where it is written there. */
export interface FileCost {
  /** Below the component: `["energy", "read"]`. */
  readonly path: readonly [string, string];
  /** With its unit: "1.049 pJ/access". */
  readonly value: string;
  readonly status: "estimate" | "derived";
  readonly source: string;
  readonly origin: Origin;
}

const scalar = (value: Scalar, origin: Origin): Node => ({ type: "scalar", origin, value });

function mapOf(entries: readonly (readonly [string, Node])[], origin: Origin): MapNode {
  return {
    type: "map",
    origin,
    entries: new Map(entries.map(([key, value]) => [key, { keyOrigin: value.origin, value }])),
  };
}

/** Costs as a component would give them, each where its file has it. */
export function costTree(costs: readonly FileCost[], origin: Origin): MapNode {
  const groups = [...new Set(costs.map(({ path: [group] }) => group))];
  return mapOf(
    groups.map((group) => {
      const members = costs.filter(({ path }) => path[0] === group);
      const entries = members.map(({ path, value, status, source, origin: at }): [string, Node] => [
        path[1],
        mapOf(
          [
            ["value", scalar(value, at)],
            ["status", scalar(status, at)],
            ["source", scalar(source, at)],
          ],
          at,
        ),
      ]);
      return [group, mapOf(entries, members[0]?.origin ?? origin)];
    }),
    origin,
  );
}
