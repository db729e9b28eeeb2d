#include "network.h"
#include "saturate.h"
#include "tensors.h"

/* Normalises the pixels that the host put into `input`, in place (docs/numerics.md, "Input"). */
void fw_load(void) {
  int32_t mean = network.mean;
  for (uint32_t i = 0, inputs = network.layer[0].inputs; i < inputs; i++) {
    int32_t p = (uint8_t)input[i];
    input[i] = (int8_t)toByte(((p - mean) * 257 + 256) >> 9);
  }
}
