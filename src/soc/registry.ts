import { batterySchema } from "./components/battery.js";
import { cpuSchema } from "./components/cpu.js";
import { dmaSchema } from "./components/dma.js";
import { embeddedNvmSchema } from "./components/embedded-nvm.js";
import { framSchema } from "./components/fram.js";
import { mramSchema } from "./components/mram.js";
import { nandFlashSchema } from "./components/nand-flash.js";
import { norFlashSchema } from "./components/nor-flash.js";
import { sensorSchema } from "./components/sensor.js";
import { sramSchema } from "./components/sram.js";

/** Every kind of component; a new memory type is one file and one line here. */
export const COMPONENT_SCHEMAS = [
  cpuSchema,
  embeddedNvmSchema,
  sramSchema,
  norFlashSchema,
  nandFlashSchema,
  framSchema,
  mramSchema,
  dmaSchema,
  sensorSchema,
  batterySchema,
] as const;
