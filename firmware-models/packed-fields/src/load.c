#include "network.h"
#include "tensors.h"

/* Normalises the pixels that the host put into `input`, in place (docs/numerics.md, "Input"). */
void fw_load(void) {
  for (uint32_t i = 0; i < network.layer[0].inputs; i++) {
    int32_t p = (uint8_t)input[i];
    input[i] = (int8_t)clamp(((p - network.mean) * 257 + 256) >> 9, -128, 127);
  }
}
