#include "bits.h"
#include "layer-input.h"
#include "step.h"

/* docs/numerics.md, "Update"; `in` is the sample, or null to use the gradient of a batch. */
ALWAYS_INLINE void updateRow(uint32_t first, const struct layer *l, const int8_t *in, int32_t delta, int isDithered) {
  uint32_t n = network.cellBits, cellMask = (1u << n) - 1, fieldMask = (1u << network.fieldBits) - 1;
  int32_t *batch = gradient + first;
  struct rewriter r = rewriteFrom(weights, first * n);
  struct narrower by = startRow(l->stepBits, isDithered);
  for (uint32_t left = l->inputs; left != 0; left--) {
    int32_t step = narrow(&by, nextGradient(&in, delta, &batch), isDithered);
    uint32_t cell = next(&r, n) & cellMask;
    put(&r, n, (cell & ~fieldMask) | stepped(cell & fieldMask, step, fieldMask));
  }
  finish(&r);
}

#include "update-rows.h"
