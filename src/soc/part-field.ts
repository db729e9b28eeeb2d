import { text } from "../config/fields.js";

/** The key by which a component takes a part's figures; parts.ts lays the component over them and drops the key. */
export const partField = {
  part: text({
    doc: "Part whose fields it takes: a name that `rebit parts` lists, or the path of a part file, relative to this file.",
  }).optional(),
};
