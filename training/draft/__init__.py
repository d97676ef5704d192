"""How the weights of the draft engine are made: parallel text → ids → training → a model that the product loads."""
