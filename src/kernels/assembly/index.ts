export { projectDeltas } from "./back-project";
export { finishStage, lookForStage, openStage, takeChunks } from "./crew";
export { learnSample } from "./learn-sample";
export { useScratch } from "./scratch";
export { signedDots } from "./signed-dots";
