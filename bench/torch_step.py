"""The training step of the benchmark in PyTorch; driven by bench/contender.ts, one line a slice.

Arguments: form (autograd or hand), training images (IDX), training labels (IDX), hidden units, batch, threads.
First prints a line of JSON with its versions, when warm. Then, for each line with a number of seconds on stdin, trains
for at least that long and prints {"samples": ..., "seconds": ..., "errorPercent": ...}; ends with stdin.

One step: gather a batch of shuffled samples, forward with sign(W) and hardtanh, softmax cross-entropy, backward with
sign(W), SGD on the float weights, clamp to [-1, 1] (BinaryConnect, arXiv 1511.00363). hardtanh, not LeCun's tanh: it
is the faster of the two. float32 throughout.
"""

import json
import os
import re
import sys
import time

import torch

CLASSES = 10
LEARNING_RATE = 0.05
HEADER_BYTES_IMAGES = 16
HEADER_BYTES_LABELS = 8
TRAINING_SAMPLES = 50000
MEAN_PIXEL = 33


def read_idx(path, header_bytes):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()[header_bytes:]), dtype=torch.uint8)


def load(images_path, labels_path):
    labels = read_idx(labels_path, HEADER_BYTES_LABELS)
    images = read_idx(images_path, HEADER_BYTES_IMAGES).view(len(labels), -1)
    values = (images[:TRAINING_SAMPLES].float() - MEAN_PIXEL) / 127.5
    return values, labels[:TRAINING_SAMPLES].long()


def uniform_weights(inputs, outputs):
    return torch.rand(inputs, outputs) * 2 - 1


def autograd_step(images, labels, hidden, batch):
    """The usual straight-through form: sign(W) are the leaves, and their gradients go to W."""
    inputs = images.shape[1]
    first, second = uniform_weights(inputs, hidden), uniform_weights(hidden, CLASSES)
    first_sign = first.sign().requires_grad_()
    second_sign = second.sign().requires_grad_()
    first_scale, second_scale = inputs**-0.5, hidden**-0.5
    x = torch.empty(batch, inputs)

    def step(chosen):
        with torch.no_grad():
            torch.sign(first, out=first_sign)
            torch.sign(second, out=second_sign)
            torch.index_select(images, 0, chosen, out=x)
            y = labels[chosen]
        hidden_values = torch.nn.functional.hardtanh(torch.mm(x, first_sign).mul_(first_scale))
        logits = torch.mm(hidden_values, second_sign).mul_(second_scale)
        loss = torch.nn.functional.cross_entropy(logits, y)
        first_gradient, second_gradient = torch.autograd.grad(loss, (first_sign, second_sign))
        with torch.no_grad():
            first.add_(first_gradient, alpha=-LEARNING_RATE / first_scale).clamp_(-1, 1)
            second.add_(second_gradient, alpha=-LEARNING_RATE / second_scale).clamp_(-1, 1)
        return logits, y

    return step


def hand_step(images, labels, hidden, batch):
    """No graph, every buffer allocated once; scales and the weight update are part of the matrix products."""
    inputs = images.shape[1]
    first, second = uniform_weights(inputs, hidden), uniform_weights(hidden, CLASSES)
    first_sign, second_sign = torch.empty_like(first), torch.empty_like(second)
    first_scale, second_scale = inputs**-0.5, hidden**-0.5
    one_hot = torch.nn.functional.one_hot(labels, CLASSES).float()
    x, y = torch.empty(batch, inputs), torch.empty(batch, CLASSES)
    z, hidden_values, hidden_delta = (torch.empty(batch, hidden) for _ in range(3))
    logits, delta = torch.empty(batch, CLASSES), torch.empty(batch, CLASSES)
    hardtanh_backward = torch.ops.aten.hardtanh_backward.grad_input
    softmax = torch.ops.aten._softmax.out

    def step(chosen):
        torch.sign(first, out=first_sign)
        torch.sign(second, out=second_sign)
        torch.index_select(images, 0, chosen, out=x)
        torch.index_select(one_hot, 0, chosen, out=y)
        torch.addmm(z, x, first_sign, beta=0, alpha=first_scale, out=z)
        torch.clamp(z, -1, 1, out=hidden_values)
        torch.addmm(logits, hidden_values, second_sign, beta=0, alpha=second_scale, out=logits)
        softmax(logits, 1, False, out=delta)
        delta.sub_(y)
        torch.mm(delta, second_sign.t(), out=hidden_delta)
        hardtanh_backward(hidden_delta, z, -1, 1, grad_input=hidden_delta)
        second.addmm_(hidden_values.t(), delta, alpha=-LEARNING_RATE / batch).clamp_(-1, 1)
        first.addmm_(x.t(), hidden_delta, alpha=-LEARNING_RATE * second_scale / batch).clamp_(-1, 1)
        return logits, chosen

    return step


def blas_library():
    """The file of the BLAS in this process: Debian's reference BLAS is some twenty times slower than OpenBLAS."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if re.search(r"/lib(openblas|blas|mkl_rt|mkl_core|blis)\b[^/]*$", line)}
    return " ".join(sorted(os.path.realpath(path) for path in paths)) or "built in"


def batches(samples, batch):
    """Index tensors of shuffled batches, endlessly; the last partial batch of an epoch is dropped."""
    while True:
        order = torch.randperm(samples)
        yield from (order[at : at + batch] for at in range(0, samples - batch + 1, batch))


def main():
    form, images_path, labels_path, hidden, batch, threads = sys.argv[1:7]
    hidden, batch = int(hidden), int(batch)
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    images, labels = load(images_path, labels_path)
    make_step = {"autograd": autograd_step, "hand": hand_step}[form]
    step = make_step(images, labels, hidden, batch)
    source = batches(len(labels), batch)

    def train(seconds):
        samples = 0
        begin = time.perf_counter()
        while True:
            chosen = next(source)
            logits, _ = step(chosen)
            samples += batch
            elapsed = time.perf_counter() - begin
            if elapsed >= seconds:
                wrong = (logits.argmax(1) != labels[chosen]).float().mean().item()
                return {"samples": samples, "seconds": elapsed, "lastBatchErrorPercent": 100 * wrong}

    def answer(reply):
        print(json.dumps(reply), flush=True)

    guard = torch.enable_grad() if form == "autograd" else torch.inference_mode()
    with guard:
        train(0.3)
        answer({"version": f"PyTorch {torch.__version__}, BLAS {blas_library()}"})
        for line in sys.stdin:
            answer(train(float(line)))


main()
