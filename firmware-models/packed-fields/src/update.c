#include "cells.h"
#include "layer-input.h"
#include "random.h"
#include "saturate.h"

/* How a row is updated; each combination is a loop of its own, without a choice inside. */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* field - step of a cell; inverting the field's top bit makes it a number from 0, as long as all its bits. */
ALWAYS_INLINE uint32_t stepped(uint32_t cell, int32_t step, uint32_t fieldMask) {
  uint32_t sign = fieldMask ^ fieldMask >> 1;
  int32_t moved = (int32_t)((cell & fieldMask) ^ sign) - step;
  uint32_t kept = (uint32_t)atMost((int32_t)fieldMask, atLeast(0, moved));
  return (cell & ~fieldMask) | (kept ^ sign);
}

/* docs/numerics.md, "Update"; `in` is the sample, or null to use the gradient of a batch and leave it at 0. */
ALWAYS_INLINE void updateRow(uint32_t first, const struct layer *l, const int8_t *in, int32_t delta, int isDithered) {
  uint32_t n = network.cellBits, cellMask = (1u << n) - 1, fieldMask = (1u << network.fieldBits) - 1;
  uint32_t stepBits = l->stepBits, word = 0;
  int32_t *g = gradient + first, bias = 0;
  struct rewriter r = rewriteFrom(weights, first * n);
  if (isDithered) word = network.random = xorshift(network.random);
  else bias = (int32_t)(network.narrowing & NEAREST) << (stepBits - 1);
  for (uint32_t left = l->inputs; left != 0; left--) {
    int32_t step;
    if (in) step = delta * *in++;
    else {
      step = *g;
      *g++ = 0;
    }
    if (isDithered) {
      step = (step + (int32_t)(word >> (32 - stepBits))) >> stepBits;
      word += 0x9E3779B9u;
    } else {
      int32_t sign = step >> 31;
      step = ((((step ^ sign) - sign + bias) >> stepBits) ^ sign) - sign;
    }
    put(&r, n, stepped(next(&r, n) & cellMask, step, fieldMask));
  }
  finish(&r);
}

static void updateFromSample(uint32_t first, const struct layer *l, const int8_t *in, int32_t delta) {
  if (network.narrowing == DITHER) updateRow(first, l, in, delta, 1);
  else updateRow(first, l, in, delta, 0);
}

static void updateFromBatch(uint32_t first, const struct layer *l) {
  if (network.narrowing == DITHER) updateRow(first, l, 0, 0, 1);
  else updateRow(first, l, 0, 0, 0);
}

/* Updates the rows with a delta other than 0; the others draw nothing (docs/numerics.md, "Update"). */
void fw_update(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  const int8_t *in = plasticInput(index);
  uint32_t first = l->firstCell;
  for (uint32_t at = l->deltas, end = at + l->outputs; at < end; at++, first += l->inputs) {
    if (network.batch == 1) {
      int32_t delta = deltas[at];
      if (delta != 0) updateFromSample(first, l, in, delta);
    } else if (touched[at] != 0) {
      touched[at] = 0;
      updateFromBatch(first, l);
    }
  }
}
