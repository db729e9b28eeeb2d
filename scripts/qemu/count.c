/*
 * A plugin of QEMU: counts the instructions of a Thumb-2 firmware by class, call by call. Arguments: first=, the lowest address that
 * counts; begin= and end=, the instructions that call the firmware and come after it; out=, the file that gets a line for each call:
 * the counts in the order of `enum class`. Loads and stores from stack= on, below stackEnd=, and from own= on, below ownEnd=, are
 * counted word by word as those of the stack. Debian has no qemu-plugin.h, so what is used of it (version 1) is declared here.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef void (*vcpu_udata_cb)(unsigned int vcpu, void *userdata);
extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, struct qemu_plugin_tb *));
extern void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *, vcpu_udata_cb, int flags, void *userdata);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *, vcpu_udata_cb, int flags, void *userdata);
typedef uint32_t qemu_plugin_meminfo_t;
typedef void (*vcpu_mem_cb)(unsigned int vcpu, qemu_plugin_meminfo_t, uint64_t address, void *userdata);
extern void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *, vcpu_mem_cb, int flags, int readOrWrite, void *userdata);
extern bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
extern const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *);
extern size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *);
__attribute__((visibility("default"))) int qemu_plugin_version = 1;

enum { READ_AND_WRITE = 3 };
enum class {
  ALU, LOAD, STORE, STORE_IMMEDIATE, MULTIPLE, REGISTERS, MULTIPLY, MULTIPLY_ADD, LONG_MULTIPLY, DIVIDE, BRANCH, TAKEN, JUMP, STACK_LOADS, STACK_STORES, CLASSES
};
static uint64_t counts[CLASSES], firstAddress, beginAddress, endAddress, afterBranch;
static uint64_t stackFrom, stackEnd, ownFrom, ownEnd;
static FILE *out;

static unsigned ones(unsigned mask) { return (unsigned)__builtin_popcount(mask); }

/* ARMv7-M Architecture Reference Manual, A5.2. */
static enum class narrow(unsigned op, unsigned *registers) {
  if ((op >> 10) == 0x10 && (op >> 6 & 15) == 13) return MULTIPLY;
  if ((op >> 8) == 0x47) return JUMP;
  if ((op >> 11) == 9) return LOAD;
  if ((op >> 12) == 5) return (op >> 9 & 7) >= 3 ? LOAD : STORE;
  if ((op >> 12) >= 6 && (op >> 12) <= 9) return op >> 11 & 1 ? LOAD : STORE_IMMEDIATE;
  if ((op & 0xf600) == 0xb400) {
    *registers = ones(op & 0x1ff);
    return (op & 0xff00) == 0xbd00 ? JUMP : MULTIPLE;
  }
  if ((op & 0xf500) == 0xb100) return BRANCH;
  if ((op >> 12) == 12) {
    *registers = ones(op & 0xff);
    return MULTIPLE;
  }
  if ((op >> 12) == 13 && (op >> 8 & 15) < 14) return BRANCH;
  return (op >> 11) == 0x1c ? JUMP : ALU;
}

/* A5.3. */
static enum class wide(unsigned op, unsigned next, unsigned *registers) {
  if ((op & 0xfe40) == 0xe800) {
    *registers = ones(next);
    return next >> 15 && op >> 4 & 1 ? JUMP : MULTIPLE;
  }
  if ((op & 0xfe40) == 0xe840) {
    if ((op & 0xfff0) == 0xe8d0) return JUMP;
    *registers = 2;
    return MULTIPLE;
  }
  if ((op >> 11) == 0x1e && next >> 15) return (next & 0x5000) == 0 && (op >> 6 & 14) != 14 ? BRANCH : JUMP;
  if ((op & 0xfe00) == 0xf800) {
    if (op >> 4 & 1) return LOAD;
    return op >> 7 & 1 || next >> 11 & 1 ? STORE_IMMEDIATE : STORE;
  }
  if ((op & 0xff80) == 0xfb00) return next >> 12 == 15 ? MULTIPLY : MULTIPLY_ADD;
  if ((op & 0xff80) == 0xfb80) return (op & 0xffd0) == 0xfb90 ? DIVIDE : LONG_MULTIPLY;
  return ALU;
}

static void count(unsigned vcpu, void *packed) {
  uintptr_t what = (uintptr_t)packed;
  (void)vcpu;
  counts[what & 15] += 1;
  counts[REGISTERS] += what >> 4;
}

static void branch(unsigned vcpu, void *following) {
  (void)vcpu;
  counts[BRANCH] += 1;
  afterBranch = (uintptr_t)following;
}

static void access(unsigned vcpu, qemu_plugin_meminfo_t info, uint64_t address, void *unused) {
  (void)vcpu, (void)unused;
  bool isStack = (address >= stackFrom && address < stackEnd) || (address >= ownFrom && address < ownEnd);
  if (isStack) counts[qemu_plugin_mem_is_store(info) ? STACK_STORES : STACK_LOADS] += 1;
}

static void enterBlock(unsigned vcpu, void *address) {
  (void)vcpu;
  if (afterBranch != 0 && afterBranch != (uintptr_t)address) counts[TAKEN] += 1;
  afterBranch = 0;
}

static void beginCall(unsigned vcpu, void *unused) {
  (void)vcpu, (void)unused;
  memset(counts, 0, sizeof counts);
  afterBranch = 0;
}

static void endCall(unsigned vcpu, void *unused) {
  (void)vcpu, (void)unused;
  for (int i = 0; i < CLASSES; i++) fprintf(out, "%llu%c", (unsigned long long)counts[i], i == CLASSES - 1 ? '\n' : ' ');
  fflush(out);
}

static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb) {
  (void)id;
  if (qemu_plugin_tb_vaddr(tb) >= firstAddress) {
    qemu_plugin_register_vcpu_tb_exec_cb(tb, enterBlock, 0, (void *)(uintptr_t)qemu_plugin_tb_vaddr(tb));
  }
  for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
    struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
    uint64_t address = qemu_plugin_insn_vaddr(insn);
    if (address == beginAddress) qemu_plugin_register_vcpu_insn_exec_cb(insn, beginCall, 0, NULL);
    if (address == endAddress) qemu_plugin_register_vcpu_insn_exec_cb(insn, endCall, 0, NULL);
    if (address < firstAddress) continue;
    uint16_t halves[2] = {0, 0};
    memcpy(halves, qemu_plugin_insn_data(insn), qemu_plugin_insn_size(insn));
    unsigned registers = 0;
    bool isWide = qemu_plugin_insn_size(insn) == 4;
    enum class kind = isWide ? wide(halves[0], halves[1], &registers) : narrow(halves[0], &registers);
    void *following = (void *)(uintptr_t)(address + qemu_plugin_insn_size(insn));
    qemu_plugin_register_vcpu_mem_cb(insn, access, 0, READ_AND_WRITE, NULL);
    if (kind == BRANCH) qemu_plugin_register_vcpu_insn_exec_cb(insn, branch, 0, following);
    else qemu_plugin_register_vcpu_insn_exec_cb(insn, count, 0, (void *)(uintptr_t)(kind | registers << 4));
  }
}

__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv) {
  (void)info;
  for (int i = 0; i < argc; i++) {
    char *value = strchr(argv[i], '=');
    if (value == NULL) return 1;
    *value++ = 0;
    if (strcmp(argv[i], "out") == 0) out = fopen(value, "w");
    else if (strcmp(argv[i], "first") == 0) firstAddress = strtoull(value, NULL, 0);
    else if (strcmp(argv[i], "begin") == 0) beginAddress = strtoull(value, NULL, 0);
    else if (strcmp(argv[i], "end") == 0) endAddress = strtoull(value, NULL, 0);
    else if (strcmp(argv[i], "stack") == 0) stackFrom = strtoull(value, NULL, 0);
    else if (strcmp(argv[i], "stackEnd") == 0) stackEnd = strtoull(value, NULL, 0);
    else if (strcmp(argv[i], "own") == 0) ownFrom = strtoull(value, NULL, 0);
    else if (strcmp(argv[i], "ownEnd") == 0) ownEnd = strtoull(value, NULL, 0);
    else return 1;
  }
  if (out == NULL) return 1;
  qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
  return 0;
}
