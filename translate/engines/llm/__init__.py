"""A language model on the user's own machine, through the chat endpoint that Ollama, llama.cpp and others offer.

prompts     what the model is asked, terms and preceding sentences included
client      the one connection, to a loopback address unless the settings say otherwise
serving     a GGUF file run in this process
numbering   several sentences in one answer, taken apart by their numbers
cleaning    the translation taken out of what a model says around it
engine      sentences in, drafts out: guards, one retry, what a server's fault leaves behind
"""

from translate.engines.llm.engine import LlmEngine

__all__ = ["LlmEngine"]
