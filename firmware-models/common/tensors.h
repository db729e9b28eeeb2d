#ifndef TENSORS_H
#define TENSORS_H
#include <stdint.h>
extern uint32_t weights[];
extern uint32_t snapshot[];
extern int32_t gradient[];
extern int32_t accumulator[];
extern int32_t sums[];
extern int32_t logits[];
extern uint8_t label[];
extern int8_t input[];
extern int8_t activations[];
extern int8_t deltas[];
extern uint8_t touched[];
#endif
