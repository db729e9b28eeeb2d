#include "bits.h"
#include "network.h"
#include "tensors.h"

/* The plastic column's signs, 1 bit a weight (docs/numerics.md, "Recursion"); rows ascend, so what lies behind may go. */
void fw_snapshot(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t n = network.cellBits, sign = network.fieldBits - 1, inputs = l->inputs;
  uint32_t first = l->firstCell, end = first + inputs * l->outputs;
  for (; first < end; first += inputs) {
    struct reader r = readFrom(weights, first * n);
    uint32_t *word = snapshot + (first >> 5);
    uint32_t at = first & 31, held = *word & ((1u << at) - 1);
    for (uint32_t left = inputs; left != 0; left--) {
      if (RARELY(at == 32)) {
        *word++ = held;
        held = at = 0;
      }
      held |= (take(&r, n) >> sign & 1) << at++;
    }
    *word = held;
  }
}

/* Freezes the snapshot's signs as column k; the bits below are the next column's. */
void fw_recycle(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t n = network.cellBits, sign = network.fieldBits - 1, kept = ((1u << n) - 1) & ~(1u << sign);
  uint32_t first = l->firstCell;
  for (uint32_t rows = l->outputs; rows != 0; rows--, first += l->inputs) {
    struct rewriter r = rewriteFrom(weights, first * n);
    struct reader frozen = readFrom(snapshot, first);
    for (uint32_t left = l->inputs; left != 0; left--) {
      uint32_t snapped = (take(&frozen, 1) & 1) << sign;
      put(&r, n, (next(&r, n) & kept) | snapped);
    }
    finish(&r);
  }
}
