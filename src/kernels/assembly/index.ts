export { projectDeltas } from "./back-project";
export { finishStage, joinStage, openStage } from "./crew";
export { learnSample } from "./learn-sample";
export { useScratch } from "./scratch";
export { signedDots } from "./signed-dots";
