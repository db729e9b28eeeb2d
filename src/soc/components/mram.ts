import * as z from "zod";
import { strict } from "../../config/fields.js";
import { byteMemoryFields } from "./byte-memory.js";

export const mramSchema = strict(
  { kind: z.literal("mram"), ...byteMemoryFields },
  {
    doc: "Serial magnetoresistive RAM: bytes are read and written at the rate of the bus, without pages, erases and waits. Actions: command, read, write (bytes). States: standby, powerDown.",
  },
);
