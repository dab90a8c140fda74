"""Serves computations to the bench: prepares them once, answers with their results, times their repeats.

A message is a line of JSON whose "arrays" name float64 arrays with their lengths, then their bytes, little-endian;
see frame/python-rival.mjs. Time is taken here, around the calls alone.
"""

import gc
import json
import os
import signal
import sys
import threading
import time
import traceback
from array import array

import blas

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def timed(run, calls):
    """Seconds that so many calls take, without the collector, as timeit does."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        for _ in range(calls):
            run()
        return time.perf_counter() - start
    finally:
        gc.enable()


def best_threads(run, set_threads):
    """The number of threads with which a call is fastest: one or all cores."""
    seconds = {}
    for threads in sorted({1, CORES}):
        set_threads(threads)
        run()
        seconds[threads] = min(timed(run, 1) for _ in range(5))
    return min(seconds, key=seconds.get)


def leave_with_parent():
    """Ends this process when the bench is gone, also in the middle of a long computation."""
    parent = os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def serve(tasks, set_threads=None, threaded=True):
    """Answers until standard input ends.

    tasks: name -> function(options, arrays) that returns (run, answer, *probe): run() does the work once, answer(result) names
    the arrays that are compared, probe() is a shorter piece of work to choose the threads by. set_threads: of the library, besides
    those of its BLAS. threaded: whether there is a choice of threads at all.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    leave_with_parent()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    prepared = []

    def use(threads):
        blas.set_threads(threads)
        if set_threads:
            set_threads(threads)

    def prepare(request, arrays):
        run, answer, *probe = tasks[request["task"]](request["options"], arrays)
        threads = best_threads(probe[0] if probe else run, use) if threaded else None
        prepared.append((run, answer, threads))
        note = f"{threads} thread{'s' if threads > 1 else ''}" if threads else None
        return {"id": len(prepared) - 1, "note": note, "blas": blas.name()}, {}

    def ready(request):
        run, answer, threads = prepared[request["id"]]
        if threads:
            use(threads)
        return run, answer

    def handle(request, arrays):
        if request["op"] == "prepare":
            return prepare(request, arrays)
        run, answer = ready(request)
        if request["op"] == "answer":
            return {}, answer(run())
        return {"seconds": timed(run, request["calls"])}, {}

    for line in source:
        request = json.loads(line)
        arrays = {}
        for entry in request["arrays"]:
            numbers = array("d")
            numbers.frombytes(source.read(8 * entry["length"]))
            arrays[entry["name"]] = numbers
        try:
            header, results = handle(request, arrays)
        except Exception:
            header, results = {"error": traceback.format_exc()}, {}
        blobs = {name: array("d", numbers) for name, numbers in results.items()}
        header["arrays"] = [{"name": name, "length": len(blob)} for name, blob in blobs.items()]
        sink.write(json.dumps(header).encode() + b"\n")
        for blob in blobs.values():
            sink.write(blob.tobytes())
        sink.flush()
