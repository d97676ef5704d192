"""How the weights of the draft engine are made: parallel text → token ids → training → a model that the product loads."""
