import { table } from "../docs/generate/markdown.js";
import type { Results } from "./results.js";
import { resultTables } from "./tables.js";

const BEGIN = "<!-- tables: written by `npm run bench` -->";
const END = "<!-- /tables -->";

/** The page with the tables of `results` between its markers and the rest, which people write, as it was. */
export function withTables(page: string, results: Results): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`docs/performance.md has lost its markers ${BEGIN} and ${END}`);
  return `${page.slice(0, begin)}${BEGIN}\n${markdown(results)}\n${page.slice(end)}`;
}

function markdown(results: Results): string {
  const { date, command, machine, effort, scenarios } = results;
  const versions = new Map<string, string[]>();
  for (const { name, version } of scenarios.flatMap(({ entrants }) => entrants)) {
    if (version !== undefined) versions.set(version, [...(versions.get(version) ?? []), name]);
  }
  return [
    `${date.slice(0, 10)}, \`${command}\`: ${machine.processor}, ${machine.processors} processors, Node ${machine.node}; ` +
      `load before the run ${machine.loadBefore}. Medians of ${effort.steps.rounds} rounds, least and greatest beside them.`,
    ...resultTables(results).map(
      ({ title, columns, rows }) =>
        `\n### ${title}\n\n${table(
          columns.map((column) => column.title),
          rows,
        )}`,
    ),
    `\n### Versions\n\n${[...versions].map(([version, names]) => `- ${[...new Set(names)].join("; ")}: ${version}`).join("\n")}\n`,
  ].join("\n");
}
