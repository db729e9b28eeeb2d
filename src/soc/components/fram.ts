import * as z from "zod";
import { strict } from "../../config/fields.js";
import { byteMemoryFields } from "./byte-memory.js";

export const framSchema = strict(
  { kind: z.literal("fram"), ...byteMemoryFields },
  {
    doc: "Serial ferroelectric RAM: bytes are read and written at the rate of the bus, without pages, erases and waits. Actions: command, read, write (bytes). States: standby, powerDown.",
  },
);
