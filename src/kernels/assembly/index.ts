export { projectDeltas } from "./back-project";
export { finishStage, lookForStage, openStage, runAlone, takeChunks } from "./crew";
export { learnSample } from "./learn-sample";
export { useScratch } from "./scratch";
export { signedDots } from "./signed-dots";
