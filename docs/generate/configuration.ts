import * as z from "zod";
import { type DocumentKind, documentSchemas } from "../../src/experiment/schemas.js";
import {
  EXPRESSION_NAMES,
  FIRMWARE_OPTIONS,
  ISAS,
  KERNEL_NAMES,
  OPTIONAL_KERNELS,
  TENSOR_NAMES,
} from "../../src/firmware/names.js";
import { INSTRUCTION_CYCLES, type InstructionCycles } from "../../src/iss/instruction-cycles.js";
import { DIMENSIONS } from "../../src/units/dimensions.js";
import { code, table } from "./markdown.js";
import { peel } from "./peel.js";
import { type Detail, type Row, referenceOf } from "./rows.js";

/** The configuration reference: the template's prose, each `{{name}}` replaced by what the source says. */
export function configurationReference(template: string): string {
  const shown = new Map<string, Detail>();
  const parts: Record<string, string> = {
    quantities: quantities(),
    names: glossary("name", EXPRESSION_NAMES),
    tensors: glossary("tensor", TENSOR_NAMES),
    kernels: kernels(),
    isas: ISAS.map(code).join(", "),
    options: firmwareOptions(),
    instructionCycles: instructionCycles(),
  };
  for (const kind of Object.keys(documentSchemas) as DocumentKind[]) parts[kind] = section(kind, shown);
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name];
    if (part === undefined)
      throw new Error(`the template names {{${name}}}; known: ${Object.keys(parts).join(", ")}`);
    return part;
  });
}

function quantities(): string {
  const rows = Object.values(DIMENSIONS).map(({ noun, example, units }) => [
    noun.replace(/^an? /, ""),
    code(example),
    units.map(({ name }) => name).join(", "),
  ]);
  return table(["quantity", "example", "units"], rows);
}

function instructionCycles(): string {
  const classes = Object.keys(INSTRUCTION_CYCLES.rv32imc) as (keyof InstructionCycles)[];
  const rows = classes.map((name) => [
    code(name),
    ...ISAS.map((isa) => String(INSTRUCTION_CYCLES[isa][name])),
  ]);
  return table(["class", ...ISAS], rows);
}

function firmwareOptions(): string {
  return Object.entries(FIRMWARE_OPTIONS)
    .map(([option, values]) => `${code(option)} (${values.join(", ")})`)
    .join(", ");
}

function glossary(what: string, entries: Readonly<Record<string, string>>): string {
  return table(
    [what, "meaning"],
    Object.entries(entries).map(([name, meaning]) => [code(name), meaning]),
  );
}

function kernels(): string {
  const rows = Object.entries(KERNEL_NAMES).map(([name, meaning]) => [
    code(name),
    OPTIONAL_KERNELS.has(name) ? "if used" : "always",
    meaning,
  ]);
  return table(["kernel", "needed", "what one invocation does"], rows);
}

function section(kind: DocumentKind, shown: Map<string, Detail>): string {
  const { core, doc } = peel(documentSchemas[kind]);
  if (!(core instanceof z.ZodObject)) throw new Error(`${kind} is no map`);
  const { rows, details } = referenceOf(core);
  const head = `${doc} JSON Schema: [schemas/${kind}.schema.json](schemas/${kind}.schema.json).`;
  return [head, fieldTable(rows), ...details.map((detail) => detailSection(detail, shown))].join("\n\n");
}

const fieldTable = (rows: readonly Row[]): string =>
  table(
    ["field", "what one writes", "default", "meaning"],
    rows.map(({ path, writing, fallback, doc }) => [code(path), writing, fallback, doc]),
  );

function detailSection(detail: Detail, shown: Map<string, Detail>): string {
  const { path, tag, schema } = detail;
  const { doc } = peel(schema);
  const name = tag ?? "statement";
  const title = tag === undefined ? "### A statement of a kernel" : `### ${code(path)} of kind ${code(tag)}`;
  const before = shown.get(name);
  if (before !== undefined) return `${title}\n\n${reference(detail, before)}`;
  shown.set(name, detail);
  const { rows, details } = referenceOf(schema);
  const nested = details.filter((inner) => inner.schema !== schema);
  return [title, doc, fieldTable(rows), ...nested.map((inner) => detailSection(inner, shown))].join("\n\n");
}

/** A variant that another document has too, such as a part: the same fields, perhaps fewer. */
function reference(detail: Detail, before: Detail): string {
  const missing = Object.keys(before.schema.shape).filter((key) => !Object.hasOwn(detail.schema.shape, key));
  const without = missing.length === 0 ? "" : `, without ${missing.map(code).join(", ")}`;
  return `As ${code(before.path)} of that kind${without}.`;
}
