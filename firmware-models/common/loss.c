#include "exp-tables.h"
#include "network.h"
#include "saturate.h"
#include "tensors.h"

/* floor(dividend / divisor), below 256; a library's division would take a time that depends on the data. */
static uint32_t quotient(int32_t dividend, int32_t divisor) {
  uint32_t result = 0;
  for (int32_t bit = 7; bit >= 0; bit--) {
    int32_t part = divisor << bit, rest = dividend - part, isTooLarge = rest >> 31;
    dividend = rest + (part & isTooLarge);
    result = 2 * result + 1 + (uint32_t)isTooLarge;
  }
  return result;
}

/* exp of minus a distance between logits; right and left: the shift to units of 1/512. */
static inline int32_t expNegative(int32_t distance, uint32_t left, uint32_t right) {
  int32_t d = ((distance << left) + (1 << right >> 1)) >> right;
  uint32_t product = (uint32_t)expCoarse[d >> 6 & 63] * expFine[d & 63];
  return (int32_t)((product + 32768) >> 16) & ~((4095 - d) >> 31);
}

/* Output deltas (docs/numerics.md, "Loss"). The logits become the exponentials. */
void fw_loss(uint32_t predicted) {
  const struct layer *l = &network.layer[network.layers - 1];
  uint32_t classes = l->outputs, shift = network.outputShift, right = label[0];
  uint32_t leftShift = shift < 3 ? 3 - shift : 0, rightShift = shift < 3 ? 0 : shift - 3;
  int8_t *delta = deltas + l->deltas;
  int32_t largest = logits[predicted], sum = 0;
  for (uint32_t c = 0; c < classes; c++) {
    int32_t e = expNegative(largest - logits[c], leftShift, rightShift);
    logits[c] = e;
    sum += e;
  }
  for (uint32_t c = 0; c < classes; c++) {
    int32_t isRight = (int32_t)((c ^ right) - 1) >> 31;
    int32_t probability = (int32_t)quotient(256 * logits[c] + sum, 2 * sum);
    delta[c] = (int8_t)atMost(127, probability - (isRight & 128));
  }
}
