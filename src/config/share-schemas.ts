type Json = Record<string, unknown>;

/** Below this many characters a schema is shorter than what sharing it takes. */
const WORTH_SHARING = 200;

/** Keywords whose value is a schema, a list of schemas, or a map of them. */
const SCHEMA_KEYWORDS: ReadonlySet<string> = new Set([
  "items",
  "anyOf",
  "oneOf",
  "additionalProperties",
  "else",
]);
const MAP_KEYWORDS: ReadonlySet<string> = new Set(["properties", "definitions"]);

const isObject = (json: unknown): json is Json =>
  typeof json === "object" && json !== null && !Array.isArray(json);

/** Calls `visit` for the schemas directly within one, and returns a copy with what it returns in their place. */
function mapMembers(schema: Json, visit: (member: Json) => Json): Json {
  const one = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(one);
    return isObject(value) ? visit(value) : value;
  };
  const members = Object.entries(schema).map(([key, value]) => {
    if (MAP_KEYWORDS.has(key) && isObject(value)) {
      return [key, Object.fromEntries(Object.entries(value).map(([name, member]) => [name, one(member)]))];
    }
    return [key, SCHEMA_KEYWORDS.has(key) ? one(value) : value];
  });
  return Object.fromEntries(members);
}

/**
 * The same JSON Schema with every larger schema that occurs more than once written once, under `definitions`, and
 * referred to from where it stood.
 */
export function shareRepeated(root: Json): Json {
  const occurrences = new Map<string, number>();
  const count = (schema: Json): Json => {
    const text = JSON.stringify(schema);
    const before = occurrences.get(text) ?? 0;
    occurrences.set(text, before + 1);
    // What lies inside a repeated schema is repeated with it, not on its own.
    return before > 0 ? schema : mapMembers(schema, count);
  };
  mapMembers(root, count);

  const names = new Map<string, string>();
  const shared: Record<string, Json> = {};
  const share = (schema: Json): Json => {
    const text = JSON.stringify(schema);
    if (text.length < WORTH_SHARING || (occurrences.get(text) ?? 0) < 2) return mapMembers(schema, share);
    let name = names.get(text);
    if (name === undefined) {
      name = `shared${names.size + 1}`;
      names.set(text, name);
      shared[name] = mapMembers(schema, share);
    }
    const reference = { $ref: `#/definitions/${name}` };
    // Repeated for editors that do not follow the reference.
    return schema.description === undefined ? reference : { description: schema.description, ...reference };
  };
  const result = mapMembers(root, share);
  const definitions = isObject(result.definitions) ? result.definitions : {};
  return { ...result, definitions: { ...definitions, ...shared } };
}
