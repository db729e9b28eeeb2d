# Builds the firmware for every core into OUT.
OUT ?= .
ARM = arm-none-eabi-gcc
RISCV = riscv64-unknown-elf-gcc
# Without the loop patterns, gcc would call a memset that nobody links.
CFLAGS = -std=c11 -O2 -g0 -Wall -Wextra -Werror -ffreestanding -ffunction-sections -fno-tree-loop-distribute-patterns \
  -I../common -ffile-prefix-map=$(CURDIR)=.
LDFLAGS = -nostdlib -Wl,--build-id=none -Wl,-e,0 -Wl,--no-warn-rwx-segments -T ../common/soc.ld
TARGETS = cortex-m0plus cortex-m3 cortex-m4 rv32imc
SOURCES = $(sort $(wildcard src/*.c)) $(sort $(wildcard ../common/*.c))
HEADERS = $(wildcard src/*.h ../common/*.h) ../common/soc.ld ../common/build.mk

all: $(TARGETS:%=$(OUT)/%.elf)

$(OUT)/cortex-%.elf: $(SOURCES) $(HEADERS)
	$(ARM) -mcpu=cortex-$* -mthumb $(CFLAGS) $(LDFLAGS) -o $@ $(SOURCES) -lgcc

$(OUT)/rv32imc.elf: $(SOURCES) $(HEADERS)
	$(RISCV) -march=rv32imc -mabi=ilp32 -msmall-data-limit=0 $(CFLAGS) $(LDFLAGS) -o $@ $(SOURCES) -lgcc

.PHONY: all
