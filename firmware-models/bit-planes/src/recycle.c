#include "planes.h"

/* The plastic column's signs, 1 bit a weight (docs/numerics.md, "Recursion"); rows ascend, so what lies behind may go. */
void fw_snapshot(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  for (uint32_t j = 0; j < l->outputs; j++) {
    struct reader plane = readFrom(weights, plasticPlane(l, rowOf(l, j)));
    uint32_t first = l->firstCell + j * l->inputs;
    uint32_t *word = snapshot + (first >> 5);
    uint32_t at = first & 31, held = loadWord(word) & ((1u << at) - 1);
    for (uint32_t left = l->inputs; left != 0; left--) {
      if (RARELY(at == 32)) {
        *word++ = held;
        held = at = 0;
      }
      held |= (take(&plane, 1) & 1) << at++;
    }
    *word = held;
  }
}

/* Freezes the snapshot's signs as column k; the bits behind are the next column's. */
void fw_recycle(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  for (uint32_t j = 0; j < l->outputs; j++) {
    struct rewriter plane = rewriteFrom(weights, plasticPlane(l, rowOf(l, j)));
    struct reader frozen = readFrom(snapshot, l->firstCell + j * l->inputs);
    for (uint32_t left = l->inputs; left != 0; left--) {
      uint32_t sign = take(&frozen, 1) & 1;
      next(&plane, 1);
      put(&plane, 1, sign);
    }
    finish(&plane);
  }
}
