#include "exp-tables.h"
#include "network.h"
#include "tensors.h"

static uint32_t expNegative(int32_t difference) {
  uint32_t s = network.outputShift;
  uint32_t d = (uint32_t)difference;
  if (s < 3) d <<= 3 - s;
  else if (s > 3) d = (d + (1u << (s - 4))) >> (s - 3);
  if (d >= 4096) return 0;
  return ((uint32_t)expCoarse[d >> 6] * expFine[d & 63] + 32768) >> 16;
}

/* Output deltas (docs/numerics.md, "Loss"). The logits become the exponentials. Returns the predicted class. */
uint32_t fw_loss(uint32_t label) {
  const struct layer *l = &network.layer[network.layers - 1];
  uint32_t predicted = 0;
  for (uint32_t c = 1; c < l->outputs; c++) {
    if (logits[c] > logits[predicted]) predicted = c;
  }
  int32_t largest = logits[predicted];
  uint32_t sum = 0;
  for (uint32_t c = 0; c < l->outputs; c++) {
    uint32_t e = expNegative(largest - logits[c]);
    logits[c] = (int32_t)e;
    sum += e;
  }
  for (uint32_t c = 0; c < l->outputs; c++) {
    int32_t probability = (int32_t)((256 * (uint32_t)logits[c] + sum) / (2 * sum));
    deltas[l->deltas + c] = (int8_t)clamp(probability - (c == label ? 128 : 0), -128, 127);
  }
  return predicted;
}
