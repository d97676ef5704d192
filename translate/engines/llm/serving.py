"""A GGUF file run in this process: the extra `tolmach[llm]` brings llama.cpp, whose own server speaks the same chat.

It listens on a loopback address of the system's choosing, for as long as the process runs.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from translate.errors import EngineError
from translate.messages import _

CONTEXT = 4096  # tokens of prompt and answer for each of the parallel requests
HINT = 'pip install "tolmach[llm]"'


def serve(path: Path, parallel: int) -> tuple[Any, str]:
    """Start llama.cpp on a model file.

    Args:
        path: a .gguf file.
        parallel: requests it works on at once.

    Returns:
        The server, to be held as long as it is used, and its URL.

    Raises:
        EngineError: no such file, the extra is not installed, or llama.cpp refuses the file.
    """
    if not path.is_file():
        raise EngineError(_("no such model file"), path=path, hint=_("llm.file in tolmach.toml names a .gguf file"))
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise EngineError(_("this is no GGUF file"), path=path)
    try:
        import xllamacpp
    except ImportError as error:
        raise EngineError(_("running a GGUF file needs llama.cpp"), hint=HINT) from error
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = CONTEXT * parallel
    params.n_parallel = parallel
    params.verbosity = 0
    params.cpuparams.n_threads = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    params.hostnames, params.port = ["127.0.0.1"], 0
    try:
        server = xllamacpp.Server(params)
    except (RuntimeError, ValueError, OSError) as error:
        raise EngineError(_("llama.cpp does not load the model: {error}").format(error=error), path=path) from error
    return server, str(server.listening_address)
