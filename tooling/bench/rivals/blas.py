"""Which BLAS a process has loaded, and with how many threads it works: PyTorch's and NumPy's products are only as fast as that."""

import ctypes
import os
import re

SETTERS = (
    "openblas_set_num_threads",
    "openblas_set_num_threads64_",
    "scipy_openblas_set_num_threads",
    "scipy_openblas_set_num_threads64_",
)


def loaded():
    """Paths of the BLAS libraries that are mapped; none where there is no /proc."""
    if not os.path.exists("/proc/self/maps"):
        return []
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "/" in line}
    pattern = re.compile(r"(blas|mkl_rt|mkl_core|torch_cpu)[^/]*\.so", re.I)
    return [os.path.realpath(path) for path in sorted(paths) if pattern.search(path)]


def has_mkl():
    """PyTorch from PyPI has MKL inside its own library."""
    try:
        import sys

        return "torch" in sys.modules and sys.modules["torch"].backends.mkl.is_available()
    except AttributeError:
        return False


def name():
    """'MKL', 'OpenBLAS', 'BLIS', 'reference BLAS', or None if it cannot be told."""
    if has_mkl():
        return "MKL"
    paths = " ".join(loaded()).lower()
    for word, label in (("mkl_", "MKL"), ("openblas", "OpenBLAS"), ("blis", "BLIS")):
        if word in paths:
            return label
    return "reference BLAS" if "/blas/libblas" in paths else None


def set_threads(count):
    """Of OpenBLAS, which no setting of PyTorch reaches."""
    for path in loaded():
        library = ctypes.CDLL(path)
        for setter in SETTERS:
            if hasattr(library, setter):
                getattr(library, setter)(count)
